"""What rules answer. It knows no model, so that every layer can say it and show it."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils.functional import Promise


@dataclass(frozen=True)
class Verdict:
    """What a rule answers: true or false, and if false why, for a program and for a person."""

    allowed: bool
    reason: str = ""
    sentence: str | Promise = ""

    def __bool__(self) -> bool:
        return self.allowed


ALLOWED = Verdict(True)


def refused(reason: str, sentence: str | Promise) -> Verdict:
    return Verdict(False, reason, sentence)


class Denied(PermissionDenied):
    """A refused action on something that its actor can see: 403 with a reason."""

    status = 403

    def __init__(self, verdict: Verdict) -> None:
        super().__init__(str(verdict.sentence))
        self.verdict = verdict


def require(verdict: Verdict) -> None:
    if not verdict:
        raise Denied(verdict)
