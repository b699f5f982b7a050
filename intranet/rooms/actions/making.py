"""New rooms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from intranet.events.publish import publish, publishing
from intranet.events.values import values_of
from intranet.people.models import Department, User
from intranet.rooms import permissions
from intranet.rooms.actions.entering import bring_departments, bring_in
from intranet.rooms.actions.state import settle
from intranet.rooms.models import (
    DIRECT_SIZE,
    History,
    Kind,
    Room,
    RoomDepartment,
    RoomRole,
    Visibility,
)
from intranet.verdicts import require


def create_project(
    *,
    actor: User,
    name: str,
    departments: Sequence[Department],
    people: Sequence[User] = (),
    english_name: str = "",
    topic: str = "",
    visibility: str = Visibility.PRIVATE,
    history: str = History.EVERYTHING,
) -> Room:
    """A room of several departments; its maker owns it."""
    room = Room(
        kind=Kind.PROJECT,
        name=name,
        english_name=english_name,
        topic=topic,
        visibility=visibility,
        history=history,
    )
    return _create(actor, room, departments, people)


def create_topic(
    *,
    actor: User,
    name: str,
    departments: Sequence[Department] = (),
    people: Sequence[User] = (),
    english_name: str = "",
    topic: str = "",
) -> Room:
    """An open room for whoever in the company cares. Its maker's department answers for it."""
    room = Room(
        kind=Kind.TOPIC, name=name, english_name=english_name, topic=topic, visibility=Visibility.COMPANY
    )
    return _create(actor, room, departments or permissions.homes_for_rooms(actor)[:1], people)


def _create(actor: User, room: Room, departments: Sequence[Department], people: Sequence[User]) -> Room:
    require(permissions.can_create(actor, departments))
    require(permissions.can_reach(actor, people))
    settle(room)
    room.full_clean()
    with publishing():
        room.save()
        RoomDepartment.objects.bulk_create(RoomDepartment(room=room, department=each) for each in departments)
        after = values_of(room, ("name", "english_name", "topic", "visibility"))
        publish("rooms.room.created", stream=room.stream, actor=actor, after=after, room=room.pk)
        bring_in(actor, room, [actor], role=RoomRole.OWNER)
        bring_departments(room, people)
        bring_in(actor, room, people)
    return room


def create_department_room(*, department: Department) -> Room:
    """Every department has one; its members follow the department."""
    with publishing():
        room = Room.objects.create(
            kind=Kind.DEPARTMENT, name=department.name, english_name=department.english_name
        )
        RoomDepartment.objects.create(room=room, department=department)
        publish("rooms.room.created", stream=room.stream, actor=None, room=room.pk)
    return room


def unmake_department_room(*, department_room: Room) -> None:
    """For an import that is undone: nobody has been in it yet."""
    with publishing():
        publish("rooms.room.unmade", stream=department_room.stream, actor=None, room=department_room.pk)
        department_room.delete()


def create_company_room(
    *, owners: Sequence[User], name: str, english_name: str = "", topic: str = ""
) -> Room:
    """The one room of everybody on the staff; its owners and moderators post. Made when the company is."""
    room = Room(kind=Kind.COMPANY, name=name, english_name=english_name, topic=topic)
    room.full_clean()
    with publishing():
        room.save()
        publish("rooms.room.created", stream=room.stream, actor=None, room=room.pk)
        bring_in(None, room, owners, role=RoomRole.OWNER)
        bring_in(None, room, permissions.staff())
    return room


def open_direct(*, actor: User, people: Iterable[User]) -> Room:
    """The conversation of exactly these people, made on its first use."""
    everyone = {actor.pk: actor} | {person.pk: person for person in people}
    if not 2 <= len(everyone) <= DIRECT_SIZE:
        raise ValidationError(_("Choose one to eight people."), code="people")
    require(permissions.can_reach(actor, everyone.values()))
    key = "-".join(map(str, sorted(everyone)))
    if (room := Room.objects.filter(direct_key=key).first()) is not None:
        return room
    with publishing():
        room, created = Room.objects.get_or_create(direct_key=key, defaults={"kind": Kind.DIRECT})
        if created:
            publish("rooms.room.created", stream=room.stream, actor=actor, room=room.pk)
            bring_in(actor, room, everyone.values())
    return room
