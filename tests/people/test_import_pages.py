from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from intranet.people import actions, jobs
from intranet.people.importing import files
from intranet.people.models import Import, ImportState, User
from tests.cast import Cast
from tests.conftest import Browser
from tests.people.importing import csv
from tests.query_counts import assert_queries

UPLOAD = "/admin/people/import/add/"
PEOPLE = "姓名,邮箱,部门"
GOOD = csv(PEOPLE, "刘洋,liuyang@tongxin.example,研发部", "李雷,owner@tongxin.example,法务部")
BAD = csv(PEOPLE, "刘洋,<b>bold</b>,财务部", "陈静,,研发部")


@pytest.fixture
def hr(cast: Cast, browser: Browser) -> Browser:
    actions.change_preferences(user=cast.hr, locale="en")
    browser.force_login(cast.hr)
    return browser


def upload(browser: Browser, content: bytes, name: str = "people.csv", **options: Any) -> Any:
    return browser.post(UPLOAD, {"file": SimpleUploadedFile(name, content)}, **options)


def words(response: Any) -> str:
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def test_from_upload_to_the_new_people(cast: Cast, hr: Browser) -> None:
    response = upload(hr, GOOD, follow=True)
    page = response.redirect_chain[-1][0]
    said = words(response)
    assert "1 New" in said
    assert "1 Changed" in said
    assert "user name: liuyang" in said
    assert "department: 市场部 → 法务部" in said
    assert not User.objects.filter(username="liuyang").exists()

    assert "About to begin" in words(hr.post(page, follow=True))
    jobs.run_imports()
    said = words(hr.get(page))
    assert "Done" in said
    assert "1 new people" in said
    assert "1 other changes" in said
    found = hr.get(f"/admin/people/user/?imported={Import.objects.get().pk}").context["cl"].result_list
    assert [user.username for user in found] == ["liuyang"]
    assert Import.objects.get().actor == cast.hr


def test_progress_has_real_numbers_and_needs_no_page(cast: Cast, hr: Browser) -> None:
    upload(hr, GOOD)
    staged = Import.objects.get()
    page = f"/admin/people/import/{staged.pk}/"
    hr.post(f"{page}change/")
    assert "0 of 0" in words(hr.get(f"{page}progress/"))
    Import.objects.update(state=ImportState.WRITING, done=3, total=8)
    assert 'max="8" value="3"' in hr.get(f"{page}progress/").content.decode()
    assert "3 of 8" in words(hr.get(f"{page}change/"))


def test_a_report_with_errors_cannot_be_confirmed(cast: Cast, hr: Browser) -> None:
    response = upload(hr, BAD, follow=True)
    page = response.redirect_chain[-1][0]
    said = words(response)
    assert "1 Error" in said
    assert "Enter a valid email address" in said
    assert "There is no department “财务部”" in said
    assert "<b>bold" not in response.content.decode()
    assert 'value="Import"' not in response.content.decode()
    assert "Some lines are wrong" in words(hr.post(page))
    assert Import.objects.get().state == ImportState.CHECKED


def test_it_cannot_be_confirmed_twice_or_discarded_when_begun(cast: Cast, hr: Browser) -> None:
    page = upload(hr, GOOD)["Location"]
    hr.post(page)
    assert hr.post(page).status_code == 403
    assert hr.post(page.replace("change", "delete"), {"post": "yes"}).status_code == 403
    assert Import.objects.get().state == ImportState.CONFIRMED


def test_an_upload_is_discarded(cast: Cast, hr: Browser) -> None:
    page = upload(hr, GOOD)["Location"]
    hr.post(page.replace("change", "delete"), {"post": "yes"})
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ("姓名\r\n刘洋".encode("gbk"), "written in GBK"),
        ("姓名\r\n刘洋".encode("utf-16"), "written in UTF-16"),
        (b"x" * (files.MAX_BYTES + 1), "larger than 5 MB"),
        (b"", "empty"),
        (csv("姓名,星座", "刘洋,狮子"), "There is no column “星座”"),
        (b"PK\x03\x04" + b"\0" * 99, "not a workbook that can be read"),
    ],
)
def test_a_file_that_will_not_do_is_refused_at_its_field(
    cast: Cast, hr: Browser, content: bytes, sentence: str
) -> None:
    said = words(upload(hr, content))
    assert sentence in said
    assert not Import.objects.exists()


def test_no_file_at_all(cast: Cast, hr: Browser) -> None:
    assert "This field is required" in words(hr.post(UPLOAD))


def test_the_lists_lead_to_import_and_export_for_hr_only(cast: Cast, hr: Browser) -> None:
    for name in ("user", "department"):
        html = hr.get(f"/admin/people/{name}/").content.decode()
        assert UPLOAD in html
        assert f"/admin/people/{name}/export.xlsx" in html
        hr.force_login(cast.it)
        html = hr.get(f"/admin/people/{name}/").content.decode()
        assert UPLOAD not in html
        assert "export" not in html
        hr.force_login(cast.hr)


def test_many_lines_cost_no_more_than_few(cast: Cast, hr: Browser) -> None:
    for rows in (3, 60):
        lines = [f"同事{at},{at}@tongxin.example,研发部" for at in range(rows)]
        page = upload(hr, csv(PEOPLE, *lines))["Location"]
        with assert_queries("admin.people/import.report"):
            assert f"{rows} New" in words(hr.get(page))


@pytest.mark.parametrize("wanted", ["x", "0", "99999999999999999999"])
def test_a_filter_of_no_import_lists_everybody(cast: Cast, hr: Browser, wanted: str) -> None:
    response = hr.get(f"/admin/people/user/?imported={wanted}", follow=True)
    assert len(response.context["cl"].result_list) == User.objects.count()
