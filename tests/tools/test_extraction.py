from __future__ import annotations

import pytest

from tools.extraction import Text, spoken_in_typescript, texts_of_python, texts_of_template

PYTHON = [
    ('_("Send")', Text("Send")),
    ('gettext_lazy("Send")', Text("Send")),
    ('_("Two "\n  "halves")', Text("Two halves")),
    ('ngettext("%(n)d day", "%(n)d days", n)', Text("%(n)d day", "%(n)d days")),
    ('pgettext("month", "May")', Text("May", context="month")),
    ('npgettext("time", "day", "days", n)', Text("day", "days", "time")),
]

TEMPLATE = [
    ('<p title="{% translate "Send" %}">it\'s</p>', Text("Send")),
    ('{% trans "Close" as close %}', Text("Close")),
    ('{% translate "May" context "month" %}', Text("May", context="month")),
    ('{{ name|default:_("nobody") }}', Text("nobody")),
    ("{% blocktranslate with name=user.name %}{{ name }} left{% endblocktranslate %}", Text("%(name)s left")),
    (
        "{% blocktranslate count n=n trimmed %}\n{{ n }} day{% plural %}{{ n }} days{% endblocktranslate %}",
        Text("%(n)s day", "%(n)s days"),
    ),
]


@pytest.mark.parametrize(("source", "text"), PYTHON)
def test_finds_the_texts_of_python(source: str, text: Text) -> None:
    assert list(texts_of_python(source)) == [text]


@pytest.mark.parametrize(("source", "text"), TEMPLATE)
def test_finds_the_texts_of_a_template(source: str, text: Text) -> None:
    assert list(texts_of_template(source)) == [text]


def test_finds_nothing_in_comments_and_plain_calls() -> None:
    assert not list(texts_of_template('{# {% translate "Old" %} #}{% url "room" 1 %}'))
    assert not list(texts_of_python('print("Send")  # _("Old")'))


@pytest.mark.parametrize(
    "source",
    ['button.title = "Send message";', "status.textContent = '发送';", "x = `Message from ${name}`;"],
)
def test_finds_texts_for_people_in_a_script(source: str) -> None:
    assert [line for line, _text in spoken_in_typescript("\n" + source)] == [2]


@pytest.mark.parametrize(
    "source",
    [
        'throw new Error("No such element");',
        'console.warn("Socket closed by the server");',
        "return `${year}年${month}月${day}日`;",
        "// Says why, in words",
        '/* 中文 */ element.closest("[data-message]");',
        'import "./main.css"; addEventListener("DOMContentLoaded", start);',
    ],
)
def test_lets_names_errors_and_comments_pass(source: str) -> None:
    assert not list(spoken_in_typescript(source))
