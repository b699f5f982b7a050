"""The only clock of the product, so that tests can shift time, across processes too."""

from __future__ import annotations

import datetime as dt
import os


def now() -> dt.datetime:
    """The present instant, in UTC, moved by `CLOCK_SHIFT` seconds where that is set."""
    return dt.datetime.now(dt.UTC) + dt.timedelta(seconds=float(os.environ.get("CLOCK_SHIFT", "0")))
