"""What the quick switcher finds: one's rooms, and the people whom one may write to. The browser matches."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypedDict, cast

from django.utils.translation import get_language

from intranet.people.models import User
from intranet.rooms.models import Room, RoomMembership
from intranet.rooms.permissions import people_in_reach
from intranet.rooms.sidebar import people_of, title_of
from intranet.rooms.spelling import spelled
from intranet.web.templatetags.shell import department, initials


class Target(TypedDict):
    id: int
    name: str
    also: str  # the name that people of the other language know
    pinyin: str
    initials: str


class RoomTarget(Target):
    archived: bool


class PersonTarget(Target):
    short: str
    hue: str
    home: str


class Switcher(TypedDict):
    rooms: list[RoomTarget]
    people: list[PersonTarget]


def switcher(user: User) -> Switcher:
    """In a constant number of queries; where one was last comes first."""
    entering = RoomMembership.objects.entering().filter(user=user).select_related("room")
    rooms = [each.room for each in entering.order_by("-read_at", "-pk")]
    others = people_of([room for room in rooms if room.is_direct], seen_by=user)
    found_as_room = {people[0].pk for people in others.values() if len(people) == 1} | {user.pk}
    people = people_in_reach(user).with_primary_department().order_by("name", "pk")
    return Switcher(
        rooms=[_room(room, others.get(room.pk, [])) for room in rooms],
        people=[_person(person) for person in people if person.pk not in found_as_room],
    )


def _room(room: Room, people: list[User]) -> RoomTarget:
    if room.is_direct:
        names, english = [each.name for each in people], [each.english_name for each in people]
        pinyin = " ".join(each.pinyin for each in people)
    else:
        names, english = [room.name], [room.english_name]
        pinyin = spelled(room.name)
    return RoomTarget(
        id=room.pk,
        name=title_of(room, people),
        also=_also(names, english),
        pinyin=pinyin,
        initials="".join(word[0] for word in pinyin.split()),
        archived=room.is_archived,
    )


def _person(person: User) -> PersonTarget:
    home = department(cast("Any", person))
    return PersonTarget(
        id=person.pk,
        name=person.display_name,
        also=_also([person.name], [person.english_name]),
        pinyin=person.pinyin,
        initials=person.initials,
        short=initials(person.display_name, "small"),
        hue=home.hue if home else "",
        home=home.display_name if home else "",
    )


def _also(names: Iterable[str], english: Iterable[str]) -> str:
    return " ".join(names if get_language() == "en" else english)
