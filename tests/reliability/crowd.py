"""Many at once, inside a process of the product: what tests of this folder call there."""

from __future__ import annotations

import contextlib
import multiprocessing
import random
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper

from chat import actions as chat
from chat.models import Mention, Message
from intranet.events import log
from intranet.events.models import Event, Pending, Stream
from intranet.people import actions as people
from intranet.people.models import Department, Membership, User
from intranet.rooms import actions as rooms
from intranet.rooms.models import Room, RoomRole
from intranet.verdicts import Denied
from tests import scenes
from tests.scenes import Scene

_fork = multiprocessing.get_context("fork")
# Refusals that are right when somebody else was first.
OVERTAKEN = (Denied, Message.DoesNotExist, Membership.DoesNotExist)


def together(functions: list[Callable[[], object]]) -> list[str]:
    """Each in a process of its own, all starting at the same moment; what went wrong in them."""
    _let_go_of_the_database()
    start, wrong = _fork.Barrier(len(functions)), _fork.SimpleQueue()
    processes = [_fork.Process(target=_run, args=(function, start, wrong)) for function in functions]
    for process in processes:
        process.start()
    found = [wrong.get() for _ in processes]
    for process in processes:
        process.join()
    return [each for each in found if each]


def _let_go_of_the_database() -> None:
    """Neither a connection nor the pool's threads survive a fork."""
    for connection in connections.all():
        connection.close()
        if isinstance(connection, DatabaseWrapper):
            connection.close_pool()


def _run(function: Callable[[], object], start: Any, wrong: Any) -> None:
    try:
        start.wait()
        function()
        wrong.put("")
    except BaseException as error:  # noqa: BLE001 (it is the finding)
        wrong.put(f"{type(error).__name__}: {error}")


# --- Writers ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Written:
    errors: list[str]
    seqs: list[int]
    numbers: list[int]
    followed: list[int]
    seconds: float


def write_together(*, writers: int, each: int) -> Written:
    """One room, a person per writer, and a follower who reads the log as the hub does."""
    scene = scenes.scene(people_count=writers)
    first = log.heads([scene.stream])[scene.stream]
    following = _fork.SimpleQueue()
    follower = _fork.Process(target=_follow, args=(scene.stream, first, first + writers * each, following))
    _let_go_of_the_database()
    follower.start()
    started = time.monotonic()
    errors = together([_Writer(person.pk, scene.room, each) for person in scene.people])
    seconds = time.monotonic() - started
    followed = [] if errors else following.get()
    follower.kill()
    said = Event.objects.filter(stream=scene.stream, seq__gt=first).order_by("seq")
    numbers = [each.number or 0 for each in Message.objects.filter(room=scene.room).order_by("number")]
    return Written(errors, list(said.values_list("seq", flat=True)), numbers, followed, seconds)


@dataclass(frozen=True)
class _Writer:
    user: int
    room: int
    count: int

    def __call__(self) -> None:
        scenes.post_many(self.user, self.room, self.count)


def _follow(stream: str, position: int, upto: int, seen: Any) -> None:
    followed: list[int] = []
    while position < upto:
        for event in log.since({stream: position}, limit=1000):
            followed.append(event.seq)
            position = event.seq
        time.sleep(0.002)
    seen.put(followed)


# --- Actions over several rooms ---------------------------------------------------------------------


def act_over_each_other(*, actors: int, each: int) -> list[str]:
    """HR moves people who talk, edit and manage rooms; what went wrong, but for being overtaken."""
    one, other = scenes.scene(people_count=4), scenes.scene(people_count=4)
    for scene in (one, other):
        room = Room.objects.get(pk=scene.room)
        guests = other.people if scene is one else one.people
        rooms.invite(
            actor=User.objects.get(pk=scene.people[0].pk),
            room=room,
            people=list(User.objects.filter(pk__in=[guest.pk for guest in guests])),
        )
    return together([_Actor(seed, one, other, each) for seed in range(actors)])


