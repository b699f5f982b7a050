"""What runs after a commit, in tests whose transaction never commits."""

from __future__ import annotations

from contextlib import AbstractContextManager

from django.test import TestCase


def committed() -> AbstractContextManager[object]:
    """At its end, everything runs that waits for the commit of what was done inside."""
    return TestCase.captureOnCommitCallbacks(execute=True)
