"""One's own list of rooms: sections, muting, preferences, and reading all of it at once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from chat.actions import post_message
from intranet import clock
from intranet.events import outbox
from intranet.events.models import Event
from intranet.people.models import User
from intranet.rooms import actions as rooms
from intranet.rooms.arranging import actions
from intranet.rooms.models import Room, RoomMembership, SidebarPreferences, SidebarSection
from intranet.rooms.sidebar import Row, Sidebar, sidebar
from intranet.verdicts import Denied
from tests.cast import Cast
from tests.commits import committed

JSON = {"accept": "application/json"}


def signed_in(user: User) -> Client:
    browser = Client(headers=JSON, raise_request_exception=False)
    browser.force_login(user)
    return browser


def say(author: User, room: Room, *bodies: str) -> None:
    for body in bodies:
        client_id = f"{author.pk}-{room.pk}-{room.messages.count()}"
        with committed():
            post_message(actor=author, room=room, body=body, client_id=client_id)
    outbox.run_due()


def keys(user: User) -> dict[str, list[Room]]:
    return {each["key"]: [row.room for row in each["rows"]] for each in sidebar(user)["sections"]}


def row(user: User, room: Room) -> Row:
    return next(row for each in sidebar(user)["sections"] for row in each["rows"] if row.room == room)


def pointer(user: User, room: Room) -> int:
    return RoomMembership.objects.get(user=user, room=room).pointer


# --- Sections -----------------------------------------------------------------------------------------


def test_a_room_moves_to_a_section_and_back(cast: Cast) -> None:
    browser = signed_in(cast.member)
    assert browser.post("/rooms/sections/new/", {"name": "本周", "rooms": cast.launch.pk}).status_code == 204
    section = SidebarSection.objects.get(user=cast.member)
    assert keys(cast.member)[section.key] == [cast.launch]
    assert "project" not in keys(cast.member)
    assert section.key not in keys(cast.owner)
    browser.post("/rooms/sidebar/place/", {"rooms": cast.launch.pk, "section": "starred"})
    assert keys(cast.member)["starred"] == [cast.launch]
    assert keys(cast.member)[section.key] == []
    browser.post("/rooms/sidebar/place/", {"rooms": cast.launch.pk, "section": ""})
    assert keys(cast.member)["project"] == [cast.launch]


def test_sections_stand_in_their_order_between_the_starred_and_the_rest(cast: Cast) -> None:
    first, second = (actions.make_section(actor=cast.owner, name=name) for name in ("One", "Two"))
    rooms.star(actor=cast.owner, room=cast.launch, starred=True)
    assert list(keys(cast.owner)) == ["starred", first.key, second.key, "department", "archived"]
    browser = signed_in(cast.owner)
    for step, order in (("down", [second, first]), ("down", [second, first]), ("up", [first, second])):
        assert browser.post(f"/rooms/sections/{first.pk}/move/", {"step": step}).status_code == 204
        assert list(keys(cast.owner))[1:3] == [each.key for each in order]


def test_a_section_gets_another_name_and_goes(cast: Cast) -> None:
    section = actions.make_section(actor=cast.owner, name="One", rooms=[cast.launch])
    browser = signed_in(cast.owner)
    address = f"/rooms/sections/{section.pk}/"
    assert 'value="One"' in browser.get(address, headers={"accept": "text/html"}).content.decode()
    assert browser.post(address, {"name": "Uno"}).status_code == 204
    assert [each["label"] for each in sidebar(cast.owner)["sections"] if each["own"]] == ["Uno"]
    assert browser.post(f"{address}delete/").status_code == 204
    assert keys(cast.owner)["project"] == [cast.launch]
    assert browser.post(f"{address}delete/").status_code == 404


@pytest.mark.parametrize("name", ["", "  ", "n" * 41, "a\x00b", "Taken"])
def test_names_that_no_section_can_have(cast: Cast, name: str) -> None:
    actions.make_section(actor=cast.owner, name="Taken")
    other = actions.make_section(actor=cast.owner, name="Other")
    browser = signed_in(cast.owner)
    for address in ("/rooms/sections/new/", f"/rooms/sections/{other.pk}/"):
        answered = browser.post(address, {"name": name, "rooms": cast.launch.pk})
        assert answered.status_code == 422
        assert 'aria-invalid="true"' in answered.content.decode()
    assert (
        f'name="rooms" value="{cast.launch.pk}"'
        in browser.post("/rooms/sections/new/", {"name": name, "rooms": cast.launch.pk}).content.decode()
    )
    assert set(SidebarSection.objects.values_list("name", flat=True)) == {"Taken", "Other"}
    assert keys(cast.owner)["project"] == [cast.launch]


def test_a_name_that_another_device_took_at_the_same_moment(cast: Cast) -> None:
    actions.make_section(actor=cast.owner, name="Taken")
    with pytest.raises(ValidationError, match="同名"):
        actions.make_section(actor=cast.owner, name="Taken")


def test_there_is_an_end_to_sections(cast: Cast) -> None:
    for number in range(actions.MOST_SECTIONS):
        actions.make_section(actor=cast.owner, name=str(number))
    answered = signed_in(cast.owner).post("/rooms/sections/new/", {"name": "One more"})
    assert answered.status_code == 422
    assert 'role="alert"' in answered.content.decode()
    assert "One more" in answered.content.decode()


def test_nobody_reaches_the_section_of_somebody_else(cast: Cast) -> None:
    section = actions.make_section(actor=cast.owner, name="Mine")
    browser = signed_in(cast.member)
    for part, fields in (("", {"name": "Yours"}), ("move/", {"step": "up"}), ("delete/", {})):
        assert browser.post(f"/rooms/sections/{section.pk}/{part}", fields).status_code == 404
    fields = {"rooms": str(cast.launch.pk), "section": section.key}
    assert browser.post("/rooms/sidebar/place/", fields).status_code == 400
    with pytest.raises(Denied):
        actions.place(actor=cast.member, rooms=[cast.launch], section=section)
    assert SidebarSection.objects.get().name == "Mine"


# --- Bad requests -------------------------------------------------------------------------------------


@pytest.mark.parametrize("room", ["", "x", "-1", "0", str(2**63), str(10**30), "\x00", "1.5", "other"])
def test_rooms_that_are_none_of_ones_own(cast: Cast, room: str) -> None:
    chosen = str(cast.contracts.pk) if room == "other" else room
    browser = signed_in(cast.owner)
    for part, fields in (("mute", {"muted": "on"}), ("place", {"section": "starred"})):
        answered = browser.post(f"/rooms/sidebar/{part}/", {"rooms": [cast.launch.pk, chosen], **fields})
        assert answered.status_code == 400
        assert answered.json()["message"]
    assert browser.post("/rooms/sections/new/", {"name": "New", "rooms": chosen or "x"}).status_code == 422
    assert not row(cast.owner, cast.launch).muted
    assert not SidebarSection.objects.exists()


@pytest.mark.parametrize(
    ("part", "fields"),
    [
        ("preferences", {"sort": "size"}),
        ("preferences", {"unread_only": "perhaps"}),
        ("fold", {"section": "own-1", "folded": "on"}),
        ("fold", {"section": "\x00", "folded": "on"}),
        ("fold", {"folded": "on"}),
        ("place", {"section": "own-99999"}),
        ("place", {"section": "department"}),
        ("unread", {}),
        ("unread", {"undo": "x"}),
        ("unread", {"undo": "x" * 200_000}),
    ],
)
def test_requests_that_mean_nothing(cast: Cast, part: str, fields: dict[str, Any]) -> None:
    chosen = {"rooms": cast.launch.pk} if part == "place" else {}
    answered = signed_in(cast.owner).post(f"/rooms/sidebar/{part}/", {**chosen, **fields})
    assert answered.status_code == 400
    assert answered.json()["message"]


# --- Muting and preferences ---------------------------------------------------------------------------


def test_many_rooms_are_muted_at_once_and_ask_for_nothing_but_mentions(cast: Cast) -> None:
    direct = rooms.open_direct(actor=cast.owner, people=[cast.member])
    say(cast.owner, cast.launch, "1", "@韩梅梅 2")
    say(cast.owner, direct, "3")
    assert sidebar(cast.member)["total_unread"] == 3
    browser = signed_in(cast.member)
    browser.post("/rooms/sidebar/mute/", {"rooms": [cast.launch.pk, direct.pk], "muted": "on"})
    found = sidebar(cast.member)
    assert (found["total_unread"], found["total_mentions"]) == (0, 1)
    assert not row(cast.member, cast.launch).calls
    assert not row(cast.owner, cast.launch).muted
    browser.post("/rooms/sidebar/mute/", {"rooms": [direct.pk], "muted": ""})
    assert sidebar(cast.member)["total_unread"] == 1


def test_what_is_muted_shows_no_number_but_a_mention(cast: Cast) -> None:
    actions.mute(actor=cast.member, rooms=[cast.launch], muted=True)
    browser = signed_in(cast.member)

    def badges() -> int:
        return browser.get("/rooms/sidebar/").content.decode().count('class="badge')

    say(cast.owner, cast.launch, "1")
    assert badges() == 0
    say(cast.owner, cast.launch, "@韩梅梅 2")
    assert badges() == 1


def order(found: Sidebar, key: str) -> list[str]:
    return [row.title for each in found["sections"] if each["key"] == key for row in each["rows"]]


def test_the_list_by_name_or_by_what_was_said_last(cast: Cast) -> None:
    names = ("Alpha", "Beta", "Gamma")
    made = [rooms.create_project(actor=cast.owner, name=name, departments=[cast.marketing]) for name in names]
    for each in (made[0], made[2], made[1], cast.launch):
        say(cast.owner, each, "x")
    assert order(sidebar(cast.owner), "project") == ["Alpha", "Beta", "晨光 S1 上市", "Gamma"]
    assert signed_in(cast.owner).post("/rooms/sidebar/preferences/", {"sort": "activity"}).status_code == 204
    assert order(sidebar(cast.owner), "project") == ["晨光 S1 上市", "Beta", "Gamma", "Alpha"]
    actions.mute(actor=cast.owner, rooms=[cast.launch], muted=True)
    assert order(sidebar(cast.owner), "project") == ["Beta", "Gamma", "Alpha", "晨光 S1 上市"]


def test_preferences_are_ones_own_and_changed_one_by_one(cast: Cast) -> None:
    browser = signed_in(cast.owner)
    browser.post("/rooms/sidebar/preferences/", {"sort": "activity"})
    browser.post("/rooms/sidebar/preferences/", {"unread_only": "on"})
    kept = sidebar(cast.owner)["preferences"]
    assert (kept.sort, kept.unread_only) == ("activity", True)
    browser.post("/rooms/sidebar/preferences/", {"unread_only": "off"})
    assert not sidebar(cast.owner)["preferences"].unread_only
    other = sidebar(cast.member)["preferences"]
    assert (other.sort, other.unread_only) == ("name", False)


def test_folded_sections_stay_so_on_every_device(cast: Cast) -> None:
    own = actions.make_section(actor=cast.owner, name="Later")
    desk, phone = signed_in(cast.owner), signed_in(cast.owner)

    def folded() -> set[str]:
        return {each["key"] for each in sidebar(cast.owner)["sections"] if each["folded"]}

    assert folded() == {"archived"}
    desk.post("/rooms/sidebar/fold/", {"section": own.key, "folded": "on"})
    phone.post("/rooms/sidebar/fold/", {"section": "archived", "folded": ""})
    assert folded() == {own.key}
    actions.delete_section(actor=cast.owner, section=own)
    assert SidebarPreferences.objects.get(user=cast.owner).folded == []


def test_every_change_tells_the_other_devices(cast: Cast) -> None:
    changes = (
        lambda: actions.change_preferences(actor=cast.owner, unread_only=True),
        lambda: actions.fold(actor=cast.owner, section="project", folded=True),
        lambda: actions.make_section(actor=cast.owner, name="New"),
        lambda: actions.mute(actor=cast.owner, rooms=[cast.launch], muted=True),
        lambda: actions.place(actor=cast.owner, rooms=[cast.launch], starred=True),
    )
    for change in changes:
        before = Event.objects.filter(stream=cast.owner.stream, kind="rooms.sidebar.changed").count()
        change()
        after = Event.objects.filter(stream=cast.owner.stream, kind="rooms.sidebar.changed").count()
        assert after > before


# --- Reading all --------------------------------------------------------------------------------------


def test_all_is_read_and_unread_again(cast: Cast) -> None:
    direct = rooms.open_direct(actor=cast.owner, people=[cast.member])
    say(cast.owner, cast.launch, "1", "@韩梅梅 2", "3")
    say(cast.owner, direct, "4")
    rooms.mark_read(actor=cast.member, room_id=cast.launch.pk, number=1)
    browser = signed_in(cast.member)
    answered = browser.post("/rooms/sidebar/read/").json()
    assert answered["rooms"] == 2
    found = sidebar(cast.member)
    assert (found["total_unread"], found["total_mentions"]) == (0, 0)
    assert browser.post("/rooms/sidebar/unread/", {"undo": answered["undo"]}).status_code == 204
    assert (pointer(cast.member, cast.launch), pointer(cast.member, direct)) == (1, 0)
    assert sidebar(cast.member)["total_mentions"] == 1
    assert browser.post("/rooms/sidebar/unread/", {"undo": answered["undo"]}).status_code == 204
    assert pointer(cast.member, cast.launch) == 1


def test_archived_rooms_and_the_place_where_one_was_last_stay_as_they_are(cast: Cast) -> None:
    say(cast.owner, cast.launch, "1")
    rooms.archive_room(actor=cast.owner, room=cast.launch)
    before = RoomMembership.objects.get(user=cast.member, room=cast.launch).read_at
    assert signed_in(cast.member).post("/rooms/sidebar/read/").json()["rooms"] == 0
    assert pointer(cast.member, cast.launch) == 0
    rooms.restore_room(actor=cast.owner, room=cast.launch)
    assert signed_in(cast.member).post("/rooms/sidebar/read/").json()["rooms"] == 1
    assert RoomMembership.objects.get(user=cast.member, room=cast.launch).read_at == before


def test_where_one_has_read_on_since_nothing_goes_back(cast: Cast) -> None:
    direct = rooms.open_direct(actor=cast.owner, people=[cast.member])
    say(cast.owner, cast.launch, "1")
    say(cast.owner, direct, "2")
    moved = actions.mark_all_read(actor=cast.member)
    say(cast.owner, cast.launch, "3")
    rooms.mark_read(actor=cast.member, room_id=cast.launch.pk, number=2)
    actions.take_back(actor=cast.member, moved=moved)
    assert (pointer(cast.member, cast.launch), pointer(cast.member, direct)) == (2, 0)


def test_what_was_said_meanwhile_stays_unread(cast: Cast) -> None:
    say(cast.owner, cast.launch, "1")
    moved = actions.mark_all_read(actor=cast.member)
    say(cast.owner, cast.launch, "2")
    assert row(cast.member, cast.launch).unread == 1
    actions.take_back(actor=cast.member, moved=moved)
    assert row(cast.member, cast.launch).unread == 2


def test_who_left_and_came_back_begins_at_coming_back(cast: Cast) -> None:
    say(cast.owner, cast.launch, "1")
    moved = actions.mark_all_read(actor=cast.member)
    rooms.remove_member(actor=cast.owner, room=cast.launch, user=cast.member)
    rooms.invite(actor=cast.owner, room=cast.launch, people=[cast.member])
    actions.take_back(actor=cast.member, moved=moved)
    assert pointer(cast.member, cast.launch) == 1


def test_nobody_else_can_take_it_back_and_not_for_long(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    say(cast.owner, cast.launch, "1")
    undo = signed_in(cast.member).post("/rooms/sidebar/read/").json()["undo"]
    assert (
        signed_in(cast.manager).post("/rooms/sidebar/unread/", {"undo": undo}).json()["reason"] == "too_late"
    )
    later = clock.now() + dt.timedelta(minutes=6)
    monkeypatch.setattr(clock, "now", lambda: later)
    answered = signed_in(cast.member).post("/rooms/sidebar/unread/", {"undo": undo})
    assert (answered.status_code, answered.json()["reason"]) == (400, "too_late")
    assert pointer(cast.member, cast.launch) == 1


def test_a_pointer_of_somebody_elses_membership_does_not_move(cast: Cast) -> None:
    say(cast.owner, cast.launch, "1")
    moved = actions.mark_all_read(actor=cast.member)
    actions.take_back(actor=cast.manager, moved=moved)
    assert pointer(cast.member, cast.launch) == 1
