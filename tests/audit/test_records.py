from __future__ import annotations

import datetime as dt
import json

import pytest
from django.db import DatabaseError, transaction

from chat.actions import post_message
from intranet.audit.models import Record
from intranet.origin import InLogLines
from intranet.people import actions
from intranet.people.permissions import Office
from intranet.rooms import actions as rooms
from tests.cast import Cast
from tests.conftest import Browser

JSON = {"Accept": "application/json"}


def last(kind: str) -> Record:
    return Record.objects.filter(kind=kind).latest("pk")


# --- What changed -------------------------------------------------------------------------------------


def test_who_what_before_and_after(cast: Cast) -> None:
    actions.change_user(actor=cast.hr, user=cast.owner, title="市场总监", phone="138")
    record = last("people.user.changed")
    assert (record.actor, record.person) == (cast.hr, cast.owner)
    assert record.before == {"title": "", "phone": ""}
    assert record.after == {"title": "市场总监", "phone": "138"}


def test_what_a_form_already_put_on_the_object_is_not_what_was_before(cast: Cast) -> None:
    cast.owner.title = "市场总监"
    actions.change_user(actor=cast.hr, user=cast.owner, title="市场总监")
    assert last("people.user.changed").before == {"title": ""}


def test_a_membership(cast: Cast) -> None:
    actions.join_department(actor=cast.hr, user=cast.owner, department=cast.marketing, role="manager")
    record = last("people.membership.changed")
    assert (record.person, record.department) == (cast.owner, cast.marketing)
    assert (record.before, record.after) == (
        {"role": "member", "primary": True, "until": None},
        {"role": "manager", "primary": True, "until": None},
    )
    actions.leave_department(actor=cast.hr, membership=cast.owner.memberships.get())
    assert last("people.membership.ended").before == {"role": "manager", "primary": True, "until": None}


def test_a_grant_and_an_office(cast: Cast) -> None:
    role = cast.legal.roles.get(role="guest")
    actions.change_grant(actor=cast.hr, role=role, codename="enter_rooms", granted=False)
    record = last("people.grant.changed")
    assert (record.department, record.before, record.after) == (
        cast.legal,
        {"granted": True},
        {"granted": False},
    )
    assert record.data == {"role": "guest", "codename": "enter_rooms", "granted": False}
    actions.appoint(actor=cast.superuser, user=cast.owner, office=Office.IT)
    assert (last("people.office.changed").before, last("people.office.changed").after) == (
        {"held": False},
        {"held": True},
    )


def test_a_room(cast: Cast) -> None:
    rooms.set_role(actor=cast.owner, room=cast.launch, user=cast.member, role="owner")
    record = last("rooms.member.changed")
    assert (record.room, record.person) == (cast.launch, cast.member)
    assert (record.before, record.after) == ({"role": "member"}, {"role": "owner"})
    rooms.archive_room(actor=cast.owner, room=cast.launch)
    assert last("rooms.room.archived").before == {"archived_at": None}


def test_no_password_is_in_it(cast: Cast) -> None:
    actions.set_password(actor=cast.hr, user=cast.owner, password="a secret lamp 2027")
    record = last("people.sessions.ended")
    assert record.person == cast.owner
    assert "lamp" not in json.dumps([record.before, record.after, record.data])


def test_what_people_say_is_not_in_it_nor_whom_they_write_to(cast: Cast) -> None:
    before = Record.objects.count()
    room = rooms.open_direct(actor=cast.owner, people=[cast.member])
    post_message(actor=cast.owner, room=room, body="salary", client_id="a")
    assert Record.objects.count() == before


def test_what_is_undone_leaves_no_record(cast: Cast) -> None:
    before = Record.objects.count()

    def fail() -> None:
        with transaction.atomic():
            actions.change_user(actor=cast.hr, user=cast.owner, title="市场总监")
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert Record.objects.count() == before


# --- Where it came from -------------------------------------------------------------------------------


