"""People enter their own absences, HR anybody's."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from intranet import clock
from intranet.events.models import Event
from intranet.people import actions
from intranet.people.models import Absence, User
from intranet.verdicts import Denied
from tests.cast import Cast
from tests.conftest import Browser
from tests.query_counts import assert_queries

TODAY = clock.now().date()
SOON, LATER = TODAY + dt.timedelta(days=10), TODAY + dt.timedelta(days=14)
FORM = {"kind": "leave", "first_day": str(SOON), "last_day": str(LATER), "message": "在海边"}


@pytest.fixture
def signed_in(cast: Cast, browser: Browser) -> Browser:
    actions.change_preferences(user=cast.owner, locale="en")
    browser.force_login(cast.owner)
    return browser


def enter(user: User, first: dt.date = SOON, last: dt.date = LATER, **fields: Any) -> Absence:
    return actions.enter_absence(actor=None, user=user, first_day=first, last_day=last, **fields)


# --- One's own ----------------------------------------------------------------------------------------


def test_one_enters_ones_own(cast: Cast, signed_in: Browser) -> None:
    fields = FORM | {"first_time": "13:30", "stand_in": cast.manager.pk}
    response = signed_in.post("/settings/absences/", fields)
    assert response["Location"] == "/settings/absences/"
    absence = Absence.objects.get(user=cast.owner)
    assert (absence.first_day, absence.first_time) == (SOON, dt.time(13, 30))
    assert (absence.last_day, absence.last_time) == (LATER, None)
    assert (absence.stand_in, absence.message) == (cast.manager, "在海边")
    event = Event.objects.get(kind="people.absence.entered")
    assert (event.stream, event.actor, event.data) == (cast.owner.stream, cast.owner, {"absence": absence.pk})
    page = signed_in.get("/settings/absences/").content.decode()
    assert "在海边" in page
    assert "Fang Wang stands in" in page


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"last_day": str(SOON - dt.timedelta(days=1))}, "The absence ends before it starts."),
        ({"last_day": str(SOON), "first_time": "12:00", "last_time": "12:00"}, "ends before it starts."),
        ({"last_day": str(SOON), "first_time": "18:00", "last_time": "09:00"}, "ends before it starts."),
        ({"first_day": ""}, "This field is required."),
        ({"first_day": "soon"}, "Enter a valid date."),
        ({"first_time": "25:00"}, "Enter a valid time."),
        ({"last_day": "9999-12-31"}, "This date is too far in the future."),
        ({"first_day": "0001-01-01"}, "This date is too far in the past."),
        ({"kind": "strike"}, "Select a valid choice."),
        ({"stand_in": "0"}, "Select a valid choice."),
        ({"stand_in": "9" * 40}, "Select a valid choice."),
        ({"message": "在海边" * 70}, "Ensure this value has at most 200 characters"),
    ],
)
def test_what_is_wrong_is_told_and_kept(
    cast: Cast, signed_in: Browser, wrong: dict[str, str], sentence: str
) -> None:
    response = signed_in.post("/settings/absences/", FORM | wrong)
    assert response.status_code == 422
    page = response.content.decode()
    assert sentence in page
    assert "在海边" in page
    assert not Absence.objects.exists()
    assert not Event.objects.filter(kind__startswith="people.absence").exists()


def test_in_chinese_too(cast: Cast, browser: Browser) -> None:
    browser.force_login(cast.owner)
    page = browser.post("/settings/absences/", FORM | {"last_day": str(TODAY)}).content.decode()
    assert "离岗的结束早于开始。" in page


def test_sent_twice_it_is_one(cast: Cast, signed_in: Browser) -> None:
    assert signed_in.post("/settings/absences/", FORM).status_code == 302
    again = signed_in.post("/settings/absences/", FORM)
    assert again.status_code == 422
    assert f"There is an absence from {SOON} to {LATER} already." in again.content.decode()
    assert Absence.objects.count() == 1
    # Half a day before it does not overlap.
    before = FORM | {
        "first_day": str(TODAY),
        "last_day": str(SOON - dt.timedelta(days=1)),
        "last_time": "12:00",
    }
    assert signed_in.post("/settings/absences/", before).status_code == 302


def test_a_change_and_the_end(cast: Cast, signed_in: Browser) -> None:
    absence = enter(cast.owner, message="在海边", stand_in=cast.manager)
    page = f"/settings/absences/{absence.pk}/"
    assert f'value="{SOON}"' in signed_in.get(page).content.decode()
    wrong = signed_in.post(page, FORM | {"last_day": str(TODAY)})
    assert wrong.status_code == 422
    assert signed_in.post(page, FORM | {"kind": "sick", "stand_in": ""}).status_code == 302
    absence.refresh_from_db()
    assert (absence.kind, absence.stand_in, absence.message) == ("sick", None, "在海边")
    assert signed_in.post(f"{page}remove/").status_code == 302
    assert not Absence.objects.exists()
    kinds = Event.objects.filter(data__absence=absence.pk).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == [f"people.absence.{what}" for what in ("entered", "changed", "removed")]


def test_those_of_others_are_not_found(cast: Cast, signed_in: Browser) -> None:
    theirs = enter(cast.manager)
    for address in (f"/settings/absences/{theirs.pk}/", f"/settings/absences/{2**70}/"):
        assert signed_in.get(address).status_code == 404
        assert signed_in.post(address, FORM).status_code == 404
        assert signed_in.post(f"{address}remove/").status_code == 404
    theirs.refresh_from_db()
    assert theirs.message == ""


def test_guests_are_not_told_who_works_here(cast: Cast, browser: Browser) -> None:
    browser.force_login(cast.guest)
    page = browser.get("/settings/absences/").content.decode()
    assert "李雷" not in page
    browser.post("/settings/absences/", FORM | {"stand_in": cast.owner.pk})
    assert Absence.objects.get(user=cast.guest).stand_in is None


def test_only_staff_that_is_here_can_be_chosen(cast: Cast, signed_in: Browser) -> None:
    page = signed_in.get("/settings/absences/").content.decode()
    assert "Meimei Han" in page
    for nobody in ("Chen Chen", "You Zhou"):
        assert nobody not in page


@pytest.mark.parametrize("seat", ["owner", "deactivated"])
def test_a_stand_in_is_somebody_else_who_is_here(cast: Cast, seat: str) -> None:
    with pytest.raises(ValidationError):
        enter(cast.owner, stand_in=getattr(cast, seat))
    assert not Absence.objects.exists()


# --- What the settings page shows ---------------------------------------------------------------------


def test_the_settings_show_hours_and_the_present_absence(cast: Cast, signed_in: Browser) -> None:
    page = signed_in.get("/settings/").content.decode()
    assert "Company calendar" in page
    assert "Monday–Friday 09:00–12:00, 13:30–18:00" in page
    assert "Away until" not in page
    yesterday, tomorrow = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)
    enter(cast.owner, yesterday, tomorrow, stand_in=cast.manager, message="在海边")
    page = signed_in.get("/settings/").content.decode()
    assert "Away until" in page
    assert "Fang Wang stands in" in page
    assert "在海边" in page


@pytest.mark.parametrize("count", [1, 12])
def test_a_page_of_absences_costs_the_same(cast: Cast, browser: Browser, count: int) -> None:
    for number in range(count):
        day = TODAY + dt.timedelta(days=number)
        enter(cast.owner, day, day, stand_in=cast.manager)
    browser.force_login(cast.owner)
    with assert_queries("absences page"):
        assert browser.get("/settings/absences/").status_code == 200
    with assert_queries("settings page"):
        assert browser.get("/settings/").status_code == 200


# --- HR -----------------------------------------------------------------------------------------------


def test_hr_enters_anybodys(cast: Cast, browser: Browser) -> None:
    browser.force_login(cast.hr)
    fields = FORM | {"user": cast.member.pk, "stand_in": cast.owner.pk}
    assert browser.post("/admin/people/absence/add/", fields).status_code == 302
    absence = Absence.objects.get(user=cast.member)
    assert Event.objects.get(kind="people.absence.entered").actor == cast.hr
    page = f"/admin/people/absence/{absence.pk}"
    assert browser.post(f"{page}/change/", FORM | {"kind": "sick"}).status_code == 302
    absence.refresh_from_db()
    assert absence.kind == "sick"
    wrong = browser.post(f"{page}/change/", FORM | {"last_day": str(TODAY)})
    assert "离岗的结束早于开始。" in wrong.content.decode()
    again = browser.post("/admin/people/absence/add/", fields)
    assert "已经登记了离岗" in again.content.decode()
    assert Absence.objects.count() == 1
    browser.post(f"{page}/delete/", {"post": "yes"})
    assert not Absence.objects.exists()


def test_hr_sees_who_is_away_now(cast: Cast, browser: Browser) -> None:
    days = {"over": (-5, -3), "now": (-1, 1), "coming": (3, 4)}
    for first, last in days.values():
        enter(cast.member, TODAY + dt.timedelta(days=first), TODAY + dt.timedelta(days=last))
    browser.force_login(cast.hr)
    for when, (first, _last) in days.items():
        rows = browser.get("/admin/people/absence/", {"when": when}).context["cl"].result_list
        assert [row.first_day for row in rows] == [TODAY + dt.timedelta(days=first)]
    assert len(browser.get("/admin/people/absence/").context["cl"].result_list) == len(days)


@pytest.mark.parametrize("seat", ["owner", "manager", "it", "guest", "deactivated"])
def test_nobody_else_enters_them_for_others(cast: Cast, seat: str) -> None:
    absence = enter(cast.member)
    actor = getattr(cast, seat)
    with pytest.raises(Denied):
        actions.enter_absence(actor=actor, user=cast.stranger, first_day=SOON, last_day=LATER)
    with pytest.raises(Denied):
        actions.change_absence(actor=actor, absence=absence, message="x")
    with pytest.raises(Denied):
        actions.remove_absence(actor=actor, absence=absence)
    assert Absence.objects.get().message == ""


# --- At the same time ---------------------------------------------------------------------------------


def test_at_the_same_time_it_is_one(transactional_db: None) -> None:
    user = actions.create_user(actor=None, username="anna", name="Anna")

    def once(_number: int) -> bool:
        try:
            enter(User.objects.get(pk=user.pk))
        except ValidationError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sorted(pool.map(once, range(8))) == [False] * 7 + [True]
    assert Absence.objects.count() == 1
