from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from chat import actions
from chat.models import Message
from chat.text import RENDERER


class Command(BaseCommand):
    help = "Draw stored messages anew that an older renderer drew."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--all", action="store_true", help="also those that today's renderer drew")

    def handle(self, *, all: bool, **_options: Any) -> None:
        messages = Message.objects.filter(deleted_at=None).select_related("room").order_by("pk")
        if not all:
            messages = messages.exclude(renderer=RENDERER)
        done = 0
        for message in messages.iterator(chunk_size=500):
            actions.rerender(message=message)
            done += 1
        self.stdout.write(f"{done} messages drawn with renderer {RENDERER}.")
