from __future__ import annotations

import pytest

from intranet.people import actions
from intranet.people.importing.report import Outcome
from intranet.people.models import User
from tests.cast import Cast
from tests.people.importing import csv, report, told, xlsx
from tests.query_counts import assert_queries

PEOPLE = "姓名,用户名,邮箱,电话,部门,角色,语言,时区"


def test_each_line_is_new_changed_or_as_it_was(cast: Cast) -> None:
    found = report(
        csv(
            "姓名,用户名,邮箱,部门,角色",
            "刘洋,,liuyang@tongxin.example,研发部,",
            "李雷,owner,,市场部,主管",
            "韩梅梅,,member@tongxin.example,研发部,成员",
        )
    )
    assert [line.outcome for line in found.lines] == [Outcome.NEW, Outcome.CHANGED, Outcome.UNCHANGED]
    assert [str(change) for line in found.lines for change in line.changes] == [
        "user name: liuyang",
        "role: Member → Manager",
    ]
    assert found.counts == {Outcome.ERROR: 0, Outcome.NEW: 1, Outcome.CHANGED: 1, Outcome.UNCHANGED: 1}


WRONG: dict[str, tuple[str, str]] = {
    "no name": (",,liuyang@tongxin.example,,研发部,,,", "2 name: This field cannot be blank"),
    "no e-mail": ("刘洋,,liuyang,,研发部,,,", "2 e-mail: Enter a valid email address"),
    "another's e-mail": (
        "刘洋,liuyang,Owner@tongxin.example,,研发部,,,",
        "2 e-mail: The address owner@tongxin.example belongs to owner.",
    ),
    "two words": ("刘洋,liu yang,,,研发部,,,", "2 user name: A user name consists of"),
    "unknown department": (
        "刘洋,,,,财务部,主管,,",
        "2 department: There is no department “财务部”. Add",
    ),
    "nearly a department": (
        "刘洋,,,,市场,,,",
        "2 department: There is no department “市场”. Is it “市场部”?",
    ),
    "wrong path": ("刘洋,,,,市场部/研发部,,,", "2 department: The department “研发部” is at “研发部”."),
    "no such role": ("刘洋,,,,研发部,皇帝,,", "2 role: “皇帝” is none of: Member, Manager, Guest."),
    "a role of nothing": ("刘洋,,,,,主管,,", "2 role: A role is one in a department."),
    "no such language": ("刘洋,,,,研发部,,火星文,", "2 language: “火星文” is none of: Chinese, English."),
    "no such time zone": ("刘洋,,,,研发部,,,Mars/Base", "2 time zone: “Mars/Base” is not a time zone."),
    "a formula": ("=A1,,,,研发部,,,", "2 name: This is a formula."),
    "too long": (f"刘洋,,,{'1' * 41},研发部,,,", "2 phone: Ensure this value has at most 40 characters"),
    "somebody of this name": ("李雷,,,,市场部,,,", "2 name: 李雷 (owner) is in this department already."),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_in_a_line_is_said_of_its_column(cast: Cast, case: str) -> None:
    line, sentence = WRONG[case]
    said = told(csv(PEOPLE, line))
    assert len(said) == 1, said
    assert said[0].startswith(sentence)
    assert told(csv(PEOPLE, line), language="zh-hans") != said


def test_everything_that_is_wrong_is_said_at_once(cast: Cast) -> None:
    said = told(csv(PEOPLE, "刘洋,liuyang,owner@tongxin.example,=1,财务部,皇帝,,火星", "陈静,,,,研发部,,,"))
    columns = {"2 e-mail", "2 phone", "2 department", "2 role", "2 time zone"}
    assert {sentence.split(":")[0] for sentence in said} == columns


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (
            ("刘洋,,liu@tongxin.example,,研发部,,,", "刘阳,liu2,LIU@tongxin.example,,研发部,,,"),
            "3 e-mail: The address liu@tongxin.example is in line 2 already.",
        ),
        (
            ("刘洋,,liu@tongxin.example,,研发部,,,", "刘阳,,liu@tongxin.example,,研发部,,,"),
            "3 user name: The same person is in line 2 already.",
        ),
        (
            ("刘洋,liuyang,,,研发部,,,", "陈静,LiuYang,,,研发部,,,"),
            "3 user name: The same person is in line 2 already.",
        ),
        (
            ("李雷,owner,,1,市场部,,,", "李雷,,owner@tongxin.example,2,,,,"),
            "3 user name: The same person is in line 2 already.",
        ),
        (
            ("李雷,owner,new@tongxin.example,,,,,", "陈静,chen,new@tongxin.example,,研发部,,,"),
            "3 e-mail: The address new@tongxin.example belongs to owner.",
        ),
        (("刘洋,,,,研发部,,,", "刘洋,,,,研发部,,,"), "3 name: 刘洋 (liuyang) is in this department already."),
    ],
)
def test_lines_that_contradict_each_other(cast: Cast, lines: tuple[str, str], sentence: str) -> None:
    said = told(csv(PEOPLE, *lines))
    assert len(said) == 1, said
    assert said[0].startswith(sentence)


def made(content: bytes) -> dict[str, str]:
    steps = report(content).steps
    return {step.data["fields"]["username"]: step.label for step in steps if step.kind == "person"}


