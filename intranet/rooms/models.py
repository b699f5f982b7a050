"""The room: the place that people, talk, and later tasks, pages, meetings and files live in."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intranet import clock
from intranet.people.models import Department, Membership, User
from intranet.people.permissions import departments_where, holds

if TYPE_CHECKING:
    from intranet.rooms.permissions import Standing

DIRECT_SIZE = 9


class Kind(models.TextChoices):
    COMPANY = "company", _("Company")
    DEPARTMENT = "department", _("Department")
    PROJECT = "project", _("Project")
    TOPIC = "topic", _("Open topic")
    DIRECT = "direct", _("Direct messages")


# Rooms whose people nobody chooses: they follow the company or a department.
FOLLOWING = (Kind.COMPANY, Kind.DEPARTMENT)


class Visibility(models.TextChoices):
    COMPANY = "company", _("Public: everybody of the company finds it and joins")
    DEPARTMENTS = "departments", _("Its departments join, others ask")
    PRIVATE = "private", _("Private: by invitation, nobody else knows of it")


class History(models.TextChoices):
    EVERYTHING = "everything", _("Everything that was ever said")
    JOINING = "joining", _("What is said from their joining on")


class RoomRole(models.TextChoices):
    OWNER = "owner", _("Owner")
    MODERATOR = "moderator", _("Moderator")
    MEMBER = "member", _("Member")


class RoomQuerySet(models.QuerySet["Room"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The rooms a person may enter: being in it, and allowed to enter by one of its departments."""
        if not user.is_active:
            return self.none()
        return self.filter(pk__in=_entering().filter(user=user.pk).values("room"))

    def findable_by(self, user: User | AnonymousUser) -> Self:
        """The rooms a person may know of: those they may enter, and the public ones for whoever may join."""
        if not user.is_active:
            return self.none()
        own = Q(pk__in=_entering().filter(user=user.pk).values("room"))
        public = Q(kind__in=(Kind.PROJECT, Kind.TOPIC)) & ~Q(visibility=Visibility.PRIVATE)
        joins = models.Exists(departments_where(user, "join_rooms"))
        return self.filter(own | Q(public, joins)).exclude(kind=Kind.DIRECT)

    def with_people(self) -> Self:
        """How many are in each, as `people`."""
        inside = RoomMembership.objects.filter(room=models.OuterRef("pk"), user__is_active=True)
        counted = inside.order_by().values("room").annotate(number=models.Count("pk")).values("number")
        return self.annotate(people=Coalesce(models.Subquery(counted), 0))

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
    visibility = models.CharField(
        _("visibility"), max_length=11, choices=Visibility, default=Visibility.PRIVATE
    )
    history = models.CharField(_("newcomers see"), max_length=10, choices=History, default=History.EVERYTHING)
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
        constraints = (
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind=Kind.COMPANY),
                name="one_company_room",
                violation_error_message=_("The company has its room already."),
            ),
            models.CheckConstraint(
                condition=Q(history=History.EVERYTHING) | Q(visibility=Visibility.PRIVATE),
                name="what_is_public_hides_no_history",
            ),
        )

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

    @property
    def is_public(self) -> bool:
        return self.visibility == Visibility.COMPANY

    @property
    def follows(self) -> bool:
        """Its people are not chosen: they follow the company or a department."""
        return self.kind in FOLLOWING


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
        """The memberships that open their room: those that a department's grant carries.

        In a public room any department of the person will do. The company room and direct conversations have
        no department: being in them is all.
        """
        grant = holds("enter_rooms", department="department", user=models.OuterRef("user"))
        own = RoomDepartment.objects.filter(grant, room=models.OuterRef("room"))
        anywhere = Membership.objects.filter(grant, user=models.OuterRef("user"))
        opened = (
            Q(room__kind__in=(Kind.COMPANY, Kind.DIRECT))
            | models.Exists(own)
            | Q(models.Exists(anywhere), room__visibility=Visibility.COMPANY)
        )
        return self.filter(opened, user__is_active=True)

    def sidebar_of(self, user: User) -> Self:
        """What the sidebar lists, with all that its rows draw, in a constant number of queries."""
        return (
            self.entering()
            .filter(user=user)
            .select_related("room")
            .prefetch_related("room__department_links__department")
            .order_by("room__name", "room_id")
        )

    def arriving(self, user: User) -> Self:
        """What a newcomer is shown: their own department's room first, then the others, then the projects."""
        home = Department.objects.filter(
            room_links__room=models.OuterRef("room"), memberships__user=user, memberships__primary=True
        )
        return (
            self.entering()
            .filter(user=user, room__archived_at=None)
            .exclude(room__kind=Kind.DIRECT)
            .select_related("room")
            .prefetch_related("room__department_links__department")
            .annotate(is_home=models.Exists(home))
            .order_by("room__kind", "-is_home", "room__name")
        )

    def owning(self) -> Self:
        """Owners who can act: an account that was closed, or that no department lets in, owns nothing."""
        return self.entering().filter(role=RoomRole.OWNER)

    def answering(self) -> Self:
        """Whoever hears of a request to join, by their role in the room."""
        return self.entering().filter(role__in=(RoomRole.OWNER, RoomRole.MODERATOR))

    def last_read_by(self, user: User) -> RoomMembership | None:
        recently = self.entering().filter(user=user, room__archived_at=None).order_by("-read_at", "-pk")
        return recently.select_related("room").first()

    def move_pointer(self, number: int) -> int:
        """A read pointer only ever moves forward."""
        return self.filter(pointer__lt=number).update(pointer=number, read_at=clock.now())


