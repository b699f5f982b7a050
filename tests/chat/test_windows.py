from __future__ import annotations

import pytest

from chat import windows
from chat.models import Message
from intranet.people.models import Department
from intranet.rooms.models import RoomMembership
from intranet.rooms.permissions import Standing, standing
from tests.cast import Cast


@pytest.fixture
def at(cast: Cast) -> Standing:
    """In a room with 120 messages, put down in one statement: what counts here is their numbers."""
    Message.objects.bulk_create(
        Message(
            room=cast.launch,
            author=cast.owner,
            client_id=str(number),
            number=number,
            source="",
            html="",
            renderer=1,
        )
        for number in range(1, 121)
    )
    return standing(cast.owner, cast.launch)


def numbers(window: windows.Window) -> tuple[int | None, int | None]:
    return window.messages[0].number, window.messages[-1].number


def sides(window: windows.Window) -> tuple[bool, bool]:
    return window.has_older, window.has_newer


def test_the_latest_fifty(at: Standing) -> None:
    window = windows.latest(at)
    assert (numbers(window), sides(window)) == ((71, 120), (True, False))


def test_before(at: Standing) -> None:
    window = windows.before(at, 71)
    assert (numbers(window), sides(window)) == ((21, 70), (True, True))
    window = windows.before(at, 51)
    assert (numbers(window), sides(window)) == ((1, 50), (False, True))


def test_after(at: Standing) -> None:
    window = windows.after(at, 50)
    assert (numbers(window), sides(window)) == ((51, 100), (True, True))
    window = windows.after(at, 70)
    assert (numbers(window), sides(window)) == ((71, 120), (True, False))


def test_around(at: Standing) -> None:
    window = windows.around(at, 60)
    assert (numbers(window), sides(window)) == ((35, 84), (True, True))
    window = windows.around(at, 3)
    assert (numbers(window), sides(window)) == ((1, 27), (False, True))
    window = windows.around(at, 119)
    assert (numbers(window), sides(window)) == ((94, 120), (True, False))


def homes(message: Message) -> tuple[Department, ...]:
    return tuple(home.department for home in message.author.primary_memberships)  # type: ignore[attr-defined]


def test_every_window_ascends_and_draws_without_further_queries(
    at: Standing, cast: Cast, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    for window in (
        windows.latest(at),
        windows.before(at, 60),
        windows.after(at, 60),
        windows.around(at, 60),
    ):
        shown = [message.number for message in window.messages]
        assert shown == sorted(shown, key=lambda number: number or 0)
        with django_assert_num_queries(0):  # type: ignore[operator]
            assert {homes(message) for message in window.messages} == {(cast.marketing,)}


def test_a_room_without_messages(cast: Cast) -> None:
    here = standing(cast.owner, cast.launch)
    assert windows.latest(here) == windows.Window([], has_older=False, has_newer=False)
    assert windows.around(here, 5).messages == []
    assert windows.after(here, 0).messages == []


def test_only_the_rooms_own_messages(at: Standing, cast: Cast) -> None:
    assert windows.latest(standing(cast.stranger, cast.contracts)).messages == []


def test_what_was_said_before_one_could_read_is_in_no_window(at: Standing, cast: Cast) -> None:
    RoomMembership.objects.filter(user=cast.member, room=cast.launch).update(history_after=100)
    newcomer = standing(cast.member, cast.launch)
    window = windows.latest(newcomer)
    assert (numbers(window), sides(window)) == ((101, 120), (False, False))
    window = windows.after(newcomer, 0)
    assert (numbers(window), sides(window)) == ((101, 120), (False, False))
    window = windows.around(newcomer, 3)
    assert (numbers(window), sides(window)) == ((101, 120), (False, False))
    assert windows.before(newcomer, 101) == windows.Window([], has_older=False, has_newer=True)


def test_who_is_not_in_the_room_has_no_window(at: Standing, cast: Cast) -> None:
    assert windows.latest(standing(cast.stranger, cast.launch)).messages == []