def test_user_names_are_made_of_how_a_name_sounds(cast: Cast) -> None:
    people = ["曾国强", "单田芳", "欧阳娜", "Emma O'Neil", "José Núñez", "刘洋", "刘洋", "刘阳"]
    lines = [f"{name},,{number}@tongxin.example,,研发部,,," for number, name in enumerate(people)]
    taken = "王强,liuyang2,,,研发部,,,"
    assert list(made(csv(PEOPLE, *lines, taken))) == [
        "zengguoqiang",
        "shantianfang",
        "ouyangna",
        "emmaoneil",
        "josenunez",
        "liuyang",
        "liuyang3",
        "liuyang4",
        "liuyang2",
    ]


def test_a_user_name_is_no_groups_handle_and_no_word_of_the_product(cast: Cast) -> None:
    actions.create_group(actor=cast.hr, handle="liuyang", name="值班", owners=[cast.owner], members=[])
    said = told(csv(PEOPLE, "王强,liuyang,,,研发部,,,"))
    assert [sentence for sentence in said if "A user group is called so already." in sentence]
    assert list(made(csv(PEOPLE, "刘洋,,,,研发部,,,"))) == ["liuyang2"]


def test_a_namesake_elsewhere_is_worth_a_look_and_no_error(cast: Cast) -> None:
    found = report(csv(PEOPLE, "李雷,,,,研发部,,,"))
    assert not found.has_errors
    assert [str(note) for _line, note in found.in_words()] == [
        "name: There is a 李雷 already: owner. This line adds another one."
    ]


def test_hr_does_not_change_what_only_a_superuser_may(cast: Cast) -> None:
    content = csv("用户名,职位", "superuser,门卫", "it,门卫", "hr,人事经理", "owner,总监")
    said = told(content, actor=cast.hr)
    assert [sentence[:12] for sentence in said] == ["2 user name:", "3 user name:"]
    assert not told(content, actor=cast.superuser)


def test_an_empty_cell_and_a_missing_column_leave_what_is_there(cast: Cast) -> None:
    actions.change_user(actor=None, user=cast.owner, title="总监", phone="0108888")
    assert not report(csv("用户名,职位,英文名", "owner,,")).steps


def test_a_user_name_is_the_same_however_it_is_spelt(cast: Cast) -> None:
    User.objects.filter(pk=cast.manager.pk).update(username="Manager")
    assert not report(csv("用户名,姓名", "Manager,王芳", "OWNER,李雷")).steps
    assert not report(csv("部门,负责人", "市场部,manager")).steps


# --- Departments --------------------------------------------------------------------------------------


def test_departments_and_their_people_in_one_workbook(cast: Cast) -> None:
    found = report(
        xlsx(
            部门=[
                ["部门", "英文名", "上级部门", "颜色", "负责人"],
                ["云平台组", "", "平台组", "", "liuyang"],
                ["平台组", "Platform", "研发部", "蓝色", "member"],
            ],
            人员=[["姓名", "用户名", "部门"], ["刘洋", "liuyang", "研发部/平台组/云平台组"]],
        )
    )
    assert not found.has_errors
    assert [(step.kind, step.label) for step in found.steps] == [
        ("department", "平台组"),
        ("department", "云平台组"),
        ("person", "刘洋"),
        ("manager", "云平台组"),
        ("manager", "平台组"),
    ]
    assert not found.warnings


@pytest.mark.parametrize(
    ("lines", "sentence"),
    [
        (("甲组,甲组,,",), "2 part of: A department cannot be inside itself: 甲组 › 甲组."),
        (
            ("市场部,甲组,,", "甲组,市场部,,"),
            "2 part of: A department cannot be inside itself: 市场部 › 甲组",
        ),
        (("甲组,财务部,,",), "2 part of: There is no department “财务部”."),
        (("甲组,,彩虹,",), "2 colour: “彩虹” is none of: Orange, Blue,"),
        (("甲组,,,nobody",), "2 managers: There is nobody with the user name “nobody”."),
        (("甲组,,,", "甲组,研发部,,"), "3 department: The same department is in line 2 already."),
        ((",研发部,,",), "2 department: This field cannot be blank."),
    ],
)
def test_what_is_wrong_with_departments(cast: Cast, lines: tuple[str, ...], sentence: str) -> None:
    said = told(csv("部门,上级部门,颜色,负责人", *lines))
    assert said[0].startswith(sentence), said


def test_a_department_without_a_manager_is_worth_a_look(cast: Cast) -> None:
    found = report(csv("部门,上级部门,负责人", "甲组,研发部,", "乙组,研发部,owner", "市场部,,"))
    assert not found.has_errors
    assert found.warnings == ["The department “甲组” has no manager."]
    people = report(csv(PEOPLE, "刘洋,,,,法务部,主管,,", "陈静,,,,研发部,,,"))
    assert people.warnings == ["The department “研发部” has no manager."]


def test_the_report_asks_as_little_for_many_lines_as_for_few(cast: Cast) -> None:
    for rows in (5, 200):
        lines = [f"同事{at},,{at}@tongxin.example,,研发部,,," for at in range(rows)]
        with assert_queries("people.import.report"):
            assert len(report(csv(PEOPLE, *lines)).steps) == rows
    assert User.objects.count() == len(cast.people())
