"""One line for each step of the set-up, with the time that it takes. Standard library only."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

TICK = 0.2


class StepFailed(Exception):
    """A program of the set-up failed; the message holds what it said."""


class Step:
    """Shows `name … 12 s` while it works: rewritten on a terminal, start and end lines elsewhere."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.note = ""
        self._live = sys.stdout.isatty()
        self._done = threading.Event()
        self._ticker = threading.Thread(target=self._tick, daemon=True)

    def __enter__(self) -> Step:
        self._started = time.monotonic()
        if self._live:
            self._ticker.start()
        else:
            print(f"  {self.name} …", flush=True)
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        self._done.set()
        if self._live:
            self._ticker.join()
        self._show("failed" if kind else "done", end="\n")

    def _tick(self) -> None:
        while not self._done.wait(TICK):
            self._show(self.note)

    def _show(self, note: str, end: str = "") -> None:
        start = "\r\033[K" if self._live else ""
        print(f"{start}  {self.name} … {time.monotonic() - self._started:.0f} s  {note}", end=end, flush=True)


def run(
    step: Step,
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    on_line: Callable[[str], None] | None = None,
) -> None:
    """Run a program of a step; its output is shown only when it fails."""
    tail: deque[str] = deque(maxlen=40)
    with subprocess.Popen(
        [str(part) for part in command],
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout is not None  # noqa: S101 (for the type checker)
        for line in process.stdout:
            tail.append(line)
            if on_line:
                on_line(line)
    if process.returncode:
        raise StepFailed(
            f"{step.name}: it ended with exit code {process.returncode} after\n\n{''.join(tail)}"
        )
