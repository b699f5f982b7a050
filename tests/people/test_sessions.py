from __future__ import annotations

from collections.abc import Iterator

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session

from intranet import clock
from intranet.celery import app
from intranet.events import publish
from intranet.events.models import Event
from intranet.people import actions
from intranet.people.jobs import forget_expired_sessions
from tests.cast import PASSWORD, Cast
from tests.conftest import Browser

NEW = "another quiet lamp"


class Witness:
    """Stands where the hub stands: told of a stream, it looks which of the sessions still exist."""

    def __init__(self) -> None:
        self.seen: list[tuple[str, set[str]]] = []

    def __call__(self, heads: dict[str, int]) -> None:
        left = set(Session.objects.values_list("session_key", flat=True))
        self.seen += [(stream, left) for stream in heads]

    def found_gone(self, stream: str, key: str) -> bool:
        return any(name == stream and key not in left for name, left in self.seen)


@pytest.fixture
def witness(transactional_db: None) -> Iterator[Witness]:
    witness = Witness()
    publish.announces(witness)
    yield witness
    publish._announcers.remove(witness)


def key_of(browser: Browser) -> str:
    return str(browser.session.session_key)


def test_signing_out_ends_one_session_and_says_so_afterwards(
    witness: Witness, cast: Cast, browser: Browser, other_browser: Browser
) -> None:
    browser.sign_in("owner")
    other_browser.sign_in("owner")
    key = key_of(browser)
    browser.post("/accounts/logout/")
    assert witness.found_gone(cast.owner.stream, key)
    assert not UserSession.objects.filter(session_key=key).exists()
    assert not browser.is_signed_in()
    assert other_browser.is_signed_in()


def test_the_list_shows_ones_own_sessions(cast: Cast, browser: Browser, other_browser: Browser) -> None:
    browser.sign_in("owner")
    other_browser.sign_in("member")
    response = browser.get("/accounts/sessions/")
    assert [session.user for session in response.context["sessions"]] == [cast.owner]


def test_the_other_devices_can_be_signed_out(
    witness: Witness, cast: Cast, browser: Browser, other_browser: Browser
) -> None:
    browser.sign_in("owner")
    other_browser.sign_in("owner")
    key = key_of(other_browser)
    browser.post("/accounts/sessions/")
    assert witness.found_gone(cast.owner.stream, key)
    assert not other_browser.is_signed_in()
    assert browser.is_signed_in()


def test_a_new_password_ends_the_other_sessions(
    witness: Witness, cast: Cast, browser: Browser, other_browser: Browser
) -> None:
    browser.sign_in("owner")
    other_browser.sign_in("owner")
    key = key_of(other_browser)
    passwords = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    response = browser.post("/accounts/password/change/", passwords)
    assert response["Location"] == "/settings/"
    assert witness.found_gone(cast.owner.stream, key)
    assert not other_browser.is_signed_in()
    assert browser.is_signed_in()
    assert [row.session_key for row in UserSession.objects.filter(user=cast.owner)] == [key_of(browser)]


@pytest.mark.parametrize(
    ("passwords", "sentence"),
    [
        ({"oldpassword": "wrong", "password1": NEW, "password2": NEW}, "not your current password"),
        ({"oldpassword": PASSWORD, "password1": "12345678", "password2": "12345678"}, "too common"),
        ({"oldpassword": PASSWORD, "password1": NEW, "password2": "different lamp"}, "same password"),
    ],
)
def test_a_new_password_that_is_not_taken_changes_nothing(
    cast: Cast, browser: Browser, passwords: dict[str, str], sentence: str
) -> None:
    actions.change_preferences(user=cast.owner, locale="en")
    browser.sign_in("owner")
    response = browser.post("/accounts/password/change/", passwords)
    assert sentence in response.content.decode()
    browser.post("/accounts/logout/")
    browser.sign_in("owner", PASSWORD)


def test_deactivation_ends_all_sessions(
    witness: Witness, cast: Cast, browser: Browser, other_browser: Browser
) -> None:
    browser.sign_in("owner")
    other_browser.sign_in("owner")
    keys = [key_of(browser), key_of(other_browser)]
    actions.deactivate_user(actor=cast.hr, user=cast.owner)
    assert all(witness.found_gone(cast.owner.stream, key) for key in keys)
    assert not browser.is_signed_in()
    assert not other_browser.is_signed_in()


def test_a_password_set_by_hr_ends_all_sessions(witness: Witness, cast: Cast, browser: Browser) -> None:
    browser.sign_in("owner")
    key = key_of(browser)
    actions.set_password(actor=cast.hr, user=cast.owner, password=NEW)
    assert witness.found_gone(cast.owner.stream, key)
    assert not browser.is_signed_in()
    browser.sign_in("owner", NEW)


def test_it_can_sign_somebody_out(witness: Witness, cast: Cast, browser: Browser) -> None:
    browser.sign_in("owner")
    key = key_of(browser)
    actions.sign_out_user(actor=cast.it, user=cast.owner)
    assert witness.found_gone(cast.owner.stream, key)
    assert not browser.is_signed_in()


def test_what_ran_out_is_forgotten(cast: Cast, browser: Browser, other_browser: Browser) -> None:
    browser.sign_in("owner")
    other_browser.sign_in("member")
    Session.objects.filter(session_key=key_of(browser)).update(expire_date=clock.now())
    UserSession.objects.create(user=cast.owner, ip="127.0.0.1", session_key="gone", user_agent="")
    published = Event.objects.count()
    forget_expired_sessions()
    assert [row.session_key for row in Session.objects.all()] == [key_of(other_browser)]
    assert [row.session_key for row in UserSession.objects.all()] == [key_of(other_browser)]
    assert Event.objects.count() == published
    assert other_browser.is_signed_in()


@pytest.mark.parametrize("key", ['"aaaaaaaa\\000"', "a" * 500, "aaaaaaaa'--", "Ünicode12", "short"])
def test_a_cookie_that_is_no_key_is_nobody(db: None, browser: Browser, key: str) -> None:
    response = browser.get("/settings/", headers={"cookie": f"session={key}"})
    assert response.status_code == 302
    assert response["Location"].startswith("/accounts/login/")


def test_every_job_of_the_schedule_exists() -> None:
    assert {str(entry["task"]) for entry in app.conf.beat_schedule.values()} <= app.tasks.keys()
