from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from intranet import clock
from intranet.people.models.department import Department, Membership, Role


class Change(models.TextChoices):
    TRANSFER = "transfer", _("Transfer to another department")
    LEAVING = "leaving", _("Leaves the company")


class State(models.TextChoices):
    PLANNED = "planned", _("Planned")
    DONE = "done", _("Done")
    CANCELLED = "cancelled", _("Cancelled")
    REFUSED = "refused", _("Not possible")


class PlannedChange(models.Model):
    """A transfer or a leaving that waits for its day; what is kept open until when."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="planned_changes"
    )
    change = models.CharField(_("change"), max_length=8, choices=Change)
    source = models.ForeignKey(
        Department, models.CASCADE, verbose_name=_("from"), null=True, blank=True, related_name="+"
    )
    target = models.ForeignKey(
        Department, models.CASCADE, verbose_name=_("to"), null=True, blank=True, related_name="+"
    )
    role = models.CharField(_("role"), max_length=8, choices=Role, blank=True)
    effective_on = models.DateField(_("from the day"))
    kept = models.JSONField(_("kept open"), default=list, blank=True)
    kept_until = models.DateField(_("kept open until"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.PLANNED)
    outcome = models.CharField(_("outcome"), max_length=200, blank=True)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, verbose_name=_("planned by"), null=True, related_name="+"
    )
    planned_at = models.DateTimeField(_("planned at"), default=clock.now)

    class Meta:
        verbose_name = _("planned change")
        verbose_name_plural = _("planned changes")
        indexes = (
            models.Index(fields=["effective_on"], name="change_due", condition=models.Q(state="planned")),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.get_change_display()}"

    def membership(self) -> Membership | None:
        """The place that a transfer ends; none where the person has left it by themselves meanwhile."""
        return Membership.objects.filter(user=self.user_id, department=self.source_id).first()
