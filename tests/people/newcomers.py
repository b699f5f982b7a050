"""A company into which many people move on one morning, and what their browsers do."""

from __future__ import annotations

import re
import urllib.request
from dataclasses import dataclass
from http.client import HTTPResponse
from http.cookiejar import CookieJar
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit

from django.conf import settings

from chat.actions import post_message
from intranet.people import actions as people
from intranet.people.models import Department, User
from intranet.people.permissions import Office
from intranet.rooms import actions as rooms
from intranet.rooms.models import Kind, Room
from tests.live import PATIENCE

PASSWORD = "a quiet lamp 2026"
ROW = re.compile(r'data-room="(\d+)"\s+data-number="(\d+)" data-pointer="(\d+)" data-mentions="(\d+)"')
CARD = re.compile(r"<code>(.*?)</code>.*?<dd>(\w+)</dd>", re.DOTALL)
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


# --- Inside the process -----------------------------------------------------------------------------


def hash_quickly() -> None:
    settings.PASSWORD_HASHERS = ["tests.cast.QuickHasher"]


@dataclass(frozen=True)
class Newcomer:
    pk: int
    username: str
    home: int  # the room of their department
    projects: frozenset[int]


def found_company(*, newcomers: int) -> list[Newcomer]:
    """Two departments with three messages each; then the newcomers of both, and two messages more.

    Every third newcomer is also in a project, where one thing is said.
    """
    people.found_company(name="星河科技", locale="zh-hans", time_zone="Asia/Shanghai")
    hr = people.create_user(actor=None, username="hr", name="赵敏", password=PASSWORD)
    people.appoint(actor=None, user=hr, office=Office.HR)
    departments = [people.create_department(actor=None, name=name) for name in ("市场部", "研发部")]
    for department in departments:
        people.join_department(actor=None, user=hr, department=department)
        _talk(hr, _room_of(department), 3)
    made = [_employ(f"n{number}", departments[number % 2]) for number in range(newcomers)]
    project = rooms.create_project(actor=hr, name="新品", departments=departments, people=made[::3])
    for room in (*map(_room_of, departments), project):
        _talk(hr, room, 1 if room == project else 2)
    in_project = {user.pk for user in made[::3]}
    return [
        Newcomer(
            user.pk,
            user.username,
            _room_of(departments[number % 2]).pk,
            frozenset({project.pk} if user.pk in in_project else ()),
        )
        for number, user in enumerate(made)
    ]


def invite() -> str:
    """The path at which one more person finds their invitation."""
    user = people.create_user(actor=None, username="wanted", name="吴悦")
    return f"/invitation/{people.invite_on_paper(actor=None, user=user)[1]}/"


def whose_password(passwords: list[str]) -> list[str]:
    """Those of these that open the account."""
    user = User.objects.get(username="wanted")
    return [password for password in passwords if user.check_password(password)]


def _employ(username: str, department: Department) -> User:
    user = people.create_user(actor=None, username=username, name=f"新同事{username}")
    people.join_department(actor=None, user=user, department=department)
    return user


def _room_of(department: Department) -> Room:
    return Room.objects.get(kind=Kind.DEPARTMENT, departments=department)


def _talk(author: User, room: Room, count: int) -> None:
    for number in range(count):
        body, client_id = f"第 {number} 句", f"{room.pk}-{room.members.count()}-{number}"
        post_message(actor=author, room=room, body=body, client_id=client_id)


# --- At the other end -------------------------------------------------------------------------------


class Window:
    """A browser without scripts: cookies, forms, redirects."""

    def __init__(self, port: int) -> None:
        self._base = f"http://127.0.0.1:{port}"
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))
        self.status, self.path, self.text = 0, "", ""

    def open(self, path: str) -> Window:
        return self._go(path, None)

    def fill_in(self, path: str, **fields: object) -> Window:
        """Posts a form, with the token of the page that is open."""
        token = TOKEN.search(self.text)
        assert token, self.text
        return self._go(path, {"csrfmiddlewaretoken": token[1], **fields})

    def rooms(self) -> dict[int, tuple[int, int]]:
        """By the id of each room in the sidebar: how much is unread there, and how many mentions."""
        rows = ROW.findall(self.open("/rooms/").text)
        return {int(room): (int(number) - int(pointer), int(named)) for room, number, pointer, named in rows}

    def _go(self, path: str, fields: dict[str, object] | None) -> Window:
        data = urlencode(fields, doseq=True).encode() if fields is not None else None
        try:
            with self._opener.open(self._base + path, data, PATIENCE) as response:
                self._show(response.status, response.url, response)
        except HTTPError as error:
            self._show(error.code, error.url or "", error)  # type: ignore[arg-type]
        return self

    def _show(self, status: int, url: str, response: HTTPResponse) -> None:
        self.status, self.path, self.text = status, urlsplit(url).path, response.read().decode()
