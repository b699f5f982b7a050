"""Who hears of people's events beyond the socket: a worker, that an import may begin."""

from __future__ import annotations

from intranet.events.models import Event
from intranet.events.outbox import listens
from intranet.people import jobs


@listens("people.import.confirmed")
def begin_import(event: Event) -> None:
    jobs.run_imports.apply_async(retry=False, expires=60)
