"""Many write at once: numbers have no gaps, nobody is refused, nobody locks anybody else out."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.live import Databases, Stage, company, figure, sized
from tests.reliability import crowd

pytestmark = [pytest.mark.processes, pytest.mark.soak]


@pytest.fixture(scope="module")
def stage(postgres: Databases) -> Iterator[Stage]:
    with company(postgres) as live:
        stage = live.start("nothing")
        live.ready(stage)
        yield stage


def test_sqlite_takes_all_writers(sqlite: Databases) -> None:
    with company(sqlite) as live:
        stage = live.start("nothing")
        live.ready(stage)
        _write_together("sqlite", stage, writers=16, each=sized(full=200, reduced=25))


@pytest.mark.postgres
def test_postgres_takes_all_writers(stage: Stage) -> None:
    _write_together("postgres", stage, writers=8, each=sized(full=500, reduced=60))


def _write_together(name: str, stage: Stage, *, writers: int, each: int) -> None:
    written = stage.call(crowd.write_together, writers=writers, each=each)
    total = writers * each
    figure(
        f"writers-{name}",
        writers=writers,
        messages=total,
        errors=len(written.errors),
        gaps=total - len(set(written.seqs)),
        lost_to_the_follower=total - len(set(written.followed)),
        rate=f"{total / written.seconds:.0f}/s",
    )
    assert written.errors == []
    assert written.seqs == list(range(written.seqs[0], written.seqs[0] + total))
    assert written.numbers == list(range(1, total + 1))
    assert written.followed == written.seqs


@pytest.mark.postgres
def test_actions_over_several_rooms_never_lock_each_other_out(stage: Stage) -> None:
    actors, each = 8, sized(full=200, reduced=30)
    errors = stage.call(crowd.act_over_each_other, actors=actors, each=each)
    figure("actions-over-each-other", actors=actors, actions=actors * each, errors=len(errors))
    assert errors == []
    assert stage.call(crowd.streams_without_gaps)
