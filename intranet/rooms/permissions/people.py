"""New rooms, and the people whom one may bring in."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F

from intranet.people.models import Department, Membership, Role, User
from intranet.people.models.user import UserQuerySet
from intranet.people.permissions import departments_where, holds
from intranet.rooms.models import Room, RoomMembership, SidebarSection
from intranet.rooms.permissions.refusals import NOT_FOUND, NOT_PERMITTED
from intranet.rooms.permissions.standing import CREATE, ENTER, STAFF
from intranet.verdicts import ALLOWED, Verdict


def can_create_somewhere(user: User) -> Verdict:
    return ALLOWED if departments_where(user, CREATE).exists() else NOT_PERMITTED


def homes_for_rooms(user: User) -> list[Department]:
    """A person's own departments in which they may create rooms, the primary one first."""
    own = departments_where(user, CREATE).filter(memberships__user=user)
    return list(own.order_by("-memberships__primary", "pk"))


def can_create(user: User, departments: Iterable[Department]) -> Verdict:
    """Whoever may create rooms in one of the departments that take part."""
    allowed = departments_where(user, CREATE).filter(pk__in=[department.pk for department in departments])
    return ALLOWED if allowed.exists() else NOT_PERMITTED


def can_reach(user: User, people: Iterable[User]) -> Verdict:
    """Write to them, bring them into a room."""
    ids = {person.pk for person in people} - {user.pk}
    return ALLOWED if ids <= set(people_in_reach(user).values_list("pk", flat=True)) else NOT_PERMITTED


def people_sharing_a_room(user: User) -> UserQuerySet:
    shared = RoomMembership.objects.filter(room__in=Room.objects.visible_to(user))
    return User.objects.active().filter(pk__in=shared.values("user"))


def people_in_reach(user: User) -> UserQuerySet:
    """Whom a person may find, write to and invite: staff everyone, guests those they share a room with."""
    if can_create_somewhere(user):
        return User.objects.active()
    return people_sharing_a_room(user)


def staff(departments: Iterable[Department] | None = None) -> UserQuerySet:
    """Everybody who is more than a guest in some department, or in one of these."""
    memberships = Membership.objects.filter(role__in=STAFF)
    if departments is not None:
        memberships = memberships.filter(department__in=departments)
    return User.objects.active().filter(pk__in=memberships.values("user"))


def heirs(rooms: Iterable[Room], *, instead_of: User | None = None) -> dict[int, User]:
    """For each room the manager who would own it: of the department that came first, and who may enter."""
    enter = holds(ENTER, department="department", user=F("user"))
    managers = Membership.objects.filter(
        enter,
        role=Role.MANAGER,
        user__is_active=True,
        department__room_links__room__in=[room.pk for room in rooms],
    ).exclude(user=instead_of)
    found: dict[int, int] = {}
    for room, user in managers.order_by("department__room_links", "pk").values_list(
        "department__room_links__room", "user"
    ):
        found.setdefault(room, user)
    people = User.objects.in_bulk(set(found.values()))
    return {room: people[user] for room, user in found.items()}


def can_arrange(user: User, section: SidebarSection) -> Verdict:
    return ALLOWED if section.user_id == user.pk else NOT_FOUND
