"""What the races have done and looked up inside the server: ids go in and out."""

from __future__ import annotations

from intranet.events.models import Event
from intranet.people.models import Department, User
from intranet.rooms import actions
from intranet.rooms.models import Room, RoomRole, Visibility


def make(department: int, owners: list[int], members: list[int], visibility: str) -> int:
    first, *others = (User.objects.get(pk=pk) for pk in owners)
    room = actions.create_project(
        actor=first,
        name="门",
        departments=[Department.objects.get(pk=department)],
        people=[*others, *User.objects.filter(pk__in=members)],
        visibility=Visibility(visibility),
    )
    for other in others:
        actions.set_role(actor=first, room=room, user=other, role=RoomRole.OWNER)
    return room.pk


def ask(room: int, user: int) -> None:
    actions.ask_to_join(actor=User.objects.get(pk=user), room=Room.objects.get(pk=room))


def owners(room: int) -> list[int]:
    return list(Room.objects.get(pk=room).memberships.owning().values_list("user_id", flat=True))


def members(room: int) -> list[int]:
    return list(Room.objects.get(pk=room).memberships.values_list("user_id", flat=True))


def happened(room: int) -> list[str]:
    return list(Event.objects.filter(stream=f"room.{room}").order_by("seq").values_list("kind", flat=True))
