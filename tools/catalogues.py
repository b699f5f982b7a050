"""The message catalogue: `update` it from the sources, `compile` it, `check` both languages.

English is the language of the sources; Chinese is in locale/zh_Hans. No GNU gettext is needed.
"""

from __future__ import annotations

import io
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from tools.extraction import CJK, Text, spoken_in_typescript, texts_of_sources
from tools.house_rules import PRODUCT, ROOT

CHINESE = ROOT / "locale/zh_Hans/LC_MESSAGES/django.po"
LOCALE = "zh_Hans"
# Written by hand: Babel's own header carries the time of the run, and so would every change.
HEADER = r"""# Chinese for Tongxin. New messages come in with `make messages`.
msgid ""
msgstr ""
"Language: zh_Hans\n"
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=UTF-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Plural-Forms: nplurals=1; plural=0;\n"

"""


def update() -> int:
    """Bring the sources' messages into the catalogue; translations stay, what is no longer said goes."""
    texts = texts_of_sources()
    content = render(texts, read(CHINESE) if CHINESE.exists() else Catalog(LOCALE))
    CHINESE.parent.mkdir(parents=True, exist_ok=True)
    CHINESE.write_text(content)
    missing = [text for text, message in _pairs(texts, read(CHINESE)) if not _strings(message)]
    print(f"{len(texts)} messages, {len(missing)} to be translated in {CHINESE.relative_to(ROOT)}.")
    return 0


def render(texts: dict[Text, set[str]], old: Catalog) -> str:
    """The catalogue's text: sorted, with file names only, the same for the same sources."""
    new = Catalog(LOCALE)
    for text, files in texts.items():
        message = _find(old, text)
        flags = message.flags & {"fuzzy"} if message else ()
        places = [(name, 0) for name in sorted(files)]
        string = message.string if message else ""
        new.add(text.key, string, locations=places, flags=flags, context=text.context or None)
    output = io.BytesIO()
    write_po(output, new, width=100, omit_header=True, sort_output=True, include_lineno=False)
    return HEADER + output.getvalue().decode()


def compile_all() -> int:
    for path in sorted(ROOT.glob("locale/*/LC_MESSAGES/*.po")):
        with path.with_suffix(".mo").open("wb") as output:
            write_mo(output, read(path))
    return 0


def check() -> int:
    problems = list(problems_of(texts_of_sources(), read(CHINESE)))
    problems += list(_problems_of_frontend())
    print("\n".join(problems) or "Both languages are complete.")
    return 1 if problems else 0


def read(path: Path) -> Catalog:
    with path.open("rb") as source:
        return read_po(source, locale=LOCALE, abort_invalid=True)


def problems_of(texts: dict[Text, set[str]], chinese: Catalog) -> Iterator[str]:
    """What keeps either language from being complete and right."""
    for text, message in _pairs(texts, chinese):
        where = f"{min(texts[text])}: {text.singular!r}"
        yield from (f"{where}: {problem}" for problem in _problems_of_english(text))
        yield from (f"{where}: {problem}" for problem in _problems_of_chinese(text, message))
    said = {(text.singular, text.context) for text in texts}
    for message in [*chinese, *chinese.obsolete.values()]:
        singular = message.id[0] if isinstance(message.id, tuple) else message.id
        if singular and (singular, message.context or "") not in said:
            yield f"{singular!r}: the sources do not say this any more (make messages)"


PLACEHOLDERS = re.compile(r"%\(\w+\)[\d.]*[sdf]|%[sd]|(?<!\{)\{\w*\}(?!\})")
# A number and a word in the plural: English needs both forms.
_NUMBER = r"(%\((count|counter|n|number|total)\)[sd]|%d|\{(count|counter|n|number|total)\})"
COUNTED = re.compile(rf"{_NUMBER} (\w+ )?(people|(?!this)\w{{3,}}s)\b")
# “3 changed” reads right for one as well; “3 day” does not read right for three.
NAMED = re.compile(rf"{_NUMBER} (?!\w+ed\b)\w+")
HALF_WIDTH = re.compile(rf"(?<={CJK.pattern})[,;:?!()]|[,;:?!(](?={CJK.pattern})|[!！]|您")


def _problems_of_english(text: Text) -> Iterator[str]:
    if text.plural:
        if text.plural == text.singular and NAMED.search(text.singular):
            yield "one and many read the same in English"
        if not _placeholders(text.singular) <= _placeholders(text.plural):
            yield "the plural lacks a placeholder of the singular"
    elif COUNTED.search(text.singular):
        yield "a number of things needs ngettext, or “1 messages” will be shown"


def _problems_of_chinese(text: Text, message: Message | None) -> Iterator[str]:
    if message is None:
        yield "it is not in the Chinese catalogue (make messages)"
        return
    if message.fuzzy:
        yield "the Chinese is marked fuzzy"
    strings = _strings(message)
    if not strings:
        yield "it has no Chinese"
    for string in strings:
        if _placeholders(string) != _placeholders(text.plural or text.singular):
            yield f"the placeholders differ in {string!r}"
        if wrong := HALF_WIDTH.search(string):
            yield f"{wrong[0]!r} in {string!r}: full-width punctuation, 你, no exclamation mark"


def _problems_of_frontend() -> Iterator[str]:
    for top in PRODUCT:
        for path in sorted((ROOT / top).rglob("frontend/**/*.ts")):
            for line, text in spoken_in_typescript(path.read_text()):
                yield f"{path.relative_to(ROOT)}:{line}: {text} belongs in a template, to be translated"


def _pairs(texts: dict[Text, set[str]], catalogue: Catalog) -> Iterator[tuple[Text, Message | None]]:
    for text in sorted(texts):
        yield text, _find(catalogue, text)


def _find(catalogue: Catalog, text: Text) -> Message | None:
    found = catalogue.get(text.singular, text.context or None)
    return found if found and found.id == text.key else None


def _strings(message: Message | None) -> list[str]:
    if message is None:
        return []
    strings = message.string if isinstance(message.string, tuple | list) else [message.string]
    return [string for string in strings if string]


def _placeholders(string: str) -> set[str]:
    return set(PLACEHOLDERS.findall(string))


COMMANDS = {"update": update, "compile": compile_all, "check": check}

if __name__ == "__main__":
    sys.exit(COMMANDS[sys.argv[1]]())
