"""The account of who changed what about people, departments, rights and rooms. Rows are only ever added."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.utils.translation import gettext_lazy as _


def _of(to: str, verbose_name: Any) -> Any:
    """Unchecked: what was done stays written down when its object is gone."""
    return models.ForeignKey(
        to,
        models.DO_NOTHING,
        verbose_name=verbose_name,
        null=True,
        related_name="+",
        db_constraint=False,
    )


class Record(models.Model):
    """One change, or one that was refused: then `reason` says why."""

    at = models.DateTimeField(_("when"), db_index=True)
    kind = models.CharField(_("what"), max_length=64, db_index=True)
    actor = _of(settings.AUTH_USER_MODEL, _("by whom"))
    person = _of(settings.AUTH_USER_MODEL, _("about whom"))
    department = _of("people.Department", _("department"))
    room = _of("rooms.Room", _("room"))
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    before = models.JSONField(_("before"), null=True, encoder=DjangoJSONEncoder)
    after = models.JSONField(_("after"), null=True, encoder=DjangoJSONEncoder)
    reason = models.CharField(_("refused because"), max_length=64, blank=True)
    request_id = models.CharField(_("request"), max_length=32, blank=True, db_index=True)
    address = models.GenericIPAddressField(_("address"), null=True)

    class Meta:
        verbose_name = _("audit record")
        verbose_name_plural = _("audit records")
        default_permissions = ("view",)
        ordering = ("-at", "-pk")

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
