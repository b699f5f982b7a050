from __future__ import annotations

import pytest
from django.urls import NoReverseMatch

from intranet.rooms import tabs
from tests.cast import Cast


@pytest.fixture(autouse=True)
def unchanged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tabs, "_tabs", dict(tabs._tabs))


def keys(cast: Cast, current: str = "chat") -> list[str]:
    return [tab["key"] for tab in tabs.tabs(cast.launch, current=current)]


def test_chat_comes_first_and_about_last(cast: Cast) -> None:
    assert keys(cast) == ["chat", "about"]
    assert tabs.front_page(cast.launch) == f"/rooms/{cast.launch.pk}/"


def test_an_app_adds_its_own_in_its_place(cast: Cast) -> None:
    tabs.register(tabs.Tab(key="tasks", label="Tasks", url_name="rooms:invite", position=30))
    assert keys(cast) == ["chat", "tasks", "about"]


def test_one_of_them_is_current(cast: Cast) -> None:
    assert [tab["current"] for tab in tabs.tabs(cast.launch, current="about")] == [False, True]


def test_a_tab_without_an_address_is_found_out(cast: Cast) -> None:
    tabs.register(tabs.Tab(key="tasks", label="Tasks", url_name="rooms:nowhere", position=30))
    with pytest.raises(NoReverseMatch):
        keys(cast)
