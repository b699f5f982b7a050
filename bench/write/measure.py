"""Posting a message, from the request to the answer: how many a second, and what each costs everywhere."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from statistics import median

from bench import cpu
from bench.seed import Seed
from bench.site import Process, Site, site
from bench.tables import middle, table

PEOPLE = 8
ROUNDS = 3
SECONDS = 5
SERVERS = ("uvicorn", "daphne")


@dataclass
class Company:
    """One web server with all that stands behind it."""

    site: Site
    seed: Seed
    server: str
    web: Process
    parts: dict[str, list[int]]
    runs: list[dict[str, float]] = field(default_factory=list)

    def run(self, seconds: float) -> dict[str, float]:
        options = {
            "port": self.web.port,
            "room": self.seed["rooms"][0],
            "sessions": self.seed["sessions"],
            "seconds": seconds,
        }
        before = {name: cpu.spent(pids) for name, pids in self.parts.items()}
        started = time.monotonic()
        result = self.site.call("bench.write.client", json.dumps(options))
        time.sleep(1)  # the worker comes after
        costs = {
            name: (cpu.spent(pids) - before[name]) / result["posted"] * 1e3
            for name, pids in self.parts.items()
        }
        return (
            result
            | costs
            | {
                "total": sum(costs.values()),
                "per_second": result["posted"] / (time.monotonic() - started - 1),
            }
        )


def measure() -> str:
    with ExitStack() as stack:
        companies, statements = [], []
        for full in (False, True):
            here = stack.enter_context(site(full=full))
            seed = here.call("bench.seed", PEOPLE, 1)
            counted = here.call("bench.write.statements", seed["rooms"][0], seed["sessions"][0])
            statements.append(f"{min(counted)} on {here.engine}" if len(set(counted)) == 1 else str(counted))
            companies += [stack.enter_context(_company(here, seed, server)) for server in SERVERS]
        for company in companies:
            company.run(1)
        for _ in range(ROUNDS):
            for company in companies:
                company.runs.append(company.run(SECONDS))
    return report(companies, statements)


@contextmanager
def _company(here: Site, seed: Seed, server: str) -> Iterator[Company]:
    with ExitStack() as stack:
        web = stack.enter_context(here.serve(server))
        parts = {"web": [web.pid]}
        if here.is_full:
            worker = ["-m", "celery", "-A", "intranet", "worker", "-P", "threads", "-c", "2"]
            beat = ["-m", "celery", "-A", "intranet", "beat"]
            jobs = [stack.enter_context(here.start(command)) for command in (worker, beat)]
            parts |= {"worker": [job.pid for job in jobs], "database": here.helpers()}
        yield Company(here, seed, server, web, parts)


def report(companies: list[Company], statements: list[str]) -> str:
    head = (
        "",
        "messages/s",
        "p50 ms",
        "p99 ms",
        "CPU ms per message",
        "web",
        "database, Redis",
        "worker, beat",
    )
    return (
        f"{PEOPLE} people post as fast as they are answered, all in one room; every tenth message names "
        f"somebody. SQL statements per post, with its transaction: {', '.join(statements)}.\n\n"
        + table(head, [row(company) for company in companies])
    )


def row(company: Company) -> list[object]:
    runs = company.runs
    name = f"{company.site.engine}{', Redis' if company.site.is_full else ', embedded'}, {company.server}"
    return [
        name,
        middle((run["per_second"] for run in runs), 0),
        f"{median(run['p50'] for run in runs):.1f}",
        f"{median(run['p99'] for run in runs):.1f}",
        middle((run["total"] for run in runs), 2),
        *(
            f"{median(run[part] for run in runs):.2f}" if part in company.parts else "–"
            for part in ("web", "database", "worker")
        ),
    ]


if __name__ == "__main__":
    print(measure())
