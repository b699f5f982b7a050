from __future__ import annotations

from typing import Any

import pytest
from django.core import mail

from intranet.events.models import Event, Pending
from intranet.people import actions
from intranet.people.models import Department, Membership, User
from intranet.people.permissions import grants_of, offices_of
from tests.cast import PASSWORD, Cast
from tests.conftest import Browser

PERSON = {"username": "liuyang", "name": "刘洋", "locale": "en", "time_zone": "Asia/Shanghai"}
PERSON |= {"employment": "active"}
OWNER = PERSON | {"username": "owner", "name": "李雷", "pinyin": "li lei"}
NO_ROWS = {"memberships-TOTAL_FORMS": "0", "memberships-INITIAL_FORMS": "0"}


@pytest.fixture
def hr(cast: Cast, browser: Browser) -> Browser:
    actions.change_preferences(user=cast.hr, locale="en")
    browser.force_login(cast.hr)
    return browser


def rows(*wanted: dict[str, Any], kept: int = 0) -> dict[str, Any]:
    """The inline forms of a person's memberships."""
    forms: dict[str, Any] = {
        "memberships-TOTAL_FORMS": len(wanted),
        "memberships-INITIAL_FORMS": kept,
    }
    for at, row in enumerate(wanted):
        forms |= {f"memberships-{at}-{name}": value for name, value in row.items()}
    return forms


def page_of(user: User) -> str:
    return f"/admin/people/user/{user.pk}/change/"


def sentences(response: Any) -> str:
    assert response.status_code == 200
    return response.content.decode()


# --- People -----------------------------------------------------------------------------------------


