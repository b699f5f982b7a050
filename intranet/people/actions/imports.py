"""Imports: nobody new is to be seen before everything is written, and what cannot be finished is undone.

A file of a thousand lines takes longer than other writers may wait. So its steps are written down first, and
taken in short transactions that each note how far they came: whoever was killed, another one goes on. New
people are inactive until the last step is taken; then one statement lets all of them in. Their rooms open
after that, which nothing can refuse.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable, Sequence

from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import DataError, IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import translation
from django.utils.translation import gettext as _

from intranet import clock
from intranet.events.publish import publish, publishing
from intranet.people import hooks
from intranet.people.actions.authority import require_hr
from intranet.people.actions.departments import COMPANY
from intranet.people.actions.import_steps import put_back, take
from intranet.people.importing.check import check
from intranet.people.importing.files import Table
from intranet.people.importing.report import Outcome, Report
from intranet.people.models import Import, ImportState, ImportStep, Membership, User
from intranet.people.models.imports import RUNNING
from intranet.verdicts import Denied

log = logging.getLogger(__name__)
SHARE = 0.05  # seconds of steps in one transaction: other writers wait for no longer
BATCH = 50
HELD = dt.timedelta(seconds=15)  # until another process thinks that this one was killed
KEPT = dt.timedelta(days=1)  # what nobody confirms
REFUSALS = (ValidationError, Denied, IntegrityError, DataError, ObjectDoesNotExist)
Progress = Callable[[Import], None]

# --- Before ------------------------------------------------------------------------------------------


def stage_import(*, actor: User | None, file_name: str, tables: Sequence[Table]) -> Import:
    """Keep what was uploaded until it is confirmed; nothing of it happens yet."""
    require_hr(actor)
    with publishing():
        kept = [table.to_json() for table in tables]
        staged = Import.objects.create(actor=actor, file_name=file_name[-120:], tables=kept)
        publish("people.import.staged", stream=COMPANY, actor=actor, import_id=staged.pk)
    return staged


def report_of(staged: Import) -> Report:
    """What it would do now."""
    return check([Table.from_json(kept) for kept in staged.tables], actor=staged.actor)


def confirm_import(*, actor: User | None, staged: Import) -> None:
    """From here on it runs by itself; a worker does it, and the page only looks on."""
    require_hr(actor)
    with publishing():
        confirmed = Import.objects.select_for_update().get(pk=staged.pk)
        if confirmed.state != ImportState.CHECKED:
            raise ValidationError(_("This import has begun already."), code="begun")
        confirmed.actor, confirmed.state = actor, ImportState.CONFIRMED
        confirmed.save(update_fields=["actor", "state"])
        publish("people.import.confirmed", stream=COMPANY, actor=actor, import_id=staged.pk)


def discard_import(*, actor: User | None, staged: Import) -> None:
    require_hr(actor)
    with publishing():
        Import.objects.filter(pk=staged.pk, state=ImportState.CHECKED).delete()
        publish("people.import.discarded", stream=COMPANY, actor=actor, import_id=staged.pk)


def forget_imports() -> None:
    """Files that nobody confirmed hold names and telephone numbers, and none of the company's truth."""
    Import.objects.filter(state=ImportState.CHECKED, made_at__lt=clock.now() - KEPT).delete()


# --- The run -------------------------------------------------------------------------------------------


def run_imports() -> None:
    """All that were confirmed and are not finished, and that nobody who lives is running."""
    for confirmed in Import.objects.filter(state__in=RUNNING, held_until__lt=clock.now()).order_by("pk"):
        run_import(confirmed)


def run_import(confirmed: Import, *, progress: Progress = lambda _import: None) -> Import:
    """Go on where it stands, to the end. Two that do so at once take turns."""
    language = confirmed.actor.locale if confirmed.actor else translation.get_language()
    with translation.override(language):
        while confirmed.is_running:
            _NEXT[ImportState(confirmed.state)](confirmed)
            confirmed = Import.objects.select_related("actor").get(pk=confirmed.pk)
            progress(confirmed)
    return confirmed


def _write_down(confirmed: Import) -> None:
    """The company may have changed since the report was read: it is made anew, and must be all right."""
    report = report_of(confirmed)
    with publishing():
        running = _locked(confirmed, ImportState.CONFIRMED)
        if running is None:
            return
        if report.has_errors:
            _finish(running, ImportState.FAILED, problem=_sentence(report))
            return
        ImportStep.objects.bulk_create(
            ImportStep(
                owner=running,
                position=position,
                kind=step.kind,
                line=step.line,
                label=step.label[:60],
                is_new=step.outcome == Outcome.NEW,
                data=step.data,
            )
            for position, step in enumerate(report.steps)
        )
        running.total = len(report.steps) + _to_open(running).count()
        running.state = ImportState.WRITING
        running.save(update_fields=["state", "total"])


