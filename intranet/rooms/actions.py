"""Every write to rooms and to who is in them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from intranet import clock
from intranet.events.log import numbers
from intranet.events.publish import publish, publishing
from intranet.events.values import values_of
from intranet.people.models import Department, User
from intranet.rooms import permissions
from intranet.rooms.models import (
    DIRECT_SIZE,
    Kind,
    Room,
    RoomDepartment,
    RoomMembership,
    RoomQuerySet,
    RoomRole,
)
from intranet.rooms.permissions import standing
from intranet.rooms.reading import tell_read
from intranet.verdicts import require

# --- Making rooms -----------------------------------------------------------------------------------


def create_project(
    *,
    actor: User,
    name: str,
    departments: Sequence[Department],
    people: Sequence[User] = (),
    english_name: str = "",
    topic: str = "",
) -> Room:
    """A room of several departments; its maker owns it."""
    require(permissions.can_create(actor, departments))
    require(permissions.can_reach(actor, people))
    room = Room(kind=Kind.PROJECT, name=name, english_name=english_name, topic=topic)
    room.full_clean()
    with publishing():
        room.save()
        RoomDepartment.objects.bulk_create(RoomDepartment(room=room, department=each) for each in departments)
        after = values_of(room, ("name", "english_name", "topic"))
        publish("rooms.room.created", stream=room.stream, actor=actor, after=after, room=room.pk)
        _add(actor, room, [actor], role=RoomRole.OWNER)
        _bring_departments(room, people)
        _add(actor, room, people)
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
            _add(actor, room, everyone.values())
    return room


# --- People in rooms --------------------------------------------------------------------------------


def invite(*, actor: User, room: Room, people: Sequence[User]) -> Room:
    """Bring people in. A group of direct messages that gains somebody goes on as a new conversation."""
    require(permissions.can_invite(standing(actor, room)))
    if room.is_direct:
        return open_direct(actor=actor, people=[*room.members.filter(is_active=True), *people])
    require(permissions.can_reach(actor, people))
    with publishing():
        _bring_departments(room, people)
        _add(actor, room, people)
    return room


def remove_member(*, actor: User, room: Room, user: User) -> None:
    _require_open_to(actor, room)
    if room.kind == Kind.DEPARTMENT:
        require(permissions.FOLLOWS)
    with publishing():
        _require_another_owner(room, than=user)
        _take_out(actor, room, user)


def leave(*, actor: User, room: Room) -> None:
    require(permissions.can_leave(standing(actor, room)))
    with publishing():
        _require_another_owner(room, than=actor)
        _take_out(actor, room, actor)


def set_role(*, actor: User, room: Room, user: User, role: str) -> None:
    """Make somebody owner or member; the last owner stays one."""
    _require_open_to(actor, room)
    with publishing():
        if role != RoomRole.OWNER:
            _require_another_owner(room, than=user)
        before = room.memberships.filter(user=user).values("role").first()
        room.memberships.filter(user=user).update(role=role)
        publish(
            "rooms.member.changed",
            stream=room.stream,
            actor=actor,
            before=before,
            after={"role": str(role)},
            room=room.pk,
            user=user.pk,
            role=str(role),
        )


def _require_open_to(actor: User, room: Room) -> None:
    at = standing(actor, room)
    require(permissions.can_change(at))
    require(permissions.can_manage(at))


def _require_another_owner(room: Room, *, than: User) -> None:
    """Owners who leave at the same moment wait for each other: the last of them stays."""
    owners = room.memberships.owning().select_for_update(no_key=True, of=("self",))
    if list(owners.values_list("user", flat=True)) == [than.pk]:
        require(permissions.LAST_OWNER)


def follow_department(*, room: Room, user: User) -> None:
    """For the hooks of people's actions: a department's member is in its room."""
    with publishing():
        _add(None, room, [user])


def stop_following(*, room: Room, user: User) -> None:
    with publishing():
        _take_out(None, room, user)


def close_department(*, user: User, department: Department, kept: Collection[int]) -> None:
    """Of the rooms that only this department opened to the person, all but the kept ones."""
    others = Department.objects.filter(memberships__user=user).exclude(pk=department.pk)
    closing = Room.objects.filter(members=user, departments=department)
    with publishing():
        for room in closing.exclude(departments__in=others).exclude(pk__in=kept).order_by("pk"):
            _take_out(None, room, user)


def find_owners(*, rooms: RoomQuerySet) -> None:
    """Rooms that nobody owns any more go to the manager of a department of theirs, if there is one."""
    with publishing():
        for room in rooms.ownerless().order_by("pk"):
            if (heir := permissions.heirs([room]).get(room.pk)) is not None:
                _add(None, room, [heir])
                room.memberships.filter(user=heir).update(role=RoomRole.OWNER)
                publish(
                    "rooms.member.changed",
                    stream=room.stream,
                    actor=None,
                    after={"role": str(RoomRole.OWNER)},
                    room=room.pk,
                    user=heir.pk,
                    role=str(RoomRole.OWNER),
                )


def _bring_departments(room: Room, people: Iterable[User]) -> None:
    """Whoever no department of the room stands for brings their own department in."""
    present = set(room.department_links.values_list("department_id", flat=True))
    for person in people:
        own = list(person.memberships.order_by("-primary").values_list("department_id", flat=True))
        if own and present.isdisjoint(own):
            RoomDepartment.objects.get_or_create(room=room, department_id=own[0])
            present.add(own[0])


def _add(actor: User | None, room: Room, people: Iterable[User], *, role: str = RoomRole.MEMBER) -> None:
    """Reading starts at joining: what was said before is there, but not unread."""
    wanted = sorted((person for person in people if person.is_active), key=lambda person: person.pk)
    try:
        joining = _bring_in(room, wanted, role)
    except IntegrityError:  # somebody else brought some of them in at the same moment
        joining = _bring_in(room, wanted, role)
    for person in joining:
        publish("rooms.member.joined", stream=room.stream, actor=actor, room=room.pk, user=person.pk)
        publish("rooms.membership.started", stream=person.stream, actor=actor, room=room.pk)


def _bring_in(room: Room, people: Iterable[User], role: str) -> list[User]:
    """Those of them who were not in the room yet."""
    pointer = numbers([room.stream]).get(room.stream, 0)
    present = set(room.memberships.values_list("user_id", flat=True))
    joining = [person for person in people if person.pk not in present]
    with transaction.atomic():
        RoomMembership.objects.bulk_create(
            RoomMembership(room=room, user=person, role=role, pointer=pointer) for person in joining
        )
    return joining


def _take_out(actor: User | None, room: Room, user: User) -> None:
    deleted, _rows = RoomMembership.objects.filter(room=room, user=user).delete()
    if deleted:
        publish("rooms.member.left", stream=room.stream, actor=actor, room=room.pk, user=user.pk)
        publish("rooms.membership.ended", stream=user.stream, actor=actor, room=room.pk)


# --- The room's state -------------------------------------------------------------------------------


def archive_room(*, actor: User, room: Room) -> None:
    """Readable for good, writable no more."""
    _require_manager(actor, room)
    if room.is_archived:
        return
    with publishing():
        room.archived_at = clock.now()
        room.save(update_fields=["archived_at"])
        publish(
            "rooms.room.archived",
            stream=room.stream,
            actor=actor,
            before={"archived_at": None},
            after={"archived_at": room.archived_at},
            room=room.pk,
        )


def restore_room(*, actor: User, room: Room) -> None:
    _require_manager(actor, room)
    if not room.is_archived:
        return
    with publishing():
        before = {"archived_at": room.archived_at}
        room.archived_at = None
        room.save(update_fields=["archived_at"])
        publish(
            "rooms.room.restored",
            stream=room.stream,
            actor=actor,
            before=before,
            after={"archived_at": None},
            room=room.pk,
        )


def _require_manager(actor: User, room: Room) -> None:
    """IT archives through the administration, by the model permission; room managers in the room."""
    if room.is_direct:
        require(permissions.ONE_TO_ONE)
    if not actor.has_perm("rooms.change_room"):
        require(permissions.can_manage(standing(actor, room)))


# --- One's own view of a room -----------------------------------------------------------------------


def star(*, actor: User, room: Room, starred: bool) -> None:
    with publishing():
        RoomMembership.objects.filter(room=room, user=actor).update(starred=starred)
        publish("rooms.membership.starred", stream=actor.stream, actor=actor, room=room.pk)


def mark_read(*, actor: User, room_id: int, number: int) -> None:
    """Move one's read pointer forward, at most to the last message. The pointer is the state: no event."""
    last = numbers([f"room.{room_id}"]).get(f"room.{room_id}", 0)
    moved = RoomMembership.objects.filter(room=room_id, user=actor).move_pointer(min(number, last))
    if moved:
        tell_read(user_id=actor.pk, room_id=room_id)
