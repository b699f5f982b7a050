"""The registry of the steps of a first sign-in, after the password: every app may add its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypedDict

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Step:
    key: str
    label: str | Promise
    url_name: str
    position: int


class DrawnStep(TypedDict):
    label: str
    is_current: bool
    is_done: bool


PASSWORD = Step(key="password", label=_("Password"), url_name="", position=0)
_steps: dict[str, Step] = {PASSWORD.key: PASSWORD}


def register(step: Step) -> None:
    _steps[step.key] = step


def steps(*, current: str) -> list[DrawnStep]:
    now = _steps[current].position
    return [
        DrawnStep(label=str(step.label), is_current=step.position == now, is_done=step.position < now)
        for step in _ordered()
    ]


def first() -> str:
    return reverse(_ordered()[1].url_name)


def after(key: str) -> str:
    """The address of the step that follows."""
    position = _steps[key].position
    return reverse(next(step for step in _ordered() if step.position > position).url_name)


def before(key: str) -> str:
    """The address of the step before it."""
    position = _steps[key].position
    return reverse(next(step for step in reversed(_ordered()) if step.position < position).url_name)


def _ordered() -> list[Step]:
    return sorted(_steps.values(), key=lambda step: step.position)
