"""The two ways in which a record comes to be. There is none in which one goes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from intranet import clock
from intranet.audit.models import Record
from intranet.events.publish import Draft, publishing
from intranet.origin import origin
from intranet.people.models import User
from intranet.rooms.models import Kind, Room

DENIED = "denied"
AUDITED = ("people.", "rooms.")
# What says again, to a person's own devices, that they came or went; and what is about their own view only.
REPEATED = (
    *("rooms.membership.", "rooms.request.", "rooms.sidebar.", "people.status."),
    *("people.import.staged", "people.import.written"),
)


def record_changes(drafts: Sequence[Draft]) -> None:
    """In the transaction of the changes."""
    wanted = [draft for draft in drafts if _is_audited(draft.event.kind)]
    if wanted:
        private = _private_rooms(wanted)
        Record.objects.bulk_create(
            _record(draft) for draft in wanted if draft.event.data.get("room") not in private
        )


def _is_audited(kind: str) -> bool:
    return kind.startswith(AUDITED) and not kind.startswith(REPEATED)


def _private_rooms(drafts: Sequence[Draft]) -> set[int]:
    """Who writes to whom directly is nobody's business."""
    rooms = {draft.event.data["room"] for draft in drafts if "room" in draft.event.data}
    if not rooms:
        return set()
    return set(Room.objects.filter(pk__in=rooms, kind=Kind.DIRECT).values_list("pk", flat=True))


def _record(draft: Draft) -> Record:
    event = draft.event
    data = dict(event.data)
    return Record(
        at=event.at,
        kind=event.kind,
        actor_id=event.actor_id,
        person_id=data.pop("user", None) or _whose(event.stream),
        department_id=data.pop("department", None),
        room_id=data.pop("room", None),
        data=data,
        before=draft.before,
        after=draft.after,
        **_origin(),
    )


def _whose(stream: str) -> int | None:
    owner, _, key = stream.partition(".")
    return int(key) if owner == "user" else None


def record_denial(
    *,
    actor: User | None,
    reason: str,
    asked: dict[str, Any],
    person: int | None = None,
    room: int | None = None,
) -> None:
    """After what was tried has been undone, in a transaction of its own."""
    with publishing():
        Record.objects.create(
            at=clock.now(),
            kind=DENIED,
            actor=actor,
            person_id=person,
            room_id=room,
            data=asked,
            reason=reason,
            **_origin(),
        )


def _origin() -> dict[str, Any]:
    found = origin()
    return {"request_id": found.request_id, "address": found.address}
