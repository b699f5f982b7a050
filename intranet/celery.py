"""Jobs: a worker runs them, beat asks for them in steady intervals, the rows say what is due."""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings")
app = Celery("intranet")
app.config_from_object("django.conf:settings", namespace="CELERY")
# Requests publish from many threads, and each of them must mean this app.
app.set_default()
app.steps["consumer"].add("intranet.serving.heartbeats:WorkerHeartbeat")


def every(seconds: int, task: str, *args: str) -> dict[str, object]:
    """An interval, never a time of day: two beats do no harm, and neither does a clock that changes."""
    options = {"expires": max(seconds, 60), "retry": False}
    return {"task": task, "schedule": seconds, "args": args, "options": options}


app.conf.update(
    worker_pool="threads",
    worker_concurrency=2,
    worker_prefetch_multiplier=1,
    worker_hijack_root_logger=False,
    worker_redirect_stdouts=False,
    worker_cancel_long_running_tasks_on_connection_loss=True,
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    beat_scheduler="intranet.serving.heartbeats:BeatingScheduler",
    beat_max_loop_interval=1,
    beat_schedule={
        "sweep the outbox": every(5, "intranet.events.jobs.run_outbox"),
        "send invitations": every(5, "intranet.people.jobs.send_due_invitations"),
        "forget lost processes": every(15, "intranet.realtime.jobs.forget_lost_processes"),
        "prune what was said": every(3600, "intranet.events.jobs.prune_events", "chat."),
        "run imports": every(5, "intranet.people.jobs.run_imports"),
        "forget imports": every(3600, "intranet.people.jobs.forget_imports"),
        "apply due changes": every(60, "intranet.people.jobs.apply_due_changes"),
        "forget expired sessions": every(3600, "intranet.people.jobs.forget_expired_sessions"),
    },
)
