from __future__ import annotations

from demo.content.people import DEPARTMENTS, PEOPLE
from demo.content.rooms import ROOMS
from demo.content.shapes import Line

LINES: tuple[Line, ...] = ()

# How many of a room's last messages the person has not read; what is not named here has been read.
READ: dict[tuple[str, str], int] = {}

__all__ = ["DEPARTMENTS", "LINES", "PEOPLE", "READ", "ROOMS"]
