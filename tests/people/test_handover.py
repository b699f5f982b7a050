from __future__ import annotations

import datetime as dt
import threading
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from intranet import clock
from intranet.audit.models import Record
from intranet.events.models import Event
from intranet.people import actions
from intranet.people.actions import HandOver
from intranet.people.handover import concerns, today
from intranet.people.models import Membership, PlannedChange, Role, User
from intranet.people.permissions import Office
from intranet.rooms import actions as rooms
from intranet.rooms.models import Room, RoomRole
from intranet.verdicts import Denied
from tests.cast import Cast, make_cast
from tests.conftest import Browser
from tests.query_counts import assert_queries

DAY = dt.timedelta(days=1)


def visible(user: User) -> set[str]:
    return {room.name for room in Room.objects.visible_to(User.objects.get(pk=user.pk))}


def owners(room: Room) -> set[User]:
    return {membership.user for membership in room.memberships.owning()}


def place(user: User) -> Membership:
    return user.memberships.get()


def told(user: User, leaving: Any) -> dict[str, list[tuple[str, str]]]:
    return {
        str(section.title): [(each.label, each.detail) for each in section.concerns]
        for section in concerns(user, leaving)
    }


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Any:
    def move(days: int) -> None:
        monkeypatch.setenv("CLOCK_SHIFT", str(days * 86_400))

    return move


# --- Rooms that lose their owner ----------------------------------------------------------------------


def test_a_room_without_owner_goes_to_the_manager(cast: Cast) -> None:
    rooms.remove_member(actor=cast.owner, room=cast.launch, user=cast.manager)
    actions.deactivate_user(actor=cast.hr, user=cast.owner)
    assert owners(cast.launch) == {cast.manager}
    record = Record.objects.filter(kind="rooms.member.changed", room=cast.launch).latest("pk")
    assert (record.person, record.after) == (cast.manager, {"role": "owner"})


def test_also_when_the_owner_moves_to_another_department(cast: Cast) -> None:
    actions.transfer(actor=cast.hr, membership=place(cast.owner), department=cast.legal)
    assert owners(cast.launch) == {cast.manager}


def test_with_another_owner_it_stays_as_it_is(cast: Cast) -> None:
    rooms.set_role(actor=cast.owner, room=cast.launch, user=cast.member, role=RoomRole.OWNER)
    actions.deactivate_user(actor=cast.hr, user=cast.owner)
    assert owners(cast.launch) == {cast.member}


def test_an_archived_room_and_a_conversation_need_no_owner(cast: Cast) -> None:
    actions.deactivate_user(actor=cast.hr, user=cast.owner)
    assert owners(cast.closed) == set()


def test_without_a_manager_hr_is_told_until_there_is_one(cast: Cast, browser: Browser) -> None:
    actions.change_preferences(user=cast.hr, locale="en")
    browser.force_login(cast.hr)
    assert "has no owner" not in browser.get("/admin/").content.decode()
    actions.deactivate_user(actor=cast.hr, user=cast.stranger)
    assert owners(cast.contracts) == set()
    page = browser.get("/admin/").content.decode()
    assert "1 room has no owner." in page
    assert "2 departments have no manager." in page
    listed = browser.get("/admin/rooms/room/?owner=none").context["cl"].result_list
    assert list(listed) == [cast.contracts]
    actions.join_department(actor=cast.hr, user=cast.it, department=cast.legal, role=Role.MANAGER)
    assert owners(cast.contracts) == {cast.it}
    assert "has no owner" not in browser.get("/admin/").content.decode()


# --- What is seen before ------------------------------------------------------------------------------


def test_what_closes_is_told_and_who_inherits(cast: Cast) -> None:
    closing, ownerless = told(cast.owner, cast.marketing).values()
    assert {label for label, _detail in closing} == {"晨光 S1 上市", "春季展会", "市场部"}
    assert [label for label, _detail in ownerless] == ["晨光 S1 上市"]
    assert "王芳" in ownerless[0][1]


