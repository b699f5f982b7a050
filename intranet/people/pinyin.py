"""How Chinese names sound: what directory and switcher find people by."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pypinyin import lazy_pinyin

HAN = re.compile(r"([\u3400-\u9fff\U00020000-\U0003ffff]+)")
# Surnames that are read in another way than the word is; where a name begins, this comes first.
SURNAMES = {
    "曾": "zeng",
    "单": "shan",
    "單": "shan",
    "仇": "qiu",
    "解": "xie",
    "区": "ou",
    "區": "ou",
    "查": "zha",
    "朴": "piao",
    "盖": "ge",
    "翟": "zhai",
    "缪": "miao",
    "乐": "yue",
    "员": "yun",
    "种": "chong",
    "秘": "bi",
    "卜": "bu",
    "逢": "pang",
    "祭": "zhai",
    "折": "she",
    "黑": "he",
    "洗": "xian",
    "召": "shao",
    "隗": "wei",
    "繁": "po",
    "覃": "qin",
    "句": "gou",
    "薄": "bo",
    "尉迟": "yu chi",
    "万俟": "mo qi",
    "澹台": "tan tai",
    "长孙": "zhang sun",
}


def syllables_of(name: str) -> str:
    """“li lei” of 李雷, “emma chen” of Emma Chen; the surname as surnames are read."""
    return " ".join(_pieces(name.strip()))


def initials_of(name: str) -> str:
    """“ll” of 李雷, “ec” of Emma Chen."""
    return "".join(piece[0] for piece in _pieces(name.strip()))


def _pieces(name: str) -> Iterator[str]:
    surname = next((name[:size] for size in (2, 1) if name[:size] in SURNAMES), "")
    yield from SURNAMES.get(surname, "").split()
    for part in HAN.split(name.removeprefix(surname)):
        read = lazy_pinyin(part) if HAN.fullmatch(part) else [part.lower()]
        for piece in read:
            yield from re.findall(r"\w+", piece)
