"""What people say and show about themselves."""

from __future__ import annotations

import datetime as dt

from django.db import transaction

from intranet.events.publish import publish, publishing
from intranet.people import hooks, pictures
from intranet.people.actions.authority import require_authority
from intranet.people.models import User


def set_status(*, user: User, sign: str, text: str, until: dt.datetime | None) -> None:
    """An empty one takes it back."""
    user.status_sign, user.status_text, user.status_until = sign, text.strip(), until
    user.clean_fields(exclude={field.name for field in User._meta.fields if "status" not in field.name})
    with publishing():
        user.save(update_fields=["status_sign", "status_text", "status_until"])
        for hook in hooks.on_status_changed:
            hook(user)
        publish("people.status.changed", stream=user.stream, actor=user, user=user.pk)


def set_avatar(*, user: User, content: bytes) -> None:
    """Decoding and storing come first: they take longer than a transaction may."""
    _change_avatar(user, user, pictures.store(content))


def remove_avatar(*, actor: User, user: User) -> None:
    """One's own; HR may take away what should not be there."""
    if actor.pk != user.pk:
        require_authority(actor, user)
    _change_avatar(actor, user, "")


def _change_avatar(actor: User, user: User, key: str) -> None:
    with publishing():
        former = User.objects.select_for_update(no_key=True).get(pk=user.pk).avatar
        user.avatar = key
        user.save(update_fields=["avatar"])
        publish("people.avatar.changed", stream=user.stream, actor=actor, user=user.pk)
    if former:
        transaction.on_commit(lambda: pictures.forget(former))
