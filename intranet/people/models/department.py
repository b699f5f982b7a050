from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from tree_queries.models import TreeNode

if TYPE_CHECKING:
    from intranet.people.models.user import User


class Hue(models.TextChoices):
    """The colours that a department's ring can have; red is kept for what is late or urgent."""

    ORANGE = "orange", _("Orange")
    BLUE = "blue", _("Blue")
    VIOLET = "violet", _("Violet")
    GREEN = "green", _("Green")
    SLATE = "slate", _("Slate")
    PLUM = "plum", _("Plum")
    CYAN = "cyan", _("Cyan")
    TEAL = "teal", _("Teal")


class Role(models.TextChoices):
    MEMBER = "member", _("Member")
    MANAGER = "manager", _("Manager")
    GUEST = "guest", _("Guest")


class Department(TreeNode):
    name = models.CharField(_("name"), max_length=60, unique=True)
    english_name = models.CharField(_("English name"), max_length=60, blank=True)
    hue = models.CharField(_("colour"), max_length=8, choices=Hue, default=Hue.TEAL)
    calendar = models.ForeignKey(
        "people.WorkCalendar",
        models.PROTECT,
        verbose_name=_("work calendar"),
        related_name="departments",
        null=True,
        blank=True,
        help_text=_("Empty: that of the department above it, or else the company's."),
    )

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")

    def __str__(self) -> str:
        return self.display_name

    @property
    def display_name(self) -> str:
        return (self.english_name or self.name) if get_language() == "en" else self.name

    def clean(self) -> None:
        """Instead of the tree's own check: one query, and a sentence at the field it is about."""
        parents = dict(Department.objects.values_list("pk", "parent_id"))
        above, seen = self.parent_id, {self.pk}
        while above is not None:
            if above in seen:
                refused = ValidationError(_("A department cannot be inside itself."), code="circle")
                raise ValidationError({"parent": refused})
            seen.add(above)
            above = parents.get(above)


class DepartmentRole(models.Model):
    """The group that holds a department's members of one role; derived from memberships, never edited."""

    department = models.ForeignKey(Department, models.CASCADE, related_name="roles")
    role = models.CharField(max_length=8, choices=Role)
    group = models.OneToOneField(Group, models.CASCADE, related_name="department_role")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["department", "role"], name="one_group_per_role"),)

    def __str__(self) -> str:
        return f"{self.department}: {self.get_role_display()}"


class MembershipQuerySet(models.QuerySet["Membership"]):
    def guests_of(self, user: User) -> Self:
        """The guests of the departments in which this person may invite them."""
        from intranet.people.permissions import departments_inviting_guests  # noqa: PLC0415 - it asks models

        departments = departments_inviting_guests(user).values("pk")
        guests = self.filter(role=Role.GUEST, user__is_active=True, department__in=departments)
        return guests.select_related("user", "department", "invited_by").order_by("until", "pk")


class Membership(models.Model):
    """A person's place in a department. This is the truth; the role's group follows it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, verbose_name=_("person"), related_name="memberships"
    )
    department = models.ForeignKey(
        Department, models.CASCADE, verbose_name=_("department"), related_name="memberships"
    )
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.MEMBER)
    primary = models.BooleanField(_("primary"), default=False)
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("The last day; empty: for good"))
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("invited by"),
        null=True,
        blank=True,
        editable=False,
        related_name="+",
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("department membership")
        verbose_name_plural = _("department memberships")
        constraints = (
            models.UniqueConstraint(fields=["user", "department"], name="once_in_a_department"),
            models.UniqueConstraint(
                fields=["user"], name="one_primary_department", condition=models.Q(primary=True)
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.department}"
