"""Runs the measurements and prints their tables; `--write` puts them into docs/performance.md."""

from __future__ import annotations

import argparse
import re
import sys
import time
from pathlib import Path

from bench.fanout.measure import measure as fanout
from bench.machine import description
from bench.memory import measure as memory
from bench.read.measure import measure as read
from bench.write.measure import measure as write
from tools import servers

MEASURES = {"fanout": fanout, "memory": memory, "write": write, "read": read}
PAGE = Path(__file__).resolve().parent.parent / "docs/performance.md"


def main() -> None:
    options = _options()
    if missing := servers.missing_postgres() or servers.missing_redis():
        sys.exit(f"The bench needs PostgreSQL and Redis: {missing}.")
    servers.stop_on_termination()
    machine = description()
    for name in options.names or MEASURES:
        started = time.monotonic()
        text = MEASURES[name]()
        print(f"\n## {name}\n\n{text}\n({time.monotonic() - started:.0f} s)", flush=True)
        if options.write:
            _put(name, text)
    if options.write:
        _put("machine", machine + "\n")


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*MEASURES, []], help="which; all unless told")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/performance.md")
    return parser.parse_args()


def _put(name: str, text: str) -> None:
    """Between the two marks that the page has for it."""
    marks = f"<!-- {name} -->", f"<!-- end of {name} -->"
    page = PAGE.read_text()
    between = re.compile(f"{re.escape(marks[0])}.*?{re.escape(marks[1])}", re.DOTALL)
    PAGE.write_text(between.sub(lambda _: f"{marks[0]}\n\n{text}\n{marks[1]}", page))


if __name__ == "__main__":
    main()
