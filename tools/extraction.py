"""Finds the texts that the sources show to people, without GNU gettext."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation import templatize

from tools.house_rules import PRODUCT, ROOT

_PLAIN = ("_", "gettext", "gettext_lazy", "gettext_noop")
_PLURAL = ("ngettext", "ngettext_lazy")
_CONTEXT = ("pgettext", "pgettext_lazy")
_CONTEXT_PLURAL = ("npgettext", "npgettext_lazy")
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    **dict.fromkeys(_PLAIN),
    **dict.fromkeys(_PLURAL, (1, 2)),
    **dict.fromkeys(_CONTEXT, ((1, "c"), 2)),
    **dict.fromkeys(_CONTEXT_PLURAL, ((1, "c"), 2, 3)),
}


@dataclass(frozen=True, order=True)
class Text:
    """One message, as gettext identifies it."""

    singular: str
    plural: str = ""
    context: str = ""

    @property
    def key(self) -> str | tuple[str, str]:
        return (self.singular, self.plural) if self.plural else self.singular


def texts_of_sources(root: Path = ROOT) -> dict[Text, set[str]]:
    """Every message of the product, with the files that it stands in."""
    found: dict[Text, set[str]] = {}
    for path in _sources(root):
        read = texts_of_python if path.suffix == ".py" else texts_of_template
        for text in read(path.read_text()):
            found.setdefault(text, set()).add(path.relative_to(root).as_posix())
    return found


def _sources(root: Path) -> Iterator[Path]:
    for top in PRODUCT:
        yield from sorted((root / top).rglob("*.py"))
        yield from sorted(
            path for path in (root / top).rglob("templates/**/*") if path.suffix in {".html", ".txt"}
        )


def texts_of_python(source: str) -> Iterator[Text]:
    for _line, key, _comments, context in extract("python", io.BytesIO(source.encode()), keywords=KEYWORDS):
        singular, plural = key if isinstance(key, tuple) else (key, "")
        if singular:
            yield Text(singular, plural, context or "")


def texts_of_template(source: str) -> Iterator[Text]:
    """Django turns a template into calls of gettext between blanked text; each line is Python by itself."""
    for line in templatize(source).splitlines():
        calls = re.sub(r"\bu(?=['\"])", "", line.strip())
        if "(" in calls:
            yield from texts_of_python(calls)


# --- The front end ----------------------------------------------------------------------------------

_TOKENS = re.compile(
    r"""(?P<comment>//[^\n]*|/\*.*?\*/)"""
    r"""|(?P<before>\b(?:Error|console\.\w+)\(\s*)?(?P<text>"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)""",
    re.DOTALL,
)
CJK = re.compile(r"[\u3000-\u303f\u3400-\u9fff\uff00-\uffef]")
_DATE_UNITS = re.compile(r"[年月日]")
_SENTENCE = re.compile(r"[A-Z][a-z']+ [a-z']+( |[.?!…]|$)")


def spoken_in_typescript(source: str) -> Iterator[tuple[int, str]]:
    """Texts that a script would show to people; they belong in a template. Errors are for developers."""
    for token in _TOKENS.finditer(source):
        text = token["text"]
        if (
            text
            and not token["before"]
            and (CJK.search(_DATE_UNITS.sub("", text)) or _SENTENCE.search(text[1:-1]))
        ):
            yield source.count("\n", 0, token.start("text")) + 1, text
