"""The rules by themselves; what every seat is answered at every address is the matrix's business."""

from __future__ import annotations

import pytest

from chat import permissions
from chat.actions import delete_message, post_message
from chat.models import Message
from intranet.people.actions import change_grant, transfer
from intranet.people.models import DepartmentRole, Role, User
from intranet.rooms.actions import archive_room, open_direct
from intranet.rooms.models import Room
from intranet.rooms.permissions import standing
from tests.cast import Cast


def said(author: User, room: Room) -> Message:
    return post_message(actor=author, room=room, body="Said", client_id=f"{author.pk}")


def reason(verdict: object) -> str:
    return getattr(verdict, "reason", "")


def test_a_role_without_the_grant_may_read_but_not_write(cast: Cast) -> None:
    role = DepartmentRole.objects.get(department=cast.research, role=Role.MEMBER)
    change_grant(actor=cast.hr, role=role, codename=permissions.POST, granted=False)
    at = standing(cast.again("member"), cast.launch)
    assert reason(permissions.can_post(at)) == "not_permitted"
    assert Room.objects.visible_to(cast.member).contains(cast.launch)


def test_one_department_that_allows_it_is_enough(cast: Cast) -> None:
    role = DepartmentRole.objects.get(department=cast.marketing, role=Role.MEMBER)
    change_grant(actor=cast.hr, role=role, codename=permissions.POST, granted=False)
    assert permissions.can_post(standing(cast.again("member"), cast.launch))
    assert not permissions.can_post(standing(cast.again("owner"), cast.launch))


@pytest.mark.parametrize(
    ("seat", "edit", "delete"),
    [
        ("owner", "not_author", ""),
        ("manager", "not_author", ""),
        ("member", "", ""),
        ("guest", "not_author", "not_author"),
        ("stranger", "not_found", "not_found"),
        ("removed", "not_found", "not_found"),
        ("deactivated", "not_found", "not_found"),
        ("superuser", "not_found", "not_found"),
    ],
)
def test_who_may_change_a_members_message(cast: Cast, seat: str, edit: str, delete: str) -> None:
    message = said(cast.member, cast.launch)
    at = standing(getattr(cast, seat), cast.launch)
    assert reason(permissions.can_edit(at, message)) == edit
    assert reason(permissions.can_delete(at, message)) == delete


def test_in_direct_messages_everybody_answers_for_their_own_words_only(cast: Cast) -> None:
    room = open_direct(actor=cast.manager, people=[cast.owner])
    message = said(cast.owner, room)
    at = standing(cast.manager, room)
    assert reason(permissions.can_delete(at, message)) == "not_author"
    assert not permissions.can_moderate(at)


def test_an_archived_room_changes_no_more(cast: Cast) -> None:
    message = said(cast.owner, cast.launch)
    archive_room(actor=cast.owner, room=cast.launch)
    at = standing(cast.owner, cast.launch)
    answers = [
        permissions.can_post(at),
        permissions.can_edit(at, message),
        permissions.can_delete(at, message),
    ]
    assert [reason(answer) for answer in answers] == ["archived"] * 3


def test_a_deleted_message_cannot_be_edited(cast: Cast) -> None:
    message = delete_message(actor=cast.owner, message=said(cast.owner, cast.launch))
    assert reason(permissions.can_edit(standing(cast.owner, cast.launch), message)) == "deleted"


def test_whoever_moves_to_a_department_outside_the_room_loses_it_with_what_they_wrote(cast: Cast) -> None:
    message = said(cast.member, cast.launch)
    membership = cast.member.memberships.get()
    transfer(actor=cast.hr, membership=membership, department=cast.legal)
    moved = cast.again("member")
    assert not Message.objects.visible_to(moved).exists()
    assert reason(permissions.can_edit(standing(moved, cast.launch), message)) == "not_found"
