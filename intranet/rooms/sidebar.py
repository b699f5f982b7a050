"""The list of one's rooms, with what each of them has for one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext, pgettext_lazy

from intranet.people.models import User
from intranet.rooms.models import Kind, Room, RoomMembership
from intranet.rooms.permissions import can_create_somewhere
from intranet.rooms.presence import online
from intranet.rooms.reading import Reading, readings

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
    starred: bool
    reading: Reading
    current: bool

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
    rows: list[Row]


class Sidebar(TypedDict):
    sections: list[Section]
    people_here: set[int]
    total_unread: int
    total_mentions: int
    may_create: bool


def sidebar(user: User, *, current: int | None = None) -> Sidebar:
    """In a constant number of queries. What is archived can be found, but wants nothing from anybody."""
    memberships = list(RoomMembership.objects.sidebar_of(user))
    others = people_of([each.room for each in memberships if each.room.is_direct], seen_by=user)
    state = readings(memberships)
    rows = [_row(each, others.get(each.room_id, []), state[each.room_id], current) for each in memberships]
    sections = [_section(key, rows) for key in LABELS]
    open_rows = [row for row in rows if not row.room.is_archived]
    return Sidebar(
        sections=[section for section in sections if section["rows"]],
        people_here=online(person.pk for people in others.values() for person in people),
        total_unread=sum(row.unread for row in open_rows),
        total_mentions=sum(row.mentions for row in open_rows),
        may_create=bool(can_create_somewhere(user)),
    )


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


def _row(membership: RoomMembership, others: list[User], reading: Reading, current: int | None) -> Row:
    room = membership.room
    return Row(room, title_of(room, others), others, membership.starred, reading, room.pk == current)


def _section(key: str, rows: list[Row]) -> Section:
    mine = [row for row in rows if key == _key(row)]
    return Section(
        key=str(key), label=str(LABELS[key]), rows=sorted(mine, key=lambda row: row.title.casefold())
    )


def _key(row: Row) -> str:
    if row.room.is_archived:
        return "archived"
    return "starred" if row.starred else row.room.kind
