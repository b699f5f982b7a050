"""The room: the place that people, talk, and later tasks, pages, meetings and files live in."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intranet import clock
from intranet.people.models import Department, User
from intranet.people.permissions import holds

if TYPE_CHECKING:
    from intranet.rooms.permissions import Standing

DIRECT_SIZE = 9


class Kind(models.TextChoices):
    DEPARTMENT = "department", _("Department")
    PROJECT = "project", _("Project")
    DIRECT = "direct", _("Direct messages")


class RoomRole(models.TextChoices):
    OWNER = "owner", _("Owner")
    MEMBER = "member", _("Member")


class RoomQuerySet(models.QuerySet["Room"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The rooms a person may enter: being in it, and allowed to enter by one of its departments."""
        if not user.is_active:
            return self.none()
        return self.filter(pk__in=_entering().filter(user=user.pk).values("room"))

    def ownerless(self) -> Self:
        """Open rooms whose owners are all gone; a department's own room needs none."""
        owners = RoomMembership.objects.owning().filter(room=models.OuterRef("pk"))
        people = self.exclude(kind__in=(Kind.DEPARTMENT, Kind.DIRECT)).filter(archived_at=None)
        return people.exclude(models.Exists(owners))

    def with_departments(self) -> Self:
        """Everything that a room's rings and badges draw."""
        return self.prefetch_related(_department_links())


def _department_links() -> models.Prefetch[str]:
    return models.Prefetch(
        "department_links", RoomDepartment.objects.select_related("department").order_by("pk")
    )


class Room(models.Model):
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    name = models.CharField(_("name"), max_length=80, blank=True)
    english_name = models.CharField(_("English name"), max_length=80, blank=True)
    topic = models.CharField(_("topic"), max_length=200, blank=True)
    direct_key = models.CharField(max_length=200, unique=True, null=True, blank=True, editable=False)
    created_at = models.DateTimeField(default=clock.now, editable=False)
    archived_at = models.DateTimeField(_("archived"), null=True, blank=True)
    departments = models.ManyToManyField(
        Department, verbose_name=_("departments"), through="RoomDepartment", related_name="rooms"
    )
    members = models.ManyToManyField(settings.AUTH_USER_MODEL, through="RoomMembership", related_name="rooms")

    entered: Standing | None = None  # of the person whom `permissions.enter` let in

    objects = RoomQuerySet.as_manager()

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")

    def __str__(self) -> str:
        return self.display_name or f"{self.get_kind_display()} {self.pk}"

    @property
    def stream(self) -> str:
        return f"room.{self.pk}"

    def with_departments(self) -> Self:
        """What the queryset's `with_departments` loads, for one that is here already."""
        models.prefetch_related_objects([self], _department_links())
        return self

    @property
    def display_name(self) -> str:
        return (self.english_name or self.name) if get_language() == "en" else self.name

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    @property
    def is_direct(self) -> bool:
        return self.kind == Kind.DIRECT


class RoomDepartment(models.Model):
    """A department that takes part in a room: its grants hold there."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="department_links")
    department = models.ForeignKey(Department, models.CASCADE, related_name="room_links")

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["room", "department"], name="department_once_in_a_room"),
        )

    def __str__(self) -> str:
        return f"{self.department} in {self.room}"


class RoomMembershipQuerySet(models.QuerySet["RoomMembership"]):
    def entering(self) -> Self:
        """The memberships that open their room: direct ones, and those that a department's grant carries."""
        granted = RoomDepartment.objects.filter(
            holds("enter_rooms", department="department", user=models.OuterRef("user")),
            room=models.OuterRef("room"),
        )
        return self.filter(Q(room__kind=Kind.DIRECT) | models.Exists(granted), user__is_active=True)

    def sidebar_of(self, user: User) -> Self:
        """What the sidebar lists, with all that its rows draw, in a constant number of queries."""
        return (
            self.entering()
            .filter(user=user)
            .select_related("room")
            .prefetch_related("room__department_links__department")
            .order_by("room__name", "room_id")
        )

    def owning(self) -> Self:
        """Owners who can act: an account that was closed, or that no department lets in, owns nothing."""
        return self.entering().filter(role=RoomRole.OWNER)

    def last_read_by(self, user: User) -> RoomMembership | None:
        recently = self.entering().filter(user=user, room__archived_at=None).order_by("-read_at", "-pk")
        return recently.select_related("room").first()

    def move_pointer(self, number: int) -> int:
        """A read pointer only ever moves forward."""
        return self.filter(pointer__lt=number).update(pointer=number, read_at=clock.now())


@cache
def _entering() -> RoomMembershipQuerySet:
    """Every request asks this; building the condition costs more than asking it."""
    return RoomMembership.objects.entering()


class RoomMembership(models.Model):
    """A person in a room. Unread is the room's last message number less this one pointer."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="room_memberships")
    role = models.CharField(_("role"), max_length=8, choices=RoomRole, default=RoomRole.MEMBER)
    joined_at = models.DateTimeField(default=clock.now, editable=False)
    pointer = models.BigIntegerField(default=0, editable=False)
    read_at = models.DateTimeField(default=clock.now, editable=False)
    starred = models.BooleanField(_("starred"), default=False)

    objects = RoomMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("room membership")
        verbose_name_plural = _("room memberships")
        constraints = (
            models.UniqueConstraint(fields=["room", "user"], name="once_in_a_room"),
            models.CheckConstraint(condition=Q(pointer__gte=0), name="pointer_not_negative"),
        )
        indexes = (models.Index(fields=["user", "read_at"], name="membership_recently_read"),)

    def __str__(self) -> str:
        return f"{self.user} in {self.room}"
