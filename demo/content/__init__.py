from __future__ import annotations

from demo.content import (
    talk_departments,
    talk_direct,
    talk_marketing,
    talk_partners,
    talk_s1_deciding,
    talk_s1_preparing,
    talk_website,
)
from demo.content.groups import GROUPS, STATUSES
from demo.content.people import DEPARTMENTS, PEOPLE
from demo.content.rooms import READ, ROOMS
from demo.content.shapes import Line

# Ascending within each room; the rooms follow one another.
LINES: tuple[Line, ...] = (
    *talk_marketing.LINES,
    *talk_departments.LINES,
    *talk_s1_preparing.LINES,
    *talk_s1_deciding.LINES,
    *talk_website.LINES,
    *talk_partners.LINES,
    *talk_direct.LINES,
)

__all__ = ["DEPARTMENTS", "GROUPS", "LINES", "PEOPLE", "READ", "ROOMS", "STATUSES"]
