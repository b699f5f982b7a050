from __future__ import annotations

import os
import signal
import sys
import threading
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from channels.routing import get_default_application
from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from demo import company
from intranet.people.entrance import first_run
from intranet.serving.address import Address, CannotServe, insecure
from intranet.serving.embedded import EmbeddedJobs
from intranet.serving.servers import SERVERS

SHOWN_SIGN_INS = 3
LEFT_WITHIN = 3


class Command(BaseCommand):
    help = "Serves the company: without REDIS_URL everything in this one process, with it the web part."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--server", choices=sorted(SERVERS), default="uvicorn")
        parser.add_argument(
            "--host", default="127.0.0.1", help="the address to listen at (default: this machine)"
        )
        parser.add_argument("--port", type=int, default=settings.PORT, help="default: PORT, or 8000")
        parser.add_argument(
            "--certificate", type=Path, metavar="FILE", help="PEM file; with --key serves https"
        )
        parser.add_argument("--key", type=Path, metavar="FILE", help="PEM file of the certificate's key")

    def handle(
        self, *, server: str, host: str, port: int, certificate: Path, key: Path, **_options: Any
    ) -> None:
        address = Address(host, port, certificate, key)
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, lambda *_: sys.exit(0))
        try:
            address.check()
            self._agree_on_origins(address)
            self._check_database()
            company.check_private(host=address.host)
        except (CannotServe, company.NotPossible) as reason:
            raise SystemExit(str(reason)) from None
        self.check()
        self._serve(server, address)

    def _agree_on_origins(self, address: Address) -> None:
        """The settings know the origins from the environment only, so another address means starting over."""
        if "ORIGINS" in os.environ or address.origins() == settings.ORIGINS:
            return
        origins = {"ORIGINS": ",".join(address.origins()), "PORT": str(address.port)}
        sys.stdout.flush()
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], os.environ | origins)  # noqa: S606

    def _check_database(self) -> None:
        try:
            executor = MigrationExecutor(connection)
            missing = executor.migration_plan(executor.loader.graph.leaf_nodes())
        except DatabaseError as error:
            raise CannotServe(f"The database does not answer ({' '.join(str(error).split())}).") from None
        if missing:
            raise CannotServe(f"The database is not up to date; run: {sys.executable} manage.py migrate")

    def _serve(self, server: str, address: Address) -> None:
        jobs = None if settings.REDIS_URL else EmbeddedJobs()
        greeting = "\n".join([*self._greeting(address), *self._first_run(), *self._demo_sign_ins()])
        connections.close_all()
        try:
            if jobs:
                jobs.start()
            SERVERS[server](
                get_default_application(), address, settings.BEHIND_PROXY, lambda: self._say(greeting)
            )
        finally:
            self._leave_in_time()
            if jobs:
                jobs.stop()

    def _leave_in_time(self) -> None:
        """A job that hangs on a database or a queue must not keep the process: its transaction rolls back."""
        leaving = threading.Timer(LEFT_WITHIN, os._exit, [0])
        leaving.daemon = True
        leaving.start()

    def _say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()

    def _greeting(self, address: Address) -> Iterator[str]:
        place = settings.ORIGINS[0] if "ORIGINS" in os.environ else address.url
        yield f"\nTongxin is at {place}/  (Ctrl-C stops it)"
        if settings.REDIS_URL:
            yield "This process serves the web; “celery -A intranet worker” and “… beat” do the jobs."
        for origin in insecure(settings.ORIGINS):
            yield (
                f"{origin} is not secure: browsers refuse microphone, camera and notifications there."
                " Serve https: with --certificate and --key, or behind a proxy."
            )

    def _first_run(self) -> Iterator[str]:
        if first_run.is_ahead():
            yield f"\nNobody is here yet. Set the company up at {first_run.address()}"

    def _demo_sign_ins(self) -> Iterator[str]:
        people = company.sign_ins()[:SHOWN_SIGN_INS]
        if people:
            yield f"\nThe demo company is there; everyone's password is {company.PASSWORD}:"
        for person in people:
            department = person.memberships.get(primary=True).department
            names = dict.fromkeys([person.name, person.english_name])
            yield f"  {person.username:<10} {' '.join(names)}, {department.name} {department.english_name}"
