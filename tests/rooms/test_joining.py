"""From outside into a room: finding it, joining, asking, being answered."""

from __future__ import annotations

import pytest

from chat.actions import post_message
from intranet.events.models import Event
from intranet.people import actions as people
from intranet.people.models import DepartmentRole, Role, User
from intranet.rooms import actions, permissions
from intranet.rooms.browser import describe, requests_for
from intranet.rooms.models import History, JoinRequest, Room, RoomMembership, RoomRole, Visibility
from intranet.rooms.permissions import standing, standings
from intranet.verdicts import Denied
from tests.cast import Cast

SEATS_OF_STAFF = {"owner", "manager", "member", "removed", "stranger", "hr", "it"}


@pytest.fixture
def topic(cast: Cast) -> Room:
    return actions.create_topic(actor=cast.owner, name="读书会", english_name="Reading club")


@pytest.fixture
def shared(cast: Cast) -> Room:
    """Open to marketing; others ask."""
    return actions.create_project(
        actor=cast.owner, name="门店", departments=[cast.marketing], visibility=Visibility.DEPARTMENTS
    )


def finders(cast: Cast, room: Room) -> set[str]:
    return {seat for seat, user in cast.people().items() if Room.objects.findable_by(user).contains(room)}


def enters(user: User, room: Room) -> bool:
    return Room.objects.visible_to(user).contains(room)


def reason_of(refused: pytest.ExceptionInfo[Denied]) -> str:
    return refused.value.verdict.reason


def kinds(stream: str) -> list[str]:
    return list(Event.objects.filter(stream=stream).order_by("seq").values_list("kind", flat=True))


# --- Finding --------------------------------------------------------------------------------------------


def test_who_finds_which_room(cast: Cast, topic: Room, shared: Room) -> None:
    assert finders(cast, topic) == SEATS_OF_STAFF
    assert finders(cast, shared) == SEATS_OF_STAFF
    assert finders(cast, cast.contracts) == {"stranger"}
    assert finders(cast, cast.launch) == {"owner", "manager", "member", "guest"}


def test_guests_find_only_what_they_are_in(cast: Cast, topic: Room) -> None:
    actions.invite(actor=cast.owner, room=topic, people=[cast.guest])
    assert set(Room.objects.findable_by(cast.guest)) == {cast.launch, cast.closed, topic}
    assert enters(cast.guest, topic)


def test_conversations_between_people_are_not_among_the_rooms(cast: Cast) -> None:
    room = actions.open_direct(actor=cast.owner, people=[cast.member])
    assert not Room.objects.findable_by(cast.owner).contains(room)


def test_a_departments_room_is_found_by_who_is_in_it(cast: Cast) -> None:
    room = Room.objects.get(kind="department", departments=cast.marketing)
    assert finders(cast, room) == {"owner", "manager"}


def test_the_grant_to_join_is_what_makes_rooms_found(cast: Cast, topic: Room) -> None:
    role = DepartmentRole.objects.get(department=cast.legal, role=Role.MEMBER)
    people.change_grant(actor=cast.hr, role=role, codename=permissions.JOIN, granted=False)
    assert not Room.objects.findable_by(cast.again("stranger")).contains(topic)
    with pytest.raises(Denied) as refused:
        actions.join(actor=cast.again("stranger"), room=topic)
    assert reason_of(refused) == "not_found"


def test_lists_and_single_rooms_are_judged_alike(cast: Cast, topic: Room, shared: Room) -> None:
    actions.create_company_room(owners=[cast.hr], name="全员")
    rooms = list(Room.objects.with_departments().order_by("pk"))
    for user in cast.people().values():
        if user == cast.deactivated:
            continue
        for room, at in zip(rooms, standings(user, rooms).values(), strict=True):
            if not room.is_direct:
                assert (at.codenames, at.membership) == (
                    standing(user, room).codenames,
                    standing(user, room).membership,
                )


# --- Joining --------------------------------------------------------------------------------------------


def test_whoever_finds_an_open_topic_joins_and_reads_all_of_it(cast: Cast, topic: Room) -> None:
    post_message(actor=cast.owner, room=topic, body="x", client_id="1")
    actions.join(actor=cast.stranger, room=topic)
    membership = RoomMembership.objects.get(room=topic, user=cast.stranger)
    assert (membership.role, membership.pointer, membership.history_after) == (RoomRole.MEMBER, 1, 0)
    assert enters(cast.stranger, topic)
    assert post_message(actor=cast.stranger, room=topic, body="y", client_id="2")
    assert kinds(cast.stranger.stream)[-1] == "rooms.membership.started"


