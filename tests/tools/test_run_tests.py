from __future__ import annotations

import os
import subprocess
import sys

from tools.installation import ROOT


def run_tests(**environment: str) -> subprocess.CompletedProcess[str]:
    """On a machine with nothing on its PATH, one test that needs nothing and one that needs Redis."""
    kept = {name: value for name, value in os.environ.items() if name not in {"CI", "CHROMIUM", "REDIS_URL"}}
    command = [sys.executable, "-m", "tools.run_tests", "--numprocesses=0", "tests/tools/test_servers.py"]
    bare = {"PATH": "/nowhere", **environment}
    return subprocess.run(command, cwd=ROOT, env=kept | bare, capture_output=True, text=True, check=False)


def test_a_gap_is_told_before_the_closing_line() -> None:
    done = run_tests()
    assert done.returncode == 0, done.stdout + done.stderr
    *_, gap, closing = done.stdout.strip().splitlines()
    assert "Left out: tests that need “redis”: no redis-server" in gap
    assert " passed" in closing
    assert " deselected" in closing


def test_in_ci_a_gap_is_a_failure() -> None:
    done = run_tests(CI="true")
    assert done.returncode == 1
    assert "With CI=true every test must run" in done.stderr
    assert "“browser”: no Chromium" in done.stderr
