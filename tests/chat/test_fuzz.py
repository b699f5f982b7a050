"""Anything at all, posted to every address that takes a post: an answer, never a failure."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chat.actions import post_message
from intranet.events.models import Event
from tests.cast import Cast

ADDRESSES = [
    "/rooms/{room}/messages/",
    "/messages/{message}/edit/",
    "/messages/{message}/delete/",
    "/rooms/new/",
    "/rooms/direct/",
    "/rooms/{room}/invite/",
    "/rooms/{room}/members/{user}/remove/",
    "/rooms/{room}/members/{user}/role/",
    "/rooms/{room}/archive/",
    "/rooms/{room}/restore/",
    "/rooms/{room}/leave/",
    "/rooms/{room}/star/",
    "/rooms/{room}/read/",
    "/settings/",
    "/settings/theme/",
    "/i18n/setlang/",
    "/accounts/login/",
    "/accounts/password/change/",
    "/accounts/sessions/",
]
NAMES = [
    *(
        "body",
        "client_id",
        "version",
        "name",
        "english_name",
        "topic",
        "departments",
        "people",
        "number",
        "role",
    ),
    *("starred", "locale", "time_zone", "theme", "language", "next", "login", "password", "oldpassword"),
]
NUMBERS = st.one_of(st.integers(-3, 30), st.sampled_from([2**31, 2**63, -(2**63), 10**40])).map(str)
TEXTS = st.text(st.characters(codec="utf-8"), max_size=60)
CHOICES = st.sampled_from(
    ["on", "owner", "member", "dark", "en", "zh-hans", "UTC", "Asia/Shanghai", "/rooms/"]
)
VALUES = st.one_of(NUMBERS, TEXTS, CHOICES)
FIELDS = st.dictionaries(st.sampled_from(NAMES), st.lists(VALUES, min_size=1, max_size=3), max_size=8)
HEADERS = st.fixed_dictionaries(
    {}, optional={"accept": st.sampled_from(["application/json", "text/html"]), "HX-Request": st.just("true")}
)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_post_is_answered(cast: Cast, address: str) -> None:
    message = post_message(actor=cast.owner, room=cast.launch, body="Said", client_id="first")
    target = address.format(room=cast.launch.pk, message=message.pk, user=cast.member.pk)
    browser = Client(raise_request_exception=False)
    browser.force_login(cast.owner)
    session = browser.cookies["session"].value

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(fields=FIELDS, headers=HEADERS)
    def answered(fields: dict[str, list[str]], headers: dict[str, str]) -> None:
        browser.cookies["session"] = session
        with transaction.atomic():
            before = Event.objects.count()
            response = browser.post(target, fields, headers=headers)
            assert response.status_code < 500
            if response.status_code >= 400:
                assert Event.objects.count() == before, "refused, but something was written"
            transaction.set_rollback(True)

    answered()
