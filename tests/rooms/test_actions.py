from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from chat.actions import post_message
from intranet.events.models import Event
from intranet.people import actions as people
from intranet.people.models import Department, Role, User
from intranet.rooms import actions
from intranet.rooms.models import Kind, Room, RoomMembership, RoomRole
from intranet.verdicts import Denied
from tests.cast import Cast


def room_of(department: Department) -> Room:
    return Room.objects.get(kind=Kind.DEPARTMENT, departments=department)


def members(room: Room) -> set[User]:
    return set(room.members.all())


def pointer(user: User, room: Room) -> int:
    return RoomMembership.objects.get(user=user, room=room).pointer


def enters(user: User, room: Room) -> bool:
    return Room.objects.visible_to(user).contains(room)


def kinds(stream: str) -> list[str]:
    return list(Event.objects.filter(stream=stream).order_by("seq").values_list("kind", flat=True))


def say(author: User, room: Room, *client_ids: str) -> None:
    for client_id in client_ids:
        post_message(actor=author, room=room, body="x", client_id=client_id)


def reason_of(refused: pytest.ExceptionInfo[Denied]) -> str:
    return refused.value.verdict.reason


# --- Rooms of departments -------------------------------------------------------------------------------


def test_a_department_has_its_room_from_the_start(cast: Cast) -> None:
    department = people.create_department(actor=None, name="客服部", english_name="Support")
    room = room_of(department)
    assert (room.name, room.english_name) == ("客服部", "Support")
    assert members(room) == set()


def test_its_members_follow_the_department_but_guests_do_not(cast: Cast) -> None:
    assert members(room_of(cast.marketing)) == {cast.owner, cast.manager}


def test_joining_and_leaving(cast: Cast) -> None:
    room = room_of(cast.marketing)
    membership = people.join_department(actor=None, user=cast.stranger, department=cast.marketing)
    assert enters(cast.again("stranger"), room)
    people.leave_department(actor=None, membership=membership)
    assert not enters(cast.again("stranger"), room)
    assert cast.stranger not in members(room)


def test_a_transfer_changes_both_rooms(cast: Cast) -> None:
    people.transfer(actor=None, membership=cast.owner.memberships.get(), department=cast.research)
    assert cast.owner not in members(room_of(cast.marketing))
    assert cast.owner in members(room_of(cast.research))


def test_who_becomes_a_guest_leaves_the_departments_room(cast: Cast) -> None:
    people.join_department(actor=None, user=cast.owner, department=cast.marketing, role=Role.GUEST)
    assert cast.owner not in members(room_of(cast.marketing))
    people.join_department(actor=None, user=cast.owner, department=cast.marketing, role=Role.MANAGER)
    assert cast.owner in members(room_of(cast.marketing))


def test_nobody_else_changes_who_is_in_it(cast: Cast) -> None:
    room, manager = room_of(cast.marketing), cast.manager
    with pytest.raises(Denied) as leaving:
        actions.leave(actor=manager, room=room)
    with pytest.raises(Denied) as inviting:
        actions.invite(actor=manager, room=room, people=[cast.member])
    with pytest.raises(Denied) as removing:
        actions.remove_member(actor=manager, room=room, user=cast.owner)
    assert {reason_of(each) for each in (leaving, inviting, removing)} == {"follows_department"}
    assert members(room) == {cast.owner, manager}


# --- Rooms of projects ------------------------------------------------------------------------------------


def test_its_maker_owns_it(cast: Cast) -> None:
    room = actions.create_project(actor=cast.owner, name="Retro", departments=[cast.marketing])
    assert RoomMembership.objects.get(room=room).role == RoomRole.OWNER
    assert kinds(cast.owner.stream)[-1] == "rooms.membership.started"


def test_whoever_is_asked_in_from_the_start_can_enter(cast: Cast) -> None:
    room = actions.create_project(
        actor=cast.owner, name="Retro", departments=[cast.marketing], people=[cast.member]
    )
    assert enters(cast.member, room)
    assert set(room.departments.all()) == {cast.marketing, cast.research}


def test_guests_make_no_rooms(cast: Cast) -> None:
    with pytest.raises(Denied):
        actions.create_project(actor=cast.guest, name="Mine", departments=[cast.marketing])


def test_nobody_makes_rooms_of_other_departments_only(cast: Cast) -> None:
    with pytest.raises(Denied):
        actions.create_project(actor=cast.owner, name="Theirs", departments=[cast.legal])


