"""Everything that `make check` asks, two questions at a time; all failures are shown."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from pathlib import Path

from tools.installation import BIN, ROOT

PYTHON = sys.executable
# What a company would run with; the demo's defaults are not held to these.
PRODUCTION = {
    "ORIGINS": "https://tongxin.example",
    "SECRET_KEY": "".join(map(chr, range(33, 118))),
    "DEBUG": "0",
}


@dataclass(frozen=True)
class Question:
    name: str
    command: list[str | Path]
    environment: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    question: Question
    passed: bool
    seconds: float
    output: str


def questions() -> list[Question]:
    """The slowest first, so that the two lanes end together."""
    tsc = ROOT / "node_modules/typescript/bin/tsc"
    return [
        Question("types (mypy)", [BIN / "mypy"]),
        Question("types of the front end (tsc)", [BIN / "node", tsc, "--noEmit"]),
        Question("templates (djlint)", [BIN / "djlint", "--lint", "--quiet", "intranet", "chat"]),
        Question("layers (import-linter)", [BIN / "lint-imports", "--no-cache"]),
        Question("migrations complete", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"]),
        Question(
            "settings fit for production",
            [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
            PRODUCTION,
        ),
        Question("catalogues complete", [PYTHON, "-m", "tools.catalogues", "check"]),
        Question("links of the documents", [PYTHON, "-m", "tools.links"]),
        Question("house rules", [PYTHON, "-m", "tools.house_rules"]),
        Question("lint (ruff)", [BIN / "ruff", "check", "--quiet"]),
        Question("format (ruff)", [BIN / "ruff", "format", "--check", "--quiet"]),
    ]


def ask(question: Question) -> Answer:
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tongxin-check-") as data:
        environment = {**os.environ, "DATA_DIR": data, **question.environment}
        done = subprocess.run(
            question.command,
            check=False,
            cwd=ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
        )
    return Answer(question, done.returncode == 0, time.monotonic() - started, done.stdout)


def main() -> int:
    failures = []
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as lanes:
        for asked in as_completed([lanes.submit(ask, question) for question in questions()]):
            answer = asked.result()
            verdict = "ok" if answer.passed else "FAILED"
            print(f"  {answer.question.name} … {answer.seconds:.1f} s  {verdict}", flush=True)
            if not answer.passed:
                failures.append(answer)
    for failure in failures:
        print(f"\n--- {failure.question.name} ---\n{failure.output.rstrip()}")
    print(f"\n{len(failures)} of the checks failed." if failures else "\nAll checks passed.")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
