"""Reading, with few and with many messages behind: what is on the screen must not cost more for it."""

from __future__ import annotations

import json
import subprocess
import sys
from contextlib import ExitStack
from statistics import median

from bench.helper import Helper
from bench.site import Site, site
from bench.tables import middle, table

SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = 3


def measure() -> str:
    return "\n".join(_on(full) for full in (False, True))


def _on(full: bool) -> str:
    with ExitStack() as stack:
        sites = {size: stack.enter_context(site(full=full)) for size in SIZES}
        readers = {size: _reader(stack, here, size) for size, here in sites.items()}
        looks = readers[SIZES[0]].greeting
        results: dict[tuple[str, int], list[dict[str, float]]] = {}
        for _ in range(ROUNDS):
            for look in looks:
                for size, reader in readers.items():
                    results.setdefault((look, size), []).append(reader.ask(look))
        head = (
            sites[SIZES[0]].engine,
            *(f"ms at {size:,} messages" for size in SIZES),
            f"{SIZES[-1]:,} beside {SIZES[0]:,}",
            "SQL statements",
        )
        return table(head, [_row(look, results) for look in looks])


def _reader(stack: ExitStack, here: Site, size: int) -> Helper:
    filled = here.call("bench.read.fill", size)
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.read.reader", json.dumps(filled)],
        env=here.environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    stack.callback(process.wait)
    stack.callback(process.terminate)
    return Helper(process)


def _row(look: str, results: dict[tuple[str, int], list[dict[str, float]]]) -> list[object]:
    times = {size: [each["ms"] for each in results[look, size]] for size in SIZES}
    statements = sorted({int(each["statements"]) for size in SIZES for each in results[look, size]})
    return [
        look,
        *(middle(times[size]) for size in SIZES),
        f"{median(times[SIZES[-1]]) / median(times[SIZES[0]]):.2f} ×",
        "–".join(map(str, statements)),
    ]


if __name__ == "__main__":
    print(measure())
