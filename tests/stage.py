"""A process of the product in which a test can also call functions.

`python -m tests.stage ADDRESS [--with MODULE:FUNCTION] [--revive] serve|worker|beat|nothing ...`

It runs what `manage.py serve`, `celery worker` or `celery beat` run. Beside it a thread takes calls at
ADDRESS, a Unix socket, so that actions happen in the very process whose hub or queue has to hear of them.
"""

from __future__ import annotations

import argparse
import importlib
import os
import signal
import sys
import threading
from multiprocessing.connection import Connection, Listener
from typing import Any

import django
from django.core.management import call_command
from django.db import connections

from tests.live import KILLED


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("address")
    parser.add_argument("--with", dest="preparation")
    parser.add_argument("--revive", action="store_true", help="as a service manager would, after a kill -9")
    parser.add_argument("what", choices=["serve", "worker", "beat", "nothing"])
    options, arguments = parser.parse_known_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intranet.settings")
    django.setup()
    if options.preparation:
        module, _, function = options.preparation.partition(":")
        getattr(importlib.import_module(module), function)()
    if options.revive:
        _live_again_after_each_kill()
    threading.Thread(target=_take_calls, args=(options.address,), daemon=True).start()
    _run(options.what, arguments)


def _live_again_after_each_kill() -> None:
    """Returns in each life. Forked before there is any thread or connection, a life begins in no time."""
    stopping = False

    def stop(number: int, _frame: object) -> None:
        nonlocal stopping
        stopping = True
        os.kill(life, number)

    while not stopping:
        life = os.fork()
        if life == 0:
            return
        signal.signal(signal.SIGTERM, stop)
        _pid, status = os.waitpid(life, 0)
        if not os.WIFSIGNALED(status):
            sys.exit(os.waitstatus_to_exitcode(status))
        print(KILLED, flush=True)
    sys.exit(0)


def _run(what: str, arguments: list[str]) -> None:
    if what == "serve":
        call_command("serve", *arguments)
    elif what == "nothing":
        signal.pause()
    else:
        importlib.import_module("intranet.celery").app.start(
            ["--quiet", what, "--loglevel=WARNING", *arguments]
        )


def _take_calls(address: str) -> None:
    if os.path.exists(address):
        os.unlink(address)
    with Listener(address, "AF_UNIX") as listener:
        while True:
            threading.Thread(target=_answer, args=(listener.accept(),), daemon=True).start()


def _answer(caller: Connection) -> None:
    with caller:
        try:
            function, args, kwargs = caller.recv()
        except EOFError:  # somebody wanted to know whether anybody listens
            return
        try:
            answer: tuple[Any, str] = function(*args, **kwargs), ""
        except Exception as error:  # noqa: BLE001 (the test raises it again)
            answer = None, f"{type(error).__name__}: {error}"
        finally:
            connections.close_all()
        caller.send(answer)


if __name__ == "__main__":
    main()
