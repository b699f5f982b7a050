from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from intranet.people.models import Import, User
from tests.cast import Cast
from tests.people.importing import csv

GOOD = csv("姓名,邮箱,部门", "刘洋,liuyang@tongxin.example,研发部", "陈静,,财务部")


def command(path: Path, *options: str) -> tuple[str, str]:
    """What it prints, and with what it stops."""
    output = io.StringIO()
    try:
        call_command("import_people", str(path), *options, stdout=output)
    except SystemExit as stopped:
        return output.getvalue(), str(stopped.code)
    return output.getvalue(), ""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "people.csv"


def test_all_of_it(cast: Cast, file: Path) -> None:
    file.write_bytes(csv("姓名,部门", "刘洋,研发部", "陈静,研发部"))
    printed, stopped = command(file, "--language", "en")
    assert stopped == ""
    assert "New 2" in printed
    assert "Warning: The department “研发部” has no manager." in printed
    assert "4 / 4" in printed
    assert User.objects.active().filter(username__in=["liuyang", "chenjing"]).count() == 2


def test_a_dry_run_writes_nothing(cast: Cast, file: Path) -> None:
    file.write_bytes(csv("姓名,部门", "刘洋,研发部"))
    printed, stopped = command(file, "--dry-run", "--language", "en")
    assert stopped == ""
    assert "New 1" in printed
    assert not Import.objects.exists()
    assert not User.objects.filter(username="liuyang").exists()


@pytest.mark.parametrize("options", [(), ("--dry-run",)])
def test_one_wrong_line_and_nothing_is_imported(cast: Cast, file: Path, options: tuple[str, ...]) -> None:
    file.write_bytes(GOOD)
    printed, stopped = command(file, "--language", "en", *options)
    assert "line 3: department: There is no department “财务部”." in printed
    assert stopped == "Nothing was imported. Correct these lines, then try again."
    assert not User.objects.filter(username="liuyang").exists()


def test_it_speaks_the_language_of_the_terminal(
    cast: Cast, file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_bytes(GOOD)
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    printed, stopped = command(file)
    assert "第 3 行：部门: 没有部门“财务部”。" in printed
    assert stopped.startswith("什么都没有导入。")


def test_a_file_that_cannot_be_read(cast: Cast, file: Path) -> None:
    _printed, stopped = command(file, "--language", "en")
    assert stopped == f"{file}: No such file or directory"
    file.write_bytes("姓名\n刘洋".encode("gbk"))
    _printed, stopped = command(file, "--language", "en")
    assert stopped.startswith("The file is written in GBK, not in UTF-8.")