def test_the_request_and_its_address(cast: Cast, browser: Browser) -> None:
    browser.force_login(cast.owner)
    response = browser.post("/settings/", {"locale": "en"}, headers=JSON)
    record = last("people.user.changed")
    assert record.request_id == response["X-Request-Id"]
    assert record.address == "127.0.0.1"
    assert browser.get("/settings/")["X-Request-Id"] != record.request_id


def test_a_command_has_no_request(cast: Cast) -> None:
    actions.change_user(actor=None, user=cast.owner, title="市场总监")
    record = last("people.user.changed")
    assert (record.actor, record.request_id, record.address) == (None, "", None)


def test_what_a_browser_says_of_its_address_is_not_believed(cast: Cast, browser: Browser) -> None:
    browser.force_login(cast.owner)
    browser.post("/settings/", {"locale": "en"}, headers={**JSON, "X-Forwarded-For": "10.9.9.9"})
    assert last("people.user.changed").address == "127.0.0.1"


@pytest.mark.parametrize(
    ("forwarded", "address"), [("10.9.9.9, 192.0.2.7", "192.0.2.7"), ("'; drop table", None)]
)
def test_behind_a_proxy(
    cast: Cast, browser: Browser, settings: object, forwarded: str, address: str | None
) -> None:
    settings.BEHIND_PROXY = True  # type: ignore[attr-defined]
    browser.force_login(cast.owner)
    browser.post("/settings/", {"locale": "en"}, headers={**JSON, "X-Forwarded-For": forwarded})
    assert last("people.user.changed").address == address


def test_log_lines_name_the_request(cast: Cast, browser: Browser, caplog: pytest.LogCaptureFixture) -> None:
    caplog.handler.addFilter(InLogLines())
    browser.force_login(cast.owner)
    response = browser.post(
        f"/rooms/{cast.closed.pk}/messages/", {"body": "x", "client_id": "a"}, headers=JSON
    )
    line = next(line for line in caplog.records if "was refused" in line.getMessage())
    assert line.request_id == response["X-Request-Id"]  # type: ignore[attr-defined]


# --- What was refused ---------------------------------------------------------------------------------


def test_a_refused_action(cast: Cast, browser: Browser) -> None:
    browser.force_login(cast.member)
    address = f"/rooms/{cast.launch.pk}/members/{cast.owner.pk}/remove/"
    response = browser.post(address, headers=JSON)
    record = last("denied")
    assert (record.actor, record.person, record.room) == (cast.member, cast.owner, cast.launch)
    assert record.reason == response.json()["reason"] == "not_permitted"
    assert record.request_id == response["X-Request-Id"]
    assert record.data == {"method": "POST", "path": address}


def test_a_refused_action_of_the_administration(cast: Cast, browser: Browser) -> None:
    browser.force_login(cast.hr)
    chosen = {"action": "deactivate", "_selected_action": [str(cast.superuser.pk)], "confirmed": "yes"}
    browser.post("/admin/people/user/", chosen)
    browser.post(f"/admin/people/user/{cast.owner.pk}/delete/", {"post": "yes"})
    refused = list(Record.objects.filter(kind="denied").order_by("pk").values_list("reason", "person"))
    assert refused[-2:] == [("superusers_only", None), ("not_permitted", cast.owner.pk)]


def test_looking_is_no_attempt(cast: Cast, browser: Browser) -> None:
    browser.force_login(cast.hr)
    assert browser.get(f"/admin/people/user/{cast.owner.pk}/delete/").status_code == 403
    assert not Record.objects.filter(kind="denied").exists()


# --- Append-only --------------------------------------------------------------------------------------


def test_the_database_refuses_to_change_or_remove(cast: Cast) -> None:
    actions.change_user(actor=cast.hr, user=cast.owner, title="市场总监")
    record = last("people.user.changed")
    record.at += dt.timedelta(days=1)
    for change in (
        lambda: Record.objects.update(reason="x"),
        lambda: Record.objects.all().delete(),
        record.save,
        record.delete,
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            change()
    assert last("people.user.changed").reason == ""
