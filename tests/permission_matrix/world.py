"""The company that the matrix is asked about: every seat has written in the open and in the archived room."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from chat.actions import edit_message, post_message
from chat.models import Message
from intranet.events.models import Event, Pending
from intranet.people import actions as people
from intranet.people.importing.files import read as read_tables
from intranet.people.models import Absence, Import, User, WorkCalendar
from intranet.rooms import actions as rooms
from intranet.rooms.models import Kind, Room, RoomRole, SidebarSection, Visibility
from tests.cast import Cast, make_cast

# Who asks. “stranger” is another department; “owner” is who made the room.
SEATS = (
    "anonymous",
    "deactivated",
    "stranger",
    "removed",
    "hr",
    "it",
    "superuser",
    "guest",
    "member",
    "manager",
    "owner",
)
# What only the stranger may read: in messages and their history, and in a room's topic.
SAID, TOPIC = "kingfisher-said", "kingfisher-topic"
WERE_IN = ("owner", "manager", "member", "guest", "removed", "deactivated")


@dataclass(frozen=True)
class World:
    cast: Cast
    department: Room
    direct: Room
    open: Room
    asking: Room
    written: dict[str, dict[str, Message]]
    in_contracts: Message
    calendar: WorkCalendar
    absences: dict[str, Absence]
    staged: Import
    browsers: dict[str, Client]
    token: str

    def person(self, seat: str) -> User | None:
        return None if seat == "anonymous" else getattr(self.cast, seat)

    def browser(self, seat: str) -> Client:
        """Signed in anew for each question, as the former one may have signed out."""
        browser = copy.copy(self.browsers[seat])
        browser.cookies = copy.copy(browser.cookies)
        return browser

    def session(self, seat: str) -> UserSession:
        key = self.browsers[seat].cookies["session"].value
        return UserSession.objects.get_or_create(
            session_key=key, user=self.person(seat), defaults={"ip": "127.0.0.1", "user_agent": "test"}
        )[0]

    def pending(self) -> Pending:
        """Work that a listener has failed at ten times."""
        event = Event.objects.earliest("pk")
        given_up = {"parked": True, "attempts": 10, "due": event.at}
        return Pending.objects.get_or_create(event=event, listener="nobody", defaults=given_up)[0]

    def keys(self) -> dict[str, str]:
        """What the browsers have in their cookies."""
        signed_in = [seat for seat in SEATS if seat != "anonymous"]
        return {seat: self.browsers[seat].cookies["session"].value for seat in signed_in}

    # --- The objects that an address can name, by the word that stands in the table --------------------

    def room(self, named: str) -> Room:
        named_rooms = {"own": self.cast.launch, "other": self.cast.contracts, "archived": self.cast.closed}
        return named_rooms[named] if named in named_rooms else getattr(self, named)

    def section(self, named: str, seat: str) -> SidebarSection:
        """“other” is of somebody who shares rooms with most of them."""
        user = self.person(seat) if named == "own" else None
        return SidebarSection.objects.get_or_create(user=user or self.cast.removed, name="Own")[0]

    def message(self, named: str, seat: str) -> Message:
        """“own” is one's own, if one could ever write there; “theirs” somebody else's in the same room."""
        if named == "other":
            return self.in_contracts
        room = "closed" if named == "archived" else "launch"
        if named == "theirs":
            return self.written[room]["member" if seat == "owner" else "owner"]
        return self.written[room].get(seat, self.written[room]["owner"])

    def absence(self, named: str, seat: str) -> Absence:
        """“own” is one's own; whoever cannot have one asks for the owner's."""
        if named == "theirs":
            return self.absences["owner" if seat == "member" else "member"]
        return self.absences.get(seat, self.absences["owner"])


def make_world() -> World:
    cast = make_cast()
    direct = rooms.open_direct(actor=cast.owner, people=[cast.member])
    department = Room.objects.get(kind=Kind.DEPARTMENT, departments=cast.marketing)
    rooms.restore_room(actor=cast.owner, room=cast.closed)
    people.reactivate_user(actor=None, user=cast.deactivated)
    written = {
        "launch": _everybody_writes(cast, cast.launch),
        "closed": _everybody_writes(cast, cast.closed),
    }
    open_topic = _open_topic(cast)
    asking = _asked_for(cast)
    in_contracts = _secret(cast.stranger, cast.contracts)
    _secret(cast.stranger, rooms.open_direct(actor=cast.stranger, people=[cast.manager, cast.superuser]))
    rooms.archive_room(actor=cast.owner, room=cast.closed)
    _group("oncall", cast.owner, cast.member)
    _group("lawyers", cast.stranger, cast.stranger)
    absences = {seat: _away(user) for seat, user in cast.people().items()}
    browsers = {"anonymous": Client(raise_request_exception=False)} | {
        seat: _signed_in(getattr(cast, seat)) for seat in SEATS if seat != "anonymous"
    }
    # A session that was forgotten when the person left must be worth nothing.
    User.objects.filter(pk=cast.deactivated.pk).update(is_active=False)
    ContentType.objects.clear_cache()
    tables = read_tables("name,department\n刘洋,研发部".encode())
    staged = people.stage_import(actor=None, file_name="people.csv", tables=tables)
    return World(
        cast,
        department,
        direct,
        open_topic,
        asking,
        written,
        in_contracts,
        _calendar(),
        absences,
        staged,
        browsers,
        _invite_somebody(),
    )


def _invite_somebody() -> str:
    """Somebody new, in a company that is set up."""
    people.found_company(name="远山智能", locale="zh-hans", time_zone="Asia/Shanghai")
    newcomer = people.create_user(actor=None, username="newcomer", name="新人")
    return people.invite_on_paper(actor=None, user=newcomer)[1]


def _everybody_writes(cast: Cast, room: Room) -> dict[str, Message]:
    rooms.invite(actor=cast.owner, room=room, people=[cast.removed])
    written = {seat: _write(getattr(cast, seat), room) for seat in WERE_IN}
    rooms.remove_member(actor=cast.owner, room=room, user=cast.removed)
    return written


def _open_topic(cast: Cast) -> Room:
    """Public; its maker and a guest are in it."""
    room = rooms.create_topic(actor=cast.owner, name="读书会")
    rooms.invite(actor=cast.owner, room=room, people=[cast.guest])
    return room


def _asked_for(cast: Cast) -> Room:
    """Open to marketing; the member moderates, a guest is in it, and the stranger asks to be let in."""
    room = rooms.create_project(
        actor=cast.owner, name="门店", departments=[cast.marketing], visibility=Visibility.DEPARTMENTS
    )
    rooms.invite(actor=cast.owner, room=room, people=[cast.member, cast.guest])
    rooms.set_role(actor=cast.owner, room=room, user=cast.member, role=RoomRole.MODERATOR)
    rooms.ask_to_join(actor=cast.stranger, room=room)
    return room


def _group(handle: str, owner: User, member: User) -> None:
    people.create_group(actor=None, handle=handle, name=handle, owners=[owner], members=[member])


def _secret(author: User, room: Room) -> Message:
    """A room whose topic, messages and history all hold a word that can be looked for."""
    Room.objects.filter(pk=room.pk).update(topic=TOPIC)
    first = post_message(actor=author, room=room, body=f"{SAID} first", client_id=f"secret-{room.pk}")
    return edit_message(actor=author, message=first, body=f"@stranger {SAID} **then**", version=1)


def _write(author: User, room: Room) -> Message:
    return post_message(actor=author, room=room, body="Said once.", client_id=f"{author.pk}-{room.pk}")


def _calendar() -> WorkCalendar:
    """That nobody uses, with a day of its own."""
    calendar = people.create_calendar(actor=None, name="备用")
    people.set_day(actor=None, calendar=calendar, date=dt.date(2027, 1, 1), name="元旦")
    return calendar


def _away(user: User) -> Absence:
    day = dt.date(2030, 1, 1)
    return people.enter_absence(actor=None, user=user, first_day=day, last_day=day)


def _signed_in(user: User) -> Client:
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    return browser


def names(seats: Iterable[str]) -> str:
    return " ".join(seat for seat in SEATS if seat in set(seats))
