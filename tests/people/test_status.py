from __future__ import annotations

import datetime as dt
import zoneinfo

import pytest

from intranet import clock
from intranet.people import actions
from tests.cast import Cast
from tests.conftest import Browser

PAGES = ("/people/", "/people/owner/")
SAID = {"sign": "⌂", "text": "Back at four", "lasting": ""}


@pytest.fixture
def signed_in(cast: Cast, browser: Browser) -> Browser:
    actions.change_preferences(user=cast.owner, locale="en")
    browser.force_login(cast.owner)
    return browser


def later(monkeypatch: pytest.MonkeyPatch, **span: float) -> None:
    monkeypatch.setenv("CLOCK_SHIFT", str(dt.timedelta(**span).total_seconds()))


def test_the_others_see_it(cast: Cast, signed_in: Browser, other_browser: Browser) -> None:
    assert signed_in.post("/settings/status/", SAID)["Location"] == "/settings/"
    other_browser.force_login(cast.member)
    for page in (*PAGES, f"/rooms/{cast.launch.pk}/about/"):
        assert "⌂ Back at four" in other_browser.get(page).content.decode(), page


def test_a_sign_alone_says_what_it_means(cast: Cast, signed_in: Browser, other_browser: Browser) -> None:
    signed_in.post("/settings/status/", {"sign": "☀️"})
    assert "☀️ On holiday" in signed_in.get("/people/owner/").content.decode()
    other_browser.force_login(cast.member)
    assert "☀️ 休假中" in other_browser.get("/people/owner/").content.decode()


def test_it_ends_at_its_time(cast: Cast, signed_in: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    signed_in.post("/settings/status/", SAID | {"lasting": "30"})
    later(monkeypatch, minutes=29)
    assert cast.again("owner").status == "⌂ Back at four"
    later(monkeypatch, minutes=31)
    assert cast.again("owner").status == ""
    for page in PAGES:
        assert "Back at four" not in signed_in.get(page).content.decode(), page
    assert 'value="Back at four"' not in signed_in.get("/settings/status/").content.decode()


@pytest.mark.parametrize(("lasting", "days"), [("today", 1), ("week", None)])
def test_days_end_where_the_person_is(cast: Cast, signed_in: Browser, lasting: str, days: int | None) -> None:
    zone = zoneinfo.ZoneInfo("America/New_York")
    actions.change_preferences(user=cast.again("owner"), time_zone=zone.key)
    signed_in.post("/settings/status/", SAID | {"lasting": lasting})
    until = cast.again("owner").status_until
    assert until is not None
    here = clock.now().astimezone(zone)
    ends = until.astimezone(zone)
    assert (ends.hour, ends.minute) == (0, 0)
    assert (ends.date() - here.date()).days == (days or 7 - here.weekday())


def test_taking_it_back(cast: Cast, signed_in: Browser) -> None:
    signed_in.post("/settings/status/", SAID)
    signed_in.post("/settings/status/", SAID | {"clear": "1"})
    assert cast.again("owner").status == ""


def test_saving_it_again_keeps_its_end(cast: Cast, signed_in: Browser) -> None:
    signed_in.post("/settings/status/", SAID | {"lasting": "60"})
    until = cast.again("owner").status_until
    signed_in.post("/settings/status/", SAID | {"text": "Back at five", "lasting": "kept"})
    assert cast.again("owner").status_until == until


@pytest.mark.parametrize(
    "wrong",
    [{"sign": "💣"}, {"sign": "<b>"}, {"text": "x" * 61}, {"text": "a\x00b"}, {"lasting": "for ever"}],
)
def test_what_cannot_be_is_refused(cast: Cast, signed_in: Browser, wrong: dict[str, str]) -> None:
    response = signed_in.post("/settings/status/", SAID | wrong)
    assert response.status_code == 422
    assert "error" in response.content.decode()
    if "text" not in wrong:
        assert 'value="Back at four"' in response.content.decode(), "what was typed is still there"
    assert cast.again("owner").status == ""


def test_what_is_said_is_text(cast: Cast, signed_in: Browser) -> None:
    signed_in.post("/settings/status/", {"text": "<script>alert(1)</script>"})
    assert "<script>alert" not in signed_in.get("/people/").content.decode()
