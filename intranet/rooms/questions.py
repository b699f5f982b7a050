"""What can be asked about a room, and how its rules come to their answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intranet.people.models import User
from intranet.people.questions import About, Question, asks, place
from intranet.rooms import permissions
from intranet.rooms.models import Kind, Room
from intranet.rooms.permissions import ENTER, INVITE, MANAGE, Standing, standing
from intranet.verdicts import Verdict


def asks_about_rooms(
    key: str, label: str | Promise, rule: Callable[[Standing], Verdict], *codenames: str
) -> None:
    """Whatever is done in a room needs to enter it first."""
    asks(
        Question(
            key,
            label,
            About.ROOM,
            lambda user, room: rule(standing(user, room)),
            chain,
            (ENTER, *codenames),
        )
    )


def chain(user: User, room: Room, question: Question) -> Iterator[str]:
    at = standing(user, room)
    named = {"person": user, "room": room}
    if at.membership is None:
        yield _("%(person)s is not in the room %(room)s.") % named
    else:
        role = at.membership.get_role_display()
        yield _("%(person)s is in the room %(room)s as %(role)s.") % {**named, "role": role}
    if room.kind == Kind.COMPANY:
        yield _("Everybody on the staff may enter the room of the company.")
    elif not room.is_direct:
        if room.is_public:
            yield _("The room is public: what any department of theirs grants counts.")
        yield from place(user, room.departments.order_by("pk"), question)
    if room.is_archived:
        yield _("The room %(room)s is archived.") % named


asks_about_rooms("enter", gettext_lazy("Enter it and read"), permissions.can_enter)
asks_about_rooms("invite", gettext_lazy("Invite people"), permissions.can_invite, INVITE)
asks_about_rooms(
    "keep_order", gettext_lazy("Remove members, answer requests"), permissions.can_keep_order, MANAGE
)
asks_about_rooms(
    "change_members", gettext_lazy("Change people’s roles"), permissions.can_change_roles, MANAGE
)
asks_about_rooms("archive", gettext_lazy("Archive and restore it"), permissions.can_manage, MANAGE)
asks_about_rooms("leave", gettext_lazy("Leave it"), permissions.can_leave)
