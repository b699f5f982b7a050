from __future__ import annotations

import time
from types import TracebackType
from typing import Self

from django.core.management.base import OutputWrapper

WIDTH = 30


class Bar:
    """Drawn anew on a terminal; elsewhere a line for every tenth."""

    def __init__(self, out: OutputWrapper, label: str) -> None:
        self._out = out
        self._label = label
        self._live = out.isatty()
        self._started = time.monotonic()
        self._shown = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: object, trace: TracebackType | None) -> None:
        if self._live and self._shown >= 0:
            self._out.write("")

    def show(self, done: int, total: int) -> None:
        tenths = done * 10 // max(total, 1)
        if not self._live and tenths == self._shown:
            return
        self._shown = tenths
        bar = ("#" * (done * WIDTH // max(total, 1))).ljust(WIDTH, ".")
        text = f"{self._label} [{bar}] {done:,} / {total:,}, {time.monotonic() - self._started:.0f} s"
        self._out.write(f"\r{text}" if self._live else text, ending="" if self._live else "\n")
        self._out.flush()
