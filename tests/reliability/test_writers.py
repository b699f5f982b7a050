"""Many write at once: numbers have no gaps, nobody is refused, nobody locks anybody else out."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.live import Databases, company, figure, sized
from tests.reliability import crowd

pytestmark = [pytest.mark.processes, pytest.mark.soak]


def test_sqlite_takes_all_writers(tmp_path: Path) -> None:
    writers, each = 16, sized(full=200, reduced=25)
    _write_together("sqlite", Databases(tmp_path), writers, each)


@pytest.mark.postgres
def test_postgres_takes_all_writers(postgres: Databases) -> None:
    writers, each = 8, sized(full=500, reduced=60)
    _write_together("postgres", postgres, writers, each)


def _write_together(name: str, databases: Databases, writers: int, each: int) -> None:
    with company(databases) as live:
        stage = live.start("nothing")
        live.ready(stage)
        written = stage.call(crowd.write_together, writers=writers, each=each)
    total = writers * each
    gaps = total - len(set(written.seqs))
    figure(
        f"writers-{name}",
        writers=writers,
        messages=total,
        errors=len(written.errors),
        gaps=gaps,
        lost_to_the_follower=total - len(set(written.followed)),
        rate=f"{total / written.seconds:.0f}/s",
    )
    assert written.errors == []
    assert written.seqs == list(range(written.seqs[0], written.seqs[0] + total))
    assert written.numbers == list(range(1, total + 1))
    assert written.followed == written.seqs


@pytest.mark.postgres
def test_actions_over_several_rooms_never_lock_each_other_out(postgres: Databases) -> None:
    actors, each = 8, sized(full=400, reduced=40)
    with company(postgres) as live:
        stage = live.start("nothing")
        live.ready(stage)
        errors = stage.call(crowd.act_over_each_other, actors=actors, each=each)
        figure("actions-over-each-other", actors=actors, actions=actors * each, errors=len(errors))
        assert errors == []
        assert stage.call(crowd.streams_without_gaps)
