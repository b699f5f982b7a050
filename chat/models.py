from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from intranet import clock
from intranet.people.models import Membership, User
from intranet.rooms.models import Room, RoomMembership

if TYPE_CHECKING:
    from intranet.rooms.permissions import Standing


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """In a room that they may enter, and said since they may read there."""
        if not user.is_active:
            return self.none()
        return self.filter(
            room__memberships__in=RoomMembership.objects.entering().filter(user=user.pk),
            number__gt=F("room__memberships__history_after"),
        )

    def readable(self, at: Standing) -> Self:
        """The messages of one room that this person may read there."""
        return self.filter(room=at.room, number__gt=at.history_after)

    def for_drawing(self) -> Self:
        """With everything that a message's fragment shows."""
        primary = Membership.objects.filter(primary=True).select_related("department")
        authors = models.Prefetch("author__memberships", primary, to_attr="primary_memberships")
        return self.select_related("author").prefetch_related(authors)

    def before(self, number: int) -> Self:
        return self.filter(number__lt=number).order_by("-number")

    def after(self, number: int) -> Self:
        return self.filter(number__gt=number).order_by("number")


class Message(models.Model):
    """What somebody said in a room. The source is what they typed; the HTML is made once, by one renderer."""

    room = models.ForeignKey(Room, models.CASCADE, related_name="messages")
    number = models.BigIntegerField(null=True)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="messages")
    client_id = models.CharField(max_length=40)
    source = models.TextField()
    html = models.TextField()
    renderer = models.PositiveSmallIntegerField()
    mentioned = models.JSONField(default=list)
    posted_at = models.DateTimeField(default=clock.now)
    edited_at = models.DateTimeField(null=True)
    deleted_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)
    is_repeat = False  # true where posting found that it had been posted before

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        constraints = (
            models.UniqueConstraint(fields=["room", "number"], name="one_message_per_number"),
            models.UniqueConstraint(fields=["author", "client_id"], name="sent_once"),
        )

    def __str__(self) -> str:
        return f"{self.room_id}#{self.number}"

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None


class Revision(models.Model):
    """What a message said before an edit."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="revisions")
    source = models.TextField()
    html = models.TextField()
    replaced_at = models.DateTimeField(default=clock.now)

    class Meta:
        ordering = ("-pk",)

    def __str__(self) -> str:
        return f"{self.message_id} until {self.replaced_at}"


class Mention(models.Model):
    """A person named in a message. Small: only those who were named, never a row per reader."""

    message = models.ForeignKey(Message, models.CASCADE, related_name="mentions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mentions")
    room = models.ForeignKey(Room, models.CASCADE, related_name="+")
    number = models.BigIntegerField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["message", "user"], name="named_once"),)
        indexes = (models.Index(fields=["user", "room", "number"], name="mentions_of_a_person"),)

    def __str__(self) -> str:
        return f"{self.user_id} in {self.message_id}"
