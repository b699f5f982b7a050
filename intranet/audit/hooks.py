"""Where the audit learns of what happens below it."""

from __future__ import annotations

from django.http import HttpRequest

from intranet.audit import actions
from intranet.events.publish import witnesses
from intranet.people.models import User
from intranet.verdicts import Verdict
from intranet.web import refusals

LONGEST_PATH = 200
LONGEST_ID = 19
witnesses(actions.record_changes)


def note_denial(request: HttpRequest, verdict: Verdict) -> None:
    """A page that somebody may not see changes nothing; only what was tried is noted."""
    if request.method in ("GET", "HEAD"):
        return
    actor = request.user if isinstance(request.user, User) else None
    asked = {"method": request.method, "path": request.path[:LONGEST_PATH]}
    actions.record_denial(actor=actor, reason=verdict.reason, asked=asked, **_named(request))


def _named(request: HttpRequest) -> dict[str, int | None]:
    """The person and the room of the address."""
    match = request.resolver_match
    if match is None:
        return {}
    named, administered = match.kwargs, (match.url_name or "").rpartition("_")[0]
    return {
        "person": _id(named.get("object_id") if administered == "people_user" else named.get("user_id")),
        "room": _id(named.get("object_id") if administered == "rooms_room" else named.get("room_id")),
    }


def _id(named: object) -> int | None:
    """Addresses name numbers that no row can have, and words."""
    text = str(named)
    return int(text) if text.isascii() and text.isdigit() and len(text) < LONGEST_ID else None


refusals.on_denied.append(note_denial)
