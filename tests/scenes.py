"""What tests call inside processes of the product: ids go in and out, rows do not travel."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

from chat.actions import post_message
from intranet.events import log
from intranet.people import actions as people
from intranet.people.models import Department, User
from intranet.rooms import actions as room_actions
from intranet.rooms.models import Room

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@dataclass(frozen=True)
class Person:
    pk: int
    username: str
    session: str

    @property
    def stream(self) -> str:
        return f"user.{self.pk}"


@dataclass(frozen=True)
class Scene:
    """A department, some of its people, and a room that all of them are in; the first one owns it."""

    department: int
    room: int
    people: tuple[Person, ...]

    @property
    def stream(self) -> str:
        return f"room.{self.room}"


def scene(*, people_count: int, locale: str = "zh-hans") -> Scene:
    tag = uuid.uuid4().hex[:8]
    department = people.create_department(actor=None, name=f"部门{tag}", english_name=f"Department {tag}")
    everyone = [_user(f"{tag}-{number}", department, locale) for number in range(people_count)]
    room = room_actions.create_project(
        actor=everyone[0], name=f"项目{tag}", departments=[department], people=everyone
    )
    return Scene(
        department.pk, room.pk, tuple(Person(user.pk, user.username, sign_in(user.pk)) for user in everyone)
    )


def outsider() -> Person:
    """Somebody of a department of their own."""
    tag = uuid.uuid4().hex[:8]
    home = people.create_department(actor=None, name=f"外部门{tag}", english_name=f"Other {tag}")
    return person(department=home.pk)


def person(*, department: int | None = None, locale: str = "zh-hans") -> Person:
    """Somebody else, who is in no room but that of their department."""
    home = Department.objects.get(pk=department) if department else None
    user = _user(uuid.uuid4().hex[:8], home, locale)
    return Person(user.pk, user.username, sign_in(user.pk))


def _user(username: str, department: Department | None, locale: str) -> User:
    user = people.create_user(
        actor=None,
        time_zone="UTC",
        username=username,
        name=f"同事{username}",
        english_name=f"Colleague {username}",
        locale=locale,
    )
    if department is not None:
        people.join_department(actor=None, user=user, department=department)
    return user


def sign_in(user_id: int) -> str:
    """The rows that the sign-in form leaves behind, without its password hashing."""
    user = User.objects.get(pk=user_id)
    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = BACKEND
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    key = str(session.session_key)
    UserSession.objects.create(user=user, session_key=key, ip="127.0.0.1", user_agent="tests")
    return key


def post(user_id: int, room_id: int, body: str, client_id: str) -> int:
    actor, room = User.objects.get(pk=user_id), Room.objects.get(pk=room_id)
    return post_message(actor=actor, room=room, body=body, client_id=client_id).pk


def post_many(user_id: int, room_id: int, count: int, body: str = "Said many times.") -> list[int]:
    return [post(user_id, room_id, f"{body} {each}", uuid.uuid4().hex) for each in range(count)]


def rooms(scene: Scene, count: int) -> list[int]:
    """More rooms of the same people."""
    owner, *others = User.objects.filter(pk__in=[each.pk for each in scene.people])
    departments = [Department.objects.get(pk=scene.department)]
    return [
        room_actions.create_project(
            actor=owner, name=f"房间{each}", departments=departments, people=others
        ).pk
        for each in range(count)
    ]


def join(scene: Scene, *, locale: str = "zh-hans") -> Person:
    """One more in the room."""
    joined = person(department=scene.department, locale=locale)
    owner, user = User.objects.get(pk=scene.people[0].pk), User.objects.get(pk=joined.pk)
    room_actions.invite(actor=owner, room=Room.objects.get(pk=scene.room), people=[user])
    return joined


def head(stream: str) -> int:
    return log.heads([stream])[stream]
