"""HR's work calendars in the administration."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from intranet import clock
from intranet.events.models import Event
from intranet.people import actions
from intranet.people.apps import provision
from intranet.people.models import CalendarDay, User, WorkCalendar
from intranet.people.public_days import public_year
from intranet.verdicts import Denied
from tests.cast import Cast
from tests.conftest import Browser
from tests.people.workers import OFFICE, calendar, weekdays
from tests.query_counts import assert_queries

pytestmark = pytest.mark.django_db
HOURS = {f"hours_{weekday}": "9–12, 13–17" if weekday < 5 else "" for weekday in range(7)}
FORM = {"name": "柏林办公室", "english_name": "Berlin office", "country": "DE", "region": "BE"} | HOURS
ADD = "/admin/people/workcalendar/add/"


@pytest.fixture
def hr(cast: Cast, browser: Browser) -> Browser:
    actions.change_preferences(user=cast.hr, locale="en")
    browser.force_login(cast.hr)
    return browser


def company() -> WorkCalendar:
    return WorkCalendar.objects.get(is_default=True)


def page_of(calendar: WorkCalendar) -> str:
    return f"/admin/people/workcalendar/{calendar.pk}/change/"


def said(response: Any) -> str:
    assert response.status_code == 200
    return response.content.decode()


# --- The company's ------------------------------------------------------------------------------------


def test_there_is_one_from_the_beginning() -> None:
    assert company().name == "公司工作日历"
    assert (company().country, company().hours) == ("CN", weekdays(OFFICE))


def test_it_is_made_once_and_stays_as_hr_wants_it(cast: Cast) -> None:
    actions.change_calendar(actor=cast.hr, calendar=company(), name="我们的")
    provision()
    assert WorkCalendar.objects.get().name == "我们的"


def test_after_a_flush_it_is_there_again(transactional_db: None) -> None:
    assert WorkCalendar.objects.filter(is_default=True).count() == 1


def test_another_one_becomes_it(cast: Cast, hr: Browser) -> None:
    old, new = company(), calendar("another")
    chosen: dict[str, Any] = {"action": "make_default", "_selected_action": [new.pk, old.pk]}
    assert "Choose one calendar." in said(hr.post("/admin/people/workcalendar/", chosen, follow=True))
    assert company() == old
    hr.post("/admin/people/workcalendar/", chosen | {"_selected_action": [new.pk]})
    assert company() == new
    assert Event.objects.get(kind="people.calendar.made_default").data == {"calendar": new.pk}


# --- Making and changing ------------------------------------------------------------------------------


def test_hr_makes_one(cast: Cast, hr: Browser) -> None:
    response = hr.post(ADD, FORM)
    assert response.status_code == 302, response.content.decode()
    made = WorkCalendar.objects.get(name="柏林办公室")
    assert (made.country, made.region) == ("DE", "BE")
    assert made.hours == weekdays([[540, 720], [780, 1020]])
    event = Event.objects.get(kind="people.calendar.created")
    assert (event.stream, event.actor, event.data) == ("company", cast.hr, {"calendar": made.pk})


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        (dict.fromkeys(HOURS, ""), "A calendar needs at least one working hour."),
        ({"hours_0": "nine to five"}, "“nine” cannot be read. Write hours like"),
        ({"hours_0": "9–12, 11–13"}, "Working hours overlap"),
        ({"hours_0": "22–10"}, "Working hours overlap, perhaps over midnight."),
        ({"region": "XX"}, "There is no such region. Known here: BB, BE"),
        ({"country": "", "region": "BE"}, "There is no such region."),
        ({"country": "XX"}, "Select a valid choice."),
        ({"name": "公司工作日历"}, "already exists"),
        ({"name": ""}, "This field is required."),
    ],
)
def test_what_is_wrong_is_told_and_kept(
    cast: Cast, hr: Browser, wrong: dict[str, str], sentence: str
) -> None:
    page = said(hr.post(ADD, FORM | wrong))
    assert sentence in page
    assert 'value="Berlin office"' in page
    assert all(f'value="{text}"' in page for text in wrong.values() if text and text != "XX")
    assert WorkCalendar.objects.count() == 1


def test_a_change_says_what_was_changed(cast: Cast, hr: Browser) -> None:
    own = company()
    page = said(hr.get(page_of(own)))
    assert page.count('value="09:00–12:00, 13:30–18:00"') == 5
    kept = {"name": own.name, "english_name": own.english_name, "country": "CN", "region": ""}
    hours = {f"hours_{weekday}": "09:00–12:00, 13:30–18:00" if weekday < 5 else "" for weekday in range(7)}
    assert hr.post(page_of(own), kept | hours | {"hours_5": "10:00–12:00"}).status_code == 302
    assert company().hours[5] == [[600, 720]]
    assert Event.objects.get(kind="people.calendar.changed").data["fields"] == ["hours"]
    assert hr.post(page_of(own), kept | dict.fromkeys(HOURS, "")).status_code == 200
    assert company().hours[5] == [[600, 720]]


def test_people_and_departments_are_given_one(cast: Cast, hr: Browser) -> None:
    own = calendar("own")
    department = {"name": "法务部", "english_name": "Legal", "hue": "cyan", "calendar": own.pk}
    assert hr.post(f"/admin/people/department/{cast.legal.pk}/change/", department).status_code == 302
    kept = ("username", "name", "english_name", "email", "locale", "time_zone", "employment")
    person = {name: getattr(cast.owner, name) for name in kept} | {"calendar": own.pk}
    rows = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}
    assert hr.post(f"/admin/people/user/{cast.owner.pk}/change/", person | rows).status_code == 302
    assert (User.objects.get(pk=cast.owner.pk).calendar, own.departments.get()) == (own, cast.legal)
    event = Event.objects.get(kind="people.user.changed", data__user=cast.owner.pk, data__fields=["calendar"])
    assert event.actor == cast.hr


def test_one_that_is_used_stays(cast: Cast, hr: Browser) -> None:
    own = calendar("own")
    actions.change_user(actor=None, user=cast.owner, calendar=own)
    chosen = {"action": "delete_selected", "post": "yes"}
    for kept in (own, company()):
        hr.post(f"/admin/people/workcalendar/{kept.pk}/delete/", {"post": "yes"})
        hr.post("/admin/people/workcalendar/", chosen | {"_selected_action": [kept.pk]})
        assert WorkCalendar.objects.filter(pk=kept.pk).exists()
    actions.change_user(actor=None, user=cast.owner, calendar=None)
    assert hr.post(f"/admin/people/workcalendar/{own.pk}/delete/", {"post": "yes"}).status_code == 302
    assert not WorkCalendar.objects.filter(pk=own.pk).exists()


@pytest.mark.parametrize("seat", ["owner", "manager", "it", "deactivated"])
def test_nobody_else_changes_them(cast: Cast, seat: str) -> None:
    actor, own = getattr(cast, seat), company()
    day = CalendarDay(date=dt.date(2030, 1, 1), name="x")
    for forbidden in (
        lambda: actions.create_calendar(actor=actor, name="x"),
        lambda: actions.change_calendar(actor=actor, calendar=own, name="x"),
        lambda: actions.make_default_calendar(actor=actor, calendar=own),
        lambda: actions.remove_calendar(actor=actor, calendar=own),
        lambda: actions.set_day(actor=actor, calendar=own, date=day.date, name="x"),
        lambda: actions.import_days(actor=actor, calendar=own, days=[day]),
    ):
        with pytest.raises(Denied):
            forbidden()
    assert company().name == "公司工作日历"
    assert not CalendarDay.objects.exists()


# --- Single days --------------------------------------------------------------------------------------


def test_hr_says_what_a_day_is(cast: Cast, hr: Browser) -> None:
    own = company()
    fields = {"calendar": own.pk, "date": "2026-12-24", "kind": "off", "name": "公司年会"}
    assert hr.post("/admin/people/calendarday/add/", fields).status_code == 302
    day = CalendarDay.objects.get()
    assert "already exists" in said(hr.post("/admin/people/calendarday/add/", fields))
    page = f"/admin/people/calendarday/{day.pk}"
    assert hr.post(f"{page}/change/", {"kind": "working", "name": "盘点"}).status_code == 302
    day.refresh_from_db()
    assert (day.kind, day.name, day.date) == ("working", "盘点", dt.date(2026, 12, 24))
    assert hr.post(f"{page}/delete/", {"post": "yes"}).status_code == 302
    assert not CalendarDay.objects.exists()
    kinds = Event.objects.filter(kind__startswith="people.calendar.").order_by("pk")
    assert [event.kind for event in kinds] == [
        "people.calendar.day_changed",
        "people.calendar.day_changed",
        "people.calendar.day_removed",
    ]


# --- The year that HR reads ---------------------------------------------------------------------------


def test_a_known_year(cast: Cast, hr: Browser) -> None:
    page = said(hr.get(page_of(company()) + "?year=2026"))
    assert "Provisional" not in page
    assert "National Day" in page
    assert "10-01 Thursday" in page
    assert "10-07 Wednesday" in page
    assert "Make-up day for National Day" in page
    actions.change_preferences(user=cast.hr, locale="zh-hans")
    page = said(hr.get(page_of(company()) + "?year=2026"))
    assert "国庆节调休" in page


def test_a_year_that_is_not_known_yet(cast: Cast, hr: Browser) -> None:
    page = said(hr.get(page_of(company()) + "?year=2030"))
    assert "Provisional" in page
    assert "Calculated" in page


def test_the_list_says_it_of_this_year_and_the_next(
    cast: Cast, hr: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    until_2029 = dt.datetime(2029, 6, 1, tzinfo=dt.UTC) - clock.now()
    monkeypatch.setenv("CLOCK_SHIFT", str(until_2029.total_seconds()))
    browser = Browser(headers={"Accept-Language": "en"})
    browser.force_login(cast.hr)
    page = said(browser.get("/admin/people/workcalendar/"))
    assert "2029 (provisional), 2030 (provisional)" in page
    day = CalendarDay(date=dt.date(2029, 1, 1), name="元旦")
    actions.import_days(actor=None, calendar=company(), days=[day])
    assert "2029, 2030 (provisional)" in said(browser.get("/admin/people/workcalendar/"))


@pytest.mark.parametrize("asked", ["0", "-1", "99999", "9999", "²⁰²⁶", "x", ""])
def test_a_year_that_is_none(cast: Cast, hr: Browser, asked: str) -> None:
    assert hr.get(page_of(company()), {"year": asked}).status_code == 200


def test_other_countries_have_their_days() -> None:
    berlin, munich = public_year("DE", "BE", 2026), public_year("DE", "BY", 2026)
    assert dt.date(2026, 6, 4) in munich.days.keys() - berlin.days.keys()
    assert not berlin.provisional
    assert berlin.days[dt.date(2026, 10, 3)].english_name == "German Unity Day"
    assert public_year("", "", 2026).days == {}
    assert public_year("SG", "", 2040).provisional, "the moon is only estimated"
    assert public_year("CN", "", 2000).provisional


@pytest.mark.parametrize("count", [1, 30])
def test_lists_cost_the_same_however_long(cast: Cast, browser: Browser, count: int) -> None:
    for number in range(count):
        own = calendar(f"calendar {number}")
        actions.change_user(actor=None, user=cast.owner, calendar=own)
        day = dt.date(2026, 11, 1) + dt.timedelta(days=number)
        actions.set_day(actor=None, calendar=own, date=day, name="x")
        actions.enter_absence(actor=None, user=cast.owner, first_day=day, last_day=day, stand_in=cast.hr)
    browser.force_login(cast.superuser)
    for name in ("workcalendar", "calendarday", "absence"):
        with assert_queries(f"admin.people/{name}"):
            response = browser.get(f"/admin/people/{name}/")
        assert len(response.context["cl"].result_list) >= count
    with assert_queries("admin year"):
        assert browser.get(page_of(company())).status_code == 200