def test_what_another_department_opens_stays(cast: Cast) -> None:
    actions.join_department(actor=None, user=cast.owner, department=cast.research)
    closing = [label for each in told(cast.owner, cast.marketing).values() for label, _detail in each]
    assert closing == ["市场部"]


# --- Another day ---------------------------------------------------------------------------------------


def test_a_transfer_on_a_later_day(cast: Cast, later: Any) -> None:
    planned = actions.plan_transfer(
        actor=cast.hr,
        membership=place(cast.owner),
        department=cast.legal,
        role="member",
        on=today() + 3 * DAY,
    )
    assert planned is not None
    actions.apply_due_changes()
    assert place(cast.owner).department == cast.marketing
    later(3)
    actions.apply_due_changes()
    actions.apply_due_changes()
    assert place(cast.owner).department == cast.legal
    assert place(cast.owner).primary
    planned.refresh_from_db()
    assert planned.state == "done"
    assert Event.objects.filter(kind="people.change.applied").count() == 1
    assert (
        Record.objects.filter(kind="people.membership.ended", person=cast.owner).latest("pk").actor == cast.hr
    )


def test_today_is_at_once(cast: Cast) -> None:
    assert actions.plan_leaving(actor=cast.hr, user=cast.owner, on=today()) is None
    assert not cast.again("owner").is_active
    assert not PlannedChange.objects.exists()


def test_leaving_on_a_later_day(cast: Cast, browser: Browser, later: Any) -> None:
    actions.plan_leaving(actor=cast.hr, user=cast.owner, on=today() + DAY)
    assert cast.again("owner").is_active
    later(1)
    actions.apply_due_changes()
    assert not cast.again("owner").is_active


def test_what_is_cancelled_does_not_happen(cast: Cast, later: Any) -> None:
    planned = actions.plan_leaving(actor=cast.hr, user=cast.owner, on=today() + DAY)
    assert planned is not None
    actions.cancel_planned(actor=cast.hr, planned=planned)
    with pytest.raises(ValidationError) as refusal:
        actions.cancel_planned(actor=cast.hr, planned=planned)
    assert refusal.value.code == "not_planned"
    later(2)
    actions.apply_due_changes()
    assert cast.again("owner").is_active


def test_a_newer_plan_replaces_the_older(cast: Cast) -> None:
    for days in (1, 5):
        actions.plan_leaving(actor=cast.hr, user=cast.owner, on=today() + days * DAY)
    states = list(PlannedChange.objects.order_by("pk").values_list("state", flat=True))
    assert states == ["cancelled", "planned"]


def test_what_is_not_possible_by_then_is_told_to_hr(cast: Cast, browser: Browser, later: Any) -> None:
    actions.change_preferences(user=cast.hr, locale="en")
    planned = actions.plan_transfer(
        actor=cast.hr, membership=place(cast.owner), department=cast.legal, role="member", on=today() + DAY
    )
    other = actions.plan_leaving(actor=cast.hr, user=cast.member, on=today() + DAY)
    actions.leave_department(actor=cast.hr, membership=place(cast.owner))
    later(1)
    actions.apply_due_changes()
    assert planned is not None
    assert other is not None
    planned.refresh_from_db()
    assert (planned.state, planned.outcome) == ("refused", "They are not in the department any more.")
    assert not cast.again("member").is_active, "one that fails holds up no other"
    browser.force_login(cast.hr)
    assert "1 planned change was not possible." in browser.get("/admin/").content.decode()


def test_with_the_authority_of_that_day(cast: Cast, later: Any) -> None:
    actions.appoint(actor=cast.superuser, user=cast.manager, office=Office.HR)
    planned = actions.plan_leaving(actor=cast.again("manager"), user=cast.owner, on=today() + DAY)
    actions.dismiss(actor=cast.superuser, user=cast.manager, office=Office.HR)
    later(1)
    actions.apply_due_changes()
    assert cast.again("owner").is_active
    assert planned is not None
    planned.refresh_from_db()
    assert planned.state == "refused"


