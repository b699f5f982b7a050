"""Every address of the product, the objects that it can be asked for, and what a valid POST there carries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.urls import URLPattern, URLResolver, get_resolver

from intranet.audit.models import Record
from intranet.people.handover import today
from intranet.people.models import Membership, PlannedChange, User
from intranet.rooms.models import Room
from tests.permission_matrix.world import World

Fields = dict[str, Any]
ROOMS = ("own", "other", "archived", "department", "direct")
MESSAGES = ("own", "theirs", "other", "archived")
NOTHING = ("-",)


def routes() -> Iterator[str]:
    """As they stand in the URLconf. /healthz is answered before any of them."""
    yield "/healthz"
    for route in _walk(get_resolver().url_patterns):
        yield "/" + route


def _walk(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[str]:
    for each in patterns:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _walk(each.url_patterns, route)
        else:
            yield route


def objects(route: str) -> tuple[str, ...]:
    if "<int:user_id>" in route:
        return ("own", "last_owner", "other", "archived", "department", "direct")
    if "<int:room_id>" in route:
        return ROOMS
    if "<int:message_id>" in route:
        return MESSAGES
    if "<path:object_id>" not in route:
        return NOTHING
    if "/people/user/" in route:
        return ("own", "other", "superuser")
    if "/rooms/room/" in route:
        return ("own", "other", "archived", "direct")
    return ("own", "other") if "/usersession/" in route else ("other",)


def address(route: str, named: str, seat: str, world: World) -> str:
    """The route with its parameters filled in."""
    filled = route
    if "<int:room_id>" in route:
        room = world.room("own" if named == "last_owner" else named)
        target = getattr(world.cast, TARGETS.get(named, "guest"))
        filled = filled.replace("<int:room_id>", str(room.pk)).replace("<int:user_id>", str(target.pk))
    if "<int:message_id>" in route:
        filled = filled.replace("<int:message_id>", str(world.message(named, seat).pk))
    if "<int:membership_id>" in route:
        filled = filled.replace("<int:membership_id>", str(world.cast.guest.memberships.get().pk))
    if "<path:object_id>" in route:
        filled = filled.replace("<path:object_id>", str(_row(route, named, seat, world)))
    filled = filled.replace("<path:content_type_id>", str(ContentType.objects.get_for_model(Room).pk))
    return ODD.get(route, filled)


# Of those who are in the room: the one whom an address also names.
TARGETS = {"last_owner": "owner", "department": "owner", "direct": "member", "other": "stranger"}
ODD = {
    "/admin/^(?P<app_label>audit|rooms|people|usersessions)/$": "/admin/people/",
    "/admin/(?P<url>.*)$": "/admin/nothing/of/the/kind/",
    r"/accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": (
        "/accounts/password/reset/key/1-none/"
    ),
}


def _row(route: str, named: str, seat: str, world: World) -> int:
    if "/people/user/" in route:
        return _user(named, seat, world).pk
    if "/usersession/" in route:
        return world.session("owner" if named == "other" or seat == "anonymous" else seat).pk
    if "/department/" in route:
        return world.cast.research.pk
    if "/audit/record/" in route:
        return Record.objects.filter(person=world.cast.owner).latest("pk").pk
    if "/plannedchange/" in route:
        return _planned(world).pk
    if "/membership/" in route:
        return Membership.objects.get(user=world.cast.member).pk
    return world.room(named).pk


def _planned(world: World) -> PlannedChange:
    made: Fields = {"user": world.cast.member, "change": "leaving", "effective_on": dt.date(2099, 1, 1)}
    return PlannedChange.objects.get_or_create(**made)[0]


def _user(named: str, seat: str, world: World) -> User:
    if named == "own":
        return world.person(seat) or world.cast.owner
    return world.cast.superuser if named == "superuser" else world.cast.removed


# --- What is posted -----------------------------------------------------------------------------------


def fields(route: str, named: str, seat: str, world: World) -> Fields:
    make = POSTED.get(route)
    return make(named, seat, world) if make else {}


def _message(named: str, seat: str, world: World) -> Fields:
    return {"body": "Said again.", "version": world.message(named, seat).version}


def _new_room(named: str, seat: str, world: World) -> Fields:
    return {"name": "Retro", "departments": [world.cast.marketing.pk], "people": []}


def _user_form(named: str, seat: str, world: World) -> Fields:
    user = _user(named, seat, world)
    kept = ("username", "name", "english_name", "locale", "time_zone", "employment")
    changed = {"title": "Somebody else", "new_password": "", "offices": [], "_save": "1"}
    return {field: getattr(user, field) for field in kept} | changed | _rows("memberships")


def _new_user(named: str, seat: str, world: World) -> Fields:
    new = {"username": "new", "name": "新来", "locale": "en", "time_zone": "UTC", "employment": "active"}
    return new | {"new_password": "", "_save": "1"} | _rows("memberships")


def _rows(prefix: str) -> Fields:
    return {f"{prefix}-TOTAL_FORMS": 0, f"{prefix}-INITIAL_FORMS": 0}


def _department(name: str) -> Callable[[str, str, World], Fields]:
    def make(named: str, seat: str, world: World) -> Fields:
        granted = ["enter_rooms", "create_rooms", "post_messages", "invite_to_rooms"]
        roles = {f"grants_{role}": granted for role in ("member", "manager", "guest")}
        return {"name": name, "hue": "teal", "_save": "1"} | roles

    return make


def _membership(named: str, seat: str, world: World) -> Fields:
    own = {"user": world.cast.member.pk, "department": world.cast.research.pk, "role": "manager"}
    return own | {"primary": "on", "_save": "1"}


def _new_membership(named: str, seat: str, world: World) -> Fields:
    return _membership(named, seat, world) | {"user": world.cast.superuser.pk}


def _guest(named: str, seat: str, world: World) -> Fields:
    guest = {"name": "方舟", "email": "ark@elsewhere.example", "until": str(today())}
    return guest | {"department": world.cast.marketing.pk}


POSTED: dict[str, Callable[[str, str, World], Fields]] = {
    "/rooms/<int:room_id>/messages/": lambda named, seat, world: {"body": "Hello.", "client_id": "matrix-1"},
    "/messages/<int:message_id>/edit/": _message,
    "/rooms/new/": _new_room,
    "/rooms/direct/": lambda named, seat, world: {"people": [world.cast.hr.pk, world.cast.it.pk]},
    "/rooms/<int:room_id>/invite/": lambda named, seat, world: {"people": [world.cast.removed.pk]},
    "/rooms/<int:room_id>/members/<int:user_id>/role/": lambda named, seat, world: {"role": "owner"},
    "/rooms/<int:room_id>/read/": lambda named, seat, world: {"number": 1},
    "/rooms/<int:room_id>/star/": lambda named, seat, world: {"starred": "on"},
    "/guests/": _guest,
    "/guests/<int:membership_id>/extend/": lambda named, seat, world: {"until": str(today())},
    "/admin/people/grid/": lambda named, seat, world: {
        "shown": "",
        "held": [f"{world.cast.legal.pk} guest invite_to_rooms"],
    },
    "/admin/people/user/<path:object_id>/handover/": lambda named, seat, world: {"on": str(today())},
    "/admin/people/plannedchange/": lambda named, seat, world: {
        "action": "cancel",
        "_selected_action": [_planned(world).pk],
    },
    "/admin/audit/record/<path:object_id>/change/": lambda named, seat, world: {"reason": "x"},
    "/admin/audit/record/<path:object_id>/delete/": lambda named, seat, world: {"post": "yes"},
    "/settings/": lambda named, seat, world: {"theme": "dark", "locale": "en", "time_zone": "UTC"},
    "/settings/theme/": lambda named, seat, world: {"theme": "dark"},
    "/i18n/setlang/": lambda named, seat, world: {"language": "en"},
    "/admin/people/user/add/": _new_user,
    "/admin/people/user/<path:object_id>/change/": _user_form,
    "/admin/people/user/<path:object_id>/delete/": lambda named, seat, world: {"post": "yes"},
    "/admin/people/department/add/": _department("质量部"),
    "/admin/people/department/<path:object_id>/change/": _department("研发部"),
    "/admin/people/department/<path:object_id>/delete/": lambda named, seat, world: {"post": "yes"},
    "/admin/people/membership/add/": _new_membership,
    "/admin/people/membership/<path:object_id>/change/": _membership,
    "/admin/people/membership/<path:object_id>/delete/": lambda named, seat, world: {"post": "yes"},
    "/admin/rooms/room/<path:object_id>/delete/": lambda named, seat, world: {"post": "yes"},
    "/admin/usersessions/usersession/<path:object_id>/delete/": lambda named, seat, world: {"post": "yes"},
    "/admin/people/user/": lambda named, seat, world: {
        "action": "deactivate",
        "_selected_action": [world.cast.member.pk],
        "confirmed": "yes",
    },
    "/admin/rooms/room/": lambda named, seat, world: {
        "action": "archive",
        "_selected_action": [world.cast.launch.pk],
    },
}
