"""Every rule about messages, on top of the room's standing."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from chat.models import Message
from intranet.people.models import Role
from intranet.people.permissions import declare
from intranet.rooms.models import Kind
from intranet.rooms.permissions import EVERYONE, NOT_PERMITTED, Standing, can_change, holds_anywhere
from intranet.verdicts import ALLOWED, Verdict, refused

POST = holds_anywhere(declare("post_messages", _("Post messages in the department's rooms"), roles=EVERYONE))
MODERATE = declare("moderate_messages", _("Delete other people's messages"), roles=(Role.MANAGER,))

NOT_AUTHOR = refused("not_author", _("Only the author can change a message."))
EDITED_MEANWHILE = refused(
    "edited_meanwhile", _("This message was changed elsewhere meanwhile. Your text is still here.")
)
ANNOUNCED = refused("announced", _("Only owners and moderators of this room write in it."))
DELETED = refused("deleted", _("This message has been deleted."))


def can_post(at: Standing) -> Verdict:
    if not (verdict := can_change(at)):
        return verdict
    if at.room.kind == Kind.COMPANY:
        return ALLOWED if at.is_moderator else ANNOUNCED
    return ALLOWED if at.may(POST) else NOT_PERMITTED


def can_edit(at: Standing, message: Message) -> Verdict:
    if not (verdict := can_post(at)):
        return verdict
    if message.is_deleted:
        return DELETED
    return ALLOWED if _wrote(at, message) else NOT_AUTHOR


def can_delete(at: Standing, message: Message) -> Verdict:
    if not (verdict := can_change(at)):
        return verdict
    return ALLOWED if _wrote(at, message) or can_moderate(at) else NOT_AUTHOR


def can_moderate(at: Standing) -> Verdict:
    """In direct messages everybody answers for their own words only."""
    if not (verdict := can_change(at)):
        return verdict
    return ALLOWED if not at.room.is_direct and (at.is_moderator or at.may(MODERATE)) else NOT_PERMITTED


def _wrote(at: Standing, message: Message) -> bool:
    return at.membership is not None and message.author_id == at.membership.user_id