# --- What stays open for the hand-over ----------------------------------------------------------------


def test_chosen_rooms_stay_open_until_the_day(cast: Cast, later: Any) -> None:
    other = rooms.create_project(actor=cast.owner, name="双十一", departments=[cast.marketing])
    kept = HandOver([f"room.{cast.launch.pk}"], today() + 7 * DAY)
    actions.plan_transfer(
        actor=cast.hr,
        membership=place(cast.owner),
        department=cast.legal,
        role="member",
        on=today(),
        hand_over=kept,
    )
    assert visible(cast.owner) == {"晨光 S1 上市", "法务部"}
    assert owners(other) == {cast.manager}
    assert owners(cast.launch) == {cast.owner}
    assert cast.owner.memberships.get(department=cast.marketing).role == Role.GUEST
    later(7)
    actions.end_expired_memberships()
    assert "晨光 S1 上市" in visible(cast.owner)
    later(8)
    actions.end_expired_memberships()
    assert visible(cast.owner) == {"法务部"}
    assert owners(cast.launch) == {cast.manager}
    assert cast.again("owner").is_active


# --- Who is needed -------------------------------------------------------------------------------------


def test_the_last_of_hr_stays(cast: Cast) -> None:
    for attempt in (
        lambda: actions.deactivate_user(actor=cast.superuser, user=cast.hr),
        lambda: actions.dismiss(actor=cast.superuser, user=cast.hr, office=Office.HR),
        lambda: actions.transfer(actor=cast.superuser, membership=place(cast.hr), department=cast.research),
        lambda: actions.plan_leaving(actor=cast.superuser, user=cast.hr, on=today() + DAY),
    ):
        with pytest.raises(Denied) as refusal:
            attempt()
        assert refusal.value.verdict.reason == "last_hr"
    assert cast.again("hr").is_active
    assert place(cast.hr).department == cast.legal
    actions.appoint(actor=cast.superuser, user=cast.manager, office=Office.HR)
    actions.transfer(actor=cast.superuser, membership=place(cast.hr), department=cast.research)
    actions.deactivate_user(actor=cast.superuser, user=cast.hr)


def test_the_last_superuser_stays(cast: Cast) -> None:
    with pytest.raises(Denied) as refusal:
        actions.deactivate_user(actor=None, user=cast.superuser)
    assert refusal.value.verdict.reason == "last_superuser"


# --- The page ------------------------------------------------------------------------------------------


@pytest.fixture
def hr(cast: Cast, browser: Browser) -> Browser:
    actions.change_preferences(user=cast.hr, locale="en")
    browser.force_login(cast.hr)
    return browser


def page_of(user: User, membership: Membership | None = None) -> str:
    query = f"?membership={membership.pk}" if membership else ""
    return f"/admin/people/user/{user.pk}/handover/{query}"


