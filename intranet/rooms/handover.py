"""Which rooms close when a person moves on, and who owns them then."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.people.handover import Concern, tells
from intranet.people.models import Department, User
from intranet.people.permissions import departments_where
from intranet.rooms.models import Kind, Room, RoomMembership
from intranet.rooms.permissions import ENTER, managers_of

KEY = "room."


@tells(gettext_lazy("Rooms that close"))
def rooms(user: User, leaving: Department | None) -> Iterator[Concern]:
    for room in _closing(user, leaving):
        follows = room.kind == Kind.DEPARTMENT
        detail = _("follows the department") if follows else ""
        keepable = leaving is not None and not follows
        yield Concern(str(room), detail, f"{KEY}{room.pk}" if keepable else "")


@tells(gettext_lazy("Rooms that lose their only owner"))
def ownerships(user: User, leaving: Department | None) -> Iterator[Concern]:
    for room in _closing(user, leaving):
        owners = list(room.memberships.owning().values_list("user", flat=True))
        if owners == [user.pk] and not room.is_archived:
            yield Concern(str(room), _heir(room, user))


def _closing(user: User, leaving: Department | None) -> list[Room]:
    """Everything, or what no other department of theirs opens to them."""
    entered = RoomMembership.objects.entering().filter(user=user).exclude(room__kind=Kind.DIRECT)
    found = Room.objects.filter(pk__in=entered.values("room")).order_by("name", "pk")
    if leaving is not None:
        others = departments_where(user, ENTER).exclude(pk=leaving.pk)
        found = found.filter(departments=leaving).exclude(departments__in=others)
    return list(found)


def _heir(room: Room, user: User) -> str:
    heir = managers_of(room).exclude(pk=user.pk).first()
    if heir is None:
        return _("nobody can take it over: HR is told")
    return _("goes to %(person)s") % {"person": heir}
