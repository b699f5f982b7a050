from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Hue = Literal["teal", "orange", "blue", "violet", "green", "slate", "plum", "cyan"]
Role = Literal["member", "manager", "guest"]
Locale = Literal["zh-hans", "en"]
RoomKind = Literal["company", "department", "project", "topic", "direct"]
Visibility = Literal["company", "departments", "private"]
History = Literal["everything", "joining"]

# Working days before today (at least 1, so that nothing lies in the future) and the time in Asia/Shanghai.
When = tuple[int, str]


@dataclass(frozen=True)
class Dept:
    key: str
    name: str
    english_name: str
    hue: Hue
    parent: str | None


@dataclass(frozen=True)
class Person:
    """`dept` and `role` are the primary membership; `memberships` holds the others as (department, role)."""

    username: str
    name: str
    english_name: str
    title: str
    english_title: str
    dept: str
    role: Role
    email: str
    phone: str
    locale: Locale
    time_zone: str
    memberships: tuple[tuple[str, Role], ...] = ()


@dataclass(frozen=True)
class GroupSpec:
    handle: str
    name: str
    english_name: str
    description: str
    owners: tuple[str, ...]
    members: tuple[str, ...]


@dataclass(frozen=True)
class Calendar:
    """That of an office abroad, and whose it is."""

    name: str
    english_name: str
    country: str
    region: str
    people: tuple[str, ...]


@dataclass(frozen=True)
class Away:
    """First and last day are counted from today."""

    username: str
    kind: Literal["leave", "travel", "sick"]
    first: int
    last: int
    stand_in: str
    message: str = ""


@dataclass(frozen=True)
class RoomSpec:
    """The company's and a department's room list no members: they follow."""

    key: str
    kind: RoomKind
    name: str
    english_name: str
    topic: str
    departments: tuple[str, ...]
    members: tuple[str, ...]
    owners: tuple[str, ...]
    starred_by: tuple[str, ...] = ()
    archived: bool = False
    moderators: tuple[str, ...] = ()
    visibility: Visibility = "private"
    history: History = "everything"
    asking: tuple[str, ...] = ()


@dataclass(frozen=True)
class Line:
    """One message. `body` is what was first posted, `edited` what the author changed it to afterwards."""

    room: str
    author: str
    when: When
    body: str
    edited: str | None = None
    deleted: bool = False
