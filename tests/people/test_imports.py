"""What an import does, and that it does all of it or nothing."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from intranet import clock
from intranet.events import outbox
from intranet.events.models import Event
from intranet.people import actions, jobs
from intranet.people.actions import imports
from intranet.people.handover import today
from intranet.people.importing import files
from intranet.people.models import Department, Import, ImportState, Membership, Role, User
from intranet.rooms.models import Kind, Room
from intranet.verdicts import Denied
from tests.cast import Cast
from tests.people.importing import csv, run, xlsx

PEOPLE = "姓名,用户名,邮箱,电话,部门,角色"
TWO = (PEOPLE, "刘洋,,liuyang@tongxin.example,0108888,研发部,", "陈静,,,,市场部,主管")
WORKBOOK: dict[str, Any] = {
    "部门": [["部门", "上级部门", "负责人"], ["平台组", "研发部", "liuyang"], ["市场部", "研发部", "owner"]],
    "人员": [
        ["姓名", "用户名", "部门", "职位", "角色"],
        ["刘洋", "liuyang", "平台组", "工程师", ""],
        ["韩梅梅", "member", "市场部", "市场经理", ""],
    ],
}


def rooms_of(user: User) -> set[str]:
    return set(Room.objects.visible_to(user).values_list("name", flat=True))


def everything() -> list[Any]:
    """All that an import could leave behind."""
    return [
        list(User.objects.order_by("pk").values()),
        list(Department.objects.without_tree_fields().order_by("pk").values("pk", "name", "parent")),
        set(Membership.objects.values_list("user", "department", "role", "primary")),
        set(User.groups.through.objects.values_list("user", "group")),
        set(Room.objects.values_list("pk", "name")),
        set(Room.objects.filter(kind=Kind.DEPARTMENT).values_list("pk", "memberships__user")),
    ]


def test_new_people_are_in_their_departments_and_rooms(cast: Cast) -> None:
    done = run(csv(*TWO), actor=cast.hr)
    assert (done.state, done.done, done.total) == (ImportState.DONE, 4, 4)
    liuyang, chenjing = User.objects.filter(username__in=["liuyang", "chenjing"]).order_by("-username")
    assert (liuyang.email, liuyang.phone, liuyang.is_active) == ("liuyang@tongxin.example", "0108888", True)
    assert not liuyang.has_usable_password()
    assert rooms_of(liuyang) == {"研发部"}
    assert chenjing.memberships.get().role == "manager"
    created = Event.objects.filter(kind="people.user.created", data__user=liuyang.pk).get()
    assert created.actor == cast.hr


def test_departments_managers_and_people_of_one_workbook(cast: Cast) -> None:
    assert run(xlsx(**WORKBOOK)).state == ImportState.DONE
    platform = Department.objects.get(name="平台组")
    assert platform.parent == cast.research
    assert platform.memberships.get().user.username == "liuyang"
    assert platform.memberships.get().role == "manager"
    assert cast.owner.memberships.get().role == "manager"
    moved = cast.again("member")
    assert (moved.title, moved.memberships.get().department) == ("市场经理", cast.marketing)
    assert "市场部" in rooms_of(moved)


def test_the_same_file_again_changes_nothing(cast: Cast) -> None:
    run(xlsx(**WORKBOOK))
    before = everything()
    assert run(xlsx(**WORKBOOK)).total == 0
    assert everything() == before


def test_other_memberships_stay_and_rooms_follow_a_transfer(cast: Cast) -> None:
    actions.join_department(actor=None, user=cast.member, department=cast.legal)
    run(csv("用户名,部门", "member,市场部"))
    found = set(cast.member.memberships.values_list("department__name", "primary"))
    assert found == {("市场部", True), ("法务部", False)}


# --- Nothing of it before all of it -----------------------------------------------------------------------


@pytest.fixture
def one_step_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "SHARE", 0)


def begin(content: bytes, actor: User | None = None) -> Import:
    staged = actions.stage_import(actor=actor, file_name="people.csv", tables=files.read(content))
    actions.confirm_import(actor=actor, staged=staged)
    return Import.objects.get(pk=staged.pk)


class Killed(BaseException):
    """As a process ends: nothing in the product catches it."""


def run_until(confirmed: Import, state: str, done: int) -> None:
    def stop(running: Import) -> None:
        if running.state == state and running.done >= done:
            raise Killed

    with pytest.raises(Killed):
        actions.run_import(confirmed, progress=stop)


@pytest.mark.usefixtures("one_step_at_a_time")
def test_nobody_new_is_to_be_seen_before_all_are_written(cast: Cast) -> None:
    confirmed = begin(csv(*TWO))
    run_until(confirmed, ImportState.WRITING, 1)
    assert User.objects.filter(username="liuyang").exists()
    assert not User.objects.active().filter(username__in=["liuyang", "chenjing"]).exists()
    assert not Room.objects.filter(memberships__user__username="liuyang").exists()


@pytest.mark.usefixtures("one_step_at_a_time")
@pytest.mark.parametrize(
    ("state", "done"),
    [("writing", 0), ("writing", 1), ("writing", 3), ("opening", 5), ("opening", 6)],
)
def test_whoever_was_killed_another_one_goes_on(cast: Cast, state: str, done: int) -> None:
    confirmed = begin(xlsx(**WORKBOOK))
    run_until(confirmed, state, done)
    jobs.run_imports()
    assert Import.objects.get().state == state, "somebody may still be at it"
    Import.objects.update(held_until=clock.now() - dt.timedelta(seconds=1))
    jobs.run_imports()
    assert Import.objects.get().state == ImportState.DONE
    assert User.objects.get(username="liuyang").is_active
    assert rooms_of(User.objects.get(username="liuyang")) == {"平台组"}
    assert User.objects.filter(username="liuyang").count() == 1


@pytest.mark.usefixtures("one_step_at_a_time")
@pytest.mark.parametrize("killed", [False, True])
def test_what_cannot_be_finished_is_undone(cast: Cast, killed: bool) -> None:
    confirmed = begin(xlsx(**WORKBOOK))
    before = everything()
    run_until(confirmed, ImportState.WRITING, 4)
    assert everything() != before
    running = Import.objects.get()
    running.steps.filter(done=False).update(data={"department": "平台组", "username": "vanished"})
    if killed:
        run_until(running, ImportState.UNDOING, 0)
        assert Import.objects.get().state == ImportState.UNDOING
    stopped = actions.run_import(Import.objects.get())
    assert (stopped.state, stopped.done) == (ImportState.FAILED, 0)
    assert "2" in stopped.problem
    assert everything() == before


@pytest.mark.usefixtures("one_step_at_a_time")
def test_what_somebody_built_upon_meanwhile_is_named(cast: Cast) -> None:
    lines = ("李雷,owner,new@tongxin.example,,,", "韩梅梅,member,,0108888,,", "刘洋,liuyang,,,研发部,")
    confirmed = begin(csv(PEOPLE, *lines))
    run_until(confirmed, ImportState.WRITING, 2)
    actions.create_user(actor=None, username="liuyang", name="他人", email="owner@tongxin.example")
    stopped = actions.run_import(Import.objects.get())
    assert stopped.state == ImportState.FAILED
    assert "第 2 行" in stopped.problem
    assert "李雷" in stopped.problem
    assert cast.again("member").phone == ""


def test_it_is_checked_again_before_it_begins(cast: Cast) -> None:
    confirmed = begin(csv(PEOPLE, "刘洋,liuyang,liuyang@tongxin.example,,研发部,"))
    actions.create_user(actor=None, username="other", name="他人", email="liuyang@tongxin.example")
    before = everything()
    stopped = actions.run_import(confirmed)
    assert stopped.state == ImportState.FAILED
    assert "liuyang@tongxin.example" in stopped.problem
    assert everything() == before


@pytest.mark.usefixtures("one_step_at_a_time")
def test_hr_who_is_dismissed_meanwhile_finishes_nothing(cast: Cast) -> None:
    before = [row["username"] for row in everything()[0]]
    confirmed = begin(csv(*TWO), cast.hr)
    run_until(confirmed, ImportState.WRITING, 1)
    actions.appoint(actor=None, user=cast.stranger, office="hr")
    actions.dismiss(actor=None, user=cast.hr, office="hr")
    stopped = actions.run_import(Import.objects.select_related("actor").get())
    assert stopped.state == ImportState.FAILED
    assert "人事" in stopped.problem
    assert [row["username"] for row in everything()[0]] == before


def test_what_was_uploaded_is_kept_no_longer_than_needed(cast: Cast) -> None:
    assert run(csv(*TWO)).tables == []
    actions.stage_import(actor=None, file_name="x.csv", tables=files.read(csv(*TWO)))
    jobs.forget_imports()
    assert Import.objects.count() == 2
    Import.objects.update(made_at=clock.now() - dt.timedelta(days=2))
    jobs.forget_imports()
    assert [each.state for each in Import.objects.all()] == [ImportState.DONE]


def test_it_begins_once_and_by_itself(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    confirmed = begin(csv(*TWO))
    with pytest.raises(ValidationError):
        actions.confirm_import(actor=None, staged=confirmed)
    asked: list[Any] = []
    monkeypatch.setattr(jobs.run_imports, "apply_async", lambda **options: asked.append(options))
    outbox.run_due()
    assert asked == [{"retry": False, "expires": 60}]


def test_only_hr(cast: Cast) -> None:
    staged = actions.stage_import(actor=None, file_name="x.csv", tables=files.read(csv(*TWO)))
    for refused in (cast.owner, cast.it):
        for attempt in (actions.confirm_import, actions.discard_import):
            with pytest.raises(Denied):
                attempt(actor=refused, staged=staged)
        with pytest.raises(Denied):
            actions.stage_import(actor=refused, file_name="x.csv", tables=[])
    assert Import.objects.get().state == ImportState.CHECKED


@pytest.mark.usefixtures("one_step_at_a_time")
def test_an_import_and_its_undo_leave_a_guests_end_as_it_was(cast: Cast) -> None:
    end = today() + dt.timedelta(days=30)
    guest = actions.invite_guest(
        actor=cast.manager, department=cast.marketing, name="方舟", email="ark@elsewhere.example", until=end
    )
    line = "方舟,,ark@elsewhere.example,,研发部,"
    confirmed = begin(csv(PEOPLE, line, "新人,,,,研发部,"), cast.hr)
    run_until(confirmed, ImportState.WRITING, 1)
    assert guest.user.memberships.get().until == end
    actions.appoint(actor=None, user=cast.stranger, office="hr")
    actions.dismiss(actor=None, user=cast.hr, office="hr")
    actions.run_import(Import.objects.select_related("actor").get())
    back = guest.user.memberships.get()
    assert (back.department, back.role, back.until) == (cast.marketing, Role.GUEST, end)
