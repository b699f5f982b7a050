from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.management import call_command

from intranet.people import actions
from intranet.people.models import Employment, User
from intranet.people.permissions import Office, offices_of
from intranet.verdicts import Denied
from tests.cast import Cast

OTHERS = ["owner", "manager", "member", "guest", "removed", "deactivated", "stranger", "it"]


def test_hr_makes_an_account(cast: Cast) -> None:
    user = actions.create_user(actor=cast.hr, username="LiuYang", name="刘洋", email="Liu.Yang@Example.com")
    assert (user.username, user.email) == ("liuyang", "liu.yang@example.com")
    assert not user.has_usable_password()
    assert str(user) == "刘洋"


def test_only_hr_administers_people(cast: Cast) -> None:
    for actor in map(cast.again, OTHERS):
        with pytest.raises(Denied):
            actions.create_user(actor=actor, username="liuyang", name="刘洋")
        with pytest.raises(Denied):
            actions.change_user(actor=actor, user=cast.hr, title="CEO")
        with pytest.raises(Denied):
            actions.set_password(actor=actor, user=cast.hr, password="another quiet lamp")
        with pytest.raises(Denied):
            actions.deactivate_user(actor=actor, user=cast.hr)
        with pytest.raises(Denied):
            actions.reactivate_user(actor=actor, user=cast.deactivated)
        with pytest.raises(Denied):
            actions.appoint(actor=actor, user=actor, office=Office.HR)
    unchanged = cast.again("hr")
    assert (unchanged.title, unchanged.is_active, unchanged.password) == ("", True, cast.hr.password)
    assert not cast.again("deactivated").is_active


def test_hr_cannot_become_more_than_hr(cast: Cast) -> None:
    hr = cast.again("hr")
    with pytest.raises(Denied):
        actions.set_password(actor=hr, user=cast.superuser, password="another quiet lamp")
    with pytest.raises(Denied):
        actions.change_user(actor=hr, user=cast.superuser, email="hr@tongxin.example")
    with pytest.raises(Denied):
        actions.deactivate_user(actor=hr, user=cast.superuser)
    with pytest.raises(Denied):
        actions.set_password(actor=hr, user=cast.again("it"), password="another quiet lamp")
    with pytest.raises(Denied):
        actions.change_user(actor=hr, user=cast.again("it"), email="hr@tongxin.example")
    with pytest.raises(Denied):
        actions.appoint(actor=hr, user=hr, office=Office.IT)
    with pytest.raises(ValueError, match="is_superuser"):
        actions.change_user(actor=hr, user=cast.owner, is_superuser=True)


@pytest.mark.parametrize(
    "wrong",
    [
        {"username": "owner"},
        {"username": "OWNER"},
        {"username": "two words"},
        {"username": "owner@tongxin.example"},
        {"email": "OWNER@tongxin.example"},
        {"email": "no address"},
        {"time_zone": "Mars/Olympus"},
        {"locale": "tlh"},
        {"name": ""},
    ],
)
def test_an_account_that_cannot_be_gets_a_sentence(cast: Cast, wrong: dict[str, str]) -> None:
    before = User.objects.count()
    with pytest.raises(ValidationError) as refused:
        actions.create_user(actor=cast.hr, **{"username": "liuyang", "name": "刘洋"} | wrong)
    assert refused.value.messages
    assert User.objects.count() == before


def test_people_without_an_address_are_not_in_each_others_way(cast: Cast) -> None:
    for username in ("liuyang", "chenjie"):
        assert actions.create_user(actor=cast.hr, username=username, name=username, email="").email is None


def test_djangos_own_command_makes_superusers(db: None) -> None:
    for username in ("root", "second"):
        call_command("createsuperuser", "--noinput", "--username", username, "--name", "根", verbosity=0)
        assert User.objects.get(username=username).email is None


def test_a_new_address_replaces_all_old_ones(cast: Cast) -> None:
    EmailAddress.objects.create(user=cast.owner, email="owner@tongxin.example", primary=True)
    actions.change_user(actor=cast.hr, user=cast.owner, email="Lei@tongxin.example")
    assert not EmailAddress.objects.filter(email="owner@tongxin.example").exists()
    assert cast.again("owner").email == "lei@tongxin.example"


def test_one_changes_ones_own_preferences_only(cast: Cast) -> None:
    actions.change_preferences(user=cast.guest, theme="dark", time_zone="Europe/Berlin")
    with pytest.raises(ValueError, match="title"):
        actions.change_preferences(user=cast.guest, title="CEO")
    with pytest.raises(ValidationError):
        actions.change_preferences(user=cast.guest, theme="pink")


def test_leaving_and_coming_back(cast: Cast) -> None:
    actions.deactivate_user(actor=cast.hr, user=cast.owner)
    left = cast.again("owner")
    assert (left.is_active, left.employment) == (False, Employment.LEFT)
    actions.reactivate_user(actor=cast.hr, user=left)
    back = cast.again("owner")
    assert (back.is_active, back.employment) == (True, Employment.ACTIVE)


def test_nobody_locks_themselves_out(cast: Cast) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.deactivate_user(actor=cast.hr, user=cast.hr)
    assert refused.value.code == "oneself"
    assert cast.again("hr").is_active


def test_an_office_brings_the_administration_and_takes_it_along(cast: Cast) -> None:
    actions.appoint(actor=cast.superuser, user=cast.owner, office="it")
    assert cast.again("owner").is_staff
    assert offices_of(cast.owner) == {"it"}
    actions.appoint(actor=cast.superuser, user=cast.owner, office="hr")
    actions.dismiss(actor=cast.superuser, user=cast.owner, office="it")
    assert cast.again("owner").is_staff
    actions.dismiss(actor=cast.superuser, user=cast.owner, office="hr")
    assert not cast.again("owner").is_staff
