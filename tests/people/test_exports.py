from __future__ import annotations

import csv
import io
import string
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from intranet.people import actions
from intranet.people.importing import exports, files
from intranet.people.importing.cells import neutral, read_text
from intranet.people.importing.check import check
from intranet.people.models import Department, Role, User
from tests.cast import Cast
from tests.conftest import Browser

SIGNS = string.ascii_letters + string.digits + " '=+-@,;\"/“李雷研发部"
texts = st.text(SIGNS, max_size=30).map(str.strip)
names = st.text(SIGNS, min_size=1, max_size=30).map(str.strip).filter(bool)


@pytest.fixture
def hr(cast: Cast, browser: Browser) -> Browser:
    actions.change_preferences(user=cast.hr, locale="en")
    browser.force_login(cast.hr)
    return browser


def rows(response: Any) -> list[list[str]]:
    assert response.content.startswith("\ufeff".encode())
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_people_as_the_list_shows_them(cast: Cast, hr: Browser) -> None:
    actions.change_user(actor=None, user=cast.owner, phone="01088886666", title='=HYPERLINK("x")')
    header, *found = rows(hr.get("/admin/people/user/export.csv?q=owner"))
    assert header[:4] == ["user name", "name", "English name", "e-mail"]
    assert found == [
        [
            "owner",
            "李雷",
            "Lei Li",
            "owner@tongxin.example",
            "01088886666",
            '\'=HYPERLINK("x")',
            "",
            "市场部",
            "Member",
            "Chinese",
            "Asia/Shanghai",
        ]
    ]
    everybody = rows(hr.get("/admin/people/user/export.csv"))
    assert len(everybody) == 1 + User.objects.count()


def test_a_workbook_keeps_zeros_and_has_no_formula(cast: Cast, hr: Browser) -> None:
    actions.change_user(actor=None, user=cast.owner, phone="007", title="+1")
    response = hr.get("/admin/people/user/export.xlsx?q=owner")
    sheet = load_workbook(io.BytesIO(response.content)).active
    assert [cell.value for cell in sheet[2]][4:6] == ["007", "'+1"]
    assert all(cell.number_format == "@" for cell in sheet[2])
    assert response["Content-Disposition"].endswith('.xlsx"')
    assert "no-store" in response["Cache-Control"]


def test_departments_with_what_is_above_them_and_who_manages(cast: Cast, hr: Browser) -> None:
    actions.create_department(actor=None, name="平台组", parent=cast.research)
    found = rows(hr.get("/admin/people/department/export.csv"))
    assert ["平台组", "", "研发部", "Teal", ""] in found
    assert ["市场部", "Marketing", "", "Orange", "manager"] in found


@pytest.mark.parametrize("query", ["?nonsense=1", "?memberships__department__id__exact=x", "?p=x", "?q=\x00"])
def test_a_filter_that_means_nothing(cast: Cast, hr: Browser, query: str) -> None:
    response = hr.get(f"/admin/people/user/export.csv{query}")
    assert response.status_code in {200, 302, 400}


def test_the_template_can_be_filled_in_and_imported(cast: Cast, hr: Browser) -> None:
    book = load_workbook(io.BytesIO(hr.get("/admin/people/import/template.xlsx").content))
    people, departments, explanation = book.worksheets
    assert explanation.max_row > people.max_column + departments.max_column
    people.append(["liuyang", "刘洋"])
    output = io.BytesIO()
    book.save(output)
    assert [len(table.rows) for table in files.read(output.getvalue())] == [0, 1]


@given(texts)
def test_what_was_made_harmless_is_read_as_it_was(value: str) -> None:
    assert not neutral(value).startswith(("=", "+", "-", "@", "\t"))
    assert read_text(neutral(value)) == value


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
@pytest.mark.parametrize("kind", [exports.CSV, exports.XLSX])
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_what_was_exported_changes_nothing_when_imported(
    cast: Cast, language: str, kind: str, data: st.DataObject
) -> None:
    draw = data.draw
    User.objects.filter(pk=cast.member.pk).update(
        name=draw(names), english_name=draw(texts), title=draw(texts), phone=draw(texts)
    )
    Department.objects.filter(pk=cast.legal.pk).update(
        name=draw(names), english_name=draw(texts), parent=draw(st.sampled_from([None, cast.research.pk]))
    )
    role = draw(st.sampled_from(Role.values))
    actions.join_department(actor=None, user=cast.member, department=cast.legal, role=role, primary=True)
    with translation.override(language):
        tables = (
            exports.departments(Department.objects.all()),
            exports.people(User.objects.with_primary_department()),
        )
        for table in tables:
            content = exports.written(table, title="表", kind=kind)
            report = check(files.read(content), actor=None)
            assert not report.has_errors, [str(note) for _line, note in report.in_words()]
            assert not report.steps, [line.changes for line in report.lines if line.changes]
