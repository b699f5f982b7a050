"""The rules by themselves; what every seat is answered at every address is the matrix's business."""

from __future__ import annotations

import pytest

from intranet.people import actions as people
from intranet.people.models import DepartmentRole, Role, User
from intranet.rooms import permissions
from intranet.rooms.actions import archive_room, open_direct
from intranet.rooms.models import Kind, Room
from intranet.rooms.permissions import standing
from tests.cast import Cast
from tests.query_counts import assert_queries

RULES = {
    "enter": permissions.can_enter,
    "change": permissions.can_change,
    "invite": permissions.can_invite,
    "manage": permissions.can_manage,
    "leave": permissions.can_leave,
}


def answers(user: User, room: Room) -> dict[str, str]:
    at = standing(user, room)
    return {name: rule(at).reason for name, rule in RULES.items()}


def all_of(reason: str, **others: str) -> dict[str, str]:
    return dict.fromkeys(RULES, reason) | others


@pytest.mark.parametrize(
    ("seat", "expected"),
    [
        ("owner", all_of("", leave="last_owner")),
        ("manager", all_of("")),
        ("member", all_of("", manage="not_permitted")),
        ("guest", all_of("", manage="not_permitted", invite="not_permitted")),
        ("stranger", all_of("not_found")),
        ("removed", all_of("not_found")),
        ("deactivated", all_of("not_found")),
        ("hr", all_of("not_found")),
        ("it", all_of("not_found")),
        ("superuser", all_of("not_found")),
    ],
)
def test_in_a_project(cast: Cast, seat: str, expected: dict[str, str]) -> None:
    assert answers(getattr(cast, seat), cast.launch) == expected


def test_archived_it_can_still_be_left_and_brought_back(cast: Cast) -> None:
    archive_room(actor=cast.owner, room=cast.launch)
    assert answers(cast.manager, cast.launch) == all_of("", change="archived", invite="archived")


def test_in_a_departments_room(cast: Cast) -> None:
    room = Room.objects.get(kind=Kind.DEPARTMENT, departments=cast.marketing)
    follows = {"invite": "follows_department", "leave": "follows_department"}
    assert answers(cast.manager, room) == all_of("", **follows)
    assert answers(cast.owner, room) == all_of("", **follows, manage="not_permitted")
    assert answers(cast.guest, room) == all_of("not_found")


def test_between_people(cast: Cast) -> None:
    room = open_direct(actor=cast.owner, people=[cast.member])
    assert answers(cast.owner, room) == all_of("", manage="one_to_one", leave="one_to_one")
    assert answers(cast.manager, room) == all_of("not_found")


def test_the_grant_to_enter_is_what_opens_rooms(cast: Cast) -> None:
    role = DepartmentRole.objects.get(department=cast.research, role=Role.MEMBER)
    people.change_grant(actor=cast.hr, role=role, codename=permissions.ENTER, granted=False)
    assert answers(cast.again("member"), cast.launch) == all_of("not_found")
    assert not Room.objects.visible_to(cast.again("member")).exists()
    people.change_grant(actor=cast.hr, role=role, codename=permissions.ENTER, granted=True)
    assert Room.objects.visible_to(cast.again("member")).contains(cast.launch)


def test_rule_and_list_agree_for_every_seat_and_room(cast: Cast) -> None:
    open_direct(actor=cast.owner, people=[cast.member])
    for user in cast.people().values():
        visible = set(Room.objects.visible_to(user))
        assert visible == {room for room in Room.objects.all() if permissions.can_enter(standing(user, room))}


def test_people_in_reach(cast: Cast) -> None:
    everybody = {user for user in cast.people().values() if user != cast.deactivated}
    assert set(permissions.people_in_reach(cast.stranger)) == everybody
    around = {cast.owner, cast.manager, cast.member, cast.guest}
    assert set(permissions.people_in_reach(cast.guest)) == around
    assert set(permissions.people_in_reach(cast.superuser)) == set()


def test_a_standing_costs_two_queries(cast: Cast) -> None:
    with assert_queries("standing"):
        standing(cast.owner, cast.launch)
