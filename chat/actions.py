"""Every write to messages."""

from __future__ import annotations

from functools import partial

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from chat import permissions
from chat.models import Mention, Message, Revision
from chat.text import RENDERER, Rendered, check_source, marked, may_mention, render
from intranet import clock
from intranet.events.publish import publish, publishing
from intranet.people.models import User
from intranet.rooms.models import Room, RoomMembership
from intranet.rooms.permissions import NOT_FOUND, standing
from intranet.rooms.reading import tell_read
from intranet.verdicts import Denied, require


class EditedMeanwhile(Denied):
    """Somebody saved another text first; what this one typed is still theirs."""

    status = 409


def post_message(*, actor: User, room: Room, body: str, client_id: str) -> Message:
    """Post once: a repeat of `client_id` returns the first message, also when both arrive together."""
    try:
        return _post(actor, room, body, client_id)
    except (Denied, ValidationError, IntegrityError):
        first = Message.objects.filter(author=actor, client_id=client_id).first()
        if first is None:
            raise
        if first.room_id != room.pk:
            raise ValidationError(_("This was sent to another room before."), code="client_id_used") from None
        first.is_repeat = True
        return first


def _post(actor: User, room: Room, body: str, client_id: str) -> Message:
    require(permissions.can_post(standing(actor, room)))
    source = check_source(body)
    rendered = render_in(room, source)
    with publishing():
        message = Message.objects.create(
            room=room,
            author=actor,
            client_id=client_id,
            source=source,
            html=rendered.html,
            renderer=RENDERER,
            mentioned=list(rendered.mentioned),
        )
        publish(
            "chat.message.posted",
            stream=room.stream,
            actor=actor,
            numbers=partial(_take_number, message),
            message=message.pk,
            mentions=len(rendered.mentioned),
        )
        transaction.on_commit(partial(_read_own, message), robust=True)
    return message


def _take_number(message: Message, number: int) -> None:
    """The room's counter is ours now: an archive or a removal has come before, or comes after the message."""
    room = {"room__archived_at": None, "room__memberships__user": message.author_id}
    if not Message.objects.filter(pk=message.pk, **room).update(number=number):
        require(permissions.can_post(standing(message.author, Room.objects.get(pk=message.room_id))))
        raise Denied(NOT_FOUND)
    message.number = number


def _read_own(message: Message) -> None:
    """What one says oneself is read. Not while the counter is held: others wait for that."""
    memberships = RoomMembership.objects.filter(room=message.room_id, user=message.author_id)
    memberships.move_pointer(message.number or 0)
    tell_read(user_id=message.author_id, room_id=message.room_id)


def render_in(room: Room, source: str) -> Rendered:
    """Names mean the people of the room."""
    return render(source, mentionable(room) if may_mention(source) else {})


def mentionable(room: Room) -> dict[str, int]:
    """What can follow an @ in this room, in lower case. A name that two people have means neither of them."""
    return _names_of(room.members.filter(is_active=True))


def _names_of(people: QuerySet[User]) -> dict[str, int]:
    owners: dict[str, set[int]] = {}
    for pk, *names in people.values_list("pk", "username", "name", "english_name"):
        for name in filter(None, names):
            owners.setdefault(name.casefold(), set()).add(pk)
    return {name: ids.pop() for name, ids in owners.items() if len(ids) == 1}


def edit_message(*, actor: User, message: Message, body: str, version: int) -> Message:
    """Replace the text that was `version`; the former one is kept."""
    require(permissions.can_edit(standing(actor, message.room), message))
    if message.version != version:
        raise EditedMeanwhile(permissions.EDITED_MEANWHILE)
    source = check_source(body)
    rendered = render_in(message.room, source)
    with publishing():
        current = Message.objects.filter(pk=message.pk, version=version, deleted_at=None)
        changed = current.update(
            source=source,
            html=rendered.html,
            renderer=RENDERER,
            mentioned=list(rendered.mentioned),
            edited_at=clock.now(),
            version=version + 1,
        )
        if not changed:
            raise EditedMeanwhile(permissions.EDITED_MEANWHILE)
        Revision.objects.create(message=message, source=message.source, html=message.html)
        publish("chat.message.edited", stream=message.room.stream, actor=actor, message=message.pk)
    return Message.objects.for_drawing().get(pk=message.pk)


def delete_message(*, actor: User, message: Message) -> Message:
    """Leave a tombstone; the words go, with their history. Deleting twice is deleting once."""
    require(permissions.can_delete(standing(actor, message.room), message))
    with publishing():
        gone = Message.objects.filter(pk=message.pk, deleted_at=None).update(
            source="", html="", mentioned=[], deleted_at=clock.now(), version=message.version + 1
        )
        if gone:
            message.revisions.all().delete()
            publish("chat.message.deleted", stream=message.room.stream, actor=actor, message=message.pk)
    return Message.objects.for_drawing().get(pk=message.pk)


def note_mentions(*, message: Message) -> None:
    """Make the mention rows say what the message says now, and tell whom it concerns."""
    members = RoomMembership.objects.filter(
        room=message.room_id, user__in=message.mentioned, history_after__lt=message.number
    )
    wanted = set(members.exclude(user=message.author_id).values_list("user_id", flat=True))
    present = set(message.mentions.values_list("user_id", flat=True))
    with publishing():
        named = {"message": message, "room_id": message.room_id, "number": message.number}
        Mention.objects.bulk_create(Mention(user_id=pk, **named) for pk in wanted - present)
        message.mentions.filter(user__in=present - wanted).delete()
        for pk in wanted - present:
            publish("chat.mention.added", stream=f"user.{pk}", actor=message.author, message=message.pk)
        for pk in present - wanted:
            publish("chat.mention.withdrawn", stream=f"user.{pk}", actor=message.author, message=message.pk)


def rerender(*, message: Message) -> None:
    """Draw the stored source with today's renderer. What people wrote stays, so nothing is published.

    Names mean whom they meant then, whoever is in the room now.
    """
    names = _names_of(User.objects.filter(pk__in=message.mentioned)) | marked(message.html)
    rendered = render(message.source, {name: pk for name, pk in names.items() if pk in message.mentioned})
    Message.objects.filter(pk=message.pk, version=message.version).update(
        html=rendered.html, renderer=RENDERER
    )
