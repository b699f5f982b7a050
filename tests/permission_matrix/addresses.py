"""Every address of the product, the objects that it can be asked for, and what a valid POST there carries."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import URLPattern, URLResolver, get_resolver

from intranet.audit.models import Record
from intranet.people.handover import today
from intranet.people.models import (
    Company,
    Invitation,
    Membership,
    PlannedChange,
    Policy,
    User,
    UserGroup,
)
from intranet.rooms.arranging.undo import pack
from intranet.rooms.models import Room
from tests.permission_matrix.world import World

Fields = dict[str, Any]
ROOMS = ("own", "other", "archived", "department", "direct", "open")
DOORS = ("join", "ask", "withdraw")
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
            yield re.sub(r"\^?\(\?P<app_label>[^)]*\)/\$", "<app_label>/", route)


def objects(route: str) -> tuple[str, ...]:
    if route.removeprefix("/rooms/<int:room_id>/").rstrip("/") in DOORS:
        return (*ROOMS, "asking")
    return next((named for part, named in OBJECTS.items() if part in route), NOTHING)


# By a part of the route, the first that is in it: the objects that it is asked for.
OBJECTS: dict[str, tuple[str, ...]] = {
    "/requests/": ("asking", "other"),
    "<name:": ("own", "other"),
    "<int:user_id>": ("own", "last_owner", "other", "archived", "department", "direct"),
    "<int:room_id>": ROOMS,
    "<int:message_id>": MESSAGES,
    "<str:token>": ("own", "other"),
    "<int:absence_id>": ("own", "theirs"),
    "<int:section_id>": ("own", "other"),
    "/people/user/<path:object_id>": ("own", "other", "superuser"),
    "/rooms/room/<path:object_id>": ("own", "other", "archived", "direct"),
    "/usersession/<path:object_id>": ("own", "other"),
    "<path:object_id>": ("other",),
}


def address(route: str, named: str, seat: str, world: World) -> str:
    """The route with its parameters filled in."""
    filled = route
    if "<int:room_id>" in route:
        room = world.room("own" if named == "last_owner" else named)
        target = getattr(world.cast, TARGETS.get(named, "guest"))
        filled = filled.replace("<int:room_id>", str(room.pk)).replace("<int:user_id>", str(target.pk))
    if "<name:" in route:
        filled = _named(route, named, world)
    for part, find in PARAMETERS.items():
        if part in route:
            filled = filled.replace(part, str(find(named, seat, world)))
    if "<path:object_id>" in route:
        filled = filled.replace("<path:object_id>", str(_row(route, named, seat, world)))
    filled = filled.replace("<str:token>", world.token if named == "own" else "no-such-token")
    filled = filled.replace("<path:content_type_id>", str(ContentType.objects.get_for_model(Room).pk))
    return ODD.get(route, filled)


PARAMETERS: dict[str, Callable[[str, str, World], int]] = {
    "<int:message_id>": lambda named, seat, world: world.message(named, seat).pk,
    "<int:absence_id>": lambda named, seat, world: world.absence(named, seat).pk,
    "<int:section_id>": lambda named, seat, world: world.section(named, seat).pk,
    "<int:membership_id>": lambda named, seat, world: world.cast.guest.memberships.get().pk,
    "<int:import_id>": lambda named, seat, world: world.staged.pk,
}


def _named(route: str, named: str, world: World) -> str:
    """Somebody of the launch and a group of its owner; the stranger and the stranger's group."""
    cast = world.cast
    handle, member = ("oncall", cast.member) if named == "own" else ("lawyers", cast.stranger)
    filled = route.replace("<name:username>", member.username).replace("<name:handle>", handle)
    return filled.replace("<int:user_id>", str(member.pk))


# Of those who are in the room: the one whom an address also names.
TARGETS = {
    "last_owner": "owner",
    "department": "owner",
    "direct": "member",
    "other": "stranger",
    "asking": "stranger",
}
ODD = {
    "/admin/<app_label>/": "/admin/people/",
    "/admin/(?P<url>.*)$": "/admin/nothing/of/the/kind/",
    "/avatars/<slug:key>-<int:size>.webp": f"/avatars/{'0' * 32}-96.webp",
    r"/accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$": (
        "/accounts/password/reset/key/1-none/"
    ),
}


