"""Why not, in words."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from intranet.verdicts import refused

NOT_FOUND = refused("not_found", _("There is no such room, or it is not yours to see."))
ARCHIVED = refused("archived", _("This room is archived: it can be read, but not changed."))
NOT_PERMITTED = refused("not_permitted", _("Your role does not allow this here."))
FOLLOWS = refused(
    "follows_department", _("A department's room has the department's members; HR changes them.")
)
FOLLOWS_COMPANY = refused("follows_company", _("Everybody of the company is in this room."))
LAST_OWNER = refused(
    "last_owner", _("You are the last owner. Make somebody else owner first, or archive the room.")
)
LAST_OWNER_STAYS = refused(
    "last_owner", _("This is the last owner. Make somebody else owner first, or archive the room.")
)
ONE_TO_ONE = refused(
    "one_to_one", _("A conversation between people cannot be left or changed; start another one.")
)
OWNERS_ONLY = refused("owners_only", _("Only owners change who owns or moderates the room."))
NOT_OWNER = refused("not_owner", _("Only an owner can hand the room over."))
CANNOT_OWN = refused("cannot_own", _("Whoever takes the room over must be in it, and able to enter it."))
ASK_FIRST = refused("ask_first", _("The room's owners decide who joins. Ask to join."))
NO_NEED_TO_ASK = refused("no_need_to_ask", _("You need not ask: this room is open to you."))
IN_IT_ALREADY = refused("in_it_already", _("You are in this room already."))
ANSWERED = refused("answered", _("This request has been answered or withdrawn already."))