def test_joining_a_public_room_gives_a_departments_manager_no_say_in_it(cast: Cast) -> None:
    room = actions.create_topic(actor=cast.stranger, name="合规问答")
    actions.join(actor=cast.manager, room=room)
    assert not room.departments.contains(cast.marketing)
    assert not permissions.can_manage(standing(cast.manager, room))
    assert not permissions.can_keep_order(standing(cast.manager, room))


def test_its_departments_join_and_others_are_told_to_ask(cast: Cast, shared: Room) -> None:
    actions.join(actor=cast.manager, room=shared)
    assert enters(cast.manager, shared)
    with pytest.raises(Denied) as refused:
        actions.join(actor=cast.stranger, room=shared)
    assert reason_of(refused) == "ask_first"
    assert not enters(cast.stranger, shared)


@pytest.mark.parametrize("action", [actions.join, actions.ask_to_join])
def test_nobody_comes_into_a_private_room_uninvited(cast: Cast, action: object) -> None:
    with pytest.raises(Denied) as refused:
        action(actor=cast.hr, room=cast.contracts)  # type: ignore[operator]
    assert reason_of(refused) == "not_found"
    assert not cast.contracts.members.contains(cast.hr)


def test_who_is_in_it_joins_no_second_time(cast: Cast, topic: Room) -> None:
    for action in (actions.join, actions.ask_to_join):
        with pytest.raises(Denied) as refused:
            action(actor=cast.owner, room=topic)
        assert reason_of(refused) == "in_it_already"


def test_an_archived_room_takes_nobody_in(cast: Cast, topic: Room, shared: Room) -> None:
    """Also when it was archived after the page with the button was drawn."""
    actions.ask_to_join(actor=cast.stranger, room=shared)
    for room in (topic, shared):
        actions.archive_room(actor=cast.owner, room=Room.objects.get(pk=room.pk))
    for action, room in ((actions.join, topic), (actions.ask_to_join, shared)):
        with pytest.raises(Denied) as refused:
            action(actor=cast.hr, room=room)
        assert reason_of(refused) == "archived"
    with pytest.raises(Denied) as refused:
        actions.accept_request(actor=cast.owner, room=shared, user=cast.stranger)
    assert reason_of(refused) == "archived"
    assert set(topic.members.all()) == set(shared.members.all()) == {cast.owner}


def test_a_room_that_was_made_private_meanwhile_is_not_joined(cast: Cast, shared: Room) -> None:
    actions.change_room(actor=cast.owner, room=shared, visibility=Visibility.PRIVATE)
    with pytest.raises(Denied) as refused:
        actions.join(actor=cast.manager, room=shared)
    assert reason_of(refused) == "not_found"


# --- Asking ---------------------------------------------------------------------------------------------


def offer(user: User, room: Room) -> str:
    return describe(user, Room.objects.filter(pk=room.pk).with_departments())[0].offer


def test_asked_and_accepted(cast: Cast, shared: Room) -> None:
    assert offer(cast.stranger, shared) == "ask"
    actions.ask_to_join(actor=cast.stranger, room=shared)
    assert offer(cast.stranger, shared) == "waiting"
    assert [each.user for each in requests_for(cast.owner)] == [cast.stranger]
    assert kinds(cast.owner.stream)[-1] == "rooms.request.made"
    assert kinds(shared.stream)[-1] == "rooms.request.made"
    actions.accept_request(actor=cast.owner, room=shared, user=cast.stranger)
    assert enters(cast.stranger, shared)
    assert shared.departments.contains(cast.legal)
    assert not requests_for(cast.owner)
    assert "rooms.request.accepted" in kinds(cast.stranger.stream)


def test_asking_twice_is_asking_once(cast: Cast, shared: Room) -> None:
    for _ in range(2):
        actions.ask_to_join(actor=cast.stranger, room=shared)
    assert JoinRequest.objects.count() == 1
    assert kinds(shared.stream).count("rooms.request.made") == 1


