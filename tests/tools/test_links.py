from __future__ import annotations

from pathlib import Path

import pytest

from tools.links import broken_links

GOOD = [
    "[a](other.md)",
    "[a](other.md#part)",
    "[a](#part)",
    "![a](images/a%20room.png)",
    "[a](https://tongxin.example/nothing.md)",
    "[a](mailto:hr@tongxin.example)",
    "`[a](nowhere.md)`",
    "```\n[a](nowhere.md)\n```",
    "    [a](nowhere.md)",
]
BAD = [
    "[a](nowhere.md)",
    "[a](nowhere.md#part)",
    "![a](images/nowhere.png)",
    '[a](nowhere.md "title")',
    "[![a](other.md)](nowhere.md)",
]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "images").mkdir()
    (tmp_path / "images/a room.png").touch()
    (tmp_path / "other.md").touch()
    return tmp_path


@pytest.mark.parametrize("text", GOOD)
def test_what_leads_somewhere_is_fine(root: Path, text: str) -> None:
    (root / "page.md").write_text(text)
    assert list(broken_links(root)) == []


@pytest.mark.parametrize("text", BAD)
def test_what_leads_nowhere_is_told(root: Path, text: str) -> None:
    (root / "page.md").write_text(text)
    (found,) = broken_links(root)
    assert found.startswith("page.md: ")
    assert "nowhere" in found


def test_packages_of_others_are_not_ours(root: Path) -> None:
    (root / "node_modules").mkdir()
    (root / "node_modules/page.md").write_text("[a](nowhere.md)")
    assert list(broken_links(root)) == []