def test_a_room_needs_a_name_that_fits(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        actions.create_project(actor=cast.owner, name="n" * 81, departments=[cast.marketing])
    assert not Room.objects.filter(name__startswith="nn").exists()


def test_who_is_invited_brings_their_department_and_starts_reading_now(cast: Cast) -> None:
    say(cast.owner, cast.launch, "a", "b")
    actions.invite(actor=cast.member, room=cast.launch, people=[cast.stranger])
    assert enters(cast.stranger, cast.launch)
    assert pointer(cast.stranger, cast.launch) == 2
    assert cast.launch.departments.contains(cast.legal)
    assert kinds(cast.launch.stream)[-1] == "rooms.member.joined"
    assert kinds(cast.stranger.stream)[-1] == "rooms.membership.started"


def test_inviting_somebody_who_is_there_changes_nothing(cast: Cast) -> None:
    before = kinds(cast.launch.stream)
    actions.invite(actor=cast.owner, room=cast.launch, people=[cast.member])
    assert kinds(cast.launch.stream) == before


def test_inviting_somebody_who_has_left_the_company_changes_nothing(cast: Cast) -> None:
    room = actions.create_project(actor=cast.owner, name="Retro", departments=[cast.marketing])
    with pytest.raises(Denied):
        actions.invite(actor=cast.owner, room=room, people=[cast.deactivated])
    assert members(room) == {cast.owner}


def test_whoever_is_taken_out_sees_it_no_more(cast: Cast) -> None:
    actions.remove_member(actor=cast.owner, room=cast.launch, user=cast.member)
    assert not enters(cast.member, cast.launch)
    assert kinds(cast.launch.stream)[-1] == "rooms.member.left"
    assert kinds(cast.member.stream)[-1] == "rooms.membership.ended"


def test_leaving(cast: Cast) -> None:
    actions.leave(actor=cast.member, room=cast.launch)
    assert not enters(cast.member, cast.launch)


def test_the_last_owner_stays_until_there_is_another(cast: Cast) -> None:
    with pytest.raises(Denied) as refused:
        actions.leave(actor=cast.owner, room=cast.launch)
    assert reason_of(refused) == "last_owner"
    assert enters(cast.owner, cast.launch)
    actions.set_role(actor=cast.owner, room=cast.launch, user=cast.member, role=RoomRole.OWNER)
    actions.leave(actor=cast.owner, room=cast.launch)
    assert not enters(cast.owner, cast.launch)


def test_an_owner_who_cannot_act_is_no_other_owner(cast: Cast) -> None:
    actions.set_role(actor=cast.owner, room=cast.launch, user=cast.member, role=RoomRole.OWNER)
    people.deactivate_user(actor=None, user=cast.member)
    with pytest.raises(Denied) as refused:
        actions.leave(actor=cast.owner, room=cast.launch)
    assert reason_of(refused) == "last_owner"


def test_the_last_owner_is_not_taken_out_and_not_made_a_member(cast: Cast) -> None:
    with pytest.raises(Denied) as refused:
        actions.remove_member(actor=cast.manager, room=cast.launch, user=cast.owner)
    assert reason_of(refused) == "last_owner"
    with pytest.raises(Denied) as refused:
        actions.set_role(actor=cast.manager, room=cast.launch, user=cast.owner, role=RoomRole.MEMBER)
    assert reason_of(refused) == "last_owner"


# --- Direct messages ----------------------------------------------------------------------------------------


def test_the_conversation_of_two_is_always_the_same(cast: Cast) -> None:
    room = actions.open_direct(actor=cast.owner, people=[cast.member])
    assert actions.open_direct(actor=cast.member, people=[cast.owner]) == room
    assert actions.open_direct(actor=cast.member, people=[cast.owner, cast.member]) == room
    assert members(room) == {cast.owner, cast.member}


def test_the_conversation_of_a_group_too(cast: Cast) -> None:
    room = actions.open_direct(actor=cast.owner, people=[cast.member, cast.manager])
    assert actions.open_direct(actor=cast.manager, people=[cast.member, cast.owner]) == room


def test_a_group_that_gains_somebody_goes_on_as_a_new_conversation(cast: Cast) -> None:
    former = actions.open_direct(actor=cast.owner, people=[cast.member])
    say(cast.owner, former, "a")
    room = actions.invite(actor=cast.member, room=former, people=[cast.manager])
    assert room != former
    assert members(room) == {cast.owner, cast.member, cast.manager}
    assert members(former) == {cast.owner, cast.member}
    assert not room.messages.exists()


def test_it_gains_somebody_also_when_one_of_it_has_left_the_company(cast: Cast) -> None:
    former = actions.open_direct(actor=cast.owner, people=[cast.member, cast.removed])
    people.deactivate_user(actor=None, user=cast.removed)
    room = actions.invite(actor=cast.owner, room=former, people=[cast.manager])
    assert members(room) == {cast.owner, cast.member, cast.manager}


def test_one_to_eight_others(cast: Cast) -> None:
    others = [user for seat, user in cast.people().items() if seat not in ("owner", "deactivated")]
    ninth = people.create_user(actor=None, username="ninth", name="九")
    for too_few_or_many in ([], [cast.owner], [*others, ninth]):
        with pytest.raises(ValidationError):
            actions.open_direct(actor=cast.owner, people=too_few_or_many)
    assert not Room.objects.filter(kind=Kind.DIRECT).exists()
    assert actions.open_direct(actor=cast.owner, people=others)


def test_guests_write_to_whom_they_share_a_room_with(cast: Cast) -> None:
    assert actions.open_direct(actor=cast.guest, people=[cast.member])
    with pytest.raises(Denied):
        actions.open_direct(actor=cast.guest, people=[cast.stranger])


def test_nobody_writes_to_somebody_who_has_left(cast: Cast) -> None:
    with pytest.raises(Denied):
        actions.open_direct(actor=cast.owner, people=[cast.deactivated])


# --- The room's state ---------------------------------------------------------------------------------------


def test_archived_and_brought_back(cast: Cast) -> None:
    actions.archive_room(actor=cast.owner, room=cast.launch)
    assert Room.objects.get(pk=cast.launch.pk).is_archived
    assert enters(cast.member, cast.launch)
    actions.restore_room(actor=cast.manager, room=cast.launch)
    assert not Room.objects.get(pk=cast.launch.pk).is_archived
    assert kinds(cast.launch.stream)[-2:] == ["rooms.room.archived", "rooms.room.restored"]


def test_archiving_twice_is_archiving_once(cast: Cast) -> None:
    archived_at, before = cast.closed.archived_at, kinds(cast.closed.stream)
    actions.archive_room(actor=cast.owner, room=cast.closed)
    assert Room.objects.get(pk=cast.closed.pk).archived_at == archived_at
    actions.restore_room(actor=cast.owner, room=cast.launch)
    assert kinds(cast.closed.stream) == before
    assert "rooms.room.restored" not in kinds(cast.launch.stream)


@pytest.mark.parametrize(
    ("seat", "reason"),
    [("member", "not_permitted"), ("guest", "not_permitted"), ("stranger", "not_found"), ("hr", "not_found")],
)
def test_who_may_not_archive(cast: Cast, seat: str, reason: str) -> None:
    with pytest.raises(Denied) as refused:
        actions.archive_room(actor=getattr(cast, seat), room=cast.launch)
    assert reason_of(refused) == reason


def test_a_conversation_between_people_is_archived_by_nobody(cast: Cast) -> None:
    room = actions.open_direct(actor=cast.it, people=[cast.member])
    for seat in ("it", "member"):
        with pytest.raises(Denied) as refused:
            actions.archive_room(actor=cast.again(seat), room=room)
        assert reason_of(refused) == "one_to_one"


def test_guests_bring_in_only_whom_they_can_reach(cast: Cast) -> None:
    actions.set_role(actor=cast.owner, room=cast.launch, user=cast.guest, role=RoomRole.OWNER)
    with pytest.raises(Denied) as refused:
        actions.invite(actor=cast.guest, room=cast.launch, people=[cast.stranger])
    assert reason_of(refused) == "not_permitted"
    assert not cast.launch.members.contains(cast.stranger)


def test_it_archives_rooms_it_is_not_in(cast: Cast) -> None:
    actions.archive_room(actor=cast.again("it"), room=cast.launch)
    assert Room.objects.get(pk=cast.launch.pk).is_archived


# --- One's own view ---------------------------------------------------------------------------------------


def test_the_pointer_moves_forward_only_and_never_beyond_the_last_message(cast: Cast) -> None:
    say(cast.owner, cast.launch, "a", "b", "c")
    for number, stands_at in [(2, 2), (1, 2), (0, 2), (99, 3), (2, 3)]:
        actions.mark_read(actor=cast.member, room_id=cast.launch.pk, number=number)
        assert pointer(cast.member, cast.launch) == stands_at


def test_reading_is_no_event(cast: Cast) -> None:
    say(cast.owner, cast.launch, "a")
    before = Event.objects.count()
    actions.mark_read(actor=cast.member, room_id=cast.launch.pk, number=1)
    assert Event.objects.count() == before


def test_a_star_is_ones_own(cast: Cast) -> None:
    actions.star(actor=cast.member, room=cast.launch, starred=True)
    assert RoomMembership.objects.filter(starred=True).get().user == cast.member
    assert kinds(cast.member.stream)[-1] == "rooms.membership.starred"
    actions.star(actor=cast.member, room=cast.launch, starred=False)
    assert not RoomMembership.objects.filter(starred=True).exists()
