from __future__ import annotations

import pytest

from chat import windows
from chat.models import Message
from intranet.people.models import Department
from intranet.rooms.models import Room
from tests.cast import Cast


@pytest.fixture
def room(cast: Cast) -> Room:
    """With 120 messages. What counts here is their numbers, so they are put down in one statement."""
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
    return cast.launch


def numbers(window: windows.Window) -> tuple[int | None, int | None]:
    return window.messages[0].number, window.messages[-1].number


def sides(window: windows.Window) -> tuple[bool, bool]:
    return window.has_older, window.has_newer


def test_the_latest_fifty(room: Room) -> None:
    window = windows.latest(room)
    assert (numbers(window), sides(window)) == ((71, 120), (True, False))


def test_before(room: Room) -> None:
    window = windows.before(room, 71)
    assert (numbers(window), sides(window)) == ((21, 70), (True, True))
    window = windows.before(room, 51)
    assert (numbers(window), sides(window)) == ((1, 50), (False, True))


def test_after(room: Room) -> None:
    window = windows.after(room, 50)
    assert (numbers(window), sides(window)) == ((51, 100), (True, True))
    window = windows.after(room, 70)
    assert (numbers(window), sides(window)) == ((71, 120), (True, False))


def test_around(room: Room) -> None:
    window = windows.around(room, 60)
    assert (numbers(window), sides(window)) == ((35, 84), (True, True))
    window = windows.around(room, 3)
    assert (numbers(window), sides(window)) == ((1, 27), (False, True))
    window = windows.around(room, 119)
    assert (numbers(window), sides(window)) == ((94, 120), (True, False))


def homes(message: Message) -> tuple[Department, ...]:
    return tuple(home.department for home in message.author.primary_memberships)  # type: ignore[attr-defined]


def test_every_window_ascends_and_draws_without_further_queries(
    room: Room, cast: Cast, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    for window in (
        windows.latest(room),
        windows.before(room, 60),
        windows.after(room, 60),
        windows.around(room, 60),
    ):
        shown = [message.number for message in window.messages]
        assert shown == sorted(shown, key=lambda number: number or 0)
        with django_assert_num_queries(0):  # type: ignore[operator]
            assert {homes(message) for message in window.messages} == {(cast.marketing,)}


def test_a_room_without_messages(cast: Cast) -> None:
    assert windows.latest(cast.launch) == windows.Window([], has_older=False, has_newer=False)
    assert windows.around(cast.launch, 5).messages == []
    assert windows.after(cast.launch, 0).messages == []


def test_only_the_rooms_own_messages(room: Room, cast: Cast) -> None:
    assert windows.latest(cast.contracts).messages == []
