from __future__ import annotations

import pytest

from intranet.people import actions
from intranet.people.models import User
from intranet.people.pinyin import initials_of, syllables_of
from tests.cast import Cast

NAMES = [
    ("李雷", "li lei", "ll"),
    ("韩梅梅", "han mei mei", "hmm"),
    ("曾庆红", "zeng qing hong", "zqh"),
    ("单田芳", "shan tian fang", "stf"),
    ("仇英", "qiu ying", "qy"),
    ("解缙", "xie jin", "xj"),
    ("区建国", "ou jian guo", "ojg"),
    ("查良镛", "zha liang yong", "zly"),
    ("尉迟恭", "yu chi gong", "ycg"),
    ("万俟卨", "mo qi xie", "mqx"),
    ("翟天临", "zhai tian lin", "ztl"),
    ("覃海洋", "qin hai yang", "qhy"),
    ("缪杰", "miao jie", "mj"),
    ("朴槿惠", "piao jin hui", "pjh"),
    ("盖叫天", "ge jiao tian", "gjt"),
    ("种师道", "chong shi dao", "csd"),
    ("长孙无忌", "zhang sun wu ji", "zswj"),
    ("欧阳娜娜", "ou yang na na", "oynn"),
    ("吕布", "lv bu", "lb"),
    # The same characters within a name are read as words are.
    ("王单", "wang dan", "wd"),
    ("李乐", "li le", "ll"),
    ("Emma Chen", "emma chen", "ec"),
    ("Emma 陈", "emma chen", "ec"),
    ("Jean-Luc O'Neil", "jean luc o neil", "jlon"),
    (" 李 雷 ", "li lei", "ll"),
    ("", "", ""),
]


@pytest.mark.parametrize(("name", "syllables", "initials"), NAMES)
def test_how_names_are_read(name: str, syllables: str, initials: str) -> None:
    assert (syllables_of(name), initials_of(name)) == (syllables, initials)


def test_it_is_stored_and_follows_the_name(cast: Cast) -> None:
    user = actions.create_user(actor=cast.hr, username="zengli", name="曾丽")
    assert (user.pinyin, user.initials) == ("zeng li", "zl")
    actions.change_user(actor=cast.hr, user=user, name="单丽")
    changed = User.objects.get(pk=user.pk)
    assert (changed.pinyin, changed.initials) == ("shan li", "sl")


def test_hr_knows_better(cast: Cast) -> None:
    user = actions.create_user(actor=cast.hr, username="danli", name="单丽", pinyin="Dan  Li")
    assert (user.pinyin, user.initials) == ("dan li", "dl")
    actions.change_user(actor=cast.hr, user=user, title="工程师")
    assert User.objects.get(pk=user.pk).pinyin == "dan li"
    actions.change_user(actor=cast.hr, user=user, pinyin="")
    assert User.objects.get(pk=user.pk).pinyin == "shan li"


def test_the_longest_name_can_be_read(cast: Cast) -> None:
    user = actions.create_user(actor=cast.hr, username="long", name="庄" * 60)
    assert len(user.pinyin) == 60 * 7 - 1
