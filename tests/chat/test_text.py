from __future__ import annotations

import re
from html import unescape
from time import thread_time

import pytest
from django.core.exceptions import ValidationError

from chat.text import LANGUAGES, LONGEST, MOST_BRACKETS, MOST_COLOURED, MOST_LINKS, check_source, render

NAMES = {"李雷": 1, "韩梅梅": 2, "emma": 3, "emma chen": 4, "jessie": 5, "韩梅": 6}


def html(source: str) -> str:
    return render(source, {}).html


@pytest.mark.parametrize(
    ("source", "drawn"),
    [
        ("**bold** *slanted* ~~gone~~", "<p><strong>bold</strong> <em>slanted</em> <s>gone</s></p>"),
        ("one\ntwo", "<p>one<br>\ntwo</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
        ("3. c", '<ol start="3">\n<li>c</li>\n</ol>'),
        ("> said", "<blockquote>\n<p>said</p>\n</blockquote>"),
        ("`a < b`", "<p><code>a &lt; b</code></p>"),
        ("<b>raw</b>", "<p>&lt;b&gt;raw&lt;/b&gt;</p>"),
    ],
)
def test_markdown(source: str, drawn: str) -> None:
    assert html(source) == drawn


@pytest.mark.parametrize("source", ["[here](https://a.example/)", "https://a.example/"])
def test_links_open_elsewhere_and_tell_nothing(source: str) -> None:
    drawn = html(source)
    assert 'href="https://a.example/"' in drawn
    assert 'target="_blank"' in drawn
    assert 'rel="noopener noreferrer nofollow"' in drawn


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc/passwd"]
)
def test_only_harmless_addresses_become_links(address: str) -> None:
    assert "href" not in html(f"[x]({address}) <{address}>")


def test_pictures_of_other_servers_are_not_loaded() -> None:
    assert "<img" not in html("![x](https://tracker.example/x.png)")


def test_code_is_coloured_by_its_language() -> None:
    drawn = html("```python\nprint('<b>')\n```")
    assert '<figure class="code-block"><header>python</header>' in drawn
    assert '<span class="c-nb">print</span>' in drawn
    assert "&lt;b&gt;" in drawn


@pytest.mark.parametrize("language", ["", "no-such-language", "<script>", "python extra words"])
def test_code_of_any_language_is_shown(language: str) -> None:
    drawn = html(f"```{language}\na <b>\n```")
    assert "&lt;b&gt;" in drawn or "&lt;</span>" in drawn
    assert "<script" not in drawn


# --- Names ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "mentioned"),
    [
        ("@李雷", (1,)),
        ("请@韩梅梅看一下", (2,)),
        ("@韩梅梅和@李雷", (2, 1)),
        ("@Emma, hello", (3,)),
        ("@EMMA CHEN!", (4,)),
        ("@emma chens", (3,)),
        ("@emmanuel", ()),
        ("mail@emma", ()),
        ("é@emma", ()),
        ("@emmaé", ()),
        ("你@emma好", (3,)),
        ("@nobody", ()),
        ("@", ()),
        ("`@李雷`", ()),
        ("```\n@李雷\n```", ()),
        ("**@李雷**", (1,)),
        ("@李雷 @李雷", (1,)),
        ("@Je\u00dfie", (5,)),
    ],
)
def test_finds_who_is_named(source: str, mentioned: tuple[int, ...]) -> None:
    assert render(source, NAMES).mentioned == mentioned


def test_a_name_is_marked_as_it_was_typed() -> None:
    assert render("@EMMA!", NAMES).html == '<p><span class="mention" data-user="3">@EMMA</span>!</p>'


def test_characters_that_grow_in_lower_case_shift_nothing() -> None:
    """“İ” has two characters in lower case, “ß” is compared as two."""
    assert render("@İ李雷 @Je\u00dfie\u00df", NAMES).mentioned == ()
    assert render("@Je\u00dfie好", NAMES).html.endswith("@Je\u00dfie</span>好</p>")


# --- What may be posted -----------------------------------------------------------------------------------


