from __future__ import annotations

import pytest
from django.conf import LazySettings
from django.core import mail

from intranet.people import actions
from tests.cast import PASSWORD, Cast
from tests.conftest import Browser

SIGN_IN = "/accounts/login/"


@pytest.mark.parametrize(
    "login", ["owner", "OWNER", " owner ", "owner@tongxin.example", "Owner@Tongxin.Example"]
)
def test_one_signs_in_by_user_name_or_address(cast: Cast, browser: Browser, login: str) -> None:
    browser.sign_in(login)
    assert browser.is_signed_in()


@pytest.mark.parametrize("login", ["owner", "owner@tongxin.example", "nobody", "nobody@tongxin.example"])
def test_a_wrong_password_gets_a_sentence(cast: Cast, browser: Browser, login: str) -> None:
    response = browser.post(SIGN_IN, {"login": login, "password": "wrong"})
    assert response.status_code == 200
    assert "the password is not right" in response.content.decode()
    assert not browser.is_signed_in()


def test_who_was_deactivated_cannot_sign_in(cast: Cast, browser: Browser) -> None:
    response = browser.post(SIGN_IN, {"login": "deactivated", "password": PASSWORD}, follow=True)
    assert response.status_code == 200
    assert not browser.is_signed_in()


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/settings/", "/settings/"),
        ("/rooms/1/?at=3", "/rooms/1/?at=3"),
        ("https://elsewhere.example/", "/"),
        ("//elsewhere.example/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_the_way_back_leads_only_into_the_product(
    cast: Cast, browser: Browser, wanted: str, reached: str
) -> None:
    response = browser.post(SIGN_IN, {"login": "owner", "password": PASSWORD, "next": wanted})
    assert response["Location"] == reached


def test_a_page_remembers_where_one_wanted_to_go(cast: Cast, browser: Browser) -> None:
    assert browser.get("/settings/")["Location"] == "/accounts/login/?next=/settings/"


@pytest.mark.parametrize("page", ["signup/", "email/", "confirm-email/", "login/code/"])
def test_nobody_makes_an_account_or_changes_an_address_by_themselves(
    cast: Cast, browser: Browser, page: str
) -> None:
    assert browser.get(f"/accounts/{page}").status_code == 404
    browser.sign_in("owner")
    assert browser.get(f"/accounts/{page}").status_code == 404


def test_guessing_is_limited_and_told(cast: Cast, browser: Browser, other_browser: Browser) -> None:
    for _attempt in range(5):
        assert browser.post(SIGN_IN, {"login": "owner", "password": "wrong"}).status_code == 200
    for client in (browser, other_browser):
        response = client.post(SIGN_IN, {"login": "owner", "password": PASSWORD})
        assert response.status_code == 429
        assert "Too many attempts" in response.content.decode()
    other_browser.sign_in("member")


def test_a_flood_from_one_address_is_limited_too(
    cast: Cast, browser: Browser, settings: LazySettings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"login": "3/m/ip"}
    for _attempt in range(3):
        browser.post(SIGN_IN, {"login": "owner", "password": ""})
    response = browser.post(SIGN_IN, {"login": "owner", "password": ""})
    assert response.status_code == 429
    assert "Too many attempts" in response.content.decode()
    assert response["Retry-After"] == "60"


def test_right_passwords_do_not_count_as_guesses(cast: Cast, browser: Browser) -> None:
    for _morning in range(8):
        browser.sign_in("owner")
        browser.post("/accounts/logout/")


def test_without_a_demo_company_there_are_no_demo_accounts(db: None, browser: Browser) -> None:
    page = browser.get(SIGN_IN).content.decode()
    assert "Demo company" not in page
    assert "tongxin-demo" not in page


def test_the_sign_in_page_speaks_two_languages(db: None, browser: Browser) -> None:
    assert 'lang="en"' in browser.get(SIGN_IN).content.decode()
    browser.post("/i18n/setlang/", {"language": "zh-hans", "next": SIGN_IN})
    assert 'lang="zh-Hans"' in browser.get(SIGN_IN).content.decode()


# --- Forgotten passwords ----------------------------------------------------------------------------

NEW = "another quiet lamp"


def ask_for_reset(browser: Browser, email: str) -> str:
    """The link that the mail carries."""
    response = browser.post("/accounts/password/reset/", {"email": email})
    assert response["Location"] == "/accounts/password/reset/done/"
    [message] = mail.outbox
    assert message.to == [email]
    [link] = [word for word in str(message.body).split() if "/password/reset/key/" in word]
    return link.removeprefix("http://testserver")


def test_a_forgotten_password_is_replaced_by_mail(
    cast: Cast, browser: Browser, other_browser: Browser
) -> None:
    other_browser.sign_in("owner")
    form = browser.get(ask_for_reset(browser, "owner@tongxin.example"))["Location"]
    browser.post(form, {"password1": NEW, "password2": NEW})
    assert not other_browser.is_signed_in(), "whoever knew the old password is out"
    browser.sign_in("owner", NEW)
    assert browser.post(SIGN_IN, {"login": "owner", "password": PASSWORD}).status_code == 302


def test_a_link_works_once(cast: Cast, browser: Browser, other_browser: Browser) -> None:
    link = ask_for_reset(browser, "owner@tongxin.example")
    browser.post(browser.get(link)["Location"], {"password1": NEW, "password2": NEW})
    assert other_browser.get(link).status_code == 200, "a page that says so, not a form"
    assert "password1" not in other_browser.get(link).content.decode()


def test_the_mail_is_in_the_language_of_its_reader(cast: Cast, browser: Browser) -> None:
    ask_for_reset(browser, "owner@tongxin.example")
    assert "密码" in mail.outbox[0].body


@pytest.mark.parametrize("email", ["nobody@tongxin.example", "deactivated@tongxin.example"])
def test_an_unknown_address_gets_the_same_answer_and_no_mail(
    cast: Cast, browser: Browser, email: str
) -> None:
    response = browser.post("/accounts/password/reset/", {"email": email})
    assert response["Location"] == "/accounts/password/reset/done/"
    assert mail.outbox == []


def test_an_old_address_opens_nothing(cast: Cast, browser: Browser) -> None:
    ask_for_reset(browser, "owner@tongxin.example")
    actions.change_user(actor=cast.hr, user=cast.owner, email="lei@tongxin.example")
    mail.outbox.clear()
    browser.post("/accounts/password/reset/", {"email": "owner@tongxin.example"})
    assert mail.outbox == []
    assert browser.post(SIGN_IN, {"login": "owner@tongxin.example", "password": PASSWORD}).status_code == 200


def test_a_mail_server_that_is_down_is_told(cast: Cast, browser: Browser, settings: LazySettings) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    response = browser.post("/accounts/password/reset/", {"email": "owner@tongxin.example"})
    assert response.status_code == 400
    assert "could not be sent" in response.content.decode()
