"""How people come into a room and out of it, whatever it is that brings them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import IntegrityError, transaction

from intranet.events.log import numbers
from intranet.events.publish import publish
from intranet.people.models import User
from intranet.rooms.models import History, JoinRequest, Room, RoomDepartment, RoomMembership, RoomRole


def hold(room: Room) -> Room:
    """The room as it is now, until the end of the transaction: who comes, goes or changes it waits."""
    return Room.objects.select_for_update(no_key=True).get(pk=room.pk)


def bring_departments(room: Room, people: Iterable[User]) -> None:
    """Whoever no department of the room stands for brings their own department in."""
    if room.is_public:
        return
    present = set(room.department_links.values_list("department_id", flat=True))
    for person in people:
        own = list(person.memberships.order_by("-primary").values_list("department_id", flat=True))
        if own and present.isdisjoint(own):
            RoomDepartment.objects.get_or_create(room=room, department_id=own[0])
            present.add(own[0])


def bring_in(actor: User | None, room: Room, people: Iterable[User], *, role: str = RoomRole.MEMBER) -> None:
    """Reading starts at joining: what was said before is not unread, and in some rooms not theirs to see."""
    wanted = sorted((person for person in people if person.is_active), key=lambda person: person.pk)
    try:
        joining = _add(room, wanted, role)
    except IntegrityError:  # somebody else brought some of them in at the same moment
        joining = _add(room, wanted, role)
    JoinRequest.objects.filter(room=room, user__in=joining).delete()
    for person in joining:
        publish("rooms.member.joined", stream=room.stream, actor=actor, room=room.pk, user=person.pk)
        publish("rooms.membership.started", stream=person.stream, actor=actor, room=room.pk)


def _add(room: Room, people: Iterable[User], role: str) -> list[User]:
    """Those of them who were not in the room yet."""
    last = numbers([room.stream]).get(room.stream, 0)
    hidden = last if room.history == History.JOINING else 0
    present = set(room.memberships.values_list("user_id", flat=True))
    joining = [person for person in people if person.pk not in present]
    with transaction.atomic():
        RoomMembership.objects.bulk_create(
            RoomMembership(room=room, user=person, role=role, pointer=last, history_after=hidden)
            for person in joining
        )
    return joining


def take_out(actor: User | None, room: Room, user: User) -> None:
    deleted, _rows = RoomMembership.objects.filter(room=room, user=user).delete()
    if deleted:
        publish("rooms.member.left", stream=room.stream, actor=actor, room=room.pk, user=user.pk)
        publish("rooms.membership.ended", stream=user.stream, actor=actor, room=room.pk)
