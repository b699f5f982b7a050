from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.conftest import Browser

ALL = {"locale": "en", "time_zone": "Europe/Berlin", "theme": "dark"}


@pytest.fixture
def signed_in(cast: Cast, browser: Browser) -> Browser:
    browser.sign_in("owner")
    return browser


def test_the_page_shows_what_is_set(signed_in: Browser) -> None:
    page = signed_in.get("/settings/").content.decode()
    assert '<option value="Asia/Shanghai" selected>' in page


def test_all_settings_at_once(cast: Cast, signed_in: Browser) -> None:
    assert signed_in.post("/settings/", ALL)["Location"] == "/settings/"
    changed = cast.again("owner")
    assert {name: getattr(changed, name) for name in ALL} == ALL
    assert signed_in.get("/settings/")["Content-Language"] == "en"


@pytest.mark.parametrize(
    "headers", [{"Accept": "application/json"}, {"HX-Request": "true"}, {"Sec-Fetch-Dest": "empty"}]
)
def test_one_setting_alone_from_a_script(cast: Cast, signed_in: Browser, headers: dict[str, str]) -> None:
    response = signed_in.post("/settings/", {"theme": "dark"}, headers=headers)
    assert response.status_code == 204
    changed = cast.again("owner")
    assert (changed.theme, changed.locale) == ("dark", "zh-hans")


def test_the_menu_sets_the_theme(cast: Cast, signed_in: Browser) -> None:
    signed_in.post("/settings/theme/", {"theme": "light"})
    assert cast.again("owner").theme == "light"


@pytest.mark.parametrize("wrong", [{"theme": "pink"}, {"time_zone": "Mars/Olympus"}, {"locale": "tlh"}])
def test_what_does_not_exist_is_refused(cast: Cast, signed_in: Browser, wrong: dict[str, str]) -> None:
    response = signed_in.post("/settings/", ALL | wrong)
    assert response.status_code == 422
    assert cast.again("owner").time_zone == "Asia/Shanghai"


def test_nothing_else_can_be_changed_here(cast: Cast, signed_in: Browser) -> None:
    signed_in.post("/settings/", ALL | {"is_superuser": "on", "is_staff": "on", "email": "x@tongxin.example"})
    changed = cast.again("owner")
    assert (changed.is_superuser, changed.is_staff, changed.email) == (False, False, "owner@tongxin.example")


def test_the_language_switch_stays_for_a_signed_in_person(cast: Cast, signed_in: Browser) -> None:
    signed_in.post("/i18n/setlang/", {"language": "en", "next": "/settings/"})
    assert cast.again("owner").locale == "en"
    signed_in.post("/i18n/setlang/", {"language": "tlh", "next": "/settings/"})
    assert cast.again("owner").locale == "en"
