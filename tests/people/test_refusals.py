"""What is refused says why: to programs with a reason, to people with a sentence."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.conftest import Browser

JSON = {"Accept": "application/json"}
SCRIPTS = [JSON, {"HX-Request": "true"}, {"X-Requested-With": "XMLHttpRequest"}, {"Sec-Fetch-Dest": "empty"}]
PAGES = [{"Accept": "text/html,*/*;q=0.8"}, {"Accept": "*/*"}, {"Sec-Fetch-Dest": "document"}]


@pytest.mark.parametrize("headers", PAGES)
def test_a_page_leads_to_the_sign_in(cast: Cast, browser: Browser, headers: dict[str, str]) -> None:
    response = browser.get(f"/rooms/{cast.launch.pk}/", headers=headers)
    assert response["Location"] == f"/accounts/login/?next=/rooms/{cast.launch.pk}/"


@pytest.mark.parametrize("headers", SCRIPTS)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_script_is_told_that_it_is_signed_out(
    cast: Cast, browser: Browser, headers: dict[str, str], method: str
) -> None:
    address = f"/rooms/{cast.launch.pk}/messages/"
    response = getattr(browser, method)(address, {"body": "hello"}, headers=headers)
    assert response.status_code == 401
    if "HX-Request" not in headers:
        assert response.json()["reason"] == "signed_out"


@pytest.mark.parametrize("address", ["/rooms/999/", "/no/such/place/"])
def test_what_is_not_there_is_not_found(cast: Cast, browser: Browser, address: str) -> None:
    browser.sign_in("owner")
    response = browser.get(address, headers=JSON)
    assert (response.status_code, response.json()["reason"]) == (404, "not_found")
    page = browser.get(address)
    assert page.status_code == 404
    assert page["Content-Type"].startswith("text/html")


def test_absent_and_invisible_look_the_same(cast: Cast, browser: Browser) -> None:
    browser.sign_in("stranger")
    absent = browser.get("/rooms/999/", headers=JSON)
    invisible = browser.get(f"/rooms/{cast.launch.pk}/", headers=JSON)
    assert (absent.status_code, absent.content) == (invisible.status_code, invisible.content)


def test_a_refusal_by_a_rule(cast: Cast, browser: Browser, caplog: pytest.LogCaptureFixture) -> None:
    browser.sign_in("owner")
    address = f"/rooms/{cast.closed.pk}/messages/"
    message = {"body": "salary figures", "client_id": "a1"}
    response = browser.post(address, message, headers=JSON)
    assert (response.status_code, response.json()["reason"]) == (403, "archived")
    assert response.json()["message"]
    part = browser.post(address, message, headers={"HX-Request": "true"})
    assert part.status_code == 403
    assert response.json()["message"] in part.content.decode()
    assert "<html" not in part.content.decode()
    page = browser.post(address, message)
    assert page.status_code == 403
    assert response.json()["message"] in page.content.decode()
    assert f"user {cast.owner.pk} was refused POST {address}: archived" in caplog.text
    assert "salary" not in caplog.text


def test_a_refusal_by_a_form(cast: Cast, browser: Browser) -> None:
    browser.sign_in("owner")
    response = browser.post(
        f"/rooms/{cast.launch.pk}/messages/", {"body": " ", "client_id": "a1"}, headers=JSON
    )
    assert (response.status_code, response.json()["reason"]) == (400, "empty")


def test_the_sentence_is_in_the_persons_language(cast: Cast, browser: Browser) -> None:
    browser.sign_in("owner")
    message = {"body": "hello", "client_id": "a1"}
    sentences = []
    for locale in ("en", "zh-hans"):
        browser.post("/settings/", {"locale": locale}, headers=JSON)
        response = browser.post(f"/rooms/{cast.closed.pk}/messages/", message, headers=JSON)
        assert response["Content-Language"] == locale
        sentences.append(response.json()["message"])
    assert sentences[0] == "This room is archived: it can be read, but not changed."


def test_a_request_without_token(cast: Cast) -> None:
    browser = Browser(enforce_csrf_checks=True)
    browser.force_login(cast.owner)
    response = browser.post("/settings/", {"theme": "dark"}, headers=JSON)
    assert (response.status_code, response.json()["reason"]) == (403, "csrf")
    assert browser.post("/settings/", {"theme": "dark"}).status_code == 403
    assert cast.again("owner").theme == "system"


def test_a_body_that_is_too_large(cast: Cast, browser: Browser) -> None:
    browser.sign_in("owner")
    response = browser.post("/settings/", {"theme": "x" * 1_100_000}, headers=JSON)
    assert (response.status_code, response.json()["reason"]) == (400, "malformed")


def test_a_wrong_method(cast: Cast, browser: Browser) -> None:
    browser.sign_in("owner")
    assert browser.get("/settings/theme/", headers=JSON).status_code == 405


def test_no_cache_keeps_what_a_person_sees(cast: Cast, browser: Browser) -> None:
    browser.sign_in("owner")
    assert "no-store" in browser.get("/settings/")["Cache-Control"]
