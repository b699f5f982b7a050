from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from intranet.people import actions
from intranet.people.handover import today
from intranet.people.models import Department, Membership, Role, User
from intranet.rooms import actions as rooms
from intranet.rooms.models import Room
from intranet.rooms.permissions import people_in_reach
from intranet.verdicts import Denied
from tests.cast import Cast
from tests.conftest import Browser
from tests.query_counts import assert_queries

DAY = dt.timedelta(days=1)


def invited(cast: Cast, actor: User, department: Department | None = None, **fields: Any) -> Membership:
    wanted: dict[str, Any] = {
        "name": "方舟",
        "email": "Ark@elsewhere.example",
        "until": today() + 10 * DAY,
    } | fields
    return actions.invite_guest(actor=actor, department=department or cast.marketing, **wanted)


@pytest.fixture
def later(monkeypatch: pytest.MonkeyPatch) -> Any:
    return lambda days: monkeypatch.setenv("CLOCK_SHIFT", str(days * 86_400))


def test_a_manager_invites_a_guest(cast: Cast) -> None:
    membership = invited(cast, cast.manager)
    guest = membership.user
    assert (membership.role, membership.invited_by, membership.until) == (
        Role.GUEST,
        cast.manager,
        today() + 10 * DAY,
    )
    assert (guest.username, guest.email, guest.has_usable_password()) == (
        "ark",
        "ark@elsewhere.example",
        False,
    )
    assert not Room.objects.visible_to(guest).exists()


def test_a_guest_sees_only_people_and_rooms_they_share(cast: Cast) -> None:
    guest = invited(cast, cast.manager).user
    assert set(people_in_reach(guest)) == set()
    rooms.invite(actor=cast.owner, room=cast.launch, people=[guest])
    assert set(Room.objects.visible_to(guest)) == {cast.launch}
    assert set(people_in_reach(guest)) == set(cast.launch.members.filter(is_active=True))


@pytest.mark.parametrize("seat", ["owner", "guest", "member", "stranger", "it"])
def test_others_may_not(cast: Cast, seat: str) -> None:
    with pytest.raises(Denied):
        invited(cast, getattr(cast, seat))
    assert not User.objects.filter(name="方舟").exists()


def test_not_into_somebody_elses_department(cast: Cast) -> None:
    with pytest.raises(Denied):
        invited(cast, cast.manager, cast.legal)
    assert invited(cast, cast.hr, cast.legal).department == cast.legal


@pytest.mark.parametrize("days", [-1, 400])
def test_a_stay_that_is_none(cast: Cast, days: int) -> None:
    with pytest.raises(ValidationError):
        invited(cast, cast.manager, until=today() + days * DAY)
    assert not User.objects.filter(name="方舟").exists()


def test_a_name_that_is_taken_gets_a_number(cast: Cast) -> None:
    assert invited(cast, cast.manager, email="owner@elsewhere.example").user.username == "owner2"


