from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from chat.actions import post_message
from chat.permissions import can_post
from intranet.people import actions as people
from intranet.people.models import Role, User
from intranet.rooms import actions, permissions
from intranet.rooms.models import Kind, Room, RoomRole
from intranet.rooms.permissions import standing
from intranet.verdicts import Denied
from tests.cast import Cast


@pytest.fixture
def everybody(cast: Cast) -> Room:
    return actions.create_company_room(owners=[cast.superuser], name="全员", english_name="Everyone")


def inside(room: Room) -> set[User]:
    return set(room.members.all())


def test_all_staff_are_in_it_from_the_start(cast: Cast, everybody: Room) -> None:
    staff = {user for seat, user in cast.people().items() if seat not in ("guest", "deactivated")}
    assert inside(everybody) == staff
    assert all(Room.objects.visible_to(user).contains(everybody) for user in staff)


def test_who_joins_the_company_comes_in_and_who_leaves_it_goes(cast: Cast, everybody: Room) -> None:
    newcomer = people.create_user(actor=None, username="new", name="新来")
    membership = people.join_department(actor=None, user=newcomer, department=cast.legal)
    assert newcomer in inside(everybody)
    people.transfer(actor=None, membership=membership, department=cast.marketing)
    assert newcomer in inside(everybody)
    people.leave_department(actor=None, membership=newcomer.memberships.get())
    assert newcomer not in inside(everybody)


def test_who_becomes_a_guest_is_no_longer_of_the_staff(cast: Cast, everybody: Room) -> None:
    people.join_department(actor=None, user=cast.member, department=cast.research, role=Role.GUEST)
    assert cast.member not in inside(everybody)
    people.join_department(actor=None, user=cast.member, department=cast.legal)
    assert cast.member in inside(everybody)


def test_guests_are_not_in_it(cast: Cast, everybody: Room) -> None:
    people.join_department(actor=None, user=cast.guest, department=cast.research, role=Role.GUEST)
    assert cast.guest not in inside(everybody)


def test_only_its_named_roles_post(cast: Cast, everybody: Room) -> None:
    with pytest.raises(Denied) as refused:
        post_message(actor=cast.manager, room=everybody, body="x", client_id="1")
    assert refused.value.verdict.reason == "announced"
    actions.set_role(actor=cast.superuser, room=everybody, user=cast.hr, role=RoomRole.MODERATOR)
    for user in (cast.hr, cast.superuser):
        assert can_post(standing(user, everybody))
        post_message(actor=user, room=everybody, body="x", client_id="2")


def test_nobody_is_invited_leaves_or_is_taken_out(cast: Cast, everybody: Room) -> None:
    with pytest.raises(Denied) as inviting:
        actions.invite(actor=cast.superuser, room=everybody, people=[cast.guest])
    with pytest.raises(Denied) as leaving:
        actions.leave(actor=cast.member, room=everybody)
    with pytest.raises(Denied) as removing:
        actions.remove_member(actor=cast.superuser, room=everybody, user=cast.member)
    assert {each.value.verdict.reason for each in (inviting, leaving, removing)} == {"follows_company"}


def test_a_departments_manager_has_no_say_in_it(cast: Cast, everybody: Room) -> None:
    assert not permissions.can_manage(standing(cast.manager, everybody))


def test_there_is_one(cast: Cast, everybody: Room) -> None:
    with pytest.raises(ValidationError):
        actions.create_company_room(owners=[cast.hr], name="又一个")
    assert Room.objects.filter(kind="company").count() == 1


def test_a_company_that_is_set_up_has_its_room(db: None) -> None:
    company = {"name": "星河科技", "locale": "en", "time_zone": "UTC"}
    _company, first = people.set_up_company(
        company=company, administrator={"username": "ada", "name": "Ada"}, password="a quiet lamp 2026"
    )
    room = Room.objects.get(kind=Kind.COMPANY)
    assert [each.user for each in room.memberships.owning()] == [first]
    assert Room.objects.visible_to(first).contains(room)
