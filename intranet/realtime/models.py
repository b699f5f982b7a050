from __future__ import annotations

from django.conf import settings
from django.db import models

from intranet import clock


class Process(models.Model):
    """One running process of the product and its heartbeat."""

    class Kind(models.TextChoices):
        WEB = "web"
        WORKER = "worker"
        BEAT = "beat"

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=8, choices=Kind)
    started_at = models.DateTimeField(default=clock.now)
    beat_at = models.DateTimeField(default=clock.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"


class Presence(models.Model):
    """A person with at least one open socket in a process; it counts while the process beats."""

    process = models.ForeignKey(Process, models.CASCADE)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="presences")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["process", "user"], name="once_in_a_process"),)

    def __str__(self) -> str:
        return f"{self.user_id} in {self.process_id}"