def test_a_person_and_a_department_in_one_go(cast: Cast, hr: Browser) -> None:
    membership = {"department": cast.research.pk, "role": "manager"}
    response = hr.post("/admin/people/user/add/", PERSON | rows(membership))
    assert response.status_code == 302, response.content.decode()
    user = User.objects.get(username="liuyang")
    assert [(each.department, each.role, each.primary) for each in user.memberships.all()] == [
        (cast.research, "manager", True)
    ]
    event = Event.objects.get(kind="people.user.created", data__user=user.pk)
    assert event.actor == cast.hr


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"username": "two words"}, "A user name consists of"),
        ({"username": "owner"}, "already exists"),
        ({"username": "OWNER"}, "already exists"),
        ({"email": "Owner@tongxin.example"}, "already exists"),
        ({"time_zone": "Mars"}, "is not a time zone"),
        ({"new_password": "1234"}, "too short"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_made(
    cast: Cast, hr: Browser, wrong: dict[str, str], sentence: str
) -> None:
    membership = {"department": cast.research.pk, "role": "manager"}
    response = hr.post("/admin/people/user/add/", PERSON | rows(membership) | wrong)
    assert sentence in sentences(response)
    assert 'value="刘洋"' in sentences(response), "what was filled in is still there"
    assert not User.objects.filter(name="刘洋").exists()


def test_a_change_touches_what_was_changed(cast: Cast, hr: Browser) -> None:
    fields = OWNER | {
        "title": "市场总监",
        "email": "owner@tongxin.example",
    }
    membership = cast.owner.memberships.get()
    kept = {"id": membership.pk, "department": cast.marketing.pk, "role": "member", "primary": "on"}
    hr.post(page_of(cast.owner), fields | rows(kept, kept=1))
    changed = Event.objects.filter(kind="people.user.changed", data__user=cast.owner.pk).latest("pk")
    assert set(changed.data["fields"]) == {"title", "locale", "english_name"}
    assert cast.again("owner").check_password(PASSWORD)


def test_memberships_are_moved_on_the_persons_page(cast: Cast, hr: Browser) -> None:
    fields = OWNER
    own = cast.owner.memberships.get()
    moved = {"id": own.pk, "department": cast.legal.pk, "role": "member", "primary": "on"}
    added = {"department": cast.research.pk, "role": "guest"}
    response = hr.post(page_of(cast.owner), fields | rows(moved, added, kept=1))
    assert response.status_code == 302, response.content.decode()
    found = cast.owner.memberships.order_by("department__name").values_list(
        "department__name", "role", "primary"
    )
    assert set(found) == {("法务部", "member", True), ("研发部", "guest", False)}


def test_another_department_becomes_the_primary_one(cast: Cast, hr: Browser) -> None:
    actions.join_department(actor=None, user=cast.owner, department=cast.legal)
    first, second = cast.owner.memberships.order_by("-primary")
    forms = [
        {"id": first.pk, "department": first.department_id, "role": "member"},
        {"id": second.pk, "department": second.department_id, "role": "member", "primary": "on"},
    ]
    response = hr.post(page_of(cast.owner), OWNER | rows(*forms, kept=2))
    assert response.status_code == 302, response.content.decode()
    assert cast.owner.memberships.get(primary=True) == second


def test_a_membership_ends_on_the_persons_page(cast: Cast, hr: Browser) -> None:
    own = cast.owner.memberships.get()
    ended = {"id": own.pk, "department": cast.marketing.pk, "role": "member", "DELETE": "on"}
    hr.post(page_of(cast.owner), OWNER | rows(ended, kept=1))
    assert not cast.owner.memberships.exists()
    assert Event.objects.filter(kind="people.membership.ended", stream=cast.owner.stream).exists()


def test_a_new_password_ends_the_sessions(cast: Cast, hr: Browser, other_browser: Browser) -> None:
    other_browser.sign_in("owner")
    fields = OWNER | {"new_password": "another quiet lamp"}
    hr.post(page_of(cast.owner), fields | NO_ROWS)
    assert not other_browser.is_signed_in()
    other_browser.sign_in("owner", "another quiet lamp")
    assert mail.outbox == []


def test_what_an_action_refuses_is_undone_as_a_whole(cast: Cast, hr: Browser) -> None:
    fields = PERSON | {"username": "superuser", "name": "高山", "new_password": "another quiet lamp"}
    membership = {"department": cast.research.pk, "role": "manager"}
    response = hr.post(page_of(cast.superuser), fields | rows(membership))
    assert "Only a superuser may do this." in sentences(response)
    assert cast.again("superuser").check_password(PASSWORD)
    assert not cast.superuser.memberships.exists()


def test_hr_appoints_nobody_by_a_forged_form(cast: Cast, hr: Browser) -> None:
    fields = OWNER | {"offices": ["hr", "it"]}
    fields |= {"is_superuser": "on", "is_staff": "on", "is_active": ""}
    hr.post(page_of(cast.owner), fields | NO_ROWS)
    owner = cast.again("owner")
    assert (owner.is_superuser, owner.is_staff, owner.is_active) == (False, False, True)
    assert offices_of(owner) == set()


def test_a_superuser_appoints(cast: Cast, browser: Browser) -> None:
    browser.force_login(cast.superuser)
    for offices in (["hr", "it"], ["it"], []):
        fields = OWNER | {"offices": offices}
        assert browser.post(page_of(cast.owner), fields | NO_ROWS).status_code == 302
        assert offices_of(cast.owner) == set(offices)


def select(browser: Browser, model: str, action: str, *ids: int) -> str:
    chosen = {"action": action, "_selected_action": [str(pk) for pk in ids], "confirmed": "yes"}
    return browser.post(f"/admin/{model}/", chosen, follow=True).content.decode()


def test_leaving_is_an_action_on_the_list(cast: Cast, hr: Browser) -> None:
    page = select(hr, "people/user", "deactivate", cast.owner.pk, cast.hr.pk, cast.superuser.pk)
    assert "You cannot deactivate yourself." in page
    assert "Only a superuser may do this." in page
    assert not cast.again("owner").is_active
    assert cast.again("hr").is_active
    assert cast.again("superuser").is_active
    select(hr, "people/user", "reactivate", cast.owner.pk)
    assert cast.again("owner").is_active


def test_it_signs_people_out(cast: Cast, browser: Browser, other_browser: Browser) -> None:
    other_browser.sign_in("owner")
    browser.force_login(cast.it)
    select(browser, "people/user", "deactivate", cast.owner.pk)
    assert other_browser.is_signed_in()
    select(browser, "people/user", "sign_out", cast.owner.pk)
    assert not other_browser.is_signed_in()
    assert cast.again("owner").is_active


# --- Departments, memberships, rooms ----------------------------------------------------------------


def test_a_circle_is_a_sentence(cast: Cast, hr: Browser) -> None:
    team = actions.create_department(actor=None, name="合规组", parent=cast.legal)
    fields = {"name": "法务部", "hue": "cyan", "parent": team.pk}
    response = hr.post(f"/admin/people/department/{cast.legal.pk}/change/", fields)
    assert "A department cannot be inside itself." in sentences(response)
    assert Department.objects.get(pk=cast.legal.pk).parent is None


def test_a_department_is_made_with_all_that_belongs_to_it(cast: Cast, hr: Browser) -> None:
    response = hr.post("/admin/people/department/add/", {"name": "设计部", "hue": "violet"})
    assert response.status_code == 302
    assert Department.objects.get(name="设计部").rooms.count() == 1


def test_grants_are_given_on_the_departments_page(cast: Cast, hr: Browser) -> None:
    before = {role: set(codenames) for role, codenames in grants_of(cast.legal).items()}
    fields: dict[str, Any] = {"name": "法务部", "english_name": "Legal", "hue": "cyan"}
    fields |= {f"grants_{role}": sorted(codenames) for role, codenames in before.items()}
    fields["grants_guest"] = []
    fields["grants_member"] = [*fields["grants_member"], "manage_rooms"]
    response = hr.post(f"/admin/people/department/{cast.legal.pk}/change/", fields)
    assert response.status_code == 302, response.content.decode()
    after = grants_of(cast.legal)
    assert after["member"] == before["member"] | {"manage_rooms"}
    assert after["manager"] == before["manager"]
    assert after["guest"] == set()


def test_memberships_on_their_own_page(cast: Cast, hr: Browser) -> None:
    fields = {"user": cast.owner.pk, "department": cast.research.pk, "role": "manager"}
    assert hr.post("/admin/people/membership/add/", fields).status_code == 302
    membership = Membership.objects.get(user=cast.owner, department=cast.research)
    page = f"/admin/people/membership/{membership.pk}"
    assert hr.post(f"{page}/change/", {"department": cast.legal.pk, "role": "member"}).status_code == 302
    membership = Membership.objects.get(user=cast.owner, department=cast.legal)
    hr.post(f"/admin/people/membership/{membership.pk}/delete/", {"post": "yes"})
    assert list(cast.owner.memberships.values_list("department", flat=True)) == [cast.marketing.pk]
    assert set(cast.owner.groups.values_list("department_role__department", flat=True)) == {cast.marketing.pk}


def test_memberships_end_in_bulk(cast: Cast, hr: Browser) -> None:
    ids = list(Membership.objects.filter(department=cast.research).values_list("pk", flat=True))
    chosen = {"action": "delete_selected", "_selected_action": ids, "post": "yes"}
    assert hr.post("/admin/people/membership/", chosen).status_code == 302
    assert not Membership.objects.filter(department=cast.research).exists()
    assert not cast.member.groups.exists()
    assert Event.objects.filter(kind="people.membership.ended").count() == len(ids)


def test_it_archives_and_restores_rooms(cast: Cast, browser: Browser, other_browser: Browser) -> None:
    browser.force_login(cast.it)
    select(browser, "rooms/room", "archive", cast.launch.pk)
    cast.launch.refresh_from_db()
    assert cast.launch.is_archived
    other_browser.force_login(cast.hr)
    select(other_browser, "rooms/room", "restore", cast.launch.pk)
    cast.launch.refresh_from_db()
    assert cast.launch.is_archived, "HR sees rooms, IT runs them"
    select(browser, "rooms/room", "restore", cast.launch.pk)
    cast.launch.refresh_from_db()
    assert not cast.launch.is_archived


def test_a_room_is_only_looked_at(cast: Cast, browser: Browser) -> None:
    browser.force_login(cast.superuser)
    page = f"/admin/rooms/room/{cast.launch.pk}/change/"
    assert browser.post(page, {"name": "别的名字"}).status_code == 403
    cast.launch.refresh_from_db()
    assert cast.launch.name == "晨光 S1 上市"


def test_work_that_was_given_up_can_be_tried_again(cast: Cast, browser: Browser) -> None:
    event = Event.objects.earliest("pk")
    given_up = {"event": event, "parked": True, "attempts": 10, "due": event.at}
    parked = [Pending.objects.create(listener=name, **given_up) for name in ("one", "other")]
    browser.force_login(cast.it)
    choice = {"action": "try_again", "_selected_action": [parked[0].pk]}
    assert browser.post("/admin/events/pending/", choice).status_code == 302
    one, other = Pending.objects.filter(pk__in=[row.pk for row in parked]).order_by("pk")
    assert (one.parked, one.attempts) == (False, 0)
    assert (other.parked, other.attempts) == (True, 10)
