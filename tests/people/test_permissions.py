from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from guardian.shortcuts import assign_perm

from intranet.people import actions, permissions
from intranet.people.apps import provision
from intranet.people.models import Department, DepartmentGroupPermission, Role, User
from intranet.people.permissions import codenames_on, departments_where
from intranet.rooms.models import Room
from intranet.verdicts import Verdict
from tests.cast import Cast
from tests.query_counts import assert_queries

SEATS = [
    *("owner", "manager", "member", "guest", "removed", "deactivated"),
    *("stranger", "hr", "it", "superuser"),
]


# --- What each seat may do in the administration ----------------------------------------------------

RULES: dict[str, tuple[Callable[[User, User], Verdict], set[str]]] = {
    "people": (lambda user, _: permissions.can_administer_people(user), {"hr", "superuser"}),
    "a person": (permissions.can_administer, {"hr", "superuser"}),
    "offices": (lambda user, _: permissions.can_appoint(user), {"superuser"}),
    "calendars": (lambda user, _: permissions.can_change_calendars(user), {"hr", "superuser"}),
    "absences": (permissions.can_enter_absences, {"hr", "superuser"}),
    "sessions": (permissions.can_end_sessions, {"it", "superuser"}),
    "administration": (lambda user, _: permissions.can_open_administration(user), {"hr", "it", "superuser"}),
}


def test_every_seat_has_its_answer(cast: Cast) -> None:
    for rule, (may, allowed) in RULES.items():
        answers = {seat: may(cast.again(seat), cast.stranger) for seat in SEATS if seat != "stranger"}
        assert {seat for seat, verdict in answers.items() if verdict} == allowed, rule
        refusals = [verdict for verdict in answers.values() if not verdict]
        assert all(verdict.reason and str(verdict.sentence) for verdict in refusals), rule


def test_only_superusers_touch_whoever_holds_an_office(cast: Cast) -> None:
    """From every seat to every seat: who may set whose password and address."""
    offices = {"hr", "it", "superuser"}
    for seat in SEATS:
        may = {other for other in SEATS if permissions.can_administer(cast.again(seat), cast.again(other))}
        expected = {"superuser": set(SEATS), "hr": set(SEATS) - offices | {"hr"}}
        assert may == expected.get(seat, set()), seat


def test_hr_leaves_a_colleague_in_hr_to_superusers(cast: Cast) -> None:
    actions.appoint(actor=None, user=cast.manager, office=permissions.Office.HR)
    assert not permissions.can_administer(cast.again("hr"), cast.again("manager"))
    actions.dismiss(actor=None, user=cast.manager, office=permissions.Office.HR)
    assert permissions.can_administer(cast.again("hr"), cast.again("manager"))


def test_everybody_ends_their_own_sessions(cast: Cast) -> None:
    assert permissions.can_end_sessions(cast.again("guest"), cast.guest)
    assert not permissions.can_end_sessions(cast.again("deactivated"), cast.deactivated)


def test_offices_end_with_the_person(cast: Cast) -> None:
    actions.appoint(actor=None, user=cast.owner, office=permissions.Office.HR)
    actions.deactivate_user(actor=None, user=cast.hr)
    assert not permissions.can_administer_people(cast.again("hr"))
    assert not permissions.can_open_administration(cast.again("hr"))


# --- Grants on departments --------------------------------------------------------------------------

ENTER = {
    "owner": {"marketing"},
    "manager": {"marketing"},
    "guest": {"marketing"},
    "member": {"research"},
    "removed": {"research"},
    "deactivated": set(),
    "stranger": {"legal"},
    "hr": {"legal"},
    "it": {"legal"},
    "superuser": set(),
}


def named(cast: Cast, departments: list[Department]) -> set[str]:
    return {name for name in ("marketing", "research", "legal") if getattr(cast, name) in departments}


def test_a_grant_reaches_the_members_of_the_role_and_nobody_else(cast: Cast) -> None:
    everywhere = Department.objects.values_list("pk", flat=True)
    for seat, departments in ENTER.items():
        person = cast.again(seat)
        assert named(cast, list(departments_where(person, "enter_rooms"))) == departments, seat
        assert ("enter_rooms" in codenames_on(person, everywhere)) == bool(departments), seat


def test_roles_differ(cast: Cast) -> None:
    at = [cast.marketing.pk]
    assert "manage_rooms" in codenames_on(cast.manager, at)
    assert "create_rooms" in codenames_on(cast.owner, at)
    assert "manage_rooms" not in codenames_on(cast.owner, at)
    assert "create_rooms" not in codenames_on(cast.guest, at)


def test_grants_do_not_flow_down_the_tree(cast: Cast) -> None:
    team = actions.create_department(actor=None, name="固件组", parent=cast.research)
    assert team not in departments_where(cast.member, "enter_rooms")
    actions.join_department(actor=None, user=cast.stranger, department=team)
    assert cast.research not in departments_where(cast.again("stranger"), "enter_rooms")


