"""Listeners: each event once, again when they fail, put aside when they keep failing."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import pytest

from intranet import clock
from intranet.events import outbox
from intranet.events.models import Event, Pending, Stream
from intranet.events.outbox import PARK_AFTER, listens, run_due
from intranet.events.publish import publish, publishing

pytestmark = pytest.mark.django_db
A_SECOND = dt.timedelta(seconds=1)
START = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def no_other_listeners(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(outbox, "_listeners", {})
    monkeypatch.setattr(outbox, "_kinds", defaultdict(list))


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.datetime], None]:
    def at(moment: dt.datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: moment)

    at(START)
    return at


def say(**data: Any) -> None:
    with publishing():
        publish("test.said", stream="room.1", actor=None, **data)


def test_each_listener_sees_each_event_once_and_in_order() -> None:
    seen: list[tuple[str, int]] = []

    @listens("test.said")
    def one(event: Event) -> None:
        seen.append(("one", event.seq))

    @listens("test.said", "test.other")
    def another(event: Event) -> None:
        seen.append(("another", event.seq))

    say()
    say()
    assert run_due() == 4
    assert run_due() == 0
    assert seen == [("one", 1), ("another", 1), ("one", 2), ("another", 2)]


def test_what_concerns_nobody_costs_no_row() -> None:
    @listens("test.said", when=lambda event: bool(event.data["loud"]))
    def hear(event: Event) -> None:
        raise NotImplementedError

    say(loud=False)
    assert not Pending.objects.exists()


def test_at_most_so_many_at_a_time() -> None:
    @listens("test.said")
    def hear(event: Event) -> None:
        """It has been heard."""

    for _ in range(3):
        say()
    assert [run_due(limit=2), run_due(limit=2)] == [2, 1]


def test_a_failure_undoes_itself_and_is_tried_again_later(at: Callable[[dt.datetime], None]) -> None:
    works = False

    @listens("test.said")
    def write(event: Event) -> None:
        Stream.objects.create(name="written")
        if not works:
            raise ZeroDivisionError

    say()
    run_due()
    assert not Stream.objects.filter(name="written").exists()
    assert run_due() == 0
    works = True
    at(START + dt.timedelta(seconds=1.9))
    assert run_due() == 0
    at(START + dt.timedelta(seconds=2))
    assert run_due() == 1
    assert Stream.objects.filter(name="written").exists()
    assert not Pending.objects.exists()


def test_one_failure_holds_up_nothing_else(at: Callable[[dt.datetime], None]) -> None:
    seen: list[int] = []

    @listens("test.said")
    def hear(event: Event) -> None:
        if event.seq == 1:
            raise ZeroDivisionError
        seen.append(event.seq)

    say()
    say()
    assert run_due() == 2
    assert seen == [2]


def test_waits_double_and_after_ten_failures_it_is_put_aside(at: Callable[[dt.datetime], None]) -> None:
    @listens("test.said")
    def fail(event: Event) -> None:
        raise ZeroDivisionError

    say()
    moment, waits = START, []
    for _ in range(PARK_AFTER):
        at(moment)
        assert run_due() == 1
        pending = Pending.objects.get()
        waits.append((pending.due - moment).total_seconds())
        moment = pending.due
    assert waits == [2**attempt for attempt in range(1, PARK_AFTER + 1)]
    assert Pending.objects.get().parked
    at(moment + dt.timedelta(days=365))
    assert run_due() == 0
    assert Pending.objects.get().attempts == PARK_AFTER


def test_a_listener_that_is_no_more_holds_up_nobody(
    at: Callable[[dt.datetime], None],
) -> None:
    """Its app may have been renamed between the event and now."""
    seen: list[int] = []

    @listens("test.said")
    def hear(event: Event) -> None:
        seen.append(event.seq)

    say()
    Pending.objects.create(event=Event.objects.get(), listener="tests.gone", due=START - A_SECOND)
    assert run_due() == 2
    assert seen == [1]
    assert Pending.objects.get().listener == "tests.gone"


def test_a_listener_publishes_in_its_own_transaction(at: Callable[[dt.datetime], None]) -> None:
    fails = True

    @listens("test.said")
    def answer(event: Event) -> None:
        with publishing():
            publish("test.answered", stream="user.1", actor=None)
        if fails:
            raise ZeroDivisionError

    say()
    run_due()
    assert not Event.objects.filter(kind="test.answered").exists()
    fails = False
    at(START + dt.timedelta(hours=1))
    run_due()
    assert list(Event.objects.filter(kind="test.answered").values_list("seq", flat=True)) == [1]


@pytest.mark.django_db(transaction=True)
def test_workers_are_woken_after_the_commit(monkeypatch: pytest.MonkeyPatch) -> None:
    woken: list[bool] = []
    monkeypatch.setattr(outbox, "_wakers", [lambda: woken.append(True)])
    say()
    assert woken == []

    @listens("test.said")
    def hear(event: Event) -> None:
        raise NotImplementedError

    with publishing():
        publish("test.said", stream="room.1", actor=None)
        assert woken == []
    assert woken == [True]
