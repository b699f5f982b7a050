"""What changes for others when a person moves on: every app tells its part, before it happens."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.utils.functional import Promise

from intranet import clock
from intranet.people.models import Company, Department, User


@dataclass(frozen=True)
class Concern:
    """A room, a task, a page that loses somebody. What can be kept open for a while has a key."""

    label: str
    detail: str = ""
    key: str = ""


@dataclass(frozen=True)
class Section:
    title: str | Promise
    concerns: list[Concern]


# The department is the one that the person leaves; without one, they leave the company.
Teller = Callable[[User, Department | None], Iterable[Concern]]
_tellers: list[tuple[str | Promise, Teller]] = []


def tells(title: str | Promise) -> Callable[[Teller], Teller]:
    def register(teller: Teller) -> Teller:
        _tellers.append((title, teller))
        return teller

    return register


def concerns(user: User, leaving: Department | None) -> list[Section]:
    sections = [Section(title, list(teller(user, leaving))) for title, teller in _tellers]
    return [section for section in sections if section.concerns]


def today() -> dt.date:
    """Where the company is: days of employment begin there, wherever somebody works."""
    return clock.now().astimezone(ZoneInfo(Company.objects.current().time_zone)).date()