def test_nobody_signed_in_holds_nothing(cast: Cast) -> None:
    assert not departments_where(AnonymousUser(), "enter_rooms").exists()
    assert codenames_on(AnonymousUser(), [cast.legal.pk]) == frozenset()


# --- Traps of guardian: each of these once listed everything --------------------------------------


def test_a_deactivated_superuser_sees_nothing(cast: Cast) -> None:
    actions.join_department(actor=None, user=cast.superuser, department=cast.legal)
    assert departments_where(cast.again("superuser"), "enter_rooms").exists()
    other = actions.create_user(actor=None, username="root", name="根", is_superuser=True)
    actions.deactivate_user(actor=other, user=cast.superuser)
    assert not departments_where(cast.again("superuser"), "enter_rooms").exists()
    assert not Room.objects.visible_to(cast.again("superuser")).exists()


def test_a_superuser_enters_no_room_by_nature(cast: Cast) -> None:
    assert not Room.objects.visible_to(cast.superuser).exists()


@pytest.mark.parametrize("through", ["the person", "an office"])
def test_a_permission_on_all_departments_opens_no_room(cast: Cast, through: str) -> None:
    permission = Permission.objects.get(codename="enter_rooms")
    if through == "the person":
        cast.hr.user_permissions.add(permission)
    else:
        permissions.office_group(permissions.Office.HR).permissions.add(permission)
    assert cast.again("hr").has_perm("people.enter_rooms")
    assert named(cast, list(departments_where(cast.again("hr"), "enter_rooms"))) == {"legal"}
    assert not Room.objects.visible_to(cast.again("hr")).filter(pk=cast.launch.pk).exists()


def test_a_grant_to_a_single_person_does_not_count(cast: Cast) -> None:
    """Roles are the one path; a row that a shell left behind opens nothing."""
    assign_perm("enter_rooms", cast.stranger, cast.marketing)
    assert cast.marketing not in departments_where(cast.again("stranger"), "enter_rooms")
    assert "enter_rooms" not in codenames_on(cast.again("stranger"), [cast.marketing.pk])


def test_a_department_with_the_id_of_another_inherits_nothing(cast: Cast) -> None:
    empty = actions.create_department(actor=None, name="过渡组")
    old = empty.pk
    assert DepartmentGroupPermission.objects.filter(content_object=old).exists()
    Room.objects.filter(departments=empty).delete()
    empty.delete()
    Department.objects.create(pk=old, name="新组")
    assert not DepartmentGroupPermission.objects.filter(content_object=old).exists()


# --- Cost -------------------------------------------------------------------------------------------


def test_the_question_is_a_part_of_the_query_that_asks_it(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as captured:
        departments_where(cast.member, "enter_rooms")
    assert len(captured) == 0
    with assert_queries("people.departments_where"):
        list(departments_where(cast.member, "enter_rooms"))
    with assert_queries("rooms.visible_to"):
        list(Room.objects.visible_to(cast.member))
    with assert_queries("people.codenames_on"):
        codenames_on(cast.member, [cast.research.pk])


# --- Provisioning -----------------------------------------------------------------------------------


def holders(codename: str) -> set[tuple[str, str]]:
    grants = DepartmentGroupPermission.objects.filter(permission__codename=codename)
    return set(grants.values_list("content_object__name", "group__department_role__role"))


@pytest.fixture
def declared(monkeypatch: pytest.MonkeyPatch) -> str:
    """A permission of an app that was installed just now."""
    monkeypatch.setattr(permissions, "_declared", dict(permissions._declared))
    return permissions.declare("water_plants", "Water the plants", roles=(Role.MANAGER,))


def test_a_new_permission_is_given_to_the_roles_that_exist(cast: Cast, declared: str) -> None:
    provision()
    assert holders(declared) == {("市场部", "manager"), ("研发部", "manager"), ("法务部", "manager")}
    actions.create_department(actor=None, name="设计部")
    assert ("设计部", "manager") in holders(declared)


def test_what_hr_took_away_stays_away(cast: Cast, declared: str) -> None:
    provision()
    role = cast.legal.roles.get(role=Role.MANAGER)
    actions.change_grant(actor=cast.hr, role=role, codename=declared, granted=False)
    provision()
    assert ("法务部", "manager") not in holders(declared)


def test_provisioning_again_is_cheap(cast: Cast) -> None:
    with assert_queries("people.provision"):
        provision()


def test_an_emptied_database_is_provisioned(transactional_db: None) -> None:
    """The flush of a test with real transactions runs what a migration runs."""
    assert Permission.objects.filter(codename="enter_rooms").exists()
    assert permissions.office_group(permissions.Office.HR).permissions.filter(codename="change_user").exists()
    assert permissions.office_group(permissions.Office.IT).permissions.filter(codename="change_room").exists()


def test_again_after_a_flush(transactional_db: None) -> None:
    test_an_emptied_database_is_provisioned(None)
