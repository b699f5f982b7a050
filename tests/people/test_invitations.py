from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.core import mail
from django.core.exceptions import ValidationError

from intranet.events.models import Event
from intranet.people import actions
from intranet.people.jobs import send_due_invitations
from intranet.people.models import Invitation, User
from intranet.verdicts import Denied
from tests.cast import Cast
from tests.conftest import Browser
from tests.query_counts import assert_queries

CHOSEN = "another quiet lamp"
FIELDS = {"password": CHOSEN, "again": CHOSEN}
DAY = 24 * 3600


@pytest.fixture
def newcomer(cast: Cast) -> User:
    user = actions.create_user(
        actor=None, username="newcomer", name="吴悦", english_name="Yue Wu", email="wuyue@tongxin.example"
    )
    actions.join_department(actor=None, user=user, department=cast.marketing)
    return user


@pytest.fixture
def hr(cast: Cast, other_browser: Browser) -> Browser:
    actions.change_preferences(user=cast.hr, locale="en")
    other_browser.force_login(cast.hr)
    return other_browser


def paper(user: User) -> str:
    _invitation, token = actions.invite_on_paper(actor=None, user=user)
    return f"/invitation/{token}/"


def select(hr: Browser, action: str, *people: User, model: str = "user") -> str:
    chosen = {"action": action, "_selected_action": [str(each.pk) for each in people]}
    return hr.post(f"/admin/people/{model}/", chosen, follow=True).content.decode()


def links(page: str) -> list[str]:
    return re.findall(r"/invitation/[a-z2-7-]+/", page)


def link_of_mail() -> str:
    [link] = set(links(str(mail.outbox[-1].body)))
    return link


# --- On paper ---------------------------------------------------------------------------------------


def test_a_sheet_has_a_card_for_each_person(
    cast: Cast, hr: Browser, browser: Browser, newcomer: User
) -> None:
    other = actions.create_user(actor=None, username="other", name="诺亚", locale="en")
    page = select(hr, "print_invitations", newcomer, other)
    assert len(links(page)) == 2
    assert "吴悦 Yue Wu" in page
    assert "newcomer" in page
    assert "远山智能" in page
    assert "打开下面的地址" in page, "each card speaks the language of its reader"
    assert "Open this address" in page
    for link in links(page):
        assert browser.get(link).status_code == 200


def test_the_address_opens_the_account_once(cast: Cast, browser: Browser, newcomer: User) -> None:
    link = paper(newcomer)
    assert "Welcome, Yue Wu" in browser.get(link).content.decode()
    assert browser.get(link).status_code == 200, "to look at it uses nothing up"
    assert browser.post(link, FIELDS)["Location"] == "/welcome/"
    assert browser.is_signed_in() is False, "the first steps come first"
    assert browser.get("/welcome/").status_code == 200
    again = Browser()
    assert again.post(link, FIELDS).status_code == 404
    again.sign_in("newcomer", CHOSEN)


def test_what_people_type_from_paper_is_understood(browser: Browser, newcomer: User) -> None:
    token = paper(newcomer).split("/")[2]
    misread = token.replace("-", "").upper().replace("O", "0").replace("L", "1")
    assert browser.get(f"/invitation/{misread}/").status_code == 200


def test_the_token_stands_nowhere(newcomer: User) -> None:
    token = paper(newcomer).split("/")[2]
    row = Invitation.objects.values().get()
    assert token not in str(row)
    assert len(row["token_hash"] or "") == 64
    events = Event.objects.filter(kind__startswith="people.invitation.").values_list("kind", "data")
    assert list(events) == [("people.invitation.created", {"invitation": row["id"]})]


def test_an_invitation_costs_few_queries(browser: Browser, newcomer: User) -> None:
    link = paper(newcomer)
    with assert_queries("an invitation"):
        browser.get(link)


# --- By mail ----------------------------------------------------------------------------------------


def test_a_mail_follows_in_the_language_of_its_reader(cast: Cast, hr: Browser, newcomer: User) -> None:
    page = select(hr, "invite_by_mail", newcomer)
    assert "1 invitation is on its way." in page
    assert mail.outbox == [], "no request waits for the mail server"
    send_due_invitations()
    [letter] = mail.outbox
    assert letter.to == ["wuyue@tongxin.example"]
    assert letter.subject == "加入远山智能的同心"
    assert "吴悦，你好" in str(letter.body)
    [(html, kind)] = letter.alternatives  # type: ignore[attr-defined]
    assert kind == "text/html"
    assert link_of_mail() in html
    send_due_invitations()
    assert len(mail.outbox) == 1
    assert Invitation.objects.get().state == "有效"


