"""From what people type to what everybody sees: Markdown, names, code; never anybody's own HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from time import thread_time
from typing import Any

import nh3
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from pygments import format as draw_tokens
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.token import Text, _TokenType

RENDERER = 1
LONGEST = 10_000
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_CODE = HtmlFormatter(nowrap=True, classprefix="c-")
_MARK = re.compile(r'<span class="mention" data-user="(\d+)">@([^<]+)</span>')
# Looking for links and colouring code take quadratic time on hostile text: there is an end to both.
MOST_LINKS = 250
MOST_BRACKETS = 1_000
MOST_COLOURED = 3_000
COLOURING_SECONDS = 0.1
_MAYBE_LINK = re.compile(r"//|mailto:|\.(?=\S)", re.IGNORECASE)
_LONG_BLANK = re.compile(r"\s{200}")  # over one of these a single match of some lexers takes a second
# Without those that lex other languages inside, whichever are named there (HTTP, Markdown).
LANGUAGES = frozenset(
    {
        *("bash", "c", "c#", "c++", "cpp", "cs", "csharp", "css", "diff", "docker", "dockerfile"),
        *("go", "golang", "html", "ini", "java", "javascript", "js", "json", "jsx", "kotlin", "kt"),
        *("make", "makefile", "nginx", "patch", "php", "postgresql", "powershell", "ps1", "py"),
        *("python", "python3", "rb", "rs", "ruby", "rust", "scss", "sh", "shell", "sql", "swift"),
        *("toml", "ts", "tsx", "typescript", "xml", "yaml", "yml", "zsh"),
    }
)
_CLEANER = nh3.Cleaner(
    tags={
        *("p", "br", "strong", "em", "s", "code", "pre", "blockquote", "ul", "ol", "li", "hr", "a", "span"),
        *(
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "table",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "figure",
            "header",
        ),
    },
    attributes={
        "a": {"href"},
        "span": {"class", "data-user"},
        "figure": {"class"},
        "ol": {"start"},
    },
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel="noopener noreferrer nofollow",
    set_tag_attribute_values={"a": {"target": "_blank"}},
)


@dataclass(frozen=True)
class Rendered:
    html: str
    mentioned: tuple[int, ...]


def check_source(source: str) -> str:
    """What is posted: not empty, not too long, no control characters. Line ends become `\\n`."""
    source = source.replace("\r\n", "\n").replace("\r", "\n").strip()
    if not source:
        raise ValidationError(_("Write something first."), code="empty")
    if len(source) > LONGEST:
        raise ValidationError(
            _("A message has at most 10,000 characters. Split it, or write a page."), code="too_long"
        )
    if _CONTROL.search(source):
        raise ValidationError(
            _("The text has control characters that cannot be shown."), code="control_characters"
        )
    return source


def render(source: str, names: Mapping[str, int]) -> Rendered:
    """`names` are the people who can be mentioned: what is typed after the @ -> user id."""
    env: dict[str, Any] = {"names": names, "initials": {name[0] for name in names}, "mentioned": {}}
    env |= {"colourable": MOST_COLOURED, "seconds": COLOURING_SECONDS}
    dirty = _markdown(
        linkify=len(_MAYBE_LINK.findall(source)) <= MOST_LINKS, links=source.count("[") <= MOST_BRACKETS
    ).render(source, env)
    return Rendered(_CLEANER.clean(dirty).strip(), tuple(env["mentioned"]))


def marked(drawn: str) -> dict[str, int]:
    """What was typed after each @ that named somebody, in lower case -> user id."""
    return {html.unescape(name).casefold(): int(pk) for pk, name in _MARK.findall(drawn)}


def may_mention(source: str) -> bool:
    return "@" in source


@lru_cache(maxsize=4)
def _markdown(*, linkify: bool, links: bool) -> MarkdownIt:
    markdown = MarkdownIt("commonmark", {"html": False, "linkify": linkify, "breaks": True})
    markdown.enable(["table", "strikethrough", "linkify"])
    markdown.disable("image" if links else ["image", "link"])
    markdown.inline.ruler.before("link", "mention", _mention)
    markdown.add_render_rule("mention", _draw_mention)
    markdown.add_render_rule("fence", _draw_code)
    if markdown.linkify is not None:
        markdown.linkify.set({"fuzzy_email": False})
    return markdown


def _mention(state: StateInline, silent: bool) -> bool:
    if state.src[state.pos] != "@" or not _starts_a_name(state.src, state.pos):
        return False
    if state.src[state.pos + 1 : state.pos + 2].casefold()[:1] not in state.env["initials"]:
        return False
    typed, name = _longest_name(state.src[state.pos + 1 : state.pos + 82], state.env["names"])
    if not name:
        return False
    if not silent:
        token = state.push("mention", "", 0)
        token.content = typed
        token.meta = {"user": state.env["names"][name]}
    state.pos += 1 + len(typed)
    return True


def _starts_a_name(text: str, at: int) -> bool:
    """`@` inside a word is an address, not a name; Chinese needs no space before it."""
    return at == 0 or not _spells(text[at - 1])


def _longest_name(text: str, names: Mapping[str, int]) -> tuple[str, str]:
    """As it was typed, and as it is known: the two may differ in length, as “ß” is “ss” in lower case."""
    for end in range(len(text), 0, -1):
        name = text[:end].casefold()
        if name in names and not (_spells(text[end - 1]) and _spells(text[end : end + 1])):
            return text[:end], name
    return "", ""


def _spells(character: str) -> bool:
    """Whether it is of a script that puts spaces between its words."""
    return character.isalnum() and character < "\u2e80"


def _draw_mention(
    self: RendererHTML, tokens: list[Token], index: int, options: Any, env: dict[str, Any]
) -> str:
    token = tokens[index]
    env["mentioned"][token.meta["user"]] = True
    return f'<span class="mention" data-user="{token.meta["user"]}">@{html.escape(token.content)}</span>'


def _draw_code(self: RendererHTML, tokens: list[Token], index: int, options: Any, env: dict[str, Any]) -> str:
    language = tokens[index].info.strip().split(" ")[0][:30]
    code = tokens[index].content
    drawn = _colour(language.lower(), code, env)
    return (
        f'<figure class="code-block"><header>{html.escape(language)}</header>'
        f"<pre><code>{drawn}</code></pre></figure>\n"
    )


def _colour(language: str, code: str, env: dict[str, Any]) -> str:
    if language not in LANGUAGES or len(code) > env["colourable"] or _LONG_BLANK.search(code):
        return html.escape(code)
    env["colourable"] -= len(code)
    lexer = get_lexer_by_name(language, stripnl=False)
    return draw_tokens(_tokens(lexer, code.removeprefix("\ufeff"), env), _CODE)


def _tokens(lexer: Lexer, code: str, env: dict[str, Any]) -> Iterator[tuple[_TokenType, str]]:
    """What is left when the time is up stays plain. Ordinary code needs a tenth of it."""
    end = thread_time() + env["seconds"]
    done = 0
    for kind, text in lexer.get_tokens(code):
        yield kind, text
        done += len(text)
        if thread_time() > end:
            yield Text, code[done:]
            break
    env["seconds"] = end - thread_time()
