from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from intranet.events.models import Event
from intranet.people import actions
from intranet.people.models import UserGroup
from intranet.rooms import actions as rooms
from intranet.verdicts import Denied
from tests.cast import Cast
from tests.conftest import Browser

PAGE = "/people/groups/oncall/"


@pytest.fixture
def oncall(cast: Cast) -> UserGroup:
    return actions.create_group(
        actor=cast.hr, handle="OnCall", name="值班", english_name="On call", owners=[cast.member]
    )


def members(group: UserGroup) -> set[str]:
    return {person.username for person in actions.people_of_group(group)}


def test_hr_makes_it_and_its_owner_says_who_is_in_it(cast: Cast, oncall: UserGroup, browser: Browser) -> None:
    browser.force_login(cast.member)
    assert browser.get(f"{PAGE}add/").status_code == 200
    added = browser.post(f"{PAGE}add/", {"people": [cast.owner.pk, cast.guest.pk]})
    assert added["Location"] == PAGE
    assert members(oncall) == {"owner", "guest"}
    assert "韩梅梅" in browser.get(PAGE).content.decode()
    browser.post(f"{PAGE}{cast.guest.pk}/remove/")
    assert members(oncall) == {"owner"}
    kinds = Event.objects.filter(stream=oncall.stream).order_by("seq").values_list("kind", flat=True)
    assert list(kinds) == [
        "people.group.created",
        "people.group.joined",
        "people.group.joined",
        "people.group.left",
    ]


def test_nobody_else_says_it(cast: Cast, oncall: UserGroup, browser: Browser) -> None:
    for seat in ("owner", "manager", "it"):
        browser.force_login(getattr(cast, seat))
        assert browser.get(PAGE).status_code == 200
        assert browser.get(f"{PAGE}add/").status_code == 403
        assert browser.post(f"{PAGE}add/", {"people": [cast.owner.pk]}).status_code == 403
        with pytest.raises(Denied):
            actions.create_group(actor=cast.again(seat), handle="mine", name="我的")
        with pytest.raises(Denied):
            actions.change_group(actor=cast.again(seat), group=oncall, owners=[cast.owner])
        with pytest.raises(Denied):
            actions.remove_group(actor=cast.again(seat), group=oncall)
    assert members(oncall) == set()


def test_guests_see_the_groups_that_they_are_in(cast: Cast, oncall: UserGroup, browser: Browser) -> None:
    browser.force_login(cast.guest)
    assert browser.get(PAGE).status_code == 404
    assert PAGE not in browser.get("/people/groups/").content.decode()
    actions.add_to_group(actor=cast.member, group=oncall, people=[cast.guest, cast.stranger])
    text = browser.get(PAGE).content.decode()
    assert "周游" in text
    assert "林涛" not in text, "they share no room"


@pytest.mark.parametrize("people", ["", "x", "0", "-1", str(10**30), "\x00"])
def test_people_who_are_none(cast: Cast, oncall: UserGroup, browser: Browser, people: str) -> None:
    browser.force_login(cast.member)
    assert browser.post(f"{PAGE}add/", {"people": [people]}).status_code == 422
    assert browser.post(f"{PAGE}{10**30}/remove/").status_code == 404


@pytest.mark.parametrize("handle", ["owner", "OWNER", "oncall", "on call", "@oncall", "", "值班", "x" * 41])
def test_a_handle_is_one_of_a_kind(cast: Cast, oncall: UserGroup, handle: str) -> None:
    with pytest.raises(ValidationError) as refused:
        actions.create_group(actor=cast.hr, handle=handle, name="值班")
    assert refused.value.messages
    assert UserGroup.objects.count() == 1


def test_and_no_person_takes_it(cast: Cast, oncall: UserGroup, browser: Browser) -> None:
    with pytest.raises(ValidationError):
        actions.create_user(actor=cast.hr, username="OnCall", name="值班")
    with pytest.raises(ValidationError):
        actions.change_user(actor=cast.hr, user=cast.owner, username="oncall")
    with pytest.raises(ValidationError):
        actions.create_user(actor=cast.hr, username="groups", name="组")
    assert cast.again("owner").username == "owner"


def test_a_group_comes_into_a_room(cast: Cast, oncall: UserGroup) -> None:
    actions.add_to_group(actor=cast.member, group=oncall, people=[cast.stranger, cast.hr, cast.deactivated])
    rooms.invite(actor=cast.owner, room=cast.launch, people=actions.people_of_group(oncall))
    assert {cast.stranger, cast.hr} <= set(cast.launch.members.all())


def test_whoever_left_owns_and_is_nothing(cast: Cast, oncall: UserGroup, browser: Browser) -> None:
    actions.add_to_group(actor=cast.member, group=oncall, people=[cast.owner])
    actions.change_group(actor=cast.hr, group=oncall, owners=[cast.member, cast.manager])
    actions.deactivate_user(actor=cast.hr, user=cast.member)
    actions.add_to_group(actor=cast.manager, group=oncall, people=[cast.stranger])
    browser.force_login(cast.hr)
    assert not browser.get("/admin/people/usergroup/?owned=no").context["cl"].result_list
    for person in (cast.manager, cast.owner):
        actions.deactivate_user(actor=cast.hr, user=person)
    assert list(browser.get("/admin/people/usergroup/?owned=no").context["cl"].result_list) == [oncall]
    assert members(oncall) == {"stranger"}


def test_hr_in_the_administration(cast: Cast, oncall: UserGroup, browser: Browser) -> None:
    browser.force_login(cast.hr)
    fields = {"handle": "press", "name": "媒体", "english_name": "Press", "description": ""}
    people = {"owners": [cast.owner.pk], "members": [cast.guest.pk, cast.owner.pk]}
    assert browser.post("/admin/people/usergroup/add/", fields | people).status_code == 302
    press = UserGroup.objects.get(handle="press")
    assert (set(press.owners.all()), members(press)) == ({cast.owner}, {"guest", "owner"})
    page = f"/admin/people/usergroup/{press.pk}/change/"
    taken = browser.post(page, fields | people | {"handle": "owner"})
    assert taken.status_code == 200
    assert "已有人使用" in taken.content.decode()
    assert browser.post(page, fields | {"owners": [cast.manager.pk], "members": []}).status_code == 302
    assert (set(press.owners.all()), members(press)) == ({cast.manager}, set())
    browser.post(f"/admin/people/usergroup/{press.pk}/delete/", {"post": "yes"})
    assert not UserGroup.objects.filter(handle="press").exists()