def _row(route: str, named: str, seat: str, world: World) -> int:
    for part, find in ROWS.items():
        if part in route:
            return find(named, seat, world)
    return world.room(named).pk


def _planned(world: World) -> PlannedChange:
    made: Fields = {"user": world.cast.member, "change": "leaving", "effective_on": dt.date(2099, 1, 1)}
    return PlannedChange.objects.get_or_create(**made)[0]


def _user(named: str, seat: str, world: World) -> User:
    if named == "own":
        return world.person(seat) or world.cast.owner
    return world.cast.superuser if named == "superuser" else world.cast.removed


def _session(named: str, seat: str, world: World) -> int:
    return world.session("owner" if named == "other" or seat == "anonymous" else seat).pk


def _record(world: World) -> Record:
    return Record.objects.filter(person=world.cast.owner).latest("pk")


# By a part of the route: the key of the row that it is asked for.
ROWS: dict[str, Callable[[str, str, World], int]] = {
    "/people/user/": lambda named, seat, world: _user(named, seat, world).pk,
    "/usersession/": _session,
    "/events/pending/": lambda named, seat, world: world.pending().pk,
    "/people/import/": lambda named, seat, world: world.staged.pk,
    "/department/": lambda named, seat, world: world.cast.research.pk,
    "/usergroup/": lambda named, seat, world: UserGroup.objects.get(handle="lawyers").pk,
    "/company/": lambda named, seat, world: Company.ONLY,
    "/admin/people/invitation/": lambda named, seat, world: Invitation.objects.get().pk,
    "/policy/": lambda named, seat, world: Policy.objects.get().pk,
    "/audit/record/": lambda named, seat, world: (
        Record.objects.filter(person=world.cast.owner).latest("pk").pk
    ),
    "/plannedchange/": lambda named, seat, world: _planned(world).pk,
    "/membership/": lambda named, seat, world: Membership.objects.get(user=world.cast.member).pk,
    "/workcalendar/": lambda named, seat, world: world.calendar.pk,
    "/calendarday/": lambda named, seat, world: world.calendar.days.get().pk,
    "/absence/": lambda named, seat, world: world.absences["member"].pk,
}


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


def _undo(named: str, seat: str, world: World) -> Fields:
    return {"undo": pack(world.person(seat) or world.cast.owner, [])}


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


def _group(handle: str) -> Callable[[str, str, World], Fields]:
    def make(named: str, seat: str, world: World) -> Fields:
        people = {"owners": [world.cast.stranger.pk], "members": [world.cast.hr.pk]}
        return {"handle": handle, "name": "新组", "_save": "1"} | people

    return make


def _calendar(named: str, seat: str, world: World) -> Fields:
    hours = {f"hours_{weekday}": "09:00–17:00" for weekday in range(7)}
    return {"name": "工厂", "country": "CN", "_save": "1"} | hours


def _day(named: str, seat: str, world: World) -> Fields:
    return {"calendar": world.calendar.pk, "date": "2027-02-05", "kind": "off", "name": "春节", "_save": "1"}


def _import(named: str, seat: str, world: World) -> Fields:
    return {"text": "date,kind,name\n2027-01-01,off,元旦\n", "_import": "1"}


def _absence(named: str, seat: str, world: World) -> Fields:
    return {"user": world.cast.member.pk, "kind": "sick", "first_day": "2030-02-01", "last_day": "2030-02-02"}


COMPANY = {"name": "星河科技", "english_name": "", "locale": "en", "time_zone": "UTC"}
PASSWORDS = {"password": "another quiet lamp", "again": "another quiet lamp"}


def _guest(named: str, seat: str, world: World) -> Fields:
    guest = {"name": "方舟", "email": "ark@elsewhere.example", "until": str(today())}
    return guest | {"department": world.cast.marketing.pk}