@dataclass(frozen=True)
class _Actor:
    seed: int
    one: Scene
    other: Scene
    count: int

    def __call__(self) -> None:
        chance = random.Random(self.seed)
        deeds = (_say, _say, _say_and_edit, _star, _set_role, _join_and_leave, _move, _everywhere, _rename)
        for _ in range(self.count):
            here, there = chance.sample([self.one, self.other], 2)
            owner, *others = (User.objects.get(pk=person.pk) for person in here.people)
            with contextlib.suppress(*OVERTAKEN):
                chance.choice(deeds)(chance, here, there, owner, chance.choice(others))


def _say(chance: random.Random, here: Scene, there: Scene, owner: User, user: User) -> None:
    scenes.post(user.pk, here.room, "In passing.", uuid.uuid4().hex)


def _say_and_edit(chance: random.Random, here: Scene, there: Scene, owner: User, user: User) -> None:
    message = Message.objects.get(pk=scenes.post(user.pk, there.room, "First.", uuid.uuid4().hex))
    chat.edit_message(actor=user, message=message, body="Second.", version=1)
    chat.delete_message(actor=user, message=Message.objects.get(pk=message.pk))


def _star(chance: random.Random, here: Scene, there: Scene, owner: User, user: User) -> None:
    for scene in (here, there):
        rooms.star(actor=user, room=Room.objects.get(pk=scene.room), starred=chance.random() < 0.5)


def _set_role(chance: random.Random, here: Scene, there: Scene, owner: User, user: User) -> None:
    role = chance.choice(RoomRole.values)
    rooms.set_role(actor=owner, room=Room.objects.get(pk=here.room), user=user, role=role)


def _join_and_leave(chance: random.Random, here: Scene, there: Scene, owner: User, user: User) -> None:
    room = Room.objects.get(pk=here.room)
    rooms.remove_member(actor=owner, room=room, user=user)
    rooms.invite(actor=owner, room=room, people=[user])


def _move(chance: random.Random, here: Scene, there: Scene, owner: User, user: User) -> None:
    """Into another department and back: its rooms come and go."""
    away, home = (Department.objects.get(pk=scene.department) for scene in (there, here))
    for department in (away, home):
        membership = Membership.objects.filter(user=user).earliest("pk")
        people.transfer(actor=None, membership=membership, department=department)


def _everywhere(chance: random.Random, here: Scene, there: Scene, owner: User, user: User) -> None:
    """In the department rooms as well, in any order."""
    mine = list(Room.objects.visible_to(user))
    for room in chance.sample(mine, len(mine)):
        scenes.post(user.pk, room.pk, "To all.", uuid.uuid4().hex)


def _rename(chance: random.Random, here: Scene, there: Scene, owner: User, user: User) -> None:
    people.change_user(actor=None, user=user, email=f"{uuid.uuid4().hex}@tongxin.example")


# --- Listeners --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Seen:
    mentions: int
    told: int
    parked: int


def name_all(scene: Scene, count: int) -> None:
    """Messages that name everybody but their author."""
    author, *named = scene.people
    for _ in range(count):
        body = " ".join(f"@{person.username}" for person in named)
        scenes.post(author.pk, scene.room, body, uuid.uuid4().hex)


def name_and_take_back(scene: Scene, count: int) -> None:
    """Whoever is named is named no more before anybody could tell them."""
    author = User.objects.get(pk=scene.people[0].pk)
    for _ in range(count):
        pk = scenes.post(author.pk, scene.room, f"@{scene.people[1].username}", uuid.uuid4().hex)
        chat.edit_message(actor=author, message=Message.objects.get(pk=pk), body="Nobody.", version=1)


def waiting() -> int:
    return Pending.objects.filter(parked=False).count()


def seen(scene: Scene) -> Seen:
    told = Event.objects.filter(kind="chat.mention.added", stream__in=[each.stream for each in scene.people])
    return Seen(
        mentions=Mention.objects.filter(room=scene.room).count(),
        told=told.count(),
        parked=Pending.objects.filter(parked=True).count(),
    )


def streams_without_gaps() -> bool:
    """Every stream has exactly the numbers up to its head."""
    heads = Stream.objects.values_list("name", "seq")
    return all(
        list(Event.objects.filter(stream=name).order_by("seq").values_list("seq", flat=True))
        == list(range(1, head + 1))
        for name, head in heads
    )
