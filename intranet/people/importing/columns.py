"""The columns of a table: what they are called in both languages, and what stands in them."""

from __future__ import annotations

import difflib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

PEOPLE, DEPARTMENTS = "people", "departments"


@dataclass(frozen=True)
class Column:
    attribute: str
    english: str
    chinese: str
    help: str | Promise
    others: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        return self.english if get_language() == "en" else self.chinese

    @property
    def names(self) -> set[str]:
        return {plain(name) for name in (self.attribute, self.english, self.chinese, *self.others)}


COLUMNS: dict[str, tuple[Column, ...]] = {
    PEOPLE: (
        Column(
            "username",
            "user name",
            "用户名",
            gettext_lazy("Whom the line is about. Left empty, it is made from the name."),
            ("user", "login", "account", "账号", "帐号", "登录名"),
        ),
        Column(
            "name",
            "name",
            "姓名",
            gettext_lazy("Needed for everybody who is new."),
            ("full name", "chinese name", "名字", "中文名"),
        ),
        Column("english_name", "English name", "英文名", gettext_lazy("Shown to whoever reads English.")),
        Column(
            "email",
            "e-mail",
            "邮箱",
            gettext_lazy("One address for one person; without a user name it tells whom the line is about."),
            ("e-mail address", "mail", "电子邮箱", "电子邮件", "邮件"),
        ),
        Column(
            "phone",
            "phone",
            "电话",
            gettext_lazy("As text, so that leading zeros stay."),
            ("phone number", "mobile", "telephone", "手机", "手机号", "电话号码"),
        ),
        Column(
            "title",
            "title",
            "职位",
            gettext_lazy("Shown to whoever reads Chinese."),
            ("job title", "职务", "岗位"),
        ),
        Column("english_title", "English title", "英文职位", gettext_lazy("Shown to whoever reads English.")),
        Column(
            "place",
            "department",
            "部门",
            gettext_lazy("A department's name, or the way to it, such as R&D/Platform."),
            ("所属部门", "department name"),
        ),
        Column("role", "role", "角色", gettext_lazy("Member, manager or guest of the department.")),
        Column("locale", "language", "语言", gettext_lazy("Chinese or English."), ("界面语言",)),
        Column("time_zone", "time zone", "时区", gettext_lazy("Such as Asia/Shanghai.")),
    ),
    DEPARTMENTS: (
        Column(
            "name",
            "department",
            "部门",
            gettext_lazy("Which department the line is about; a new name makes a new department."),
            ("name", "department name", "名称", "部门名称"),
        ),
        Column("english_name", "English name", "英文名", gettext_lazy("Shown to whoever reads English.")),
        Column(
            "parent_name",
            "part of",
            "上级部门",
            gettext_lazy("The department above. It may stand in this file too."),
            ("parent", "parent department", "上级", "所属"),
        ),
        Column(
            "hue",
            "colour",
            "颜色",
            gettext_lazy("Orange, blue, violet, green, slate, plum, cyan or teal."),
            ("color", "hue"),
        ),
        Column(
            "manager_names",
            "managers",
            "负责人",
            gettext_lazy("User names, separated by commas. Who manages already and is not named here stays."),
            ("manager", "主管", "部门主管", "部门负责人"),
        ),
    ),
}


def plain(name: str) -> str:
    """As header names are compared: without the signs that people put around them."""
    return re.sub(r"[\s_*＊:：-]", "", name).casefold()


def known_among(kind: str, header: Sequence[Any]) -> int:
    """How many columns of this kind of table a header names."""
    names = {name for column in COLUMNS[kind] for name in column.names}
    return len({plain(cell) for cell in header if isinstance(cell, str)} & names)


def kind_of(header: Sequence[Any], sheet: str) -> str:
    """People or departments, by the name of the sheet or by the columns."""
    if plain(sheet) in {"departments", "部门", "department"}:
        return DEPARTMENTS
    more = known_among(DEPARTMENTS, header) > known_among(PEOPLE, header)
    return DEPARTMENTS if more and plain(sheet) not in {"people", "人员", "员工"} else PEOPLE


def attributes_of(kind: str, header: Sequence[Any], where: str) -> list[str]:
    """Each header cell's attribute, empty for cells that are; or every reason why the header will not do."""
    by_name = {name: column for column in COLUMNS[kind] for name in column.names}
    found, wrong = [], []
    for cell in header:
        text = cell if isinstance(cell, str) else ""
        column = by_name.get(plain(text))
        if text and column is None:
            wrong.append(_unknown(text, kind, where))
        elif column is not None and column.attribute in found:
            sentence = _("%(where)sThe column “%(column)s” is there twice. Remove one of them.")
            wrong.append(sentence % {"where": where, "column": text})
        found.append(column.attribute if column else "")
    if wrong:
        raise ValidationError(wrong, code="header")
    return found


def _unknown(text: str, kind: str, where: str) -> str:
    labels = {column.label.casefold(): column.label for column in COLUMNS[kind]}
    if near := difflib.get_close_matches(text.casefold(), labels, 1, 0.75):
        sentence = _("%(where)sThere is no column “%(column)s”. Is it “%(near)s”?")
        return sentence % {"where": where, "column": text[:40], "near": labels[near[0]]}
    sentence = _("%(where)sThere is no column “%(column)s”. Remove or rename it; columns are: %(known)s.")
    return sentence % {"where": where, "column": text[:40], "known": ", ".join(labels.values())}
