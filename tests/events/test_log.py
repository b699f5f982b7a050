"""Reading the log."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoAssertNumQueries

from intranet import clock
from intranet.events import log
from intranet.events.models import Event, Pending
from intranet.events.publish import publish, publishing

pytestmark = pytest.mark.django_db


def say(stream: str, kind: str = "chat.said", *, times: int = 1) -> None:
    with publishing():
        for _ in range(times):
            publish(kind, stream=stream, actor=None, numbers=lambda _number: None)


def read(positions: dict[str, int], *, limit: int = 100) -> list[tuple[str, int]]:
    return [(event.stream, event.seq) for event in log.since(positions, limit=limit)]


def test_each_stream_is_read_from_its_own_position() -> None:
    say("room.1", times=3)
    say("room.2", times=2)
    say("room.3")
    assert read({"room.1": 1, "room.2": 2}) == [("room.1", 2), ("room.1", 3)]
    assert read({"room.2": 0, "room.1": 2}) == [("room.1", 3), ("room.2", 1), ("room.2", 2)]
    assert read({"room.1": 0}, limit=2) == [("room.1", 1), ("room.1", 2)]
    assert read({}) == []


def test_any_number_of_streams_can_be_read() -> None:
    """A socket can have many rooms open, and a process has all of those of all its sockets."""
    say("room.1", times=2)
    say("room.1999", times=3)
    everywhere = dict.fromkeys((f"room.{number}" for number in range(2_000)), 0)
    assert sorted(read(everywhere)) == [
        *(("room.1", seq) for seq in (1, 2)),
        *(("room.1999", seq) for seq in (1, 2, 3)),
    ]
    assert len(read(everywhere, limit=2)) == 2
    assert len(read(everywhere, limit=4)) == 4


def test_few_streams_are_one_statement(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(1):
        read(dict.fromkeys((f"room.{number}" for number in range(log.STREAMS_AT_ONCE)), 0))


def test_heads_and_numbers_know_only_streams_that_exist() -> None:
    say("room.1", times=2)
    with publishing():
        publish("chat.seen", stream="room.1", actor=None)
    assert log.heads(["room.1", "room.2"]) == {"room.1": 3}
    assert log.numbers(["room.1", "room.2"]) == {"room.1": 2}


def test_what_is_old_is_pruned_unless_somebody_waits_for_it() -> None:
    say("room.1", times=3)
    say("room.1", "rooms.joined")
    long_ago = clock.now() - log.KEPT_FOR - dt.timedelta(seconds=1)
    Event.objects.filter(seq__in=[1, 2, 4]).update(at=long_ago)
    waiting = Event.objects.get(seq=2)
    Pending.objects.create(event=waiting, listener="tests.nobody", due=clock.now())
    assert log.prune("chat.") == 1
    assert read({"room.1": 0}) == [("room.1", 2), ("room.1", 3), ("room.1", 4)]
    assert log.heads(["room.1"]) == {"room.1": 4}


def test_much_is_pruned_little_by_little() -> None:
    long_ago = clock.now() - log.KEPT_FOR - dt.timedelta(seconds=1)
    many = 2 * log.PRUNED_AT_ONCE + 1
    Event.objects.bulk_create(
        Event(stream="room.1", seq=seq + 1, kind="chat.said", at=long_ago) for seq in range(many)
    )
    with CaptureQueriesContext(connection) as statements:
        assert log.prune("chat.") == many
    deletions = [each["sql"] for each in statements if each["sql"].startswith('DELETE FROM "events_event"')]
    assert len(deletions) >= 3
    assert not Event.objects.exists()
