from __future__ import annotations

from celery import shared_task

from intranet.realtime import presence


@shared_task
def forget_lost_processes() -> None:
    presence.forget_lost()
