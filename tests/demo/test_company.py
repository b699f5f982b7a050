from __future__ import annotations

import datetime as dt
from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.models import Count, Max

from chat.actions import post_message
from chat.models import Mention, Message
from demo import actions, company
from demo.content import LINES, PEOPLE, READ, ROOMS
from intranet import clock
from intranet.audit.models import Record
from intranet.events.models import Event, Stream
from intranet.people.actions import (
    change_user,
    create_department,
    create_user,
    join_department,
    leave_department,
)
from intranet.people.models import Department, User
from intranet.people.permissions import can_administer_people
from intranet.people.worktime import is_working, off_work
from intranet.rooms.actions import create_company_room, create_project, invite, open_direct
from intranet.rooms.browser import requests_for
from intranet.rooms.models import Room
from intranet.rooms.reading import readings
from tests.conftest import Browser

pytestmark = pytest.mark.django_db


def run(*options: str) -> str:
    said = StringIO()
    call_command("demo", *options, stdout=said)
    return said.getvalue()


def table_sizes() -> dict[str, int]:
    return {
        model._meta.label: model._base_manager.count() for model in apps.get_models() if model is not Record
    }


def person(username: str) -> User:
    return User.objects.get(username=username)


def room(name: str) -> Room:
    return Room.objects.get(name=name)


def unread_of(user: User) -> dict[str, int]:
    memberships = user.room_memberships.select_related("room")
    numbers = readings(memberships)
    return {each.room.name: numbers[each.room_id].unread for each in memberships}


def somebody_else() -> User:
    user = create_user(actor=None, username="outsider", name="Ada Outside")
    department = create_department(actor=None, name="Somebody else's department")
    join_department(actor=None, user=user, department=department)
    return user


def check_counters() -> None:
    """Streams say what their rows say: no gap, no repeat, times in the order of numbers."""
    for stream in Stream.objects.filter(name__startswith="room."):
        messages = Message.objects.filter(room=int(stream.name.removeprefix("room.")))
        events = Event.objects.filter(stream=stream.name).aggregate(last=Max("seq"), count=Count("pk"))
        assert list(messages.order_by("number").values_list("number", flat=True)) == list(
            range(1, stream.number + 1)
        )
        assert events == {"last": stream.seq, "count": stream.seq}
        times = list(messages.order_by("number").values_list("posted_at", flat=True))
        assert times == sorted(times)
        assert not times or times[-1] <= clock.now()


def test_it_shows_a_company_at_work(browser: Browser) -> None:
    actions.create_company()
    assert Message.objects.count() == len(LINES)
    assert User.objects.count() == len(PEOPLE)
    assert Room.objects.count() == len(ROOMS)
    check_counters()
    names = {spec.key: spec.name for spec in ROOMS if spec.name}
    for (username, key), unread in READ.items():
        if key in names:
            assert unread_of(person(username))[names[key]] == unread, (username, key)
    assert Mention.objects.filter(user=person("lilei")).exists()
    assert can_administer_people(person("zhaomin"))
    assert not can_administer_people(person("lilei"))
    browser.sign_in("lilei", company.PASSWORD)
    assert browser.is_signed_in()


def test_it_goes_without_a_trace(browser: Browser) -> None:
    outsider = somebody_else()
    create_project(actor=outsider, name="Theirs", departments=[outsider.memberships.get().department])
    before = table_sizes()
    assert company.PASSWORD in run()
    created = table_sizes()
    assert "here already" in run()
    assert table_sizes() == created
    # What its people did meanwhile goes too.
    browser.sign_in("emma", company.PASSWORD)
    emma, lilei, sunli = person("emma"), person("lilei"), person("sunli")
    extra = create_project(
        actor=emma, name="New", departments=[emma.memberships.get(primary=True).department], people=[lilei]
    )
    post_message(actor=emma, room=extra, body="@lilei look", client_id="1")
    talk = open_direct(actor=emma, people=[sunli])
    post_message(actor=sunli, room=talk, body="hello", client_id="2")
    change_user(actor=person("zhaomin"), user=emma, phone="1")
    run("--size", "300")
    run("--remove")
    assert table_sizes() == before, "only the audit keeps what was done"
    assert "no demo company" in run("--remove")


def test_it_stays_while_others_would_lose_something() -> None:
    actions.create_company()
    outsider = somebody_else()
    talk = open_direct(actor=outsider, people=[person("emma")])
    with pytest.raises(SystemExit, match="would lose what is theirs"):
        run("--remove")
    talk.delete()
    membership = join_department(actor=None, user=outsider, department=Department.objects.get(name="市场部"))
    with pytest.raises(SystemExit, match="Ada Outside"):
        run("--remove")
    leave_department(actor=None, membership=membership)
    # Whoever is invited brings their department along: from now on the room is not the demo's alone.
    invite(actor=person("lilei"), room=room("晨光 S1 上市"), people=[outsider])
    before = table_sizes()
    with pytest.raises(SystemExit, match="晨光 S1 上市"):
        run("--remove")
    assert table_sizes() == before


def test_a_name_that_is_taken_is_told() -> None:
    create_user(actor=None, username="lilei", name="Another Li Lei")
    before = table_sizes()
    with pytest.raises(SystemExit, match="taken here: lilei"):
        run()
    assert table_sizes() == before


def test_load_is_what_posting_would_have_left() -> None:
    actions.create_company()
    unread, messages = unread_of(person("lilei")), Message.objects.count()
    said = run("--size", "2500")
    assert "2,500 / 2,500" in said
    assert Message.objects.count() == messages + 2500
    check_counters()
    assert unread_of(person("lilei")) == unread
    with pytest.raises(SystemExit, match="1 or more"):
        run("--size", "0")


def test_somebody_is_away_and_offices_abroad_have_their_holidays() -> None:
    actions.create_company()
    off = {each.person.username: each for each in off_work(User.objects.active(), clock.now())}
    assert off["linxiaoyu"].absence is not None
    assert off["linxiaoyu"].absence.stand_in == person("gaoyuan")
    national_day = dt.datetime(2026, 10, 1, 3, tzinfo=dt.UTC)
    assert not is_working(person("lilei"), national_day)
    assert is_working(person("emma"), national_day)


def test_it_does_not_come_where_a_company_has_its_room() -> None:
    create_company_room(owners=[somebody_else()], name="全员")
    with pytest.raises(SystemExit, match="whole company"):
        run()
    assert not User.objects.filter(username="lilei").exists()


def test_a_request_waits_for_an_answer() -> None:
    actions.create_company()
    assert [each.user for each in requests_for(person("lilei"))] == [person("zhouting")]
