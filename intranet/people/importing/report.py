"""What an import would do, line by line, and the steps that do it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _


class Outcome(models.TextChoices):
    ERROR = "error", _("Error")
    NEW = "new", _("New")
    CHANGED = "changed", _("Changed")
    UNCHANGED = "unchanged", _("Unchanged")


@dataclass(frozen=True)
class Note:
    """What is wrong in a column, or worth a look."""

    column: str
    sentence: str
    is_error: bool = True

    def __str__(self) -> str:
        return f"{self.column}: {self.sentence}" if self.column else self.sentence


@dataclass(frozen=True)
class Change:
    column: str
    before: str
    after: str

    def __str__(self) -> str:
        shown = f"{self.before} → {self.after}" if self.before else self.after
        return f"{self.column}: {shown}"


@dataclass
class Line:
    sheet: str
    number: int
    label: str
    outcome: Outcome
    notes: list[Note] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


@dataclass(frozen=True)
class Step:
    """One thing that an action will do, in words that can be kept until it does."""

    kind: str
    line: int
    label: str
    outcome: Outcome
    data: dict[str, Any]


@dataclass
class Report:
    lines: list[Line] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def counts(self) -> dict[Outcome, int]:
        counted = Counter(line.outcome for line in self.lines)
        return {outcome: counted[outcome] for outcome in Outcome}

    @property
    def has_errors(self) -> bool:
        return any(line.outcome == Outcome.ERROR for line in self.lines)

    def worth_showing(self) -> list[Line]:
        """Errors first; lines that change nothing only when there is something to say about them."""
        shown = [line for line in self.lines if line.outcome != Outcome.UNCHANGED or line.notes]
        return sorted(shown, key=lambda line: list(Outcome).index(line.outcome))

    def in_words(self) -> Iterator[tuple[Line, Note]]:
        """Every note with its line, for those who read a list."""
        return ((line, note) for line in self.worth_showing() for note in line.notes)
