from __future__ import annotations

from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intranet.people.models.department import Membership, Role
from intranet.people.models.user import User, UserQuerySet

check_handle = RegexValidator(
    r"^[a-z0-9][a-z0-9.-]*\Z",
    _("A handle consists of small letters, digits, dots and hyphens, and begins with a letter or a digit."),
)


class UserGroupQuerySet(models.QuerySet["UserGroup"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Everybody of the company sees all groups, a guest those that they are in."""
        if not user.is_active:
            return self.none()
        if user.is_superuser or Membership.objects.filter(user=user.pk).exclude(role=Role.GUEST).exists():
            return self
        own = models.Q(members=user.pk) | models.Q(owners=user.pk)
        return self.filter(pk__in=self.model.objects.filter(own).values("pk"))

    def without_owner(self) -> Self:
        """Nobody is left who looks after them: whoever owned them has left the company."""
        return self.exclude(pk__in=self.model.objects.filter(owners__is_active=True).values("pk"))

    def with_sizes(self) -> Self:
        active = models.Q(members__is_active=True)
        return self.annotate(size=models.Count("members", filter=active, distinct=True))


class UserGroup(models.Model):
    """People who are addressed together, as @oncall, whatever their departments."""

    handle = models.CharField(_("handle"), max_length=40, unique=True, validators=[check_handle])
    name = models.CharField(_("name"), max_length=60)
    english_name = models.CharField(_("English name"), max_length=60, blank=True)
    description = models.CharField(_("description"), max_length=200, blank=True)
    owners = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("owners"), related_name="owned_groups", blank=True
    )
    members = models.ManyToManyField(
        settings.AUTH_USER_MODEL, verbose_name=_("members"), related_name="user_groups", blank=True
    )

    objects = UserGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("user group")
        verbose_name_plural = _("user groups")
        ordering = ("handle",)

    def __str__(self) -> str:
        return f"@{self.handle}"

    def clean(self) -> None:
        """A name after an @ means one person or one group."""
        if User.objects.filter(username__iexact=self.handle).exists():
            taken = ValidationError(_("A person has this user name already."), code="taken")
            raise ValidationError({"handle": taken})

    @property
    def stream(self) -> str:
        return f"group.{self.pk}"

    @property
    def display_name(self) -> str:
        return (self.english_name or self.name) if get_language() == "en" else self.name

    def people(self) -> UserQuerySet:
        """Its members who are still here."""
        return User.objects.active().filter(user_groups=self)
