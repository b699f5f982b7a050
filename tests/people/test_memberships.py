from __future__ import annotations

import pytest

from intranet.events.models import Event
from intranet.people import actions
from intranet.people.models import Department, Membership, Role, User
from intranet.people.permissions import departments_where
from intranet.rooms.models import Kind, Room
from intranet.verdicts import Denied
from tests.cast import Cast

OTHERS = ["owner", "manager", "member", "guest", "removed", "deactivated", "stranger", "it"]


def roles_of(user: User) -> set[tuple[str, str]]:
    """By the groups, which carry the grants."""
    groups = user.groups.filter(department_role__isnull=False)
    return set(groups.values_list("department_role__department__name", "department_role__role"))


def primary_of(user: User) -> list[Department]:
    return [each.department for each in user.memberships.filter(primary=True)]


def is_in_room_of(user: User, department: Department) -> bool:
    room = Room.objects.get(kind=Kind.DEPARTMENT, departments=department)
    return room.members.filter(pk=user.pk).exists()


def test_joining_opens_the_departments_room(cast: Cast) -> None:
    actions.join_department(actor=cast.hr, user=cast.stranger, department=cast.research)
    assert roles_of(cast.stranger) == {("法务部", "member"), ("研发部", "member")}
    assert is_in_room_of(cast.stranger, cast.research)
    event = Event.objects.filter(kind="people.membership.changed").latest("pk")
    assert (event.stream, event.actor, event.data["department"]) == (
        cast.stranger.stream,
        cast.hr,
        cast.research.pk,
    )


def test_another_role_replaces_the_first(cast: Cast) -> None:
    actions.join_department(actor=cast.hr, user=cast.member, department=cast.research, role=Role.MANAGER)
    assert roles_of(cast.member) == {("研发部", "manager")}
    assert cast.member.memberships.count() == 1
    assert is_in_room_of(cast.member, cast.research)


def test_a_guest_is_not_in_the_departments_room(cast: Cast) -> None:
    assert not is_in_room_of(cast.guest, cast.marketing)
    actions.join_department(actor=cast.hr, user=cast.member, department=cast.research, role=Role.GUEST)
    assert not is_in_room_of(cast.member, cast.research)


def test_one_department_is_the_primary_one(cast: Cast) -> None:
    actions.join_department(actor=cast.hr, user=cast.member, department=cast.legal)
    assert primary_of(cast.member) == [cast.research]
    actions.join_department(actor=cast.hr, user=cast.member, department=cast.legal, primary=True)
    assert primary_of(cast.member) == [cast.legal]
    actions.join_department(actor=cast.hr, user=cast.member, department=cast.legal, role=Role.MANAGER)
    assert primary_of(cast.member) == [cast.legal], "another role does not change that"


def test_leaving_closes_and_passes_the_mark_on(cast: Cast) -> None:
    actions.join_department(actor=cast.hr, user=cast.member, department=cast.legal)
    actions.leave_department(actor=cast.hr, membership=cast.member.memberships.get(department=cast.research))
    assert roles_of(cast.member) == {("法务部", "member")}
    assert primary_of(cast.member) == [cast.legal]
    assert not is_in_room_of(cast.member, cast.research)
    assert not departments_where(cast.again("member"), "enter_rooms").filter(pk=cast.research.pk).exists()


def test_a_transfer_is_one_step(cast: Cast) -> None:
    membership = cast.manager.memberships.get()
    moved = actions.transfer(actor=cast.hr, membership=membership, department=cast.legal)
    assert (moved.department, moved.role, moved.primary) == (cast.legal, "manager", True)
    assert roles_of(cast.manager) == {("法务部", "manager")}
    assert is_in_room_of(cast.manager, cast.legal)
    assert not is_in_room_of(cast.manager, cast.marketing)


def test_a_transfer_to_the_same_department_changes_the_role(cast: Cast) -> None:
    membership = cast.manager.memberships.get()
    actions.transfer(actor=cast.hr, membership=membership, department=cast.marketing, role=Role.MEMBER)
    assert roles_of(cast.manager) == {("市场部", "member")}


def test_only_hr_moves_people(cast: Cast) -> None:
    before = set(Membership.objects.values_list("user", "department", "role"))
    membership = cast.member.memberships.get()
    for actor in map(cast.again, OTHERS):
        with pytest.raises(Denied):
            actions.join_department(actor=actor, user=actor, department=cast.legal, role=Role.MANAGER)
        with pytest.raises(Denied):
            actions.leave_department(actor=actor, membership=membership)
        with pytest.raises(Denied):
            actions.transfer(actor=actor, membership=membership, department=cast.legal)
    assert set(Membership.objects.values_list("user", "department", "role")) == before


def test_who_comes_back_is_in_the_rooms_of_where_they_were_placed_meanwhile(cast: Cast) -> None:
    actions.deactivate_user(actor=cast.hr, user=cast.owner)
    membership = cast.owner.memberships.get()
    actions.transfer(actor=cast.hr, membership=membership, department=cast.legal)
    actions.reactivate_user(actor=cast.hr, user=cast.again("owner"))
    assert is_in_room_of(cast.owner, cast.legal)
    assert not is_in_room_of(cast.owner, cast.marketing)
