from __future__ import annotations

import time


class Bucket:
    """So many frames a second, with a burst; it counts what was too much."""

    def __init__(self, *, rate: float, burst: float) -> None:
        self._rate = rate
        self._burst = burst
        self._left = burst
        self._filled = time.monotonic()
        self._told = 0.0
        self.dropped = 0

    def take(self) -> bool:
        now = time.monotonic()
        self._left = min(self._burst, self._left + (now - self._filled) * self._rate)
        self._filled = now
        if self._left >= 1:
            self._left -= 1
            return True
        self.dropped += 1
        return False

    def should_tell(self) -> bool:
        """At most once a second."""
        now = time.monotonic()
        if now - self._told < 1:
            return False
        self._told = now
        return True