def _sentence(report: Report) -> str:
    line, note = next(report.in_words())
    return _("Line %(line)s: %(problem)s") % {"line": line.number, "problem": note}


def _write(confirmed: Import) -> None:
    step: ImportStep | None = None
    try:
        with publishing():
            running = _locked(confirmed, ImportState.WRITING)
            if running is None:
                return
            ends = time.monotonic() + SHARE
            steps = list(running.steps.filter(done=False).order_by("position")[:BATCH])
            for step in steps:
                take(running.actor, step)
                running.done += 1
                if time.monotonic() > ends:
                    break
            else:
                if len(steps) < BATCH:
                    _let_in(running)
            running.save(update_fields=["done", "state"])
    except REFUSALS as error:
        _turn_back(confirmed, step, error)


def _let_in(running: Import) -> None:
    """Everybody who is new, in one statement: before it nobody sees any of them, after it all are there."""
    User.objects.filter(pk__in=running.people_made.values("made")).update(is_active=True)
    running.state = ImportState.OPENING
    publish("people.import.written", stream=COMPANY, actor=running.actor, import_id=running.pk)


def _to_open(running: Import) -> QuerySet[ImportStep]:
    return running.people_made.filter(opened=False).order_by("position")


def _open(confirmed: Import) -> None:
    """What joining a department opens, for those who could not be let in yet when they joined it."""
    with publishing():
        running = _locked(confirmed, ImportState.OPENING)
        if running is None:
            return
        ends = time.monotonic() + SHARE
        steps = list(_to_open(running)[:BATCH])
        for step in steps:
            for membership in Membership.objects.filter(user=step.made).select_related("user", "department"):
                for hook in hooks.on_joined:
                    hook(membership)
            step.opened = True
            step.save(update_fields=["opened"])
            running.done += 1
            if time.monotonic() > ends:
                break
        else:
            if len(steps) < BATCH:
                _finish(running, ImportState.DONE)
        running.save(update_fields=["done"])


# --- The way back --------------------------------------------------------------------------------------


def _turn_back(confirmed: Import, step: ImportStep | None, error: Exception) -> None:
    """Something of the company changed in the seconds since the report."""
    log.warning("import %s goes back: %r", confirmed.pk, error)
    said = " ".join(error.messages) if isinstance(error, ValidationError) else ""
    if isinstance(error, Denied):
        said = str(error.verdict.sentence)
    problem = said or _("Somebody changed the same at the same time. Upload the file again.")
    if step is not None:
        problem = _("Line %(line)s: %(problem)s") % {"line": step.line, "problem": problem}
    with publishing():
        if running := _locked(confirmed, ImportState.WRITING):
            running.state, running.problem = ImportState.UNDOING, problem
            running.save(update_fields=["state", "problem"])


def _undo(confirmed: Import) -> None:
    with publishing():
        running = _locked(confirmed, ImportState.UNDOING)
        if running is None:
            return
        ends = time.monotonic() + SHARE
        steps = list(running.steps.filter(done=True).order_by("-position")[:BATCH])
        for step in steps:
            running.problem += _put_back(step)
            running.done -= 1
            if time.monotonic() > ends:
                break
        else:
            if len(steps) < BATCH:
                _finish(running, ImportState.FAILED, problem=running.problem)
        running.save(update_fields=["done", "problem"])


def _put_back(step: ImportStep) -> str:
    """What somebody has built upon meanwhile stays as it is, and is named; the rest goes back."""
    try:
        with transaction.atomic():
            put_back(step)
    except REFUSALS as error:
        log.warning("step %s of import %s stays: %r", step.position, step.owner_id, error)
        step.owner.steps.filter(pk=step.pk).update(done=False)
        stays = _("Line %(line)s could not be put back: look at %(name)s.")
        return "\n" + stays % {"line": step.line, "name": step.label}
    return ""


def _locked(confirmed: Import, state: ImportState) -> Import | None:
    """As it is now, held until the transaction ends; nothing if another process has gone on with it."""
    found = Import.objects.select_for_update(no_key=True, of=("self",)).select_related("actor")
    running = found.filter(pk=confirmed.pk, state=state).first()
    if running is not None:
        Import.objects.filter(pk=running.pk).update(held_until=clock.now() + HELD)
    return running


def _finish(running: Import, state: ImportState, *, problem: str = "") -> None:
    """What was uploaded is not needed any more."""
    running.state, running.problem, running.tables = state, problem, []
    running.save(update_fields=["state", "problem", "tables", "done"])
    publish(f"people.import.{state}", stream=COMPANY, actor=running.actor, import_id=running.pk)


_NEXT: dict[ImportState, Callable[[Import], None]] = {
    ImportState.CONFIRMED: _write_down,
    ImportState.WRITING: _write,
    ImportState.OPENING: _open,
    ImportState.UNDOING: _undo,
}
