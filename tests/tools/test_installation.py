from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from tools import installation
from tools.progress import Step, StepFailed, run


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A source tree with one catalogue, whose compiler only counts how often it ran."""
    catalogue = tmp_path / "locale/zh_Hans/LC_MESSAGES/django.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text("1")
    (tmp_path / "tools").mkdir()
    (tmp_path / "tools/__init__.py").touch()
    (tmp_path / "tools/catalogues.py").write_text(
        "from pathlib import Path\n"
        "with Path('runs').open('a') as runs: runs.write('x')\n"
        "Path('locale/zh_Hans/LC_MESSAGES/django.mo').touch()\n"
    )
    (tmp_path / ".venv").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(installation, "ROOT", tmp_path)
    monkeypatch.setattr(installation, "STAMPS", tmp_path / ".venv/stamps")
    monkeypatch.setattr(installation, "PYTHON", Path(sys.executable))
    return tmp_path


def runs(tree: Path) -> int:
    return len((tree / "runs").read_text())


def test_a_step_is_skipped_until_its_input_changes(tree: Path) -> None:
    catalogue = tree / "locale/zh_Hans/LC_MESSAGES/django.po"
    installation.compile_catalogues()
    installation.compile_catalogues()
    assert runs(tree) == 1
    os.utime(catalogue, (0, 0))
    installation.compile_catalogues()
    assert runs(tree) == 1
    catalogue.write_text("2")
    installation.compile_catalogues()
    assert runs(tree) == 2


def test_a_step_runs_again_when_its_output_is_gone(tree: Path) -> None:
    installation.compile_catalogues()
    (tree / "locale/zh_Hans/LC_MESSAGES/django.mo").unlink()
    installation.compile_catalogues()
    assert runs(tree) == 2


def test_assets_of_earlier_builds_stay_for_some_days(tmp_path: Path) -> None:
    for name, days in (("now", 0), ("yesterday", 1), ("long-ago", 30)):
        (tmp_path / name).touch()
        then = (tmp_path / name).stat().st_mtime - days * 24 * 3600
        os.utime(tmp_path / name, (then, then))
    installation.remove_old_assets(tmp_path)
    assert {path.name for path in tmp_path.iterdir()} == {"now", "yesterday"}


def test_a_failed_step_tells_what_its_program_said(capsys: pytest.CaptureFixture[str]) -> None:
    with (
        pytest.raises(StepFailed, match=r"(?s)Sample: .* exit code 3 .*what went wrong"),
        Step("Sample") as step,
    ):
        run(step, [sys.executable, "-c", "print('what went wrong'); raise SystemExit(3)"])
    assert "Sample … 0 s  failed" in capsys.readouterr().out
