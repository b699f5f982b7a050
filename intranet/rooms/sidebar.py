"""The list of one's rooms, with what each of them has for one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypedDict

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from intranet.people.models import User
from intranet.people.pinyin import syllables_of
from intranet.rooms.models import (
    Kind,
    Room,
    RoomMembership,
    SidebarPreferences,
    SidebarSection,
    SidebarSort,
)
from intranet.rooms.permissions import can_create_somewhere
from intranet.rooms.presence import online
from intranet.rooms.reading import Reading, latest, readings
from intranet.rooms.spelling import spelled

LABELS: dict[str, str | Promise] = {
    "starred": _("Starred"),
    Kind.COMPANY: _("Company"),
    Kind.DEPARTMENT: _("Departments"),
    Kind.PROJECT: pgettext_lazy("sidebar", "Projects · cross-department"),
    Kind.TOPIC: _("Open topics"),
    Kind.DIRECT: _("Direct messages"),
    "archived": _("Archived"),
}


@dataclass(frozen=True)
class Row:
    room: Room
    title: str
    people: list[User]
    membership: RoomMembership
    reading: Reading
    current: bool
    latest: dt.datetime

    @property
    def starred(self) -> bool:
        return self.membership.starred

    @property
    def muted(self) -> bool:
        return self.membership.muted

    @property
    def calls(self) -> bool:
        """Whether its unread messages ask to be read; those of a muted or an archived room do not."""
        return self.unread > 0 and not (self.muted or self.room.is_archived)

    @property
    def number(self) -> int:
        return self.reading.number

    @property
    def pointer(self) -> int:
        return self.reading.pointer

    @property
    def unread(self) -> int:
        return self.reading.unread

    @property
    def mentions(self) -> int:
        return self.reading.mentions


class Section(TypedDict):
    key: str
    label: str
    own: SidebarSection | None
    folded: bool
    rows: list[Row]


class Sidebar(TypedDict):
    sections: list[Section]
    own_sections: list[SidebarSection]
    preferences: SidebarPreferences
    people_here: set[int]
    total_unread: int
    total_mentions: int
    may_create: bool


def sidebar(user: User, *, current: int | None = None) -> Sidebar:
    """In a constant number of queries. What is archived can be found, but wants nothing from anybody."""
    preferences = SidebarPreferences.objects.filter(user=user).first() or SidebarPreferences(user=user)
    own = list(SidebarSection.objects.filter(user=user))
    rows = _rows(user, current, by_activity=preferences.sort == SidebarSort.ACTIVITY)
    open_rows = [row for row in rows if not row.room.is_archived]
    return Sidebar(
        sections=_sections(rows, own, preferences),
        own_sections=own,
        preferences=preferences,
        people_here=online(person.pk for row in rows if row.room.is_direct for person in row.people),
        total_unread=sum(row.unread for row in open_rows if row.calls),
        total_mentions=sum(row.mentions for row in open_rows),
        may_create=bool(can_create_somewhere(user)),
    )


def section_keys(user: User) -> list[str]:
    return [*map(str, LABELS), *(own.key for own in SidebarSection.objects.filter(user=user))]


def people_of(rooms: list[Room], *, seen_by: User) -> dict[int, list[User]]:
    """The other people of direct rooms, by room id."""
    people = User.objects.with_primary_department()
    found: dict[int, list[User]] = {room.pk: [] for room in rooms}
    memberships = RoomMembership.objects.filter(room__in=rooms).exclude(user=seen_by)
    by_id = people.in_bulk(memberships.values_list("user_id", flat=True)) if rooms else {}
    for membership in memberships.order_by("user__name"):
        found[membership.room_id].append(by_id[membership.user_id])
    return found


def title_of(room: Room, others: list[User]) -> str:
    """A conversation between people is called by the others' names."""
    if not room.is_direct:
        return room.display_name
    separator = pgettext("between names", ", ")
    return separator.join(person.display_name for person in others)


def _rows(user: User, current: int | None, *, by_activity: bool) -> list[Row]:
    memberships = list(RoomMembership.objects.sidebar_of(user))
    others = people_of([each.room for each in memberships if each.room.is_direct], seen_by=user)
    state = readings(memberships)
    moments = latest(each.room_id for each in memberships) if by_activity else {}
    rows = []
    for membership in memberships:
        room, people = membership.room, others.get(membership.room_id, [])
        moment = moments.get(room.pk, room.created_at)
        title = title_of(room, people)
        rows.append(Row(room, title, people, membership, state[room.pk], room.pk == current, moment))
    rows.sort(key=_name)
    return sorted(rows, key=_activity) if by_activity else rows


def _name(row: Row) -> str:
    return syllables_of(row.title) if row.room.is_direct else spelled(row.title)


def _activity(row: Row) -> tuple[bool, float]:
    """The latest first; a muted room that does not name one comes after those that are not."""
    return row.muted and not row.mentions, -row.latest.timestamp()


def _sections(
    rows: list[Row], own: Iterable[SidebarSection], preferences: SidebarPreferences
) -> list[Section]:
    """The starred rooms, one's own sections (also an empty one: rooms go there), then the rest by kind."""
    headings: dict[str, tuple[str | Promise, SidebarSection | None]] = {
        "starred": (LABELS["starred"], None),
        **{each.key: (each.name, each) for each in own},
        **{key: (label, None) for key, label in LABELS.items() if key != "starred"},
    }
    by_key: dict[str, list[Row]] = {str(key): [] for key in headings}
    for row in rows:
        by_key.get(_key(row), by_key[row.room.kind]).append(row)  # a section may have gone meanwhile
    return [
        Section(key=str(key), label=str(label), own=mine, folded=key in preferences.folded, rows=by_key[key])
        for key, (label, mine) in headings.items()
        if by_key[key] or mine
    ]


def _key(row: Row) -> str:
    if row.room.is_archived:
        return "archived"
    if row.starred:
        return "starred"
    section = row.membership.section_id
    return row.room.kind if section is None else f"own-{section}"