@pytest.mark.parametrize("source", ["", "   ", "\n\n", "\t"])
def test_nothing_is_not_a_message(source: str) -> None:
    with pytest.raises(ValidationError) as refused:
        check_source(source)
    assert refused.value.code == "empty"


def test_ten_thousand_characters_are_a_message_and_one_more_is_not() -> None:
    assert check_source("字" * LONGEST) == "字" * LONGEST
    with pytest.raises(ValidationError) as refused:
        check_source("字" * (LONGEST + 1))
    assert refused.value.code == "too_long"


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x08", "\x0b", "\x0c", "\x1b", "\x7f"])
def test_control_characters_are_refused(character: str) -> None:
    with pytest.raises(ValidationError) as refused:
        check_source(f"a{character}b")
    assert refused.value.code == "control_characters"


def test_tabs_and_every_kind_of_line_end_are_text() -> None:
    assert check_source(" a\tb\r\nc\rd \n") == "a\tb\nc\nd"


@pytest.mark.parametrize(
    "source",
    [
        "[" * 5_000,
        "*" * 9_999,
        "> " * 4_999 + "x",
        "`" * 9_999,
        "|a" * 4_999 + "\n" + "|-" * 2_000,
        "@" * 9_999,
    ],
)
def test_hostile_markdown_is_drawn_all_the_same(source: str) -> None:
    assert isinstance(render(source, NAMES).html, str)


# --- What it costs to draw ----------------------------------------------------------------------------------

PATIENCE = 5.0  # seconds of this thread's own work; without limits the worst of these take far more
RUNS = ["(", "<", " ", "\\", "\n ", "(a<[{ "]
ALIASES = {
    "c#",
    "cs",
    "c++",
    "dockerfile",
    "golang",
    "js",
    "kt",
    "makefile",
    "patch",
    "postgresql",
    "ps1",
    "py",
}
ALIASES |= {"python3", "rb", "rs", "sh", "shell", "ts", "yml", "zsh", "jsx", "tsx"}


@pytest.mark.parametrize("language", sorted(LANGUAGES - ALIASES))
def test_code_of_no_language_takes_long(language: str) -> None:
    for run in RUNS:
        code = "a" + (run * MOST_COLOURED)[: MOST_COLOURED - 3] + "b\n"
        started = thread_time()
        drawn = html(f"```{language}\n{code}```")
        assert thread_time() - started < PATIENCE, run
        text = "".join(unescape(part) for part in re.split(r"<[^>]+>", drawn))
        assert text.rstrip().endswith(code.rstrip()), run


@pytest.mark.parametrize(
    "language", ["autoit", "apacheconf", "aspectj", "basemake", "ng2", "markdown", "http"]
)
def test_code_of_other_languages_is_shown_plain(language: str) -> None:
    assert "<span" not in html(f"```{language}\nif (a) {{ b }}\n```")


def test_much_code_is_shown_plain() -> None:
    """However many blocks it stands in."""
    line = "print(1)\n"
    lines = MOST_COLOURED // len(line)
    assert "<span" in html(f"```python\n{line * lines}```")
    assert "<span" not in html(f"```python\n{line * (lines + 1)}```")
    halves = html(f"```python\n{line * (lines - 1)}```\n\n```python\n{line * 2}```").split("</figure>")
    assert ["<span" in half for half in halves] == [True, False, False]


@pytest.mark.parametrize("run", ["://", "http://a.", "[", "a.b ", "mailto:", "[a](", "//a"])
def test_no_text_takes_long(run: str) -> None:
    started = thread_time()
    html((run * LONGEST)[:LONGEST])
    assert thread_time() - started < PATIENCE


def test_only_so_many_links_are_looked_for() -> None:
    assert html("https://example " * MOST_LINKS).count("<a ") == MOST_LINKS
    assert html("https://example " * (MOST_LINKS + 1)).count("<a ") == 0
    assert html("[x](/y)" * MOST_BRACKETS).count("<a ") == MOST_BRACKETS
    assert html("[x](/y)" * (MOST_BRACKETS + 1)).count("<a ") == 0
