from __future__ import annotations

from collections.abc import Collection, Sequence

from intranet.events.publish import publish, publishing
from intranet.people.models import Department, User
from intranet.rooms import permissions
from intranet.rooms.actions.entering import bring_departments, bring_in, hold, take_out
from intranet.rooms.actions.making import open_direct
from intranet.rooms.models import Room, RoomDepartment, RoomQuerySet, RoomRole
from intranet.rooms.permissions import standing
from intranet.verdicts import require


def invite(
    *, actor: User, room: Room, people: Sequence[User] = (), departments: Sequence[Department] = ()
) -> Room:
    """Bring people in, or whoever is in a department today; its guests are not meant.

    A group of direct messages that gains somebody goes on as a new conversation.
    """
    require(permissions.can_invite(standing(actor, room)))
    if room.is_direct:
        return open_direct(actor=actor, people=[*room.members.filter(is_active=True), *people])
    everyone = {person.pk: person for person in (*people, *permissions.staff(departments))}
    require(permissions.can_reach(actor, everyone.values()))
    with publishing():
        room = hold(room)
        require(permissions.can_invite(standing(actor, room)))
        for department in () if room.is_public else departments:
            RoomDepartment.objects.get_or_create(room=room, department=department)
        bring_departments(room, everyone.values())
        bring_in(actor, room, everyone.values())
    return room


def remove_member(*, actor: User, room: Room, user: User) -> None:
    with publishing():
        room = hold(room)
        member = room.memberships.filter(user=user).first()
        require(permissions.can_remove(standing(actor, room), member))
        _require_another_owner(room, than=user, acting=actor)
        take_out(actor, room, user)


def leave(*, actor: User, room: Room) -> None:
    with publishing():
        room = hold(room)
        require(permissions.can_leave(standing(actor, room)))
        take_out(actor, room, actor)


def set_role(*, actor: User, room: Room, user: User, role: str) -> None:
    """Make somebody owner, moderator or member; the last owner stays one."""
    with publishing():
        room = hold(room)
        require(permissions.can_change_roles(standing(actor, room)))
        if role != RoomRole.OWNER:
            _require_another_owner(room, than=user, acting=actor)
        _change_role(actor, room, user, role)


def hand_over(*, actor: User, room: Room, user: User) -> None:
    """Somebody else owns the room instead, who must be able to: at no moment has it no owner."""
    with publishing():
        room = hold(room)
        require(permissions.can_hand_over(standing(actor, room)))
        require(permissions.can_own(room.memberships.entering().filter(user=user).first()))
        _change_role(actor, room, user, RoomRole.OWNER)
        if user != actor:
            _change_role(actor, room, actor, RoomRole.MEMBER)


def _change_role(actor: User | None, room: Room, user: User, role: str) -> None:
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


def _require_another_owner(room: Room, *, than: User, acting: User) -> None:
    if list(room.memberships.owning().values_list("user", flat=True)) == [than.pk]:
        require(permissions.LAST_OWNER if than == acting else permissions.LAST_OWNER_STAYS)


def follow(*, room: Room, user: User) -> None:
    """For the hooks of people's actions: who is in the department, or the company, is in its room."""
    with publishing():
        bring_in(None, room, [user])


def stop_following(*, room: Room, user: User) -> None:
    with publishing():
        take_out(None, room, user)


def close_department(*, user: User, department: Department, kept: Collection[int]) -> None:
    """Of the rooms that only this department opened to the person, all but the kept ones."""
    others = Department.objects.filter(memberships__user=user).exclude(pk=department.pk)
    closing = Room.objects.filter(members=user, departments=department)
    with publishing():
        for room in closing.exclude(departments__in=others).exclude(pk__in=kept).order_by("pk"):
            take_out(None, room, user)


def find_owners(*, rooms: RoomQuerySet) -> None:
    """Rooms that nobody owns any more go to the manager of a department of theirs, if there is one."""
    with publishing():
        for room in rooms.ownerless().order_by("pk"):
            if (heir := permissions.heirs([room]).get(room.pk)) is not None:
                bring_in(None, room, [heir])
                _change_role(None, room, heir, RoomRole.OWNER)
