"""Prints the people and rooms that it made: `python -m bench.seed PEOPLE ROOMS`."""

from __future__ import annotations

import json
import os
import sys
from typing import TypedDict

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings")
django.setup()

from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402

from intranet.events.publish import publishing  # noqa: E402
from intranet.people import actions  # noqa: E402
from intranet.people.models import Department, User  # noqa: E402
from intranet.rooms.actions import create_project  # noqa: E402

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


class Seed(TypedDict):
    people: list[int]
    rooms: list[int]
    sessions: list[str]


def make(people: int, rooms: int) -> Seed:
    """Everybody is in all rooms; every fourth person reads English."""
    department = actions.create_department(actor=None, name="研发部", english_name="R&D", hue="blue")
    users = [_person(number, department) for number in range(people)]
    made = [
        create_project(actor=users[0], name=f"项目 {number}", departments=[department], people=users)
        for number in range(rooms)
    ]
    return Seed(
        people=[user.pk for user in users],
        rooms=[room.pk for room in made],
        sessions=[_session(user) for user in users],
    )


def _person(number: int, department: Department) -> User:
    user = actions.create_user(
        actor=None,
        username=f"person{number}",
        name=f"李雷{number}",
        english_name=f"Lei Li {number}",
        locale="zh-hans" if number % 4 else "en",
    )
    actions.join_department(actor=None, user=user, department=department)
    return user


def _session(user: User) -> str:
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return session.session_key or ""


if __name__ == "__main__":
    with publishing():
        made = make(*map(int, sys.argv[1:]))
    print(json.dumps(made))
