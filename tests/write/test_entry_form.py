"""The entry form: what it is filled with comes back, whatever users and programs do to it."""

from __future__ import annotations

import random
import re
import subprocess
import zipfile
from io import BytesIO
from pathlib import Path

import msgspec
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings

from forms.layouts import LAYOUTS, truths
from forms.writers import write
from jixiao.model import Indicator, PerformanceText, Project, SubObjective
from jixiao.model.errors import JixiaoError
from jixiao.read import read
from jixiao.read.entry_layout import layout
from jixiao.write.entry import write_entry_form
from model.texts import texts
from write.printed import differences

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.docx"))
TEXTS = truths()
FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0")


def filled(text: PerformanceText, folder: Path, name: str = "填报表.xlsx") -> Path:
    path = folder / name
    path.write_bytes(write_entry_form(text))
    return path


@pytest.mark.parametrize("layout_", LAYOUTS)
def test_no_field_of_any_form_differs_when_it_is_read_back(layout_, tmp_path):
    number = list(LAYOUTS).index(layout_)
    made, _ = write(LAYOUTS[layout_](TEXTS[number % len(TEXTS)]), tmp_path, layout_, "docx")
    text = read(made)
    assert differences(text, read(filled(text, tmp_path))) == []


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(texts())
def test_no_field_of_any_text_differs_when_it_is_read_back(tmp_path, text):
    """Also None beside "", line ends, formulas, controls, 40,000 characters, names that repeat."""
    back = read(filled(text, tmp_path))
    assert differences(text, back) == []
    assert [each.text for each in back.unread] == [each.text for each in text.unread]


@pytest.mark.parametrize("words", [" ", "\n", "\u3000", ""])
def test_a_row_in_which_only_blanks_stand_is_a_row(words, tmp_path):
    text = PerformanceText(
        source="x",
        sub_objectives=(SubObjective(title="甲"), SubObjective(title=words), SubObjective()),
    )
    assert differences(text, read(filled(text, tmp_path))) == []


@pytest.mark.libreoffice
@pytest.mark.parametrize("ending", ["xlsx", "ods", "xls"])
def test_another_program_may_have_saved_it(ending, tmp_path):
    known = {sample.stem: read(sample) for sample in SAMPLES}
    made = [filled(text, tmp_path, f"{name}.xlsx") for name, text in known.items()]
    folder = tmp_path / "saved"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless",
         "--convert-to", ending, "--outdir", folder, *made],
        capture_output=True, timeout=180, check=True,
    )  # fmt: skip
    for name, text in known.items():
        assert differences(text, read(folder / f"{name}.{ending}")) == []


def edited(path: Path, change) -> PerformanceText:
    book = openpyxl.load_workbook(path)
    change(book)
    book.save(path)
    return read(path)


def test_rows_may_be_sorted_and_columns_moved_in(tmp_path):
    text = read(SAMPLES[0])
    path = filled(text, tmp_path)

    def shuffle(book):
        sheet = book["项目"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=4)]
        rows = [row for row in rows if any(row)]
        random.Random(3).shuffle(rows)
        for number, row in enumerate(rows, 4):
            for column, value in enumerate(row, 1):
                sheet.cell(number, column).value = value
        sheet.insert_cols(3)
        sheet.cell(3, 3).value = "项目负责人"
        sheet.cell(4, 3).value = "张建国"

    back = edited(path, shuffle)
    assert sorted(each.code or "" for each in back.projects) == sorted(
        each.code or "" for each in text.projects
    )
    by_code = {each.code: each for each in back.projects}
    for project in text.projects:
        again = by_code[project.code]
        assert differences(project.indicators, again.indicators) == []
        assert differences(project.goals, again.goals) == []
    assert back.projects[0].extra == {"项目负责人": "张建国"}


