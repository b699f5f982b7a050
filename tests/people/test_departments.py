from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from intranet.events.models import Event
from intranet.people import actions
from intranet.people.models import Department, Role
from intranet.people.permissions import grants_of
from intranet.rooms.models import Room
from intranet.verdicts import Denied
from tests.cast import Cast

OTHERS = ["owner", "manager", "member", "guest", "removed", "deactivated", "stranger", "it"]


def test_a_department_comes_with_its_roles_and_its_room(cast: Cast) -> None:
    department = actions.create_department(actor=cast.hr, name="设计部", english_name="Design", hue="violet")
    assert {role.role for role in department.roles.all()} == set(Role)
    assert grants_of(department) == grants_of(cast.legal)
    assert Room.objects.get(departments=department).name == "设计部"
    assert Event.objects.filter(kind="people.department.created", data__department=department.pk).exists()


def test_only_hr_makes_and_changes_departments(cast: Cast) -> None:
    role = cast.legal.roles.get(role=Role.MEMBER)
    for actor in map(cast.again, OTHERS):
        with pytest.raises(Denied):
            actions.create_department(actor=actor, name="设计部")
        with pytest.raises(Denied):
            actions.change_department(actor=actor, department=cast.legal, name="合规部")
        with pytest.raises(Denied):
            actions.change_grant(actor=actor, role=role, codename="manage_rooms", granted=True)
    assert {department.name for department in Department.objects.all()} == {"市场部", "研发部", "法务部"}
    assert "manage_rooms" not in grants_of(cast.legal)["member"]


def test_a_name_is_taken_once(cast: Cast) -> None:
    with pytest.raises(ValidationError):
        actions.create_department(actor=cast.hr, name="法务部")


def test_no_department_is_inside_itself(cast: Cast) -> None:
    chain = [cast.legal]
    for name in ("合规组", "隐私组"):
        chain.append(actions.create_department(actor=None, name=name, parent=chain[-1]))
    for below in chain:
        with pytest.raises(ValidationError) as refused:
            actions.change_department(actor=cast.hr, department=cast.legal, parent=below)
        assert [error.code for error in refused.value.error_dict["parent"]] == ["circle"]
    cast.legal.refresh_from_db()
    assert cast.legal.parent is None


def test_moving_within_the_tree_is_fine(cast: Cast) -> None:
    actions.change_department(actor=cast.hr, department=cast.legal, parent=cast.marketing)
    actions.change_department(actor=cast.hr, department=cast.research, parent=cast.legal)
    tree = Department.objects.with_tree_fields()
    assert [department.tree_depth for department in tree] == [0, 1, 2]


def test_a_grant_is_given_and_taken(cast: Cast) -> None:
    role = cast.legal.roles.get(role=Role.MEMBER)
    for granted in (True, True, False, False):
        actions.change_grant(actor=cast.hr, role=role, codename="manage_rooms", granted=granted)
        assert ("manage_rooms" in grants_of(cast.legal)["member"]) == granted
    assert Event.objects.filter(stream="company", kind="people.grant.changed").count() == 4


def test_an_undeclared_permission_cannot_be_given(cast: Cast) -> None:
    role = cast.legal.roles.get(role=Role.MEMBER)
    with pytest.raises(ValidationError) as refused:
        actions.change_grant(actor=cast.hr, role=role, codename="delete_department", granted=True)
    assert refused.value.code == "unknown_permission"
