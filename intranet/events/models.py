"""The log: every change in the company takes a number in a stream and leaves one row here."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Stream(models.Model):
    """Counters of one stream, such as `room.17` or `user.5`; they move only in `publish`."""

    name = models.CharField(max_length=64, primary_key=True)
    seq = models.BigIntegerField(default=0)
    number = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.name} at {self.seq}"


class Event(models.Model):
    """One change. `data` holds ids, never text: readers look up what the rows say now."""

    stream = models.CharField(max_length=64)
    seq = models.BigIntegerField()
    kind = models.CharField(max_length=64)
    # Unchecked: the check would wait for whoever changes the person, while it holds the stream's counter.
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    data = models.JSONField(default=dict)
    at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["stream", "seq"], name="one_event_per_number"),)

    def __str__(self) -> str:
        return f"{self.stream} {self.seq}: {self.kind}"


class Pending(models.Model):
    """An event that one listener still has to see; gone when it has."""

    event = models.ForeignKey(Event, models.CASCADE)
    listener = models.CharField(_("listener"), max_length=100)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    due = models.DateTimeField(_("due"))
    parked = models.BooleanField(_("given up"), default=False)

    class Meta:
        verbose_name = _("pending work")
        verbose_name_plural = _("pending work")
        constraints = (
            models.UniqueConstraint(fields=["event", "listener"], name="one_pending_per_listener"),
        )
        indexes = (models.Index(fields=["due"], name="pending_due", condition=models.Q(parked=False)),)

    def __str__(self) -> str:
        return f"{self.event_id} for {self.listener}"
