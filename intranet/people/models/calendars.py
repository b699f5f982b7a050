from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intranet.people.hours import check_hours, office_hours
from intranet.people.public_days import FIRST_YEAR, LAST_YEAR, Country, regions_of

# Far enough for everybody, and safe to reckon with.
within_reach = (
    MinValueValidator(dt.date(FIRST_YEAR, 1, 1), _("This date is too far in the past.")),
    MaxValueValidator(dt.date(LAST_YEAR, 12, 31), _("This date is too far in the future.")),
)


class WorkCalendar(models.Model):  # type: ignore[django-manager-missing]  # the tree's manager has no types
    """When people work: weekly hours, a country's days off, and what HR says about single days.

    A person's own calendar counts, else that of their department or the nearest one above it, else the
    company's. Hours are wall time in the person's own zone.
    """

    name = models.CharField(_("name"), max_length=60, unique=True)
    english_name = models.CharField(_("English name"), max_length=60, blank=True)
    country = models.CharField(
        _("public holidays of"), max_length=2, choices=Country, blank=True, default=Country.CN
    )
    region = models.CharField(
        _("region"),
        max_length=12,
        blank=True,
        help_text=_("Where holidays differ within a country: BE for Berlin, NSW for New South Wales."),
    )
    hours = models.JSONField(_("working hours"), default=office_hours, validators=[check_hours])
    is_default = models.BooleanField(_("the company's"), default=False)

    class Meta:
        verbose_name = _("work calendar")
        verbose_name_plural = _("work calendars")
        ordering = ("-is_default", "name")
        constraints = (
            models.UniqueConstraint(
                fields=["is_default"], name="one_company_calendar", condition=models.Q(is_default=True)
            ),
        )

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        return (self.english_name or self.name) if get_language() == "en" else self.name

    def clean(self) -> None:
        if not self.region:
            return
        known = regions_of(self.country) if self.country else ()
        if self.region not in known:
            sentence = _("There is no such region. Known here: %(regions)s.")
            shown = {"regions": ", ".join(known) or "–"}
            raise ValidationError({"region": ValidationError(sentence, code="region", params=shown)})


class DayKind(models.TextChoices):
    OFF = "off", _("Day off")
    WORKING = "working", _("Working day")


class CalendarDay(models.Model):
    """What HR says about one day; it counts before what a library says."""

    calendar = models.ForeignKey(
        WorkCalendar, models.CASCADE, verbose_name=_("work calendar"), related_name="days"
    )
    date = models.DateField(_("date"), validators=within_reach)
    kind = models.CharField(_("kind"), max_length=7, choices=DayKind, default=DayKind.OFF)
    name = models.CharField(_("name"), max_length=60)
    english_name = models.CharField(_("English name"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("day of a calendar")
        verbose_name_plural = _("days of calendars")
        ordering = ("date",)
        constraints = (models.UniqueConstraint(fields=["calendar", "date"], name="one_word_about_a_day"),)

    def __str__(self) -> str:
        return f"{self.date:%Y-%m-%d} {self.display_name}"

    @property
    def display_name(self) -> str:
        return (self.english_name or self.name) if get_language() == "en" else self.name

    @property
    def works(self) -> bool:
        return self.kind == DayKind.WORKING


class ImportedYear(models.Model):
    """HR has imported this year: its days are the calendar's own, and no library is asked."""

    calendar = models.ForeignKey(WorkCalendar, models.CASCADE, related_name="imported_years")
    year = models.PositiveSmallIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["calendar", "year"], name="a_year_once"),)

    def __str__(self) -> str:
        return f"{self.calendar} {self.year}"
