from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class PhoneSight(models.TextChoices):
    EVERYONE = "everyone", _("Everyone who can find the person")
    DEPARTMENT = "department", _("The same department, managers and HR")
    MANAGERS = "managers", _("Managers and HR only")


class Policy(models.Model):
    """What the company has decided about its people's data: one row, which HR changes."""

    phones = models.CharField(
        _("Who sees phone numbers"), max_length=10, choices=PhoneSight, default=PhoneSight.EVERYONE
    )

    class Meta:
        verbose_name = _("company policy")
        verbose_name_plural = _("company policy")

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    @classmethod
    def current(cls) -> Policy:
        return cls.objects.first() or cls()