def test_what_a_user_types_is_what_counts(tmp_path):
    path = filled(read(SAMPLES[0]), tmp_path)

    def fill(book):
        book["项目"]["B4"] = "改了名的项目"
        sheet = book["指标"]
        heads = {cell.value.lstrip("* "): cell.column for cell in sheet[3] if cell.value}
        below = sheet.max_row
        while not sheet.cell(below, heads["三级指标"]).value:
            below -= 1
        new = {
            "项目名称": "改了名的项目", "一级指标": "产出指标", "二级指标": "数量指标",
            "三级指标": "新增的指标", "指标值": "≥ 12 公里",
        }  # fmt: skip
        for name, value in new.items():
            sheet.cell(below + 1, heads[name]).value = value
        sheet.cell(4, heads["指标值"]).value = "≥99%"

    back = edited(path, fill)
    first = back.projects[0]
    assert first.name == "改了名的项目"
    assert first.indicators[0].value.text == "≥99%"
    assert first.indicators[-1].name == "新增的指标"
    assert first.indicators[-1].place["value"].sheet == "指标"


def test_rows_that_cannot_be_placed_are_all_told_at_once(tmp_path):
    path = filled(read(SAMPLES[0]), tmp_path)

    def spoil(book):
        sheet = book["指标"]
        for row, name in ((4, "没有的项目"), (5, "也没有的项目")):
            sheet.cell(row, 2).value = name
        heads = {cell.value.lstrip("* "): cell.column for cell in book["项目"][3] if cell.value}
        book["项目"].cell(4, heads["预算数"]).value = "八十万"
        book["项目"].cell(5, heads["项目编码"]).value = 1.3073024e20
        book["部门"].cell(4, 3).value = "明年"

    back = edited(path, spoil)
    told = "\n".join(f"{each.place} {each.message}" for each in back.warnings)
    assert "没有的项目" in told
    assert "也没有的项目" in told
    assert "不是数字" in told
    assert "不是年份" in told
    assert len([each for each in back.unread if "没有的项目" in each.text]) == 2


def test_a_form_without_anything_in_it_says_so(tmp_path):
    back = read(filled(PerformanceText(source="x"), tmp_path))
    assert back.projects == ()
    assert any("还没有填写" in each.message for each in back.warnings)


def test_no_cell_is_a_formula_and_the_file_is_sound(tmp_path):
    text = PerformanceText(
        source="x",
        overall="\x00\x1b\ud800=1",
        projects=tuple(
            Project(name=words, purpose=words, indicators=(Indicator(name=words),))
            for words in FORMULAS
        ),
    )
    path = filled(text, tmp_path)
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/sheet"):
                assert b"<f>" not in package.read(name).replace(b"<formula", b"")
    book = openpyxl.load_workbook(path)
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {
        "s", "n",
    }  # fmt: skip
    assert differences(msgspec.structs.replace(text, overall=None), read(path).projects) is not None
    assert [each.name for each in read(path).projects] == [each.name for each in text.projects]


def test_categories_are_chosen_from_lists_and_heads_are_locked():
    book = openpyxl.load_workbook(BytesIO(write_entry_form(read(SAMPLES[0]))))
    indicators = book["指标"]
    kinds = {each.type for each in indicators.data_validations.dataValidation}
    assert "list" in kinds
    assert indicators.protection.sheet
    assert indicators["B3"].protection.locked
    assert not indicators["B4"].protection.locked
    assert indicators.freeze_panes
    assert book.sheetnames[0] == "填报说明"
    assert {each.name for each in layout().sheets.values() if not each.optional} <= set(
        book.sheetnames
    )


def test_the_sheets_are_as_wide_as_what_is_in_them():
    """Programs look through all of a sheet's size: with 16,384 columns that takes a minute."""
    with zipfile.ZipFile(BytesIO(write_entry_form(read(SAMPLES[0])))) as package:
        for name in package.namelist():
            if name.startswith("xl/worksheets/sheet"):
                size = re.search(rb'<dimension ref="[A-Z]+\d+:([A-Z]+)\d+"', package.read(name))
                assert size
                assert len(size[1]) <= 2, name


def test_parts_of_one_unit_go_into_one_form_and_others_do_not():
    first = read(SAMPLES[0])
    halves = [
        msgspec.structs.replace(first, projects=first.projects[:2]),
        msgspec.structs.replace(first, projects=first.projects[2:], overall=None),
    ]
    book = openpyxl.load_workbook(BytesIO(write_entry_form(halves)))
    names = [row[1].value for row in book["项目"].iter_rows(min_row=4) if row[1].value]
    assert names == [each.name for each in first.projects]
    with pytest.raises(JixiaoError, match="不是同一个单位"):
        write_entry_form([first, read(SAMPLES[1])])
