"""Opening a room, the sidebar of 500 rooms, unread counts, while messages grow a hundredfold."""

from __future__ import annotations

from contextlib import ExitStack
from statistics import median

from bench.site import Site, site
from bench.tables import middle, table

ROOMS = 500
SIZES = (10_000, 100_000, 1_000_000)
ROUNDS = 3
LOOKS = {"room": "opening a room", "sidebar": f"sidebar of {ROOMS} rooms", "unread": "unread counts"}

Look = dict[str, tuple[float, int]]


def measure() -> str:
    return "\n".join(_measure(full=full) for full in (False, True))


def _measure(*, full: bool) -> str:
    with ExitStack() as stack:
        sites = {size: stack.enter_context(site(full=full)) for size in SIZES}
        seeds = {size: sites[size].call("bench.seed", 2, ROOMS) for size in SIZES}
        for size in SIZES:
            sites[size].call("bench.read.fill", size, seeds[size]["people"][0])
        looks: dict[int, list[Look]] = {size: [] for size in SIZES}
        for _ in range(ROUNDS):
            for size, here in sites.items():
                looks[size].append(
                    here.call("bench.read.look", seeds[size]["rooms"][0], seeds[size]["sessions"][1])
                )
        return report(sites[SIZES[0]], looks)


def report(here: Site, looks: dict[int, list[Look]]) -> str:
    head = (
        f"{here.engine}, ms",
        *(f"{size:,} messages" for size in SIZES),
        "last beside first",
        "SQL statements",
    )
    return table(head, [_row(kind, label, looks) for kind, label in LOOKS.items()])


def _row(kind: str, label: str, looks: dict[int, list[Look]]) -> list[object]:
    times = {size: [look[kind][0] for look in looks[size]] for size in SIZES}
    statements = sorted({look[kind][1] for size in SIZES for look in looks[size]})
    ratio = median(times[SIZES[-1]]) / median(times[SIZES[0]])
    return [
        label,
        *(middle(times[size], 1) for size in SIZES),
        f"{ratio:.2f} ×",
        " or ".join(map(str, statements)),
    ]


if __name__ == "__main__":
    print(measure())
