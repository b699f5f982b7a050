from __future__ import annotations

from celery import shared_task

from intranet.people import actions


@shared_task
def run_imports() -> None:
    actions.run_imports()


@shared_task
def forget_imports() -> None:
    actions.forget_imports()


@shared_task
def apply_due_changes() -> None:
    actions.apply_due_changes()
    actions.end_expired_memberships()


@shared_task
def forget_expired_sessions() -> None:
    actions.forget_expired_sessions()


@shared_task
def send_due_invitations() -> None:
    actions.send_due_invitations()
