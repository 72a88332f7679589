"""The standard's tables: what goes out comes back, and what they have no room for is told."""

from __future__ import annotations

import csv
import tomllib
import zipfile
from datetime import datetime
from importlib import resources
from pathlib import Path

import msgspec
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao.exchange import mof
from jixiao.exchange.problems import ExchangeError
from jixiao.model import BudgetUnit, Indicator, PerformanceText, Project, Region, parse_value
from jixiao.read import read
from model.texts import AWKWARD, large_text, texts

SAMPLES = Path(__file__).parents[2] / "samples"
NOW = datetime(2024, 3, 1, 12, 30, 5, 123456)
UNIT = BudgetUnit("976001", "某中心")


def indicator(name="合格率", value="≥95%", **more):
    given = {"remark": "", "scoring": "", **more}  # the tables have these fields, here blank
    return Indicator("产出指标", "质量指标", name, "描述", parse_value(value, name), **given)


def text(*indicators, **more):
    project = Project(
        code="13073024P000433100036",
        name="经费",
        unit=UNIT,
        department=UNIT,
        goals=("完成审核", "保障运行"),
        indicators=indicators or (indicator(),),
        **more,
    )
    return PerformanceText(
        source="a.docx",
        year=2024,
        region=Region("130730", "怀来县"),
        unit=UNIT,
        projects=(project,),
    )


