"""One room, many sockets: what a delivery costs the process that holds the sockets."""

from __future__ import annotations

from contextlib import ExitStack
from statistics import median

from bench.fanout.contenders import Contender, floor, product
from bench.site import site
from bench.tables import middle, table

PEOPLE = 200
ROUNDS = 3
WINDOW = 16
SECONDS = 2.5
PER_SECOND = 50
SERVERS = ("uvicorn", "daphne")


def measure() -> str:
    with ExitStack() as stack:
        here = stack.enter_context(site(full=True))
        seed = here.call("bench.seed", PEOPLE, len(SERVERS))
        frame = here.call("bench.fanout.sample", seed["people"][0], seed["rooms"][0])
        contenders = [
            *(
                stack.enter_context(product(here, seed, room, server))
                for room, server in zip(seed["rooms"], SERVERS, strict=True)
            ),
            stack.enter_context(floor(here, "bare", "uvicorn", PEOPLE, frame)),
            *(stack.enter_context(floor(here, "textbook", server, PEOPLE, frame)) for server in SERVERS),
        ]
        for contender in contenders:
            contender.saturate(0.5, WINDOW)
            contender.runs.clear()
        for _ in range(ROUNDS):
            for contender in contenders:
                contender.saturate(SECONDS, WINDOW)
            for contender in contenders:
                contender.pace(SECONDS, PER_SECOND)
    return report(contenders, len(frame.encode()))


def report(contenders: list[Contender], size: int) -> str:
    head = (
        "",
        "CPU µs per delivery",
        "beside bare",
        "beside textbook",
        "deliveries/s",
        f"CPU µs at {PER_SECOND}/s",
        f"p50 ms at {PER_SECOND}/s",
        "p99 ms",
        "lost",
    )
    return (
        f"{PEOPLE} sockets, frames of {size} bytes; saturated with {WINDOW} messages in flight, then one "
        f"message at a time, {PER_SECOND} a second.\n\n"
    ) + table(head, [row(each, contenders) for each in contenders])


def row(each: Contender, contenders: list[Contender]) -> list[object]:
    costs = {other.name: median(run["cost"] for run in other.runs) for other in contenders}
    cost, server = costs[each.name], each.name.rpartition(" ")[2]
    return [
        each.name,
        middle(run["cost"] for run in each.runs),
        f"{cost / costs['bare, uvicorn']:.2f} ×",
        f"{costs[f'textbook, {server}'] / cost:.1f} × less",
        f"{median(run['per_second'] for run in each.runs):,.0f}",
        middle(run["cost"] for run in each.paced),
        middle(run["p50"] for run in each.paced),
        middle(run["p99"] for run in each.paced),
        int(sum(run["lost"] for run in [*each.runs, *each.paced])),
    ]


if __name__ == "__main__":
    print(measure())
