"""A pytest plugin: says before the closing line what this machine could not run."""

from __future__ import annotations

import os

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if left_out := os.environ.get("LEFT_OUT"):
        terminalreporter.section("Not run on this machine", yellow=True)
        terminalreporter.write_line(left_out)