def table(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


@pytest.fixture(params=["csv", "xlsx"])
def target(request, tmp_path):
    return tmp_path / f"out.{request.param}"


def test_fields_of_the_standard_are_filled(tmp_path):
    done = mof.export([text()], tmp_path / "out.csv", now=NOW)
    assert done.problems == ()
    (goal,) = table(tmp_path / "out.PM_PERF_GOAL_INFO.csv")
    assert goal == {
        "mof_div_code": "130730000",
        "mof_div_name": "怀来县",
        "fiscal_year": "2024",
        "agency_code": "976001",
        "agency_name": "某中心",
        "dept_code": "976001",
        "dept_name": "某中心",
        "version": "",
        "version_name": "",
        "sub_mof_div_code": "",
        "is_last_inst": "1",
        "create_time": "20240301123005123",
        "update_time": "20240301123005123",
        "is_deleted": "2",
        "pro_code": "13073024P000433100036",
        "pro_name": "经费",
        "kpi_target": "1. 完成审核\n2. 保障运行",
        "yearflag": "0",
    }
    (row,) = table(tmp_path / "out.PM_PERF_INDICATOR.csv")
    assert (row["lv1_perf_ind_name"], row["lv3_perf_ind_name"]) == ("产出指标", "合格率")
    assert (row["kpi_content"], row["kpi_val"]) == ("描述", "≥95%")
    assert {path.name for path in tmp_path.iterdir()} == {
        f"out.{name}.csv"
        for name in (
            "PM_PERF_GOAL_INFO",
            "PM_PERF_INDICATOR",
            "BGT_PERF_GOAL_INFO",
            "BGT_PERF_INDICATOR",
        )
    }


def test_what_goes_out_comes_back(target):
    one = msgspec.structs.replace(
        text(indicator(remark="备注", scoring="满分 10 分"), whole_period_goals=("三年建成",)),
        overall="总体目标",
        indicators=(indicator("覆盖率"),),
        draft=True,
    )
    done = mof.export([one], target, now=NOW)
    assert done.problems == ()
    again = mof.load(target)
    assert again.problems == ()
    assert again.texts == (msgspec.structs.replace(one, source=target.name),)


@pytest.mark.parametrize("awkward", AWKWARD)
def test_awkward_words_come_back(target, awkward):
    mof.export([text(indicator(f"{awkward}", remark=awkward))], target, now=NOW)
    (again,) = mof.load(target).texts
    (got,) = again.projects[0].indicators
    assert (got.name, got.remark) == (awkward, awkward)


def test_a_workbook_holds_words_only(tmp_path):
    mof.export([text(indicator("=1+1"))], tmp_path / "out.xlsx", now=NOW)
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames[:2] == ["PM_PERF_GOAL_INFO", "PM_PERF_INDICATOR"]
    assert {cell.data_type for sheet in book for row in sheet for cell in row if cell.value} == {
        "s"
    }


def test_what_is_too_long_or_missing_is_told_and_not_cut(target):
    long = text(indicator(value="9" * 61), indicator(name=""))
    bare = PerformanceText(
        source="b.docx", projects=(Project(code="短", indicators=(indicator(),)),)
    )
    done = mof.export([long, bare], target, now=NOW)
    told = [(problem.file, problem.row, problem.column) for problem in done.problems]
    assert ("PM_PERF_INDICATOR", 2, "kpi_val") in told
    assert ("PM_PERF_INDICATOR", 3, "lv3_perf_ind_name") in told
    for name in (
        "mof_div_code",
        "fiscal_year",
        "agency_code",
        "pro_code",
        "pro_name",
        "kpi_target",
    ):
        assert ("PM_PERF_GOAL_INFO", 3, name) in told
    again = mof.load(target)
    assert again.texts[0].projects[0].indicators[0].value.text == "9" * 61
    assert len(again.problems) == len(told)


def test_an_apostrophe_before_a_formula_is_told(target):
    done = mof.export([text(indicator(value="-5%"))], target, now=NOW)
    told = [(problem.row, problem.column) for problem in done.problems]
    assert told == ([(2, "kpi_val")] if target.suffix == ".csv" else [])


def test_what_the_standard_has_no_field_for_is_told(tmp_path):
    one = text(indicator(basis="文件", weight="10"), purpose="用途", extra={"联系人": "张三"})
    done = mof.export([one], tmp_path / "out.csv", now=NOW)
    words = "".join(problem.message for problem in done.problems)
    for what in ("指标值确定依据", "权重或分值", "资金用途", "其他栏目"):
        assert f"1 处“{what}”没有写出" in words


def test_a_sample_goes_out_and_comes_back(target):
    one = read(SAMPLES / "huailai-resettlement-2024.docx")
    mof.export([one], target, now=NOW)
    (again,) = mof.load(target).texts
    assert [project.code for project in again.projects] == [
        project.code for project in one.projects
    ]
    for ours, theirs in zip(one.projects, again.projects, strict=True):
        assert ours.goals == theirs.goals
        assert [(each.level1, each.name, each.value) for each in ours.indicators] == [
            (each.level1, each.name, each.value) for each in theirs.indicators
        ]


@given(st.lists(texts(), max_size=2))
@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
def test_any_text_goes_out_and_what_is_there_is_read(tmp_path, these):
    done = mof.export(these, tmp_path / "any.csv", now=NOW)
    try:
        again = mof.load(tmp_path / "any.csv")
    except ExchangeError as error:
        assert error.problems
    else:
        count = sum(len(project.indicators) for each in again.texts for project in each.projects)
        assert count == done.rows["PM_PERF_INDICATOR"]


def own_mapping(folder, change):
    own = (resources.files("jixiao.exchange") / "data" / "mof.toml").read_text("utf-8")
    path = folder / "本局.toml"
    path.write_text(change(own), "utf-8")
    return path


def test_an_office_has_its_own_names_and_lengths(tmp_path):
    def change(own):
        own = own.replace("kpi_val = {", "perf_value = {").replace("length = 60", "length = 1000")
        return own.replace("PM_PERF_INDICATOR", "T_PERF_IND")

    path = own_mapping(tmp_path, change)
    done = mof.export([text(indicator(value="9" * 61))], tmp_path / "out.csv", path, NOW)
    assert done.problems == ()
    assert table(tmp_path / "out.T_PERF_IND.csv")[0]["perf_value"] == "9" * 61
    assert mof.load(tmp_path / "out.csv", path).texts[0].projects[0].indicators


def test_indicators_of_the_whole_period_need_a_field_that_tells_them_apart(tmp_path):
    one = text(whole_period_indicators=(indicator("三年合格率"),))
    done = mof.export([one], tmp_path / "out.csv", now=NOW)
    assert done.rows["PM_PERF_INDICATOR"] == 1
    assert "实施期指标" in done.problems[0].message
    flag = 'yearflag = { title = "标识", from = "period", codes = { whole = "1", annual = "0" } }\n'
    path = own_mapping(tmp_path, lambda own: own.replace("kpi_id =", f"{flag}kpi_id =", 1))
    done = mof.export([one], tmp_path / "out.csv", path, NOW)
    assert (done.rows["PM_PERF_INDICATOR"], done.problems) == (2, ())
    assert mof.load(tmp_path / "out.csv", path).texts[0].projects == one.projects


def test_what_only_the_system_knows_is_kept(tmp_path):
    mof.export([text()], tmp_path / "out.csv", now=NOW)
    path = tmp_path / "out.PM_PERF_INDICATOR.csv"
    (row,) = table(path)
    row |= {"kpi_id": "ABC123", "version": "v2", "lv1_perf_ind_code": "11", "biz_key": "77"}
    with path.open("w", encoding="gb18030", newline="") as stream:
        writer = csv.DictWriter(stream, [name.upper() for name in row])
        writer.writeheader()
        writer.writerow({name.upper(): value for name, value in row.items()})
    again = mof.load(tmp_path / "out.csv")
    assert [problem.column for problem in again.problems] == ["BIZ_KEY"]
    (got,) = again.texts[0].projects[0].indicators
    assert got.extra == {
        "指标标识": "ABC123",
        "版本号": "v2",
        "一级指标代码": "11",
        "BIZ_KEY": "77",
    }
    mof.export(again.texts, tmp_path / "two.csv", now=NOW)
    (row,) = table(tmp_path / "two.PM_PERF_INDICATOR.csv")
    assert (row["kpi_id"], row["version"], row["lv1_perf_ind_code"]) == ("ABC123", "v2", "11")


def test_deleted_rows_and_second_versions_are_told(tmp_path):
    mof.export([text(), text()], tmp_path / "out.csv", now=NOW)
    path = tmp_path / "out.PM_PERF_INDICATOR.csv"
    data = path.read_text("utf-8-sig").splitlines()
    data[2] = data[2].replace(",2,13073024P", ",1,13073024P")
    path.write_text("\n".join(data), "utf-8")
    again = mof.load(tmp_path / "out.csv")
    assert [(problem.file, problem.row) for problem in again.problems] == [
        ("out.PM_PERF_GOAL_INFO.csv", 3),
        ("out.PM_PERF_INDICATOR.csv", 3),
    ]
    assert len(again.texts[0].projects[0].indicators) == 1


def test_departments_are_texts_of_their_own(tmp_path):
    other = msgspec.structs.replace(
        text(), unit=BudgetUnit("100", "另一局"), projects=(), overall="目标"
    )
    mof.export([text(), other], tmp_path / "out.csv", now=NOW)
    assert [(each.unit.code, each.source) for each in mof.load(tmp_path / "out.csv").texts] == [
        ("976001", "out.csv#130730/2024/976001"),
        ("100", "out.csv#130730/2024/100"),
    ]


def test_rows_that_say_nothing_clear_are_told_at_once(tmp_path):
    mof.export([text()], tmp_path / "out.csv", now=NOW)
    path = tmp_path / "out.PM_PERF_GOAL_INFO.csv"
    head, *_ = path.read_text("utf-8-sig").splitlines()
    path.write_text(f"{head}\n{','.join(['1'] * 17)},9\n1,2,3\n", "utf-8")
    (tmp_path / "out.PM_PERF_INDICATOR.csv").write_text("kpi_id\n1\n", "utf-8")
    with pytest.raises(ExchangeError) as caught:
        mof.load(tmp_path / "out.csv")
    places = [(each.file, each.row, each.column) for each in caught.value.problems]
    assert ("out.PM_PERF_GOAL_INFO.csv", 2, "yearflag") in places
    assert ("out.PM_PERF_GOAL_INFO.csv", 3, "") in places
    assert ("out.PM_PERF_INDICATOR.csv", 1, "lv1_perf_ind_name") in places


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda own: own + "\n[[", "不是正确的 TOML"),
        (lambda own: own.replace('from = "value"', 'from = "worth"', 1), "worth"),
        (lambda own: own.replace("length =", "lenght =", 1), "lenght"),
        (lambda own: own.replace('whole = "1", ', "", 1), "annual、whole"),
        (lambda own: own.replace('{ yes = "1", no = "2" }', '{ yes = "1", no = "1" }', 1), "相同"),
        (
            lambda own: own.replace('holds = "project_goals"', 'holds = "project_indicators"'),
            "两个表",
        ),
        (lambda own: own.replace("[tables.BGT_PERF_INDICATOR", '[tables."../x"'), "不能用作文件名"),
        (lambda own: "tables = {}", "没有写任何表"),
    ],
)
def test_a_mapping_that_is_none_is_told(tmp_path, change, words):
    path = own_mapping(tmp_path, change)
    with pytest.raises(ExchangeError, match=words) as caught:
        mof.export([text()], tmp_path / "out.csv", path)
    assert "本局.toml" in str(caught.value)