def test_who_was_declined_may_ask_again(cast: Cast, shared: Room) -> None:
    actions.ask_to_join(actor=cast.stranger, room=shared)
    actions.decline_request(actor=cast.owner, room=shared, user=cast.stranger)
    assert offer(cast.stranger, shared) == "ask"
    assert not requests_for(cast.owner)
    assert not enters(cast.stranger, shared)
    actions.ask_to_join(actor=cast.stranger, room=shared)
    assert [each.user for each in requests_for(cast.owner)] == [cast.stranger]


def test_withdrawn_it_can_be_answered_no_more(cast: Cast, shared: Room) -> None:
    actions.ask_to_join(actor=cast.stranger, room=shared)
    actions.withdraw_request(actor=cast.stranger, room=shared)
    for answer in (actions.accept_request, actions.decline_request):
        with pytest.raises(Denied) as refused:
            answer(actor=cast.owner, room=shared, user=cast.stranger)
        assert reason_of(refused) == "answered"
    assert not enters(cast.stranger, shared)


def test_a_moderator_answers_and_a_member_does_not(cast: Cast, shared: Room) -> None:
    actions.join(actor=cast.manager, room=shared)
    actions.invite(actor=cast.owner, room=shared, people=[cast.member])
    actions.ask_to_join(actor=cast.stranger, room=shared)
    with pytest.raises(Denied) as refused:
        actions.accept_request(actor=cast.member, room=shared, user=cast.stranger)
    assert reason_of(refused) == "not_permitted"
    actions.set_role(actor=cast.owner, room=shared, user=cast.member, role=RoomRole.MODERATOR)
    assert [each.user for each in requests_for(cast.member)] == [cast.stranger]
    actions.accept_request(actor=cast.member, room=shared, user=cast.stranger)
    assert enters(cast.stranger, shared)


def test_who_need_not_ask_is_told(cast: Cast, topic: Room) -> None:
    with pytest.raises(Denied) as refused:
        actions.ask_to_join(actor=cast.stranger, room=topic)
    assert reason_of(refused) == "no_need_to_ask"


def test_an_invitation_answers_a_request(cast: Cast, shared: Room) -> None:
    actions.ask_to_join(actor=cast.stranger, room=shared)
    actions.invite(actor=cast.owner, room=shared, people=[cast.stranger])
    assert not JoinRequest.objects.exists()


def test_who_left_the_company_waits_for_no_answer(cast: Cast, shared: Room) -> None:
    actions.ask_to_join(actor=cast.stranger, room=shared)
    people.deactivate_user(actor=None, user=cast.stranger)
    assert not requests_for(cast.owner)


# --- Newcomers and what was said before -------------------------------------------------------------------


@pytest.fixture
def discreet(cast: Cast) -> Room:
    """Newcomers do not read what was said before."""
    room = actions.create_project(
        actor=cast.owner, name="薪酬", departments=[cast.marketing], history=History.JOINING
    )
    post_message(actor=cast.owner, room=room, body="before", client_id="before")
    return room


def after(user: User, room: Room) -> int:
    return RoomMembership.objects.get(user=user, room=room).history_after


def test_what_was_said_before_one_joined_is_not_ones_to_read(cast: Cast, discreet: Room) -> None:
    actions.invite(actor=cast.owner, room=discreet, people=[cast.member])
    assert (after(cast.owner, discreet), after(cast.member, discreet)) == (0, 1)


def test_coming_back_is_joining_anew(cast: Cast, discreet: Room) -> None:
    actions.invite(actor=cast.owner, room=discreet, people=[cast.member])
    actions.leave(actor=cast.member, room=discreet)
    post_message(actor=cast.owner, room=discreet, body="meanwhile", client_id="meanwhile")
    actions.invite(actor=cast.owner, room=discreet, people=[cast.member])
    assert after(cast.member, discreet) == 2


def test_the_policy_is_for_those_who_join_from_then_on(cast: Cast, discreet: Room) -> None:
    actions.invite(actor=cast.owner, room=discreet, people=[cast.member])
    actions.change_room(actor=cast.owner, room=discreet, history=History.EVERYTHING)
    actions.invite(actor=cast.owner, room=discreet, people=[cast.manager])
    assert (after(cast.member, discreet), after(cast.manager, discreet)) == (1, 0)


def test_what_is_public_hides_nothing(cast: Cast, discreet: Room) -> None:
    actions.invite(actor=cast.owner, room=discreet, people=[cast.member])
    room = actions.change_room(actor=cast.owner, room=discreet, visibility=Visibility.COMPANY)
    assert room.history == History.EVERYTHING
    assert after(cast.member, room) == 0
