from __future__ import annotations

from celery import shared_task

from intranet.realtime import heartbeat


@shared_task
def forget_lost_processes() -> None:
    heartbeat.forget_lost()