def test_the_mails_address_opens_the_account(browser: Browser, newcomer: User) -> None:
    actions.invite_by_mail(actor=None, user=newcomer)
    send_due_invitations()
    assert browser.post(link_of_mail(), FIELDS)["Location"] == "/welcome/"


def test_a_mail_server_that_is_down_gets_it_later(
    newcomer: User, browser: Browser, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.invite_by_mail(actor=None, user=newcomer)
    working = settings.EMAIL_BACKEND
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    send_due_invitations()
    settings.EMAIL_BACKEND = working
    send_due_invitations()
    assert mail.outbox == [], "not before it is due again"
    monkeypatch.setenv("CLOCK_SHIFT", "60")
    send_due_invitations()
    assert browser.get(link_of_mail()).status_code == 200


def test_it_is_given_up_and_told(
    newcomer: User, settings: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    actions.invite_by_mail(actor=None, user=newcomer)
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    for attempt in range(12):
        monkeypatch.setenv("CLOCK_SHIFT", str(attempt * 7200))
        send_due_invitations()
    invitation = Invitation.objects.get()
    assert (invitation.mail_attempts, invitation.mail_due, invitation.state) == (8, None, "发送失败")


# --- What does not work -----------------------------------------------------------------------------


def _used(link: str, user: User) -> None:
    Browser().post(link, FIELDS)


def _taken_back(link: str, user: User) -> None:
    actions.revoke_invitation(actor=None, invitation=Invitation.objects.get(user=user))


def _replaced(link: str, user: User) -> None:
    paper(user)


def _left(link: str, user: User) -> None:
    actions.deactivate_user(actor=None, user=user)


def _given_a_password(link: str, user: User) -> None:
    actions.set_password(actor=None, user=user, password=CHOSEN)


@pytest.mark.parametrize("spoil", [_used, _taken_back, _replaced, _left, _given_a_password])
def test_whatever_no_longer_works_looks_like_what_never_did(
    newcomer: User, browser: Browser, spoil: Callable[[str, User], None]
) -> None:
    link = paper(newcomer)
    spoil(link, newcomer)
    before = User.objects.get(pk=newcomer.pk).password
    pages = {_page(browser, address) for address in (link, "/invitation/no-such-token/")}
    assert len(pages) == 1
    assert "no longer works" in pages.pop()
    assert browser.post(link, FIELDS).status_code == 404
    assert User.objects.get(pk=newcomer.pk).password == before


def _page(browser: Browser, address: str) -> str:
    response = browser.get(address)
    assert response.status_code == 404
    text = response.content.decode().replace(address, "/invitation/TOKEN/")
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]*"', "", text)


def test_one_that_is_too_old(newcomer: User, browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    link = paper(newcomer)
    monkeypatch.setenv("CLOCK_SHIFT", str(14 * DAY - 60))
    assert browser.get(link).status_code == 200
    monkeypatch.setenv("CLOCK_SHIFT", str(14 * DAY + 60))
    assert browser.get(link).status_code == 404
    assert browser.post(link, FIELDS).status_code == 404


def test_one_that_went_to_an_address_that_is_no_longer_theirs(newcomer: User, browser: Browser) -> None:
    actions.invite_by_mail(actor=None, user=newcomer)
    send_due_invitations()
    actions.change_user(actor=None, user=newcomer, email="yue@tongxin.example")
    assert browser.get(link_of_mail()).status_code == 404


def test_one_that_waits_does_not_go_to_such_an_address(newcomer: User, browser: Browser) -> None:
    on_paper = paper(newcomer)
    actions.change_user(actor=None, user=newcomer, email="yue@tongxin.example")
    assert browser.get(on_paper).status_code == 200, "paper knows no address"
    actions.invite_by_mail(actor=None, user=newcomer)
    actions.change_user(actor=None, user=newcomer, email="wu@tongxin.example")
    send_due_invitations()
    assert mail.outbox == []
    assert Invitation.objects.latest("pk").state == "已收回"


def test_one_that_is_for_somebody_else(cast: Cast, newcomer: User, browser: Browser) -> None:
    link = paper(newcomer)
    actions.change_preferences(user=cast.owner, locale="en")
    browser.sign_in("owner")
    for response in (browser.get(link), browser.post(link, FIELDS)):
        assert response.status_code == 403
        assert "It is for Yue Wu, and you are signed in as Lei Li." in response.content.decode()
    told = browser.get(link, headers={"Accept": "application/json"})
    assert told.json()["reason"] == "for_somebody_else"
    assert browser.post("/accounts/logout/", {"next": link})["Location"] == link
    assert browser.get(link).status_code == 200


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"password": "1234", "again": "1234"}, "too short: it needs at least 8"),
        ({"password": "newcomer", "again": "newcomer"}, "too similar"),
        ({"again": "something else"}, "The two passwords are not the same."),
        ({"password": "", "again": ""}, "This field is required."),
    ],
)
def test_a_password_that_does_not_do_uses_nothing_up(
    newcomer: User, browser: Browser, wrong: dict[str, str], sentence: str
) -> None:
    link = paper(newcomer)
    response = browser.post(link, FIELDS | wrong)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    assert not User.objects.get(pk=newcomer.pk).has_usable_password()
    assert browser.post(link, FIELDS)["Location"] == "/welcome/"


