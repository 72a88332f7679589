"""``jixiao new``: from a list of projects to forms that wait to be filled."""

from __future__ import annotations

import json

import openpyxl
import pytest
import xlsxwriter

from cli.command import jixiao
from jixiao.read import read

ROWS = [
    ["2026年部门预算项目清单"],
    ["序号", "预算单位", "项目编码", "项目名称", "预算数（万元）", "其中：财政资金", "其他资金"],
    ["1", "水务局", "13073026P000433100036", "农村饮水安全", "120.5", "100", "20.5"],
    ["2", "水务局", "", "河道清淤", "80", "80", ""],
    ["3", "教育局", "13073026P00043310009X", "校舍维修", "300", "300", "0"],
]


def listed(path, rows=ROWS, encoding="utf-8-sig", delimiter=","):
    if path.suffix == ".xlsx":
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet()
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write_string(number, column, cell)
    else:
        path.write_text("\n".join(delimiter.join(row) for row in rows), encoding)
    return path


@pytest.mark.parametrize(
    ("name", "encoding", "delimiter"),
    [
        ("清单.xlsx", "", ""),
        ("清单.csv", "utf-8-sig", ","),
        ("清单.csv", "gb18030", ","),
        ("清单.csv", "utf-8", ";"),
        ("清单.tsv", "utf-8", "\t"),
    ],
)
def test_each_unit_gets_a_form_with_its_projects(name, encoding, delimiter, tmp_path):
    path = listed(tmp_path / name, encoding=encoding, delimiter=delimiter)
    ran = jixiao("new", path, "--out", "空", folder=tmp_path)
    assert ran.code == 0, ran.err
    made = {each.name: read(each) for each in (tmp_path / "空").iterdir()}
    assert sorted(made) == ["教育局.xlsx", "水务局.xlsx"]
    water = made["水务局.xlsx"]
    assert (water.year, water.unit.name) == (2026, "水务局")
    assert [each.name for each in water.projects] == ["农村饮水安全", "河道清淤"]
    assert water.projects[0].budget.total == "120.5"
    assert water.projects[0].budget.money_unit == "万元"
    book = openpyxl.load_workbook(tmp_path / "空" / "水务局.xlsx")
    rows = [row[1].value for row in book["指标"].iter_rows(min_row=4) if row[1].value]
    assert rows.count("农村饮水安全") >= 4


def test_one_unit_is_one_file_of_any_kind(tmp_path):
    path = listed(tmp_path / "清单.csv", ROWS[:4])
    for name in ("a.xlsx", "a.docx"):
        assert jixiao("new", path, "-o", name, folder=tmp_path).code == 0
        assert [each.name for each in read(tmp_path / name).projects] == [
            "农村饮水安全",
            "河道清淤",
        ]
    assert jixiao("new", path, "-o", "a.json", "--year", "2027", folder=tmp_path).code == 0
    (text,) = json.loads((tmp_path / "a.json").read_bytes())["texts"]
    assert text["year"] == 2027
    assert {row["level2"] for row in text["projects"][0]["indicators"]} >= {"数量指标", "质量指标"}


def test_what_is_wrong_with_a_list_is_told_all_at_once(tmp_path):
    rows = [
        ROWS[1],
        ["1", "水务局", "13073026P000433100036", "农村饮水安全", "一百二十万", "", ""],
        ["2", "水务局", "13073026P000433100036", "河道清淤", "80", "80", ""],
    ]
    ran = jixiao("new", listed(tmp_path / "清单.csv", rows), "-o", "a.xlsx", folder=tmp_path)
    assert ran.code == 0
    assert "有 2 行在用" in ran.err
    assert "不是数字" in ran.err


@pytest.mark.parametrize(
    ("rows", "arguments", "says"),
    [
        (ROWS, ("-o", "a.xlsx"), "清单里有 2 个单位"),
        (ROWS, ("-o", "a.csv"), "不能写成 csv"),
        (ROWS, ("-o", "a.xlsx", "--year", "明年"), "--year 不能是“明年”"),
        (ROWS, ("-o", "a.xlsx", "--profile", "无"), "无"),
        ([["甲", "乙"], ["1", "2"]], ("-o", "a.xlsx"), "没有认出"),
        ([], ("-o", "a.xlsx"), "没有认出"),
    ],
)
def test_a_wrong_command_is_told_in_one_sentence(rows, arguments, says, tmp_path):
    path = listed(tmp_path / "清单.csv", rows)
    ran = jixiao("new", path, *arguments, folder=tmp_path)
    assert ran.code == 2
    assert says in ran.err
    assert "Traceback" not in ran.err
    assert list(tmp_path.iterdir()) == [path]
