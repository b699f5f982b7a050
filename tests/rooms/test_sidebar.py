from __future__ import annotations

from typing import Any

import pytest

from chat.actions import delete_message, post_message
from intranet.events import outbox
from intranet.people.models import User
from intranet.rooms import actions
from intranet.rooms.arranging import actions as arranging
from intranet.rooms.arranging.switcher import switcher
from intranet.rooms.models import Room
from intranet.rooms.sidebar import Row, sidebar
from tests.cast import Cast
from tests.commits import committed
from tests.query_counts import assert_queries


def rows(user: User, **options: Any) -> dict[str, list[Row]]:
    return {section["key"]: section["rows"] for section in sidebar(user, **options)["sections"]}


def row(user: User, room: Room) -> Row:
    return next(row for section in rows(user).values() for row in section if row.room == room)


def say(author: User, room: Room, *bodies: str) -> None:
    for body in bodies:
        client_id = f"{author.pk}-{room.pk}-{room.messages.count()}"
        with committed():
            post_message(actor=author, room=room, body=body, client_id=client_id)


def test_rooms_by_kind_and_archived_ones_last(cast: Cast) -> None:
    direct = actions.open_direct(actor=cast.owner, people=[cast.member])
    found = rows(cast.owner)
    assert list(found) == ["department", "project", "direct", "archived"]
    assert [row.title for row in found["department"]] == ["市场部"]
    assert [row.room for row in found["project"]] == [cast.launch]
    assert [row.room for row in found["direct"]] == [direct]
    assert [row.room for row in found["archived"]] == [cast.closed]


def test_what_is_archived_asks_for_nothing(cast: Cast) -> None:
    say(cast.owner, cast.launch, "@韩梅梅 look")
    outbox.run_due()
    actions.archive_room(actor=cast.owner, room=cast.launch)
    found = sidebar(cast.member)
    assert (found["total_unread"], found["total_mentions"]) == (0, 0)


def test_guests_make_no_rooms(cast: Cast) -> None:
    assert [sidebar(person)["may_create"] for person in (cast.member, cast.guest)] == [True, False]


def test_a_starred_room_stands_first_and_once(cast: Cast) -> None:
    actions.star(actor=cast.owner, room=cast.launch, starred=True)
    found = rows(cast.owner)
    assert list(found) == ["starred", "department", "archived"]
    assert [row.room for row in found["starred"]] == [cast.launch]


def test_conversations_are_called_by_the_others(cast: Cast) -> None:
    actions.open_direct(actor=cast.owner, people=[cast.member])
    assert [row.title for row in rows(cast.owner)["direct"]] == ["韩梅梅"]
    assert [row.title for row in rows(cast.member)["direct"]] == ["李雷"]


def test_nobody_sees_what_they_may_not_enter(cast: Cast) -> None:
    for seat in ("stranger", "removed", "superuser", "deactivated"):
        shown = [row.room for section in rows(getattr(cast, seat)).values() for row in section]
        assert cast.launch not in shown


def test_unread_is_the_last_number_less_the_pointer(cast: Cast) -> None:
    say(cast.owner, cast.launch, "1", "2", "3")
    actions.mark_read(actor=cast.member, room_id=cast.launch.pk, number=1)
    found = row(cast.member, cast.launch)
    assert (found.number, found.pointer, found.unread) == (3, 1, 2)
    assert row(cast.owner, cast.launch).unread == 0
    assert sidebar(cast.member)["total_unread"] == 2


def test_mentions_count_until_they_are_read_or_withdrawn(cast: Cast) -> None:
    say(cast.owner, cast.launch, "@韩梅梅 one", "@韩梅梅 two", "@王芳 not you")
    outbox.run_due()
    assert row(cast.member, cast.launch).mentions == 2
    actions.mark_read(actor=cast.member, room_id=cast.launch.pk, number=1)
    assert row(cast.member, cast.launch).mentions == 1
    assert sidebar(cast.member)["total_mentions"] == 1
    delete_message(actor=cast.owner, message=cast.launch.messages.get(number=2))
    outbox.run_due()
    assert row(cast.member, cast.launch).mentions == 0


def test_the_current_room_is_marked(cast: Cast) -> None:
    current = [
        row.room
        for section in rows(cast.owner, current=cast.launch.pk).values()
        for row in section
        if row.current
    ]
    assert current == [cast.launch]


@pytest.mark.parametrize("number", [5, 50])
def test_costs_the_same_for_few_rooms_and_for_many(cast: Cast, number: int) -> None:
    others = [user for seat, user in cast.people().items() if seat not in ("owner", "deactivated")]
    for index in range(number):
        room = actions.create_project(
            actor=cast.owner,
            name=f"Room {index}",
            departments=[cast.marketing, cast.research],
            people=[cast.member],
        )
        say(cast.member, room, "@李雷 look")
    for index in range(1, len(others)):
        actions.open_direct(actor=cast.owner, people=others[:index])
    outbox.run_due()
    owner = User.objects.get(pk=cast.owner.pk)
    with assert_queries("sidebar"):
        found = sidebar(owner)
    assert found["total_mentions"] == number
    arranging.change_preferences(actor=owner, sort="activity")
    with assert_queries("sidebar by activity"):
        sidebar(owner)
    with assert_queries("switcher"):
        assert len(switcher(owner)["rooms"]) > number
    with assert_queries("mark all read"):
        assert len(arranging.mark_all_read(actor=owner)) == number
