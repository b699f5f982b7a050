from __future__ import annotations

import datetime as dt
import zoneinfo
from typing import Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from intranet.people.models.calendars import within_reach
from intranet.people.models.user import User

A_DAY = dt.timedelta(days=1)


class AbsenceKind(models.TextChoices):
    LEAVE = "leave", pgettext_lazy("absence", "Leave")
    TRAVEL = "travel", _("Business travel")
    SICK = "sick", _("Sick leave")


class AbsenceQuerySet(models.QuerySet["Absence"]):
    def of(self, user: User) -> Self:
        return self.filter(user=user)

    def touching(self, first: dt.date, last: dt.date) -> Self:
        """Those with at least one of these days in them."""
        return self.filter(first_day__lte=last, last_day__gte=first)


class Absence(models.Model):
    """From–to in the wall time of the person's own zone; without a time, from and to the ends of the day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="absences"
    )
    kind = models.CharField(_("reason"), max_length=6, choices=AbsenceKind, default=AbsenceKind.LEAVE)
    first_day = models.DateField(_("from"), validators=within_reach)
    first_time = models.TimeField(_("from what time"), null=True, blank=True)
    last_day = models.DateField(_("to"), validators=within_reach)
    last_time = models.TimeField(_("to what time"), null=True, blank=True)
    message = models.CharField(pgettext_lazy("absence", "message"), max_length=200, blank=True)
    stand_in = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("stand-in"),
        related_name="stands_in_during",
        null=True,
        blank=True,
    )

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        ordering = ("first_day", "first_time", "pk")
        indexes = (models.Index(fields=["user", "last_day"]),)
        constraints = (
            models.CheckConstraint(
                condition=models.Q(last_day__gte=models.F("first_day")), name="ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user}: {self.first_day:%Y-%m-%d} – {self.last_day:%Y-%m-%d}"

    # --- As wall time, and as instants -------------------------------------------------------------------

    @property
    def begins(self) -> dt.datetime:
        return dt.datetime.combine(self.first_day, self.first_time or dt.time.min)

    @property
    def ends(self) -> dt.datetime:
        """The first minute after it."""
        if self.last_time is not None:
            return dt.datetime.combine(self.last_day, self.last_time)
        return dt.datetime.combine(self.last_day + A_DAY, dt.time.min)

    @property
    def instants(self) -> tuple[dt.datetime, dt.datetime]:
        zone = zoneinfo.ZoneInfo(self.user.time_zone)
        begins, ends = self.begins.replace(tzinfo=zone), self.ends.replace(tzinfo=zone)
        return begins.astimezone(dt.UTC), ends.astimezone(dt.UTC)

    # --- What is no absence ------------------------------------------------------------------------------

    def clean(self) -> None:
        if self.first_day and self.last_day and self.last_day <= within_reach[1].limit_value:
            self._check_order()
        if self.stand_in is not None:
            self._check_stand_in(self.stand_in)

    def _check_order(self) -> None:
        if self.ends <= self.begins:
            sentence = _("The absence ends before it starts.")
            raise ValidationError({"last_day": ValidationError(sentence, code="ends_before_start")})

    def _check_stand_in(self, stand_in: User) -> None:
        if stand_in.pk == self.user_id:
            refused = ValidationError(_("Nobody stands in for themselves."), code="oneself")
            raise ValidationError({"stand_in": refused})
        if not stand_in.is_active:
            refused = ValidationError(_("Who stands in must still work here."), code="inactive")
            raise ValidationError({"stand_in": refused})
