from __future__ import annotations

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from demo import actions, company
from demo.models import Company
from intranet.progress import Bar


class Command(BaseCommand):
    help = "Creates the demo company, once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        choice = parser.add_mutually_exclusive_group()
        choice.add_argument(
            "--remove", action="store_true", help="remove it with everything that belongs to it"
        )
        choice.add_argument("--size", type=int, metavar="N", help="add N messages for load work")

    def handle(self, *, remove: bool, size: int | None, **_options: Any) -> None:
        here = Company.objects.first()
        try:
            if size is not None and size < 1:
                raise company.NotPossible("--size is a number of messages, 1 or more.")
            if remove:
                self._remove(here)
                return
            company.check_may_come()
            if here is None:
                self._create()
            elif size is None:
                self.stdout.write("The demo company is here already; “manage.py demo --remove” removes it.")
            if size:
                self._add_messages(size)
        except company.NotPossible as refusal:
            raise SystemExit(str(refusal)) from None

    def _create(self) -> None:
        started = time.monotonic()
        actions.create_company()
        self.stdout.write(
            f"The demo company is here ({time.monotonic() - started:.1f} s). Sign in as"
            f" {', '.join(company.SIGN_INS)}; the password is {company.PASSWORD}."
        )

    def _remove(self, here: Company | None) -> None:
        if here is None:
            self.stdout.write("There is no demo company here.")
            return
        with Bar(self.stdout, "Removing messages") as bar:
            actions.remove_company(company=here, progress=bar.show)
        self.stdout.write("The demo company is gone, with everything that belonged to it.")

    def _add_messages(self, size: int) -> None:
        with Bar(self.stdout, "Writing messages") as bar:
            actions.add_messages(company=Company.objects.get(), count=size, progress=bar.show)