def test_a_short_password_is_told_in_chinese_too(newcomer: User) -> None:
    response = Browser(headers={"Accept-Language": "zh-CN"}).post(
        paper(newcomer), {"password": "1234", "again": "1234"}
    )
    assert "密码太短，至少要 8 个字符。" in response.content.decode()


def test_who_tries_many_is_slowed_down_and_others_are_not(newcomer: User, browser: Browser) -> None:
    link = paper(newcomer)
    for attempt in range(60):
        assert browser.get(f"/invitation/guess-{attempt}/").status_code == 404
    limited = browser.get("/invitation/another-guess/")
    assert limited.status_code == 429
    assert "Too many attempts" in limited.content.decode()
    assert browser.post(link, FIELDS)["Location"] == "/welcome/"


# --- Who may invite whom ----------------------------------------------------------------------------


def test_what_hr_cannot_do_is_told_person_by_person(cast: Cast, hr: Browser, newcomer: User) -> None:
    actions.change_user(actor=None, user=newcomer, email="")
    page = select(hr, "invite_by_mail", newcomer, cast.owner, cast.superuser, cast.deactivated)
    assert "Yue Wu: There is no e-mail address; print a sheet instead." in page
    assert "Lei Li: They have a password already." in page
    assert "Shan Gao: Only a superuser may do this." in page
    assert "Chen Chen: They left the company." in page
    assert not Invitation.objects.exists()


def test_who_is_not_hr_invites_nobody(cast: Cast, newcomer: User) -> None:
    for actor in (cast.owner, cast.manager, cast.it, cast.guest):
        with pytest.raises(Denied):
            actions.invite_on_paper(actor=actor, user=newcomer)
    assert not Invitation.objects.exists()


def test_hr_sees_who_is_not_invited_yet(cast: Cast, hr: Browser, newcomer: User) -> None:
    def listed(answer: str) -> bool:
        return ">newcomer<" in hr.get(f"/admin/people/user/?newcomers={answer}").content.decode()

    assert (listed("uninvited"), listed("invited")) == (True, False)
    paper(newcomer)
    assert (listed("uninvited"), listed("invited")) == (False, True)
    assert ">owner<" not in hr.get("/admin/people/user/?newcomers=invited").content.decode()


def test_hr_takes_one_back_once(cast: Cast, hr: Browser, browser: Browser, newcomer: User) -> None:
    link = paper(newcomer)
    invitation = Invitation.objects.get()
    chosen = {"action": "revoke", "_selected_action": [invitation.pk]}
    hr.post("/admin/people/invitation/", chosen)
    assert browser.get(link).status_code == 404
    assert "Taken back" in hr.get("/admin/people/invitation/").content.decode()
    again = hr.post("/admin/people/invitation/", chosen, follow=True).content.decode()
    assert "It was used or taken back before." in again
    with pytest.raises(ValidationError):
        actions.revoke_invitation(actor=cast.hr, invitation=invitation)


def test_the_sign_in_of_a_newcomer_is_an_ordinary_one(newcomer: User, browser: Browser) -> None:
    browser.post(paper(newcomer), FIELDS)
    actions.arrive(user=User.objects.get(pk=newcomer.pk))
    assert browser.is_signed_in()
    actions.end_sessions(user=newcomer)
    assert not browser.is_signed_in(), "it has a session that can be ended"
