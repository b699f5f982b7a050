"""Numbers: without gaps, in the order of commits, taken last."""

from __future__ import annotations

import contextlib

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from intranet.events.models import Event, Stream
from intranet.events.publish import _announcers as announcers
from intranet.events.publish import announces, publish, publishing

pytestmark = pytest.mark.django_db


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, int]]:
    heard: list[dict[str, int]] = []
    monkeypatch.setattr("intranet.events.publish._announcers", [heard.append])
    return heard


def say(*streams: str) -> None:
    with publishing():
        for stream in streams:
            publish("test.said", stream=stream, actor=None)


def say_and_fail(*streams: str) -> None:
    with publishing():
        say(*streams)
        raise ZeroDivisionError


def log() -> list[tuple[str, int]]:
    return list(Event.objects.filter(kind="test.said").order_by("pk").values_list("stream", "seq"))


def test_each_stream_counts_for_itself() -> None:
    say("room.1", "room.2", "room.1")
    say("room.1")
    assert log() == [("room.1", 1), ("room.1", 2), ("room.2", 1), ("room.1", 3)]
    assert dict(Stream.objects.filter(name__startswith="room.").values_list("name", "seq")) == {
        "room.1": 3,
        "room.2": 1,
    }


def test_what_is_rolled_back_leaves_no_gap() -> None:
    say("room.1")
    with pytest.raises(ZeroDivisionError):
        say_and_fail("room.1", "room.2")
    say("room.1")
    assert log() == [("room.1", 1), ("room.1", 2)]
    assert not Stream.objects.filter(name="room.2").exists()


def test_an_action_inside_another_joins_it() -> None:
    with publishing():
        say("room.2")
        assert log() == []
        publish("test.said", stream="room.1", actor=None)
    assert log() == [("room.1", 1), ("room.2", 1)]


def test_what_an_inner_action_refuses_takes_all_with_it() -> None:
    with pytest.raises(transaction.TransactionManagementError):
        _go_on_after_a_failure()
    assert log() == []


def _go_on_after_a_failure() -> None:
    with publishing():
        say("room.1")
        with contextlib.suppress(ZeroDivisionError):
            say_and_fail("room.1")
        Stream.objects.create(name="room.2")


def test_counters_are_taken_after_everything_else_in_the_order_of_their_names() -> None:
    with CaptureQueriesContext(connection) as captured, publishing():
        publish("test.said", stream="room.9", actor=None)
        publish("test.said", stream="room.10", actor=None)
        Stream.objects.create(name="a row of the action")
    written = [query["sql"] for query in captured if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    action = next(at for at, sql in enumerate(written) if "a row of the action" in sql)
    counters = [at for at, sql in enumerate(written) if sql.startswith("UPDATE events_stream")]
    names = ["'room.10'" in written[at] for at in counters]
    assert action < counters[0]
    assert names == sorted(names, reverse=True)
    assert all("events_" in sql for sql in written[counters[0] :])


def test_a_row_takes_its_number_from_its_stream() -> None:
    taken: list[int] = []
    with publishing():
        publish("test.said", stream="room.1", actor=None, numbers=taken.append)
        publish("test.seen", stream="room.1", actor=None)
        publish("test.said", stream="room.1", actor=None, numbers=taken.append)
    with publishing():
        publish("test.said", stream="room.1", actor=None, numbers=taken.append)
    assert taken == [1, 2, 3]
    assert Stream.objects.get(name="room.1").seq == 4


def test_outside_of_publishing_nothing_can_be_said() -> None:
    with pytest.raises(RuntimeError, match=r"test\.said"):
        publish("test.said", stream="room.1", actor=None)


@pytest.mark.django_db(transaction=True)
def test_heads_are_told_after_the_commit_only(announced: list[dict[str, int]]) -> None:
    with transaction.atomic():
        say("room.1", "room.1", "room.2")
        assert announced == []
    assert announced == [{"room.1": 2, "room.2": 1}]
    with pytest.raises(ZeroDivisionError):
        say_and_fail("room.1")
    with publishing():
        pass
    assert len(announced) == 1


def test_announcers_register() -> None:
    before = list(announcers)

    @announces
    def hear(heads: dict[str, int]) -> None:
        raise NotImplementedError

    assert announcers == [*before, hear]
    announcers.remove(hear)
