"""The company's own row: how it comes about, by command or by the first page, and who sees its name."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.core.management import call_command

from demo.actions import create_company, remove_company
from demo.models import Company as Demo
from intranet.people import actions
from intranet.people.entrance import first_run
from intranet.people.models import Company, Invitation, User
from intranet.verdicts import Denied
from tests.cast import Cast
from tests.conftest import Browser

PASSWORD = "another quiet lamp"
pytestmark = pytest.mark.django_db
FORM = {
    "name": "星河科技",
    "english_name": "Galaxy",
    "locale": "en",
    "time_zone": "Europe/Berlin",
    "admin_name": "高山",
    "username": "gaoshan",
    "email": "shan@galaxy.example",
    "password": PASSWORD,
    "again": PASSWORD,
}
HERE = {"Host": "127.0.0.1:8000"}


# --- The first page ---------------------------------------------------------------------------------


def test_the_sign_in_leads_there(browser: Browser) -> None:
    assert browser.get("/accounts/login/", headers=HERE)["Location"] == "/setup/"


def test_it_makes_the_company_and_signs_its_administrator_in(browser: Browser) -> None:
    response = browser.post("/setup/", FORM, headers=HERE)
    assert response["Location"] == "/admin/"
    company = Company.objects.get()
    assert (company.name, company.locale, company.time_zone) == ("星河科技", "en", "Europe/Berlin")
    user = User.objects.get()
    assert (user.username, user.email, user.is_superuser, user.is_staff) == (
        *("gaoshan", "shan@galaxy.example"),
        *(True, True),
    )
    assert (user.locale, user.time_zone) == ("en", "Europe/Berlin")
    assert "The company is set up." in browser.get("/admin/").content.decode()
    assert "Galaxy" in browser.get("/settings/").content.decode()
    Browser().sign_in("shan@galaxy.example", PASSWORD)


def test_then_it_does_not_exist(browser: Browser) -> None:
    browser.post("/setup/", FORM, headers=HERE)
    for address in ("/setup/", f"/setup/?code={first_run.code()}"):
        assert browser.get(address, headers=HERE).status_code == 404
        assert browser.post(address, FORM | {"username": "second"}, headers=HERE).status_code == 404
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("headers", "address"),
    [
        (HERE | {"X-Forwarded-For": "203.0.113.9"}, "127.0.0.1"),
        (HERE | {"X-Real-IP": "203.0.113.9"}, "127.0.0.1"),
        (HERE, "203.0.113.9"),
        ({"Host": "testserver"}, "127.0.0.1"),
    ],
)
def test_it_is_for_this_machine_only(browser: Browser, headers: dict[str, str], address: str) -> None:
    for path in ("/setup/", "/setup/?code=guessed"):
        assert browser.get(path, headers=headers, REMOTE_ADDR=address).status_code == 404
        assert browser.post(path, FORM, headers=headers, REMOTE_ADDR=address).status_code == 404
    assert browser.get("/accounts/login/", headers=headers, REMOTE_ADDR=address).status_code == 200
    assert not User.objects.exists()


def test_behind_a_proxy_nobody_is_on_this_machine(browser: Browser, settings: LazySettings) -> None:
    settings.BEHIND_PROXY = True
    assert browser.get("/setup/", headers=HERE).status_code == 404


def test_or_for_whoever_has_the_code(browser: Browser) -> None:
    address = first_run.address().removeprefix("http://127.0.0.1:8000")
    assert browser.get(address, REMOTE_ADDR="203.0.113.9").status_code == 200
    assert browser.post(address, FORM, REMOTE_ADDR="203.0.113.9")["Location"] == "/admin/"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"name": " "}, "This field is required."),
        ({"time_zone": "Mars/Olympus"}, "Select a valid choice."),
        ({"locale": "tlh"}, "Select a valid choice."),
        ({"username": "two words"}, "A user name consists of"),
        ({"email": "nowhere"}, "Enter a valid email address."),
        ({"password": "1234", "again": "1234"}, "too short"),
        ({"password": "gaoshan1", "again": "gaoshan1"}, "too similar to the user name"),
        ({"again": "something else"}, "The two passwords are not the same."),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_made(
    browser: Browser, wrong: dict[str, str], sentence: str
) -> None:
    response = browser.post("/setup/", FORM | wrong, headers=HERE)
    assert response.status_code == 422
    page = response.content.decode()
    assert sentence in page
    assert 'value="高山"' in page, "what was filled in is still there"
    assert not Company.objects.exists()
    assert not User.objects.exists()


def test_two_at_once_make_one(browser: Browser) -> None:
    """The second one looked before the first had written."""
    actions.found_company(name="远山智能", locale="zh-hans", time_zone="Asia/Shanghai")
    with pytest.raises(ValidationError) as refused:
        actions.set_up_company(
            company={"name": "星河科技", "locale": "en", "time_zone": "UTC"},
            administrator={"username": "gaoshan", "name": "高山"},
            password=PASSWORD,
        )
    assert refused.value.code == "company_exists"
    assert not User.objects.exists()
    assert Company.objects.get().name == "远山智能"


def test_with_people_there_is_no_first_page(cast: Cast, browser: Browser) -> None:
    """A company from before it had a row of its own."""
    assert browser.get("/setup/", headers=HERE).status_code == 404


# --- The command ------------------------------------------------------------------------------------


def setup(*options: str) -> str:
    output = io.StringIO()
    call_command("setup", "--no-input", *options, stdout=output)
    return output.getvalue()


@pytest.fixture
def password(monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("TONGXIN_ADMIN_PASSWORD", PASSWORD)
    return PASSWORD


def test_it_sets_up(browser: Browser, password: str) -> None:
    said = setup(
        *("--company", "星河科技", "--english-name", "Galaxy", "--admin", "gaoshan"),
        *("--language", "en", "--time-zone", "Europe/Berlin", "--admin-name", "高山"),
    )
    assert "星河科技 is set up" in said
    assert password not in said
    assert "invitation" not in said
    browser.sign_in("gaoshan", password)
    assert "Galaxy" in browser.get("/settings/").content.decode()
    assert browser.get("/admin/").status_code == 200


def test_an_administrator_named_by_an_address(browser: Browser, password: str) -> None:
    setup("--company", "星河科技", "--admin", "Shan.Gao@galaxy.example")
    user = User.objects.get()
    assert (user.username, user.email) == ("shan.gao", "shan.gao@galaxy.example")
    assert (user.locale, user.time_zone) == ("zh-hans", "Asia/Shanghai")
    browser.sign_in("shan.gao@galaxy.example", password)


def test_without_a_password_it_prints_an_invitation(browser: Browser) -> None:
    said = setup("--company", "星河科技", "--admin", "gaoshan")
    [address] = [word for word in said.split() if "/invitation/" in word]
    link = address.removeprefix("http://127.0.0.1:8000")
    response = browser.post(link, {"password": PASSWORD, "again": PASSWORD})
    assert response["Location"] == "/welcome/"
    assert Invitation.objects.get().redeemed_at is not None


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"--company": ""}, "Company: This field is required."),
        ({"--admin": ""}, "Admin: This field is required."),
        ({"--admin": "two words"}, "Admin: A user name consists of letters"),
        ({"--email": "nowhere"}, "Email: Enter a valid email address."),
        ({"--time-zone": "Mars/Olympus"}, "Time zone: Select a valid choice. Mars/Olympus"),
        ({"--language": "tlh"}, "Language: Select a valid choice. tlh"),
        ({"--company": "星" * 61}, "Company: Ensure this value has at most 60 characters"),
    ],
)
def test_a_sentence_per_wrong_value_and_nothing_is_made(
    options: dict[str, str], sentence: str, password: str
) -> None:
    given = {"--company": "星河科技", "--admin": "gaoshan"} | options
    with pytest.raises(SystemExit) as refused:
        setup(*(f"{name}={value}" for name, value in given.items()))
    assert sentence in str(refused.value)
    assert not User.objects.exists()
    assert not Company.objects.exists()


def test_a_weak_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TONGXIN_ADMIN_PASSWORD", "1234")
    with pytest.raises(SystemExit, match="Password: The password is too short"):
        setup("--company", "星河科技", "--admin", "gaoshan")
    assert not User.objects.exists()


def test_once(password: str) -> None:
    setup("--company", "星河科技", "--admin", "gaoshan")
    with pytest.raises(SystemExit, match="There is a company here already: 星河科技"):
        setup("--company", "Other", "--admin", "other")
    assert User.objects.count() == 1


def test_not_beside_the_demo_company(password: str) -> None:
    create_company()
    with pytest.raises(SystemExit, match="--remove” removes the demo company"):
        setup("--company", "Other", "--admin", "other")
    remove_company(company=Demo.objects.get(), progress=lambda _done, _total: None)
    setup("--company", "Other", "--admin", "other")
    assert Company.objects.get().name == "Other"


def test_who_is_asked_answers_until_it_is_right(monkeypatch: pytest.MonkeyPatch, browser: Browser) -> None:
    answers = iter(["", "星河科技", "", "", "Mars", "Asia/Tokyo", "gao shan", "gaoshan", "高山", ""])
    passwords = iter(["1234", "1234", PASSWORD, "other", PASSWORD, PASSWORD])
    monkeypatch.setattr("builtins.input", lambda _question: next(answers))
    monkeypatch.setattr("getpass.getpass", lambda _question: next(passwords))
    output, errors = io.StringIO(), io.StringIO()
    call_command("setup", stdout=output, stderr=errors)
    assert errors.getvalue().count("\n") == 5
    assert Company.objects.get().time_zone == "Asia/Tokyo"
    browser.sign_in("gaoshan", PASSWORD)


def test_who_gives_up_has_set_up_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def end(_question: str) -> str:
        raise EOFError

    monkeypatch.setattr("builtins.input", end)
    with pytest.raises(SystemExit, match="Nothing was set up"):
        call_command("setup")
    assert not Company.objects.exists()


# --- Its name ---------------------------------------------------------------------------------------


def found(**fields: Any) -> Company:
    return actions.found_company(
        **{"name": "星河科技", "english_name": "Galaxy", "locale": "zh-hans", "time_zone": "UTC"} | fields
    )


@pytest.mark.parametrize(("language", "name"), [("en", "Galaxy"), ("zh-CN", "星河科技")])
def test_the_sign_in_page_shows_it(language: str, name: str) -> None:
    found()
    page = Browser(headers={"Accept-Language": language}).get("/accounts/login/").content.decode()
    assert page.count(name) == 2
    assert "远山智能" not in page


def test_before_it_is_set_up_the_settings_say_it(cast: Cast, browser: Browser) -> None:
    assert "For 远山智能 only" in browser.get("/accounts/login/").content.decode()


def test_who_has_chosen_nothing_gets_its_language_and_time_zone(cast: Cast) -> None:
    found(locale="en", time_zone="Europe/Berlin")
    user = actions.create_user(actor=cast.hr, username="newcomer", name="吴悦")
    assert (user.locale, user.time_zone) == ("en", "Europe/Berlin")


def test_hr_finds_them_in_the_form(cast: Cast, browser: Browser) -> None:
    found(locale="en", time_zone="Europe/Berlin")
    browser.force_login(cast.hr)
    assert 'value="Europe/Berlin"' in browser.get("/admin/people/user/add/").content.decode()


def test_a_superuser_renames_it_and_everybody_sees_it(cast: Cast, browser: Browser) -> None:
    found()
    browser.force_login(cast.superuser)
    fields = {"name": "星海科技", "english_name": "", "locale": "en", "time_zone": "UTC", "_save": "1"}
    assert browser.post("/admin/people/company/1/change/", fields).status_code == 302
    assert "星海科技" in browser.get("/settings/").content.decode()


@pytest.mark.parametrize(
    ("wrong", "sentence"), [({"name": ""}, "必填"), ({"time_zone": "Mars"}, "选择一个有效的选项")]
)
def test_a_wrong_change_is_told(cast: Cast, browser: Browser, wrong: dict[str, str], sentence: str) -> None:
    found()
    browser.force_login(cast.superuser)
    fields = {"name": "星海科技", "english_name": "", "locale": "en", "time_zone": "UTC", "_save": "1"}
    response = browser.post("/admin/people/company/1/change/", fields | wrong)
    assert response.status_code == 200
    assert sentence in response.content.decode()
    assert Company.objects.get().name == "星河科技"


def test_nobody_else_changes_it(cast: Cast) -> None:
    company = found()
    for actor in (cast.hr, cast.it, cast.manager):
        with pytest.raises(Denied):
            actions.change_company(actor=actor, company=company, name="别的")
    assert Company.objects.get().name == "星河科技"


def test_another_process_sees_a_change_after_a_while(monkeypatch: pytest.MonkeyPatch) -> None:
    found()
    assert Company.objects.current().name == "星河科技"
    Company.objects.filter(pk=1).update(name="星海科技")
    assert Company.objects.current().name == "星河科技", "it does not ask for every page"
    monkeypatch.setattr("time.monotonic", lambda: float("inf"))
    assert Company.objects.current().name == "星海科技"
