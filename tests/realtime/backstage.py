"""What tests of the socket have done inside the server."""

from __future__ import annotations

import asyncio
import datetime as dt
import time
from collections.abc import Callable, Sequence
from typing import ParamSpec, TypeVar

from django.contrib.sessions.models import Session
from django.db import connection

from chat.actions import post_message
from chat.models import Message
from intranet import clock
from intranet.events import publish as events
from intranet.events.models import Event
from intranet.people.models import User
from intranet.realtime import access, hub, live
from intranet.realtime.sweep import Sweep
from intranet.rooms.actions import change_room
from intranet.rooms.models import History, Room, RoomMembership, RoomRole

P = ParamSpec("P")
T = TypeVar("T")
A_WHILE = 1.0
_asked: list[str] = []
_untold: dict[str, int] = {}


def say_silently(stream: str, times: int = 1) -> None:
    with events.publishing():
        for _ in range(times):
            events.publish("test.silent", stream=stream, actor=None)


def say_in_one_breath(streams: list[str], kind: str) -> None:
    """`kind` in the first of them, and something that shows nothing in the others."""
    with events.publishing():
        for stream in streams:
            events.publish(kind if stream == streams[0] else "test.silent", stream=stream, actor=None)


def cannot_draw(kind: str, broken: bool) -> None:
    if broken:
        live.draws(kind)(_draw_nothing)
    else:
        del live._drawers[kind]


def _draw_nothing(events: Sequence[Event]) -> dict[int, live.Draw]:
    raise RuntimeError("cannot be drawn")


def forget(stream: str, seqs: list[int]) -> None:
    Event.objects.filter(stream=stream, seq__in=seqs).delete()


def say_and_tell_later(room: int, author: int) -> None:
    announcers, events._announcers = events._announcers, [_untold.update]
    try:
        post_message(
            actor=User.objects.get(pk=author),
            room=Room.objects.get(pk=room),
            body="Not told yet",
            client_id=f"later-{room}",
        )
    finally:
        events._announcers = announcers


def tell() -> None:
    events._announce(_untold)


# --- Preparations -----------------------------------------------------------------------------------


def tell_nobody() -> None:
    """As if every hint of this process got lost."""
    events._announcers.clear()


def take_time_and_never_sweep() -> None:
    """Between an answer about permissions and what is done with it lies a while."""
    access.identify = _slow(access.identify)
    access.may_open = _slow(access.may_open)
    Sweep.run = _never  # type: ignore[assignment,method-assign]


def _slow(ask: Callable[P, T]) -> Callable[P, T]:
    def ask_and_wait(*args: P.args, **kwargs: P.kwargs) -> T:
        answer = ask(*args, **kwargs)
        _asked.append(ask.__name__)
        time.sleep(A_WHILE)
        return answer

    return ask_and_wait


async def _never(sweep: Sweep) -> None:
    await asyncio.Event().wait()


def times_asked(name: str) -> int:
    return _asked.count(name)


# --- A room that keeps its past from newcomers --------------------------------------------------------


def hide_the_past_from_newcomers(room: int) -> None:
    owner = User.objects.get(room_memberships__room=room, room_memberships__role=RoomRole.OWNER)
    change_room(actor=owner, room=Room.objects.get(pk=room), history=History.JOINING)


def first_message_of(room: int) -> int:
    return Message.objects.get(room=room, number=1).pk


def end_session_in(key: str, seconds: float) -> None:
    ends = clock.now() + dt.timedelta(seconds=seconds)
    Session.objects.filter(session_key=key).update(expire_date=ends)


# --- Failures ---------------------------------------------------------------------------------------


def hide_memberships(hidden: bool) -> None:
    """Asking for them fails, as it does when the database is in trouble."""
    names = [RoomMembership._meta.db_table, "hidden"]
    before, after = names if hidden else names[::-1]
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {before} RENAME TO {after}")


def sockets_of(user_id: int) -> int:
    assert hub._hub
    return sum(socket.user.pk == user_id for socket in hub._hub.sockets)