def test_hr_sees_it_and_plans_it(cast: Cast, hr: Browser) -> None:
    address = page_of(cast.owner, place(cast.owner))
    page = hr.get(address).content.decode()
    for shown in ("Rooms that close", "S1 launch", "goes to Fang Wang", "follows the department"):
        assert shown in page
    fields = {"department": cast.legal.pk, "role": "member", "on": str(today() + DAY)}
    fields |= {"kept": [f"room.{cast.launch.pk}"], "kept_until": str(today() + 3 * DAY)}
    response = hr.post(address, fields, follow=True)
    assert "Planned for" in response.content.decode()
    planned = PlannedChange.objects.get()
    assert (planned.user, planned.source, planned.target) == (cast.owner, cast.marketing, cast.legal)
    assert planned.kept == [f"room.{cast.launch.pk}"]
    assert "Already planned" in hr.get(address).content.decode()
    chosen = {"action": "cancel", "_selected_action": [str(planned.pk)]}
    assert "1 changed." in hr.post("/admin/people/plannedchange/", chosen, follow=True).content.decode()
    planned.refresh_from_db()
    assert planned.state == "cancelled"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"on": "2001-01-01"}, "This day is over."),
        ({"on": "soon"}, "Enter a valid date."),
        ({"department": "0"}, "Select a valid choice."),
        ({"kept_until": "2001-01-01"}, "cannot end before the transfer"),
        ({"kept_until": ""}, "Say until when the chosen rooms stay open."),
        ({"kept": ["room.0"]}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_told(cast: Cast, hr: Browser, wrong: dict[str, Any], sentence: str) -> None:
    fields = {"department": cast.legal.pk, "role": "manager", "on": str(today())}
    fields |= {"kept": [f"room.{cast.launch.pk}"], "kept_until": str(today())}
    response = hr.post(page_of(cast.owner, place(cast.owner)), fields | wrong)
    assert response.status_code == 422
    page = response.content.decode()
    assert sentence in page
    assert '<option value="manager" selected>' in page, "what was chosen is still there"
    assert place(cast.owner).department == cast.marketing
    assert not PlannedChange.objects.exists()


def test_the_last_hr_is_a_sentence_on_the_page(cast: Cast, browser: Browser) -> None:
    actions.change_preferences(user=cast.superuser, locale="en")
    browser.force_login(cast.superuser)
    fields = {"department": cast.research.pk, "role": "member", "on": str(today())}
    response = browser.post(page_of(cast.hr, place(cast.hr)), fields)
    assert response.status_code == 422
    assert "This is the last person in HR." in response.content.decode()
    response = browser.post(page_of(cast.superuser), {"on": str(today())})
    assert "You cannot deactivate yourself." in response.content.decode()


def test_nobody_is_deactivated_unseen(cast: Cast, hr: Browser) -> None:
    chosen = {"action": "deactivate", "_selected_action": [str(cast.owner.pk)]}
    page = hr.post("/admin/people/user/", chosen).content.decode()
    assert "goes to Fang Wang" in page
    assert cast.again("owner").is_active
    hr.post("/admin/people/user/", chosen | {"confirmed": "yes"})
    assert not cast.again("owner").is_active


@pytest.mark.parametrize("count", [1, 15])
def test_many_rooms_cost_no_more(cast: Cast, hr: Browser, count: int) -> None:
    for number in range(count):
        rooms.create_project(actor=cast.owner, name=f"项目{number}", departments=[cast.marketing])
    with assert_queries("admin handover"):
        page = hr.get(page_of(cast.owner, place(cast.owner))).content.decode()
    assert page.count("goes to Fang Wang") == count + 1
    with assert_queries("admin index"):
        hr.get("/admin/")


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer at a time anyway")
def test_the_last_two_of_hr_at_the_same_moment(transactional_db: None) -> None:
    """One of them stays."""
    cast = make_cast()
    actions.appoint(actor=None, user=cast.manager, office=Office.HR)
    both = (cast.again("hr"), cast.again("manager"))
    together, refused = threading.Barrier(2), []

    def close(user: User) -> None:
        together.wait(timeout=10)
        try:
            actions.deactivate_user(actor=User.objects.get(pk=cast.superuser.pk), user=user)
        except Denied as denied:
            refused.append(denied.verdict.reason)
        connection.close()

    threads = [threading.Thread(target=close, args=(user,)) for user in both]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    assert refused == ["last_hr"]
    assert User.objects.active().filter(pk__in=[user.pk for user in both]).count() == 1


def test_days_begin_where_the_company_is(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not where the installation's settings would have it."""
    actions.found_company(name="Sternfluss", locale="en", time_zone="America/Los_Angeles")
    morning_in_shanghai = dt.datetime(2026, 11, 25, 1, tzinfo=dt.UTC)
    monkeypatch.setattr(clock, "now", lambda: morning_in_shanghai)
    assert today() == dt.date(2026, 11, 24)
