from __future__ import annotations

import gettext
import io
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

from tools import catalogues
from tools.catalogues import problems_of, render
from tools.extraction import Text

SEND = Text("Send")
DAYS = Text("%(n)s day", "%(n)s days")


def catalogue_of(tmp_path: Path, body: str) -> Catalog:
    path = tmp_path / "django.po"
    path.write_text(catalogues.HEADER + body)
    return catalogues.read(path)


def entry(text: Text, chinese: str, *, comment: str = "") -> str:
    plural = (
        f'msgid_plural "{text.plural}"\nmsgstr[0] "{chinese}"\n' if text.plural else f'msgstr "{chinese}"\n'
    )
    return f'{comment}msgid "{text.singular}"\n{plural}\n'


def test_a_complete_catalogue_has_no_problem(tmp_path: Path) -> None:
    chinese = catalogue_of(tmp_path, entry(SEND, "发送") + entry(DAYS, "%(n)s 天"))
    assert not list(problems_of({SEND: {"a.py"}, DAYS: {"a.py"}}, chinese))


@pytest.mark.parametrize(
    ("text", "body", "problem"),
    [
        (SEND, "", "not in the Chinese catalogue"),
        (SEND, entry(SEND, ""), "no Chinese"),
        (SEND, entry(SEND, "发送", comment="#, fuzzy\n"), "fuzzy"),
        (SEND, entry(SEND, "发送!"), "full-width"),
        (SEND, entry(SEND, "发送,再见"), "full-width"),
        (SEND, entry(SEND, "请您发送"), "full-width"),
        (SEND, entry(SEND, "发送") + entry(Text("Old"), "旧"), "not say this any more"),
        (SEND, entry(SEND, "发送") + '#~ msgid "Old"\n#~ msgstr "旧"\n', "not say this any more"),
        (DAYS, entry(DAYS, "%(m)s 天"), "placeholders differ"),
        (DAYS, entry(DAYS, "天"), "placeholders differ"),
        (Text("%(n)s days"), entry(Text("%(n)s days"), "%(n)s 天"), "needs ngettext"),
        (Text("{number} new days"), entry(Text("{number} new days"), "{number} 天"), "needs ngettext"),
        (Text("{count} people"), entry(Text("{count} people"), "{count} 人"), "needs ngettext"),
        (Text("%(n)s day", "%(n)s day"), entry(Text("%(n)s day", "%(n)s day"), "%(n)s 天"), "read the same"),
        (
            Text("%(who)s: one day", "%(n)s days"),
            entry(Text("%(who)s: one day", "%(n)s days"), "%(n)s 天"),
            "lacks a placeholder",
        ),
    ],
)
def test_names_what_is_wrong(tmp_path: Path, text: Text, body: str, problem: str) -> None:
    found = list(problems_of({text: {"a.py"}}, catalogue_of(tmp_path, body)))
    assert len(found) == 1
    assert problem in found[0]


def test_update_keeps_translations_and_forgets_what_is_gone(tmp_path: Path) -> None:
    old = catalogue_of(tmp_path, entry(SEND, "发送") + entry(Text("Old"), "旧"))
    content = render({SEND: {"b.py", "a.py"}, DAYS: {"a.py"}}, old)
    assert '#: a.py b.py\nmsgid "Send"\nmsgstr "发送"\n' in content
    assert "Old" not in content
    assert content.index("days") < content.index("Send")


def test_update_twice_changes_nothing(tmp_path: Path) -> None:
    texts = {SEND: {"a.py"}, DAYS: {"a.py"}}
    once = render(texts, catalogue_of(tmp_path, entry(SEND, "发送")))
    (tmp_path / "django.po").write_text(once)
    assert render(texts, catalogues.read(tmp_path / "django.po")) == once


def test_what_is_compiled_can_be_read_by_python(tmp_path: Path) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue_of(tmp_path, entry(SEND, "发送") + entry(DAYS, "%(n)s 天")))
    compiled.seek(0)
    chinese = gettext.GNUTranslations(compiled)
    assert chinese.gettext("Send") == "发送"
    assert chinese.ngettext("%(n)s day", "%(n)s days", 1) == "%(n)s 天"
