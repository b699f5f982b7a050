from __future__ import annotations

import functools
import zoneinfo
from typing import ClassVar, Self

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin, UserManager
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from intranet import clock


@functools.cache
def time_zone_names() -> frozenset[str]:
    """Python walks through the zones' files each time that it is asked."""
    return frozenset(zoneinfo.available_timezones())


def check_time_zone(name: str) -> None:
    if name not in time_zone_names():
        raise ValidationError(_("“%(name)s” is not a time zone."), params={"name": name})


# No “@”: a user name must not look like somebody's address, as one signs in with either.
check_username = RegexValidator(
    r"^[\w.-]+\Z", _("A user name consists of letters, digits, dots, hyphens and underscores.")
)
# What stands where a user name does in an address, /people/<username>/.
RESERVED_NAMES = frozenset({"groups"})


def check_not_reserved(name: str) -> None:
    if name.lower() in RESERVED_NAMES:
        raise ValidationError(_("“%(name)s” is taken by the product itself."), params={"name": name})


class Theme(models.TextChoices):
    SYSTEM = "system", _("Follow the system")
    LIGHT = "light", _("Light")
    DARK = "dark", _("Dark")


class Employment(models.TextChoices):
    ACTIVE = "active", _("Active")
    ON_LEAVE = "on_leave", _("On long leave")
    LEFT = "left", _("Left the company")


class Sign(models.TextChoices):
    """What a status can begin with: emoji so old that every font has them, and the words for each."""

    NONE = "", pgettext_lazy("sign of a status", "None")
    MEETING = "☎️", _("In a meeting")
    FOCUS = "✏️", _("Focusing")
    HOME = "⌂", _("Working from home")
    TRAVEL = "✈️", _("Travelling")
    BREAK = "☕", _("On a break")
    ILL = "😷", _("Sick")
    LEAVE = "☀️", _("On holiday")
    FAMILY = "❤️", _("With the family")


class UserQuerySet(models.QuerySet["User"]):
    def active(self) -> Self:
        return self.filter(is_active=True)

    def with_primary_department(self) -> Self:
        """Everything that an avatar draws, without a query a person."""
        from intranet.people.models.department import Membership  # noqa: PLC0415 - it refers to people

        primary = Membership.objects.filter(primary=True).select_related("department")
        return self.prefetch_related(models.Prefetch("memberships", primary, to_attr="primary_memberships"))


class People(UserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]
    """Users are made by `people.actions`; this serves Django's own commands only."""

    @classmethod
    def normalize_email(cls, email: str | None) -> str | None:
        return (email or "").lower() or None


class User(AbstractBaseUser, PermissionsMixin):
    username = models.CharField(
        _("user name"), max_length=40, unique=True, validators=[check_username, check_not_reserved]
    )
    email = models.EmailField(_("e-mail"), unique=True, null=True, blank=True)
    name = models.CharField(_("name"), max_length=60)
    english_name = models.CharField(_("English name"), max_length=60, blank=True)
    pinyin = models.CharField(
        _("pinyin"),
        max_length=420,
        blank=True,
        help_text=_("One syllable after the other: “li lei”. Follows the name unless it is set here."),
    )
    initials = models.CharField(_("initials"), max_length=60, blank=True, editable=False)
    title = models.CharField(_("title"), max_length=80, blank=True)
    english_title = models.CharField(_("English title"), max_length=80, blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    avatar = models.CharField(_("avatar"), max_length=32, blank=True, editable=False)  # the key of its files
    status_sign = models.CharField(_("sign of the status"), max_length=8, choices=Sign, blank=True)
    status_text = models.CharField(_("status"), max_length=60, blank=True)
    status_until = models.DateTimeField(_("status until"), null=True, blank=True)
    locale = models.CharField(_("language"), max_length=10, choices=settings.LANGUAGES, default="zh-hans")
    time_zone = models.CharField(
        _("time zone"), max_length=40, default=settings.COMPANY_TIME_ZONE, validators=[check_time_zone]
    )
    theme = models.CharField(_("theme"), max_length=6, choices=Theme, default=Theme.SYSTEM)
    employment = models.CharField(
        _("employment"), max_length=10, choices=Employment, default=Employment.ACTIVE
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    is_staff = models.BooleanField(_("may use the administration"), default=False)
    date_joined = models.DateTimeField(_("joined"), default=clock.now)

    objects: ClassVar[People] = People()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ("name",)

    def __str__(self) -> str:
        return self.display_name

    @property
    def stream(self) -> str:
        return f"user.{self.pk}"

    @property
    def display_name(self) -> str:
        """The name that people of the current language know."""
        return (self.english_name or self.name) if get_language() == "en" else self.name

    @property
    def other_name(self) -> str:
        """The name that people of the other language know, if it is another one."""
        shown = self.display_name
        return next((name for name in (self.name, self.english_name) if name and name != shown), "")

    @property
    def display_title(self) -> str:
        return (self.english_title or self.title) if get_language() == "en" else self.title

    @property
    def status(self) -> str:
        """What they say about themselves, until its time has come."""
        if self.status_until is not None and self.status_until <= clock.now():
            return ""
        words = self.status_text or (Sign(self.status_sign).label if self.status_sign else "")
        return f"{self.status_sign} {words}".strip()
