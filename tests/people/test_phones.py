from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from intranet.people import actions
from intranet.people.models import User
from intranet.people.permissions import can_see_phone, phone_view
from intranet.verdicts import Denied
from tests.cast import Cast
from tests.conftest import Browser

PHONE = "+86 21 5550 0199"
SEATS = ("owner", "manager", "member", "guest", "stranger", "hr", "it")
# Whose number: the owner's, who is of marketing as the manager and the guest are.
SEEN_BY = {
    "everyone": {"owner", "manager", "member", "guest", "stranger", "hr", "it"},
    "department": {"owner", "manager", "hr", "colleague"},
    "managers": {"owner", "manager", "hr"},
}


@pytest.mark.parametrize("policy", SEEN_BY)
def test_the_policy_decides_everywhere_alike(cast: Cast, browser: Browser, policy: str) -> None:
    actions.change_policy(actor=cast.hr, phones=policy)
    actions.change_user(actor=cast.hr, user=cast.owner, phone=PHONE)
    colleague = actions.create_user(actor=None, username="colleague", name="同事")
    actions.join_department(actor=None, user=colleague, department=cast.marketing)
    for seat, person in {seat: getattr(cast, seat) for seat in SEATS}.items() | {("colleague", colleague)}:
        expected = seat in SEEN_BY[policy] or (seat == "colleague" and policy == "everyone")
        assert bool(can_see_phone(phone_view(person), cast.owner)) == expected, seat
        browser.force_login(person)
        for page in ("/people/owner/", "/people/?q=owner"):
            assert (PHONE in browser.get(page).content.decode()) == expected, (seat, page)


def test_hr_changes_it_in_the_administration(cast: Cast, browser: Browser) -> None:
    browser.force_login(cast.hr)
    page = browser.get("/admin/people/policy/")["Location"]
    assert browser.get(page).status_code == 200
    assert browser.post(page, {"phones": "managers"}).status_code == 302
    assert not can_see_phone(phone_view(cast.member), User.objects.get(pk=cast.owner.pk))
    browser.force_login(cast.it)
    assert browser.post(page, {"phones": "everyone"}).status_code == 403


def test_nobody_else_changes_it_and_only_to_what_there_is(cast: Cast) -> None:
    with pytest.raises(Denied):
        actions.change_policy(actor=cast.manager, phones="everyone")
    with pytest.raises(ValidationError):
        actions.change_policy(actor=cast.hr, phones="nobody")
    assert can_see_phone(phone_view(cast.stranger), cast.owner)
