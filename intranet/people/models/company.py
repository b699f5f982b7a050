from __future__ import annotations

import time
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intranet import clock
from intranet.people.models.checks import check_time_zone


class CompanyManager(models.Manager["Company"]):
    """Every page names the company, so a process asks for it once in a while only."""

    KEPT_FOR: ClassVar[float] = 5.0
    _kept: ClassVar[Company | None] = None
    _until: ClassVar[float] = 0.0

    def current(self) -> Company:
        """The company of this database; before it is set up, one that the settings describe."""
        kept = CompanyManager._kept
        if kept is None or CompanyManager._until < time.monotonic():
            kept = self.filter(pk=Company.ONLY).first() or Company.unnamed()
            CompanyManager._kept, CompanyManager._until = kept, time.monotonic() + self.KEPT_FOR
        return kept

    def is_here(self) -> bool:
        return not self.current()._state.adding

    @staticmethod
    def forget() -> None:
        """What this process remembers; other processes see a change after five seconds."""
        CompanyManager._kept = None


class Company(models.Model):
    """The one row that says whose database this is."""

    ONLY: ClassVar[int] = 1

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    name = models.CharField(_("name"), max_length=60)
    english_name = models.CharField(_("English name"), max_length=60, blank=True)
    locale = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    time_zone = models.CharField(_("time zone"), max_length=40, validators=[check_time_zone])
    created_at = models.DateTimeField(default=clock.now, editable=False)

    objects: ClassVar[CompanyManager] = CompanyManager()

    class Meta:
        verbose_name = _("company")
        verbose_name_plural = _("company")
        constraints = (models.CheckConstraint(condition=Q(id=1), name="one_company"),)

    def __str__(self) -> str:
        return self.display_name

    @classmethod
    def unnamed(cls) -> Company:
        return cls(name=settings.COMPANY_NAME, time_zone=settings.COMPANY_TIME_ZONE)

    @property
    def display_name(self) -> str:
        return (self.english_name or self.name) if get_language() == "en" else self.name

    @property
    def preferences(self) -> dict[str, str]:
        """What people have who have chosen nothing."""
        return {"locale": self.locale, "time_zone": self.time_zone}
