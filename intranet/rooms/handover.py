"""Which rooms close when a person moves on, and who owns them then."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.people.handover import Concern, tells
from intranet.people.models import Department, User
from intranet.people.permissions import departments_where
from intranet.rooms.models import Kind, Room, RoomMembership, RoomQuerySet
from intranet.rooms.permissions import ENTER, heirs

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
    others = RoomMembership.objects.owning().filter(room=OuterRef("pk")).exclude(user=user)
    own = RoomMembership.objects.owning().filter(user=user)
    closing = _closing(user, leaving).filter(archived_at=None, pk__in=own.values("room"))
    ownerless = list(closing.exclude(Exists(others)))
    inheriting = heirs(ownerless, instead_of=user)
    for room in ownerless:
        yield Concern(str(room), _heir(inheriting.get(room.pk)))


def _closing(user: User, leaving: Department | None) -> RoomQuerySet:
    """Everything, or what no other department of theirs opens to them."""
    entered = RoomMembership.objects.entering().filter(user=user).exclude(room__kind=Kind.DIRECT)
    found = Room.objects.filter(pk__in=entered.values("room")).order_by("name", "pk")
    if leaving is None:
        return found
    others = departments_where(user, ENTER).exclude(pk=leaving.pk)
    return found.filter(departments=leaving).exclude(departments__in=others)


def _heir(heir: User | None) -> str:
    if heir is None:
        return _("nobody can take it over: HR is told")
    return _("goes to %(person)s") % {"person": heir}
