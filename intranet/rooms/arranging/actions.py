"""Every write to how one person's list of rooms looks. Nobody else ever sees it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max, QuerySet
from django.utils.translation import gettext as _

from intranet.events.log import numbers
from intranet.events.publish import publish, publishing
from intranet.people.models import User
from intranet.rooms.arranging.undo import Moved
from intranet.rooms.models import Room, RoomMembership, SidebarPreferences, SidebarSection
from intranet.rooms.permissions import can_arrange
from intranet.rooms.reading import tell_read
from intranet.verdicts import require

MOST_SECTIONS = 30
ROWS_AT_ONCE = 100  # SQLite takes no statement of more than 1,000 parts

# --- How the list looks -----------------------------------------------------------------------------


def change_preferences(*, actor: User, **changes: Any) -> None:
    with publishing():
        SidebarPreferences.objects.update_or_create(user=actor, defaults=changes)
        _changed(actor)


def fold(*, actor: User, section: str, folded: bool) -> None:
    with publishing():
        kept, _created = SidebarPreferences.objects.select_for_update().get_or_create(user=actor)
        others = [key for key in kept.folded if key != section]
        kept.folded = [*others, section] if folded else others
        kept.save(update_fields=["folded"])
        _changed(actor)


# --- Sections ---------------------------------------------------------------------------------------


def make_section(*, actor: User, name: str, rooms: Collection[Room] = ()) -> SidebarSection:
    """At the end of one's own; `rooms` move there at once."""
    with publishing():
        own = SidebarSection.objects.filter(user=actor)
        if own.count() >= MOST_SECTIONS:
            text = _("More sections than these are not possible. Delete one first.")
            raise ValidationError(text, code="too_many_sections")
        last = own.aggregate(last=Max("position"))["last"]
        section = SidebarSection(user=actor, name=name, position=0 if last is None else last + 1)
        _save(section)
        place(actor=actor, rooms=rooms, section=section)
    return section


def rename_section(*, actor: User, section: SidebarSection, name: str) -> None:
    require(can_arrange(actor, section))
    with publishing():
        section.name = name
        _save(section)
        _changed(actor)


def _save(section: SidebarSection) -> None:
    section.full_clean()
    try:
        with transaction.atomic():
            section.save()
    except IntegrityError:  # made on another device at the same moment
        section.validate_constraints()
        raise


def move_section(*, actor: User, section: SidebarSection, step: int) -> None:
    """Up (-1) or down (1) among one's own."""
    require(can_arrange(actor, section))
    with publishing():
        own = list(SidebarSection.objects.filter(user=actor).select_for_update())
        at = own.index(section)
        own.insert(max(at + step, 0), own.pop(at))
        for position, each in enumerate(own):
            each.position = position
        SidebarSection.objects.bulk_update(own, ["position"])
        _changed(actor)


def delete_section(*, actor: User, section: SidebarSection) -> None:
    """Its rooms go back to where they usually are."""
    require(can_arrange(actor, section))
    with publishing():
        fold(actor=actor, section=section.key, folded=False)
        section.delete()
        _changed(actor)


# --- Rooms ------------------------------------------------------------------------------------------


def place(
    *, actor: User, rooms: Collection[Room], section: SidebarSection | None = None, starred: bool = False
) -> None:
    """Into a section of one's own, to the starred ones, or with neither to where they usually are."""
    if section is not None:
        require(can_arrange(actor, section))
    with publishing():
        mine = RoomMembership.objects.filter(user=actor, room__in=rooms)
        mine.update(section=section, starred=starred)
        _changed(actor)


def mute(*, actor: User, rooms: Collection[Room], muted: bool) -> None:
    """A muted room asks for nothing but what names one."""
    with publishing():
        RoomMembership.objects.filter(user=actor, room__in=rooms).update(muted=muted)
        _changed(actor)


def _changed(actor: User) -> None:
    publish("rooms.sidebar.changed", stream=actor.stream, actor=actor)


# --- Reading ----------------------------------------------------------------------------------------


def mark_all_read(*, actor: User) -> list[Moved]:
    """Every pointer goes to the last message; what comes of it is all that `take_back` needs.

    When one was last in a room stays as it was: one was not there.
    """
    with publishing():
        memberships = _held(RoomMembership.objects.entering().filter(user=actor, room__archived_at=None))
        last = numbers([f"room.{each.room_id}" for each in memberships])
        ends = [(each, last.get(f"room.{each.room_id}", 0)) for each in memberships]
        moved = [Moved(each.pk, each.pointer, end) for each, end in ends if each.pointer < end]
        _move(actor, memberships, {each.membership: each.after for each in moved})
    return moved


def take_back(*, actor: User, moved: Collection[Moved]) -> None:
    """The one way back for a read pointer: to before `mark_all_read`, where one has not read on since."""
    with publishing():
        memberships = _held(
            RoomMembership.objects.filter(user=actor, pk__in=[each.membership for each in moved])
        )
        pointers = {each.pk: each.pointer for each in memberships}
        unmoved = [each for each in moved if pointers.get(each.membership) == each.after]
        _move(actor, memberships, {each.membership: each.before for each in unmoved})
        if unmoved:
            publish("rooms.sidebar.unread", stream=actor.stream, actor=actor)


def _held(memberships: QuerySet[RoomMembership]) -> list[RoomMembership]:
    """Until the transaction ends, nobody else moves their pointers."""
    return list(memberships.select_for_update(no_key=True, of=("self",)).order_by("pk"))


def _move(actor: User, memberships: Iterable[RoomMembership], pointers: Mapping[int, int]) -> None:
    moved = [each for each in memberships if each.pk in pointers]
    for membership in moved:
        membership.pointer = pointers[membership.pk]
    RoomMembership.objects.bulk_update(moved, ["pointer"], batch_size=ROWS_AT_ONCE)
    transaction.on_commit(lambda: _tell(actor, moved))


def _tell(actor: User, memberships: Iterable[RoomMembership]) -> None:
    """One's other devices."""
    for membership in memberships:
        tell_read(user_id=actor.pk, room_id=membership.room_id)