def changeable(room: Room) -> frozenset[str]:
    """What its owners may change; who finds an open topic or a room that follows others is settled."""
    names = {"name", "english_name", "topic"}
    return frozenset(names | {"visibility", "history"} if room.kind == Kind.PROJECT else names)


@cache
def _entering() -> RoomMembershipQuerySet:
    """Every request asks this; building the condition costs more than asking it."""
    return RoomMembership.objects.entering()


class RoomMembership(models.Model):
    """A person in a room. Unread is the room's last message number less this one pointer."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="room_memberships")
    role = models.CharField(_("role"), max_length=9, choices=RoomRole, default=RoomRole.MEMBER)
    # The last message that was said before, where the room keeps its past from newcomers.
    history_after = models.BigIntegerField(default=0, editable=False)
    joined_at = models.DateTimeField(default=clock.now, editable=False)
    pointer = models.BigIntegerField(default=0, editable=False)
    read_at = models.DateTimeField(default=clock.now, editable=False)
    starred = models.BooleanField(_("starred"), default=False)
    muted = models.BooleanField(_("muted"), default=False)
    section = models.ForeignKey(
        "SidebarSection", models.SET_NULL, null=True, blank=True, editable=False, related_name="memberships"
    )

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


class SidebarSection(models.Model):
    """A heading of a person's own in their list of rooms."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sidebar_sections")
    name = models.CharField(_("name"), max_length=40)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name = _("section of the list of rooms")
        verbose_name_plural = _("sections of the list of rooms")
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["user", "name"],
                name="section_once_a_person",
                violation_error_message=_("You have a section of this name already."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"own-{self.pk}"


class SidebarSort(models.TextChoices):
    NAME = "name", _("By name")
    ACTIVITY = "activity", _("By latest activity")


def _folded_at_first() -> list[str]:
    return ["archived"]


class SidebarPreferences(models.Model):
    """How a person's list of rooms looks, on each of their devices; `folded` holds keys of its sections."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sidebar_preferences")
    unread_only = models.BooleanField(default=False)
    sort = models.CharField(max_length=8, choices=SidebarSort, default=SidebarSort.NAME)
    folded = models.JSONField(default=_folded_at_first)

    def __str__(self) -> str:
        return f"list of rooms of {self.user}"


class JoinRequest(models.Model):
    """Somebody outside asks to be let in. It goes when they come in; a declined one can be made again."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="join_requests")
    made_at = models.DateTimeField(default=clock.now, editable=False)
    declined_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        verbose_name = _("request to join")
        verbose_name_plural = _("requests to join")
        constraints = (models.UniqueConstraint(fields=["room", "user"], name="asked_once"),)

    def __str__(self) -> str:
        return f"{self.user} asks for {self.room}"
