from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from intranet import clock


class ImportState(models.TextChoices):
    CHECKED = "checked", _("Waiting for you")
    CONFIRMED = "confirmed", _("About to begin")
    WRITING = "writing", _("Writing")
    OPENING = "opening", _("Opening rooms")
    UNDOING = "undoing", _("Undoing")
    DONE = "done", _("Done")
    FAILED = "failed", _("Stopped; nothing was changed")


RUNNING = (ImportState.CONFIRMED, ImportState.WRITING, ImportState.OPENING, ImportState.UNDOING)


class StepKind(models.TextChoices):
    DEPARTMENT = "department"
    PERSON = "person"
    MANAGER = "manager"


class Import(models.Model):
    """An uploaded file and what has become of it. Whoever runs it goes on where it stands."""

    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, verbose_name=_("uploaded by"), related_name="+"
    )
    file_name = models.CharField(_("file"), max_length=120)
    tables = models.JSONField(default=list)
    state = models.CharField(_("state"), max_length=10, choices=ImportState, default=ImportState.CHECKED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    problem = models.TextField(blank=True)
    held_until = models.DateTimeField(default=clock.now)  # by whoever runs it, as long as they live
    made_at = models.DateTimeField(_("uploaded"), default=clock.now)

    class Meta:
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ("-made_at", "-pk")

    def __str__(self) -> str:
        return self.file_name

    @property
    def is_running(self) -> bool:
        return self.state in RUNNING

    @property
    def people_made(self) -> models.QuerySet[ImportStep]:
        return self.steps.filter(kind=StepKind.PERSON, is_new=True)


class ImportStep(models.Model):
    """One line's share of an import. `before` is what undoing puts back, `made` who or what is new."""

    owner = models.ForeignKey(Import, models.CASCADE, related_name="steps")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=10, choices=StepKind)
    line = models.PositiveIntegerField()
    label = models.CharField(max_length=60)
    is_new = models.BooleanField()
    data = models.JSONField()
    before = models.JSONField(default=dict)
    made = models.BigIntegerField(null=True)
    done = models.BooleanField(default=False)
    opened = models.BooleanField(default=False)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["owner", "position"], name="steps_in_order"),)

    def __str__(self) -> str:
        return f"{self.owner}, {self.line}: {self.label}"
