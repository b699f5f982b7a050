"""What sockets are allowed, asked of the database: at connect, at each action, at each sweep."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from types import SimpleNamespace
from typing import cast

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY, get_user
from django.contrib.sessions.models import Session
from django.http import HttpRequest

from intranet import clock
from intranet.people.models import User
from intranet.people.sessions import SessionStore
from intranet.rooms.models import RoomMembership


@dataclass(frozen=True)
class Identity:
    """Whose socket it is, and the session that it lives and dies with."""

    user: User
    session_key: str
    session_hash: str
    expires: dt.datetime


def identify(cookies: dict[str, str]) -> Identity | None:
    """The signed-in, active person of these cookies."""
    key = cookies.get(settings.SESSION_COOKIE_NAME)
    if not key:
        return None
    session = SessionStore(key)
    user = get_user(cast("HttpRequest", SimpleNamespace(session=session)))
    row = Session.objects.filter(session_key=session.session_key).first()
    if not isinstance(user, User) or not user.is_active or row is None:
        return None
    return Identity(user, row.session_key, session.get(HASH_SESSION_KEY, ""), row.expire_date)


def room_of(stream: str) -> int | None:
    """The room's id, where the stream is a room's."""
    prefix, _, key = stream.partition(".")
    return int(key) if prefix == "room" and key.isascii() and key.isdigit() and len(key) < 19 else None


def may_open(user_id: int, stream: str) -> bool:
    """One's own stream, and those of the rooms that one may enter."""
    if stream == f"user.{user_id}":
        return True
    room_id = room_of(stream)
    return (
        room_id is not None and RoomMembership.objects.entering().filter(user=user_id, room=room_id).exists()
    )


def history_after(user_id: int, stream: str) -> int | None:
    """After which message of the stream they read; nothing for whoever is not in the room any more."""
    if (room_id := room_of(stream)) is None:
        return 0
    memberships = RoomMembership.objects.filter(user=user_id, room=room_id)
    return memberships.values_list("history_after", flat=True).first()


def rooms_of(user_ids: Iterable[int]) -> dict[int, dict[int, int]]:
    """The rooms that each of these people may enter, and after which message they read there."""
    found: dict[int, dict[int, int]] = {user_id: {} for user_id in user_ids}
    for user_id, room_id, number in (
        RoomMembership.objects.entering().filter(user__in=found).values_list("user", "room", "history_after")
    ):
        found[user_id][room_id] = number
    return found


def valid(identities: Iterable[Identity]) -> set[str]:
    """The session keys that still stand: not ended, the person active, the password not changed since."""
    wanted = list(identities)
    standing = Session.objects.filter(
        session_key__in={each.session_key for each in wanted}, expire_date__gt=clock.now()
    )
    keys = set(standing.values_list("session_key", flat=True))
    users = User.objects.active().in_bulk({each.user.pk for each in wanted})
    hashes = {pk: user.get_session_auth_hash() for pk, user in users.items()}
    return {
        each.session_key
        for each in wanted
        if each.session_key in keys and hashes.get(each.user.pk) == each.session_hash
    }
