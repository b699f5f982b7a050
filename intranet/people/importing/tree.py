"""Departments by name, as they will be when the departments of the same file are in."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Self

from django.utils.translation import gettext as _

from intranet.people.models import Department


@dataclass
class Tree:
    """The parent's name of each department, empty at the top; names are unique in a company."""

    parents: dict[str, str] = field(default_factory=dict)
    english: dict[str, str] = field(default_factory=dict)  # to the name

    @classmethod
    def load(cls) -> Self:
        departments = Department.objects.without_tree_fields()
        rows = list(departments.values("pk", "name", "english_name", "parent_id"))
        names = {row["pk"]: row["name"] for row in rows}
        tree = cls()
        for row in rows:
            tree.add(row["name"], row["english_name"], names.get(row["parent_id"], ""))
        return tree

    def add(self, name: str, english_name: str, parent: str) -> None:
        self.parents[name] = parent
        if english_name:
            self.english.setdefault(english_name.casefold(), name)

    def find(self, value: str) -> str:
        """The name of the department that is meant by a name or a path; ValueError says why there is none."""
        if name := self.named(value):
            return name
        *above, last = [part.strip() for part in re.split("[/／]", value)]
        name = self.named(last)
        if not name:
            raise ValueError(self._unknown(value))
        if above and not self._is_below(name, above):
            path = {"name": name, "path": self.path(name)}
            raise ValueError(_("The department “%(name)s” is at “%(path)s”. Correct the path.") % path)
        return name

    def named(self, value: str) -> str:
        return value if value in self.parents else self.english.get(value.casefold(), "")

    def _is_below(self, name: str, above: list[str]) -> bool:
        ways = list(self.ancestors(name))[: len(above)]
        return ways == [self.named(part) for part in reversed(above)]

    def _unknown(self, value: str) -> str:
        if near := difflib.get_close_matches(value, self.parents, 1, 0.7):
            sentence = _("There is no department “%(name)s”. Is it “%(near)s”?")
            return sentence % {"name": value[:60], "near": near[0]}
        sentence = _("There is no department “%(name)s”. Add it first, or correct the name.")
        return sentence % {"name": value[:60]}

    def ancestors(self, name: str) -> Iterator[str]:
        """From the nearest upwards; where they close a circle, each of them once."""
        seen: set[str] = set()
        while (name := self.parents.get(name, "")) and name not in seen:
            seen.add(name)
            yield name

    def circle(self, name: str) -> str:
        """“A › B › A”, if following the departments above comes back to this one."""
        above = list(self.ancestors(name))
        if name not in above:
            return ""
        return " › ".join([name, *above[: above.index(name) + 1]])

    def path(self, name: str) -> str:
        """What `find` finds again: the way from the top, or the bare name where that could mean another."""
        way = "/".join([*reversed(list(self.ancestors(name))), name])
        return way if name and "/" not in name and not self.named(way) else name

    def depth(self, name: str) -> int:
        return len(list(self.ancestors(name)))
