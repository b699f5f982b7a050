"""What HR and IT can ask about somebody's rights: every app adds verbs, with the rules that it acts by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.people.models import Department, Membership, Role, User
from intranet.people.permissions import (
    Office,
    can_administer,
    can_administer_people,
    can_appoint,
    can_open_administration,
    codenames_on,
    declared,
    grants_on,
    offices_of,
)
from intranet.verdicts import ALLOWED, Verdict, refused

NOT_GRANTED = refused("not_permitted", gettext_lazy("No role that this person has there allows it."))


class About(models.TextChoices):
    ROOM = "room", gettext_lazy("About a room")
    DEPARTMENT = "department", gettext_lazy("About a department")
    PERSON = "person", gettext_lazy("About a person")
    COMPANY = "company", gettext_lazy("About the company")


Rule = Callable[[User, Any], Verdict]
Chain = Callable[[User, Any, "Question"], Iterable[str]]


@dataclass(frozen=True)
class Question:
    """May somebody do this: the rule that answers, and what its answer rests on, in words."""

    key: str
    label: str | Promise
    about: About
    rule: Rule
    chain: Chain
    codenames: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class Answer:
    verdict: Verdict
    reasons: list[str]


_questions: dict[str, Question] = {}


def asks(question: Question) -> None:
    _questions[question.key] = question


def questions() -> dict[str, Question]:
    return _questions | {each.key: each for each in _granted()}


def answer(question: Question, user: User, about: Any) -> Answer:
    return Answer(question.rule(user, about), [*_account(user), *question.chain(user, about, question)])


# --- What answers rest on -----------------------------------------------------------------------------


def _account(user: User) -> Iterator[str]:
    if not user.is_active:
        yield _("%(person)s’s account is closed: nothing is allowed.") % {"person": user}


def place(user: User, departments: Iterable[Department], question: Question) -> Iterator[str]:
    """For each department: the person's role there, and whether that role holds what is needed."""
    departments = list(departments)
    roles = dict(
        Membership.objects.filter(user=user, department__in=departments).values_list("department", "role")
    )
    held = grants_on(departments)
    for department in departments:
        if department.pk not in roles:
            yield _("%(person)s is not in %(department)s.") % {"person": user, "department": department}
            continue
        role = Role(roles[department.pk])
        named = {"person": user, "department": department, "role": role.label}
        yield _("%(person)s is in %(department)s as %(role)s.") % named
        for codename in question.codenames:
            holds = codename in held.get((department.pk, role), set())
            yield _grant(holds) % {**named, "permission": _label(codename)}


def _grant(holds: bool) -> str:
    if holds:
        return _("%(department)s allows %(role)s: %(permission)s.")
    return _("%(department)s does not allow %(role)s: %(permission)s.")


def _label(codename: str) -> str:
    return next((str(each.label) for each in declared() if each.codename == codename), codename)


# --- Departments --------------------------------------------------------------------------------------


def _granted() -> list[Question]:
    """Whatever apps have declared can be asked about any department."""
    return [
        Question(
            key=f"granted:{each.codename}",
            label=each.label,
            about=About.DEPARTMENT,
            rule=_rule_of(each.codename),
            chain=lambda user, department, question: place(user, [department], question),
            codenames=(each.codename,),
        )
        for each in declared()
    ]


def _rule_of(codename: str) -> Rule:
    def rule(user: User, department: Department) -> Verdict:
        return ALLOWED if codename in codenames_on(user, [department.pk]) else NOT_GRANTED

    return rule


# --- The administration -------------------------------------------------------------------------------


def _offices(user: User, about: Any, question: Question) -> Iterator[str]:
    held = [str(Office(each).label) for each in sorted(offices_of(user))]
    if user.is_superuser:
        yield _("%(person)s is a superuser.") % {"person": user}
    for office in held:
        yield _("%(person)s holds the office %(office)s.") % {"person": user, "office": office}
    if not held and not user.is_superuser:
        yield _("%(person)s holds no office.") % {"person": user}
    if isinstance(about, User) and about.is_staff:
        yield _("%(person)s may use the administration: only a superuser changes such an account.") % {
            "person": about
        }


asks(
    Question(
        "open_administration",
        gettext_lazy("Open the administration"),
        About.COMPANY,
        lambda user, _about: can_open_administration(user),
        _offices,
    )
)
asks(
    Question(
        "administer_people",
        gettext_lazy("Add people and change departments and grants"),
        About.COMPANY,
        lambda user, _about: can_administer_people(user),
        _offices,
    )
)
asks(
    Question(
        "appoint",
        gettext_lazy("Give offices to people"),
        About.COMPANY,
        lambda user, _about: can_appoint(user),
        _offices,
    )
)
asks(
    Question(
        "administer_person",
        gettext_lazy("Change a person’s account, or close it"),
        About.PERSON,
        can_administer,
        _offices,
    )
)