def test_the_mapping_says_what_each_length_rests_on():
    own = (resources.files("jixiao.exchange") / "data" / "mof.toml").read_text("utf-8")
    given = tomllib.loads(own)["tables"]["PM_PERF_INDICATOR"]["fields"]
    lengths = {name: about.get("length") for name, about in given.items()}
    assert lengths["pro_code"] == 21 and lengths["pro_name"] == 180
    assert lengths["kpi_content"] == 2000 and lengths["lv1_perf_ind_code"] == 20


@pytest.mark.parametrize("name", ["out.docx", "out", "out.xls"])
def test_other_files_are_refused(tmp_path, name):
    with pytest.raises(ExchangeError):
        mof.export([text()], tmp_path / name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("data", [b"", b"junk", b"PK\x03\x04" + b"0" * 100])
def test_a_workbook_that_is_none_is_told(tmp_path, data):
    (tmp_path / "out.xlsx").write_bytes(data)
    with pytest.raises(ExchangeError, match=r"out\.xlsx"):
        mof.load(tmp_path / "out.xlsx")


def test_a_zip_bomb_is_not_opened(tmp_path):
    mof.export([text()], tmp_path / "out.xlsx")
    with zipfile.ZipFile(tmp_path / "out.xlsx", "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/sharedStrings.xml", b" " * 30_000_000)
    with pytest.raises(ExchangeError, match="压缩炸弹"):
        mof.load(tmp_path / "out.xlsx")


def test_what_is_not_there_is_told(tmp_path):
    for name in ("none.xlsx", "none.csv", "none"):
        with pytest.raises(ExchangeError):
            mof.load(tmp_path / name)


def test_a_cell_that_a_workbook_cannot_hold_is_refused(tmp_path):
    with pytest.raises(ExchangeError, match="CSV"):
        mof.export([text(indicator(remark="长" * 40_000))], tmp_path / "out.xlsx")
    assert list(tmp_path.iterdir()) == []


def test_full_tables_go_out(target):
    assert mof.export([large_text()], target, now=NOW).rows["PM_PERF_INDICATOR"] == 120
