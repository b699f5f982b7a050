"""HR imports the days of a year: first what it would do, then doing it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from intranet.events.models import Event
from intranet.people import actions
from intranet.people.models import CalendarDay, WorkCalendar
from intranet.people.worktime import is_working
from tests.cast import Cast
from tests.conftest import Browser

pytestmark = pytest.mark.django_db
CSV = """date,kind,name,english_name
2030-01-01,off,元旦,New Year's Day
2030-01-05,working,元旦调休,Make-up day
2030-02-04,off,春节,Spring Festival
"""


@pytest.fixture
def hr(cast: Cast, browser: Browser) -> Browser:
    actions.change_preferences(user=cast.hr, locale="en")
    browser.force_login(cast.hr)
    return browser


@pytest.fixture
def company(cast: Cast) -> WorkCalendar:
    return WorkCalendar.objects.get(is_default=True)


def page_of(calendar: WorkCalendar) -> str:
    return f"/admin/people/workcalendar/{calendar.pk}/import/"


def upload(browser: Browser, calendar: WorkCalendar, data: bytes | str, **fields: str) -> Any:
    raw = data.encode() if isinstance(data, str) else data
    return browser.post(page_of(calendar), {"file": SimpleUploadedFile("days.csv", raw), **fields})


def test_first_it_is_only_shown(hr: Browser, company: WorkCalendar) -> None:
    shown = upload(hr, company, CSV)
    page = shown.content.decode()
    assert "Make-up day" in page
    assert "3 days of 2030." in page
    assert not CalendarDay.objects.exists()
    text = shown.context["form"]["text"].value()
    imported = hr.post(page_of(company), {"text": text, "_import": "1"})
    assert imported["Location"] == f"/admin/people/workcalendar/{company.pk}/change/?year=2030"
    assert CalendarDay.objects.filter(calendar=company).count() == 3
    event = Event.objects.get(kind="people.calendar.years_imported")
    assert event.data == {"calendar": company.pk, "years": [2030], "days": 3}
    year = hr.get(imported["Location"]).content.decode()
    assert "Provisional" not in year
    assert "Imported: only the days below count." in year


def test_an_imported_year_is_known(cast: Cast, hr: Browser, company: WorkCalendar) -> None:
    saturday = dt.datetime(2030, 1, 5, 2, tzinfo=dt.UTC)
    october = dt.datetime(2030, 10, 1, 2, tzinfo=dt.UTC)
    assert not is_working(cast.owner, saturday)
    assert not is_working(cast.owner, october)
    upload(hr, company, CSV, _import="1")
    assert is_working(cast.owner, saturday)
    assert is_working(cast.owner, october), "what is not in the file is an ordinary day"


def test_again_it_takes_the_place_of_the_first(hr: Browser, company: WorkCalendar) -> None:
    day = dt.date(2026, 12, 24)
    actions.set_day(actor=None, calendar=company, date=day, name="kept")
    upload(hr, company, CSV, _import="1")
    shown = upload(hr, company, "date,kind,name\n2030-05-01,off,劳动节\n")
    assert "It takes the place of 3 days that are kept here." in shown.content.decode()
    upload(hr, company, "date,kind,name\n2030-05-01,off,劳动节\n", _import="1")
    dates = CalendarDay.objects.values_list("date", flat=True)
    assert set(dates) == {day, dt.date(2030, 5, 1)}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_as_spreadsheets_write_it(hr: Browser, company: WorkCalendar, encoding: str, delimiter: str) -> None:
    text = "日期,类型,名称\r\n2030/1/1,休,元旦\r\n2030年1月5日,班,元旦调休\r\n,,\r\n".replace(",", delimiter)
    upload(hr, company, text.encode(encoding), _import="1")
    days = CalendarDay.objects.order_by("date").values_list("date", "kind", "name")
    assert list(days) == [
        (dt.date(2030, 1, 1), "off", "元旦"),
        (dt.date(2030, 1, 5), "working", "元旦调休"),
    ]


HEAD = "date,kind,name\n"
GOOD = HEAD + "2030-01-01,off,元旦\n"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ("", "The submitted file is empty."),
        (HEAD, "There is no day in this file."),
        ("day;sort\n1;2\n", "Missing: kind, name."),
        (GOOD + "2030-02-30,off,春节\n", "Line 3: “2030-02-30” is no date."),
        (GOOD + "2030-02-04,maybe,春节\n", "Line 3: “maybe” is no kind."),
        (GOOD + "2030-02-04,off,\n", "Line 3: This field cannot be blank."),
        (GOOD + "2030-02-04,off," + "春" * 61 + "\n", "Line 3: Ensure this value has at most 60 characters"),
        (GOOD + "2030-02-04\n", "Line 3:"),
        (GOOD + "1030-02-05,off,春节\n", "Line 3: This date is too far in the past."),
        (GOOD + "2030-01-01,working,元旦\n", "2030-01-01 stands there twice."),
        (b"PK\x03\x04\x00\x00\x00\x00" * 20, "This is no text file."),
        (b"\xff\xfe\x00\xd8", "This is no text file."),
        (HEAD + '"' + "x" * 200_000, "This is no table."),
        (GOOD + "\n" * 600_000, "This file is too large for a calendar."),
    ],
)
def test_what_is_wrong_is_told_line_by_line(
    hr: Browser, company: WorkCalendar, data: bytes | str, sentence: str
) -> None:
    for fields in ({}, {"_import": "1"}):
        response = upload(hr, company, data, **fields)
        assert response.status_code == 200
        assert sentence in response.content.decode()
    assert not CalendarDay.objects.exists()
    assert not company.imported_years.exists()


def test_without_a_file(hr: Browser, company: WorkCalendar) -> None:
    assert "Choose a CSV file." in hr.post(page_of(company), {}).content.decode()


def test_what_is_shown_is_checked_again(hr: Browser, company: WorkCalendar) -> None:
    forged = hr.post(page_of(company), {"text": "date,kind,name\n2030-13-01,off,x\n", "_import": "1"})
    assert "is no date" in forged.content.decode()
    assert not CalendarDay.objects.exists()


def test_a_formula_is_a_name_like_any_other(hr: Browser, company: WorkCalendar) -> None:
    page = upload(hr, company, GOOD + '2030-02-04,off,"=HYPERLINK(""x"")<b>"\n').content.decode()
    assert "=HYPERLINK(&quot;x&quot;)&lt;b&gt;" in page


def test_a_calendar_that_is_not_there(hr: Browser) -> None:
    for pk in ("0", str(2**70), "x"):
        assert hr.get(f"/admin/people/workcalendar/{pk}/import/").status_code == 404
