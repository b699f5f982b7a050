from __future__ import annotations

import contextlib
import datetime as dt
import io
import random
import zipfile
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from openpyxl import Workbook

from intranet.people.importing import files
from intranet.people.importing.cells import Wrong
from tests.people.importing import csv, refusal, xlsx

LINES = ("姓名,邮箱,电话", "刘洋,liuyang@tongxin.example,01088886666", "陈静,,007")
READ = [["刘洋", "liuyang@tongxin.example", "01088886666"], ["陈静", "", "007"]]


@pytest.mark.parametrize(
    "content",
    [
        csv(*LINES),
        "\n".join(LINES).encode(),
        "\r".join(LINES).encode(),
        "\n".join(LINES).replace(",", ";").encode("utf-8-sig"),
        "\n".join(LINES).replace(",", "\t").encode(),
        csv("", *LINES, "", ",,"),
        csv("Name,E-MAIL,Phone_Number", *LINES[1:]),
        csv(" 姓名* ,电子邮箱,手机号", *LINES[1:]),
    ],
)
def test_text_files_as_spreadsheets_write_them(content: bytes) -> None:
    (table,) = files.read(content)
    assert (table.kind, table.attributes, table.rows) == ("people", ["name", "email", "phone"], READ)


def test_a_line_is_known_by_where_it_stands_in_the_file() -> None:
    (table,) = files.read(csv("", "姓名,职位", '刘洋,"经理', '兼顾问"', "", "陈静,设计师"))
    assert table.lines == [3, 6]
    assert table.rows[0] == ["刘洋", "经理 兼顾问"]


def test_a_workbook_with_a_sheet_of_each() -> None:
    content = xlsx(
        说明=[["先填部门", "再填人员"]],
        人员=[["姓名", "部门", "电话"], ["刘洋", "平台组", "0108888"]],
        部门=[["部门", "上级部门"], ["平台组", "研发部"]],
    )
    departments, people = files.read(content)
    assert (departments.kind, departments.attributes) == ("departments", ["name", "parent_name"])
    assert (people.kind, people.sheet, people.lines, people.rows) == (
        "people",
        "人员",
        [2],
        [["刘洋", "平台组", "0108888"]],
    )


@pytest.mark.parametrize(
    ("value", "number_format", "read"),
    [
        (13800138000, "General", "13800138000"),
        (13800138000.0, "General", "13800138000"),
        (1088886666, "00000000000", "01088886666"),
        ("00123", "@", "00123"),
        ("+86 138 0013 8000", "@", "+86 138 0013 8000"),
        ("=SUM(A1:A2)", "General", Wrong("formula")),
        (dt.date(2026, 3, 1), "yyyy-mm-dd", Wrong("date")),
        (dt.time(9, 30), "h:mm", Wrong("date")),
        ("#REF!", "General", Wrong("error")),
        (1.5, "General", "1.5"),
        (True, "General", "True"),
    ],
)
def test_cells_of_a_workbook(value: Any, number_format: str, read: object) -> None:
    def put(book: Workbook) -> None:
        cell = book["人员"].cell(row=2, column=2, value=value)
        cell.number_format = number_format

    (table,) = files.read(xlsx(put, 人员=[["姓名", "电话"], ["刘洋", None]]))
    assert table.rows == [["刘洋", read]]


def test_a_cell_of_a_text_file_that_may_not_be_taken() -> None:
    (table,) = files.read(csv("姓名,职位,电话", "刘洋,=HYPERLINK(1),1.38E+10", "陈\x00静,'=x,'+86"))
    assert table.rows == [
        ["刘洋", Wrong("formula"), Wrong("shortened")],
        [Wrong("broken"), "=x", "+86"],
    ]


# --- What is wrong with a file as a whole ---------------------------------------------------------------


def broken_archive() -> bytes:
    return xlsx(人员=[["姓名"], ["刘洋"]])[:-200]


def bomb() -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            archive.writestr(f"xl/worksheets/sheet{number}.xml", b"0" * 10_000_000)
    return output.getvalue()


def merged() -> bytes:
    return xlsx(lambda book: book["人员"].merge_cells("A2:A3"), 人员=[["姓名", "部门"], ["刘洋", "研发部"]])


WRONG: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "The file is empty"),
    "a mark and nothing": (b"\xef\xbb\xbf", "The file is empty"),
    "blank lines": (csv("", ",,,"), "The file is empty"),
    "an empty workbook": (xlsx(人员=[]), "The file is empty"),
    "only a header": (csv("姓名,邮箱"), "nothing in the file but its header"),
    "no header": (csv("刘洋,liuyang@tongxin.example"), "first line must name the columns"),
    "GBK": ("姓名,邮箱\r\n刘洋,".encode("gbk"), "written in GBK, not in UTF-8. Save it as"),
    "UTF-16": ("姓名,邮箱\r\n刘洋,".encode("utf-16"), "written in UTF-16, not in UTF-8. Save it as"),
    "UTF-16 without its mark": ("name,email\r\nLiu,".encode("utf-16-le"), "written in UTF-16"),
    "a picture": (b"\xff\xd8\xff\xe0\x10JFIF\xff\xff", "neither a text in UTF-8 nor an Excel workbook"),
    "an unknown column": (
        csv("姓名,星座", "刘洋,狮子"),
        "no column “星座”. Remove or rename it; columns are: ",
    ),
    "a column that is nearly right": (csv("name,e-mial", "Liu,x"), "no column “e-mial”. Is it “e-mail”?"),
    "a column twice": (csv("姓名,邮箱,e-mail", "刘洋,a@b.cn,"), "column “e-mail” is there twice"),
    "too many cells": (csv("姓名,职位", "刘洋,经理, 研发部"), "Line 2 has more cells than the header"),
    "an open quotation mark": (csv("姓名,职位", '刘洋,"经理', "陈静,"), "begins in line 2 cannot be read"),
    "too many lines": (csv("姓名", *["刘洋"] * 2001), "more than 2000 lines"),
    "too many bytes": (b"x" * 5_000_001, "larger than 5 MB"),
    "a workbook of the old kind": (b"\xd0\xcf\x11\xe0" + b"\0" * 512, "old kind (.xls)"),
    "a broken workbook": (broken_archive(), "not a workbook that can be read"),
    "an archive that is none": (b"PK\x03\x04" + b"x" * 200, "not a workbook that can be read"),
    "an archive that unfolds": (bomb(), "unfolds to far more"),
    "merged cells": (merged(), "Cells are merged in “人员” (A2:A3)"),
    "a cell of many megabytes": (csv("姓名", '"' + "刘" * 200_000 + '"'), "begins in line 2 cannot be read"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_is_one_sentence_that_says_what_to_do(case: str) -> None:
    content, sentence = WRONG[case]
    assert sentence in refusal(content)
    chinese = refusal(content, "zh-hans")
    assert chinese.endswith("。")
    assert not any(word in chinese for word in ("The ", "line", "column"))


def test_whatever_the_bytes_it_is_read_or_refused() -> None:
    dice = random.Random(7)
    good = xlsx(人员=[["姓名", "部门"], ["刘洋", "研发部"], ["陈静", "研发部"]]), csv(*LINES)
    for attempt in range(150):
        content = bytearray(good[attempt % 2])
        for _change in range(dice.randint(1, 8)):
            content[dice.randrange(len(content))] = dice.randrange(256)
        with contextlib.suppress(ValidationError):
            assert all(isinstance(table, files.Table) for table in files.read(bytes(content)))