POSTED: dict[str, Callable[[str, str, World], Fields]] = {
    "/rooms/<int:room_id>/messages/": lambda named, seat, world: {"body": "Hello.", "client_id": "matrix-1"},
    "/messages/<int:message_id>/edit/": _message,
    "/rooms/new/": _new_room,
    "/rooms/direct/": lambda named, seat, world: {"people": [world.cast.hr.pk, world.cast.it.pk]},
    "/rooms/<int:room_id>/change/": lambda named, seat, world: {
        "name": "Renamed",
        "visibility": "private",
        "history": "everything",
    },
    "/rooms/<int:room_id>/invite/": lambda named, seat, world: {"people": [world.cast.removed.pk]},
    "/rooms/<int:room_id>/members/<int:user_id>/role/": lambda named, seat, world: {"role": "owner"},
    "/rooms/<int:room_id>/read/": lambda named, seat, world: {"number": 1},
    "/rooms/<int:room_id>/star/": lambda named, seat, world: {"starred": "on"},
    "/rooms/sidebar/preferences/": lambda named, seat, world: {"sort": "activity"},
    "/rooms/sidebar/fold/": lambda named, seat, world: {"section": "project", "folded": "on"},
    "/rooms/sidebar/place/": lambda named, seat, world: {
        "rooms": [world.cast.launch.pk],
        "section": "starred",
    },
    "/rooms/sidebar/mute/": lambda named, seat, world: {"rooms": [world.cast.launch.pk], "muted": "on"},
    "/rooms/sidebar/unread/": _undo,
    "/rooms/sections/new/": lambda named, seat, world: {"name": "Later"},
    "/rooms/sections/<int:section_id>/": lambda named, seat, world: {"name": "Sooner"},
    "/rooms/sections/<int:section_id>/move/": lambda named, seat, world: {"step": "up"},
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
    "/setup/": lambda named, seat, world: COMPANY | PASSWORDS | {"admin_name": "高山", "username": "gaoshan"},
    "/invitation/<str:token>/": lambda named, seat, world: PASSWORDS,
    "/admin/people/company/<path:object_id>/change/": lambda named, seat, world: COMPANY | {"_save": "1"},
    "/admin/people/company/add/": lambda named, seat, world: COMPANY | {"_save": "1"},
    "/admin/people/company/<path:object_id>/delete/": lambda named, seat, world: {"post": "yes"},
    "/admin/people/invitation/<path:object_id>/delete/": lambda named, seat, world: {"post": "yes"},
    "/admin/people/invitation/": lambda named, seat, world: {
        "action": "revoke",
        "_selected_action": [Invitation.objects.get().pk],
    },
    "/settings/status/": lambda named, seat, world: {"text": "Here"},
    "/people/groups/<name:handle>/add/": lambda named, seat, world: {"people": [world.cast.manager.pk]},
    "/settings/theme/": lambda named, seat, world: {"theme": "dark"},
    "/settings/absences/": _absence,
    "/settings/absences/<int:absence_id>/": _absence,
    "/admin/people/workcalendar/add/": _calendar,
    "/admin/people/workcalendar/<path:object_id>/change/": _calendar,
    "/admin/people/workcalendar/<path:object_id>/delete/": lambda named, seat, world: {"post": "yes"},
    "/admin/people/workcalendar/<path:object_id>/import/": _import,
    "/admin/people/workcalendar/": lambda named, seat, world: {
        "action": "make_default",
        "_selected_action": [world.calendar.pk],
    },
    "/admin/people/calendarday/add/": _day,
    "/admin/people/calendarday/<path:object_id>/change/": _day,
    "/admin/people/calendarday/<path:object_id>/delete/": lambda named, seat, world: {"post": "yes"},
    "/admin/people/absence/add/": _absence,
    "/admin/people/absence/<path:object_id>/change/": _absence,
    "/admin/people/absence/<path:object_id>/delete/": lambda named, seat, world: {"post": "yes"},
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
    "/admin/people/usergroup/add/": _group("newgroup"),
    "/admin/people/usergroup/<path:object_id>/change/": _group("lawyers"),
    "/admin/people/usergroup/<path:object_id>/delete/": lambda named, seat, world: {"post": "yes"},
    "/admin/people/policy/<path:object_id>/change/": lambda named, seat, world: {"phones": "managers"},
    "/admin/rooms/room/<path:object_id>/delete/": lambda named, seat, world: {"post": "yes"},
    "/admin/events/pending/": lambda named, seat, world: {
        "action": "try_again",
        "_selected_action": [world.pending().pk],
    },
    "/admin/usersessions/usersession/<path:object_id>/delete/": lambda named, seat, world: {"post": "yes"},
    "/admin/people/import/add/": lambda named, seat, world: {
        "file": SimpleUploadedFile("people.csv", "name,department\n陈静,研发部".encode())
    },
    "/admin/people/import/<path:object_id>/delete/": lambda named, seat, world: {"post": "yes"},
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