def test_a_known_address_is_a_sentence_and_nothing_is_made(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        invited(cast, cast.manager, email="owner@tongxin.example")
    assert not User.objects.filter(name="方舟").exists()


def test_it_ends_on_its_day_with_all_sessions(cast: Cast, browser: Browser, later: Any) -> None:
    guest = invited(cast, cast.manager).user
    rooms.invite(actor=cast.owner, room=cast.launch, people=[guest])
    browser.force_login(guest)
    later(10)
    actions.end_expired_memberships()
    assert browser.is_signed_in()
    later(11)
    actions.end_expired_memberships()
    assert not browser.is_signed_in()
    guest.refresh_from_db()
    assert not guest.is_active
    assert not guest.memberships.exists()


def test_it_is_extended_by_who_invited_and_by_hr(cast: Cast) -> None:
    membership = invited(cast, cast.manager)
    for days, actor in ((20, cast.manager), (30, cast.hr)):
        actions.extend_guest(actor=actor, membership=membership, until=today() + days * DAY)
        membership.refresh_from_db()
        assert membership.until == today() + days * DAY
        assert membership.invited_by == cast.manager
    for actor in (cast.owner, cast.stranger, membership.user):
        with pytest.raises(Denied):
            actions.extend_guest(actor=actor, membership=membership, until=today() + DAY)
    actions.join_department(actor=None, user=cast.manager, department=cast.marketing, role=Role.MEMBER)
    with pytest.raises(Denied):
        actions.extend_guest(actor=cast.again("manager"), membership=membership, until=today() + DAY)


def test_only_a_guests_stay_is_extended(cast: Cast) -> None:
    with pytest.raises(Denied):
        actions.extend_guest(actor=cast.hr, membership=cast.owner.memberships.get(), until=today() + DAY)


# --- The page ------------------------------------------------------------------------------------------


@pytest.fixture
def manager(cast: Cast, browser: Browser) -> Browser:
    actions.change_preferences(user=cast.manager, locale="en")
    browser.force_login(cast.manager)
    return browser


def wanted(cast: Cast, **fields: Any) -> dict[str, Any]:
    guest = {"name": "方舟", "email": "ark@elsewhere.example", "until": str(today() + DAY)}
    return guest | {"department": cast.marketing.pk} | fields


def test_on_the_page_one_invites_and_extends(cast: Cast, manager: Browser) -> None:
    assert "/guests/" in manager.get("/settings/").content.decode()
    assert "Invited." in manager.post("/guests/", wanted(cast), follow=True).content.decode()
    guest = Membership.objects.get(user__name="方舟")
    later = str(today() + 5 * DAY)
    page = manager.post(f"/guests/{guest.pk}/extend/", {"until": later}, follow=True).content.decode()
    assert f'value="{later}"' in page
    guest.refresh_from_db()
    assert str(guest.until) == later


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"until": "2001-01-01"}, "This day is over."),
        ({"until": "2999-01-01"}, "A guest stays for a year at most"),
        ({"until": "soon"}, "Enter a valid date."),
        ({"email": "owner@tongxin.example"}, "already exists"),
        ({"email": "nobody"}, "Enter a valid email address."),
        ({"name": ""}, "This field is required."),
        ({"department": "0"}, "Select a valid choice."),
    ],
)
def test_what_is_wrong_is_told(cast: Cast, manager: Browser, wrong: dict[str, str], sentence: str) -> None:
    response = manager.post("/guests/", wanted(cast, **wrong))
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert "name" in wrong or 'value="方舟"' in response.content.decode()
    assert not User.objects.filter(name="方舟").exists()


def test_whom_it_does_not_concern(cast: Cast, browser: Browser) -> None:
    membership = invited(cast, cast.hr, cast.legal)
    browser.force_login(cast.owner)
    assert "/guests/" not in browser.get("/settings/").content.decode()
    assert browser.get("/guests/").status_code == 403
    browser.force_login(cast.manager)
    assert membership.user.name not in browser.get("/guests/").content.decode()
    extend = browser.post(f"/guests/{membership.pk}/extend/", {"until": str(today())})
    assert extend.status_code == 404


def test_the_way_in_is_a_mail(cast: Cast, browser: Browser, mailoutbox: list[Any]) -> None:
    invited(cast, cast.manager)
    browser.post("/accounts/password/reset/", {"email": "ark@elsewhere.example"})
    assert [mail.to for mail in mailoutbox] == [["ark@elsewhere.example"]]


@pytest.mark.parametrize("count", [1, 12])
def test_many_guests_cost_no_more(cast: Cast, manager: Browser, count: int) -> None:
    for number in range(count):
        invited(cast, cast.manager, email=f"ark{number}@elsewhere.example")
    manager.get("/guests/")
    with assert_queries("guests"):
        assert manager.get("/guests/").content.decode().count('type="date"') >= count


def test_a_stay_keeps_its_end_wherever_the_guest_goes(cast: Cast) -> None:
    """Whoever says nothing of the end leaves it as it is; only another role is another matter."""
    stay = invited(cast, cast.manager)
    end = stay.until
    assert end is not None
    again = actions.join_department(
        actor=cast.hr, user=stay.user, department=stay.department, role=Role.GUEST
    )
    assert again.until == end
    moved = actions.transfer(actor=cast.hr, membership=again, department=cast.research)
    assert (moved.role, moved.until) == (Role.GUEST, end)
    staff = actions.join_department(actor=cast.hr, user=stay.user, department=cast.research, role=Role.MEMBER)
    assert staff.until is None


def test_hr_may_take_the_end_of_a_stay_away(cast: Cast) -> None:
    stay = invited(cast, cast.manager)
    endless = actions.join_department(
        actor=cast.hr, user=stay.user, department=stay.department, role=Role.GUEST, until=None
    )
    assert endless.until is None
