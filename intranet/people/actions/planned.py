"""Transfers and leavings that wait for their day."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Collection
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from intranet.events.publish import publish, publishing
from intranet.people.actions.authority import require_authority, require_hr, require_other_hr
from intranet.people.actions.departments import COMPANY
from intranet.people.actions.memberships import transfer
from intranet.people.actions.people import deactivate_user
from intranet.people.handover import today
from intranet.people.models import Change, Department, Membership, PlannedChange, State, User
from intranet.verdicts import Denied

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class HandOver:
    """What stays open to somebody who moves on, and until which day."""

    kept: Collection[str] = field(default=())
    until: dt.date | None = None


def plan_transfer(
    *,
    actor: User,
    membership: Membership,
    department: Department,
    role: str,
    on: dt.date,
    hand_over: HandOver = HandOver(),
) -> PlannedChange | None:
    """A later day is kept as a row; today is done at once."""
    require_hr(actor)
    _check_transfer(membership, department, on, hand_over)
    planned = PlannedChange(
        user=membership.user,
        change=Change.TRANSFER,
        source=membership.department,
        target=department,
        role=role,
        kept=sorted(hand_over.kept),
        kept_until=hand_over.until,
    )
    return _plan(actor, planned, on)


def _check_transfer(membership: Membership, department: Department, on: dt.date, hand_over: HandOver) -> None:
    if department == membership.department:
        raise ValidationError(_("They are in this department already."), code="same_department")
    if hand_over.kept and hand_over.until is None:
        raise ValidationError(_("Say until when the chosen rooms stay open."), code="kept_until")
    if hand_over.until is not None and hand_over.until < on:
        raise ValidationError(_("The hand-over cannot end before the transfer."), code="kept_until")


def plan_leaving(*, actor: User, user: User, on: dt.date) -> PlannedChange | None:
    require_authority(actor, user)
    if actor == user:
        raise ValidationError(_("You cannot deactivate yourself."), code="oneself")
    return _plan(actor, PlannedChange(user=user, change=Change.LEAVING), on)


def _plan(actor: User, planned: PlannedChange, on: dt.date) -> PlannedChange | None:
    if not planned.user.is_active:
        raise ValidationError(_("This account is closed already."), code="inactive")
    if on < today():
        raise ValidationError(_("This day is over. Choose today or a later one."), code="past")
    planned.effective_on, planned.planned_by = on, actor
    with publishing():
        if on == today():
            _carry_out(actor, planned)
            return None
        require_other_hr(planned.user)
        _replace_earlier(actor, planned)
        planned.save()
        _say("planned", actor, planned)
    return planned


def _replace_earlier(actor: User, planned: PlannedChange) -> None:
    """One plan of a kind for a person: the newer one counts."""
    same = PlannedChange.objects.filter(
        user=planned.user, change=planned.change, source=planned.source, state=State.PLANNED
    )
    for earlier in same:
        cancel_planned(actor=actor, planned=earlier)


def cancel_planned(*, actor: User, planned: PlannedChange) -> None:
    require_authority(actor, planned.user)
    with publishing():
        current = PlannedChange.objects.select_for_update().get(pk=planned.pk)
        if current.state != State.PLANNED:
            raise ValidationError(_("It is not planned any more."), code="not_planned")
        _decide(current, State.CANCELLED)
        _say("cancelled", actor, current)


def apply_due_changes() -> None:
    """Each in a transaction of its own: what cannot be done holds up no other."""
    due = PlannedChange.objects.filter(state=State.PLANNED, effective_on__lte=today())
    for key in list(due.order_by("effective_on", "pk").values_list("pk", flat=True)):
        _apply(key)


def _apply(key: int) -> None:
    try:
        with publishing():
            planned = (
                PlannedChange.objects.select_for_update(of=("self",))
                .select_related("user", "planned_by", "source", "target")
                .get(pk=key)
            )
            if planned.state == State.PLANNED:  # another beat may have been here
                _carry_out(planned.planned_by, planned)
                _decide(planned, State.DONE)
                _say("applied", planned.planned_by, planned)
    except (Denied, ValidationError) as error:
        log.info("planned change %s is not possible: %s", key, error)
        _give_up(key, error)


def _carry_out(actor: User | None, planned: PlannedChange) -> None:
    """With the authority that whoever planned it has by now."""
    if planned.change == Change.LEAVING:
        deactivate_user(actor=actor, user=planned.user)
        return
    membership = planned.membership()
    if membership is None or planned.target is None:
        raise ValidationError(_("They are not in the department any more."), code="not_member")
    transfer(
        actor=actor,
        membership=membership,
        department=planned.target,
        role=planned.role,
        kept=planned.kept,
        kept_until=planned.kept_until,
    )


def _give_up(key: int, error: Denied | ValidationError) -> None:
    """HR finds it, with the reason, on the front page of the administration."""
    with publishing():
        planned = PlannedChange.objects.select_related("user", "planned_by").get(pk=key)
        with override(planned.planned_by.locale if planned.planned_by else None):
            sentence = str(error.verdict.sentence) if isinstance(error, Denied) else " ".join(error.messages)
        _decide(planned, State.REFUSED, outcome=sentence[:200])
        _say("refused", None, planned)


def _decide(planned: PlannedChange, state: State, *, outcome: str = "") -> None:
    planned.state, planned.outcome = state, outcome
    planned.save(update_fields=["state", "outcome"])


def _say(what: str, actor: User | None, planned: PlannedChange) -> None:
    """To the company, not to the person: HR tells them."""
    publish(
        f"people.change.{what}",
        stream=COMPANY,
        actor=actor,
        after={
            "change": planned.change,
            "source": planned.source_id,
            "target": planned.target_id,
            "effective_on": planned.effective_on,
            "kept_until": planned.kept_until,
        },
        user=planned.user_id,
        planned=planned.pk,
    )
