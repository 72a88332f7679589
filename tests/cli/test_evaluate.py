"""A year from the command line: targets, monitoring in June and October, evaluation, re-check."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from cli.command import GOOD, OTHER, jixiao
from jixiao.cli.evaluating_inputs import together
from jixiao.model.reports import ProjectReport, Reports

_SPENT = {6: "0.40", 10: "0.82", None: "0.95"}


def _share(amount: str, share: str) -> str:
    from decimal import Decimal

    return str((Decimal(amount) * Decimal(share)).quantize(Decimal("0.01")))


def _reached(target: str) -> str:
    return target.lstrip("≥≤=")


def _fill_csv(path: Path, month: int | None) -> None:
    """Fill a table of actuals as a unit does: money spent, values reached."""
    rows = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"))))
    spent = f"1—{month}月执行数" if month else "全年执行数"
    actual = f"1—{month}月完成情况" if month else "实际完成值"
    for row in rows:
        if row["类别"] == "项目":
            row[spent] = _share(row["年初预算数"], _SPENT[month])
            row["目标完成情况"] = "按计划办理移民服务12次，补贴67333人。"
        else:
            row[actual] = "11次" if row["年度指标值"] == "≥12次" else _reached(row["年度指标值"])
            if month:
                row["全年预计完成情况"] = _reached(row["年度指标值"])
                row["完成目标可能性"] = "确定能"
            row["佐证资料"] = "验收单、发放花名册、满意度问卷120份（2024年11月）"
    _write_csv(path, rows)


def _write_csv(path: Path, rows: list[dict[str, str]]) -> None:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    path.write_text(out.getvalue(), encoding="utf-8-sig")


def test_a_year(tmp_path: Path) -> None:
    for month in (6, 10):
        table = tmp_path / f"监控{month}.csv"
        made = jixiao("monitor", GOOD, "--month", str(month), "--template", table)
        assert made.code == 0, made.err
        _fill_csv(table, month)
        told = jixiao("monitor", GOOD, table)
        assert told.code == 0, told.err
        assert f"截至 {month} 月底" in told.out
        assert "共监控项目4个" in told.out
        form = tmp_path / f"监控表{month}.docx"
        assert jixiao("monitor", GOOD, table, "--out", form).code == 0
        # The form goes in where the table did, and says the same.
        again = jixiao("monitor", GOOD, form)
        assert again.out.split("填报内容的审核意见")[0] == told.out.split("填报内容的审核意见")[0]

    table = tmp_path / "自评.csv"
    assert jixiao("evaluate", GOOD, "--template", table).code == 0
    _fill_csv(table, None)
    told = jixiao("evaluate", GOOD, table, "--explain")
    assert told.code == 0, told.err
    assert "系统测算，供单位和财政部门确认。口径：base" in told.out
    assert "算式 10 × 76 ÷ 80 = 9.5" in told.out
    assert "11.46 / 12.5　服务移民次数　≥12次 → 11次" in told.out

    result = tmp_path / "自评.json"
    assert jixiao("evaluate", GOOD, table, "--out", result).code == 0
    data = json.loads(result.read_text(encoding="utf-8"))
    assert data["schema"] == "jixiao/evaluation/1"
    assert [one["grade"] for one in data["evaluation"]["projects"]] == ["优"] * 4
    assert data["evaluation"]["projects"][0]["execution"]["score"] == "9.50"

    drawn = [jixiao("recheck", result, "--seed", "2026") for _ in range(2)]
    assert drawn[0].code == 0, drawn[0].err
    assert drawn[0].out == drawn[1].out
    sheet = tmp_path / "复核评分表.xlsx"
    assert jixiao("recheck", result, "--seed", "2026", "--template", sheet).code == 0
    heads = [cell.value for cell in openpyxl.load_workbook(sheet).active[2]]
    assert {"自评得分", "复核得分", "差异原因"} <= set(heads)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Tables as units hand them back, one not filled in, and an evaluation."""
    folder = tmp_path_factory.mktemp("filled")
    monitor, evaluate, blank = (folder / f"{name}.csv" for name in ("monitor", "evaluate", "blank"))
    jixiao("monitor", GOOD, "--month", "6", "--template", monitor)
    jixiao("evaluate", GOOD, "--template", blank)
    evaluate.write_bytes(blank.read_bytes())
    _fill_csv(monitor, 6)
    _fill_csv(evaluate, None)
    result = folder / "evaluation.json"
    jixiao("evaluate", GOOD, evaluate, "--out", result)
    return {"monitor": monitor, "evaluate": evaluate, "blank": blank, "recheck": result}


@pytest.mark.parametrize("ending", ["docx", "xlsx", "pdf"])
@pytest.mark.parametrize("command", ["monitor", "evaluate", "recheck"])
def test_each_result_in_each_format(
    tmp_path: Path, filled: dict[str, Path], command: str, ending: str
) -> None:
    out = tmp_path / f"结果.{ending}"
    given = (filled[command], "--seed", "1") if command == "recheck" else (GOOD, filled[command])
    done = jixiao(command, *given, "--out", out)
    assert done.code == 0, done.err
    assert out.read_bytes().startswith(b"%PDF" if ending == "pdf" else b"PK")


def _arguments(table: Path) -> dict[str, tuple[Callable[[], tuple[object, ...]], str]]:
    return {
        "nothing filled in": (lambda: ("evaluate", GOOD), "没有写填报内容"),
        "no month": (lambda: ("monitor", GOOD, "--template", table), "没有写填到几月底"),
        "a month that is none": (lambda: ("monitor", GOOD, table, "-m", "13"), "请写 1 到 12"),
        "a form that is none": (lambda: ("evaluate", GOOD, table, "-f", "doc"), "可选 text"),
        "to the screen": (lambda: ("evaluate", GOOD, table, "-f", "docx"), "不能显示在屏幕上"),
        "another unit's": (lambda: ("evaluate", OTHER, table), "一个也对不上"),
        "a text of targets": (lambda: ("evaluate", GOOD, GOOD), "是绩效目标"),
        "of the year": (lambda: ("monitor", GOOD, table), "没有写截至几月"),
        "a share that is none": (lambda: ("recheck", table, "--share", "0"), "--share 不能是"),
        "no such profile": (lambda: ("evaluate", GOOD, table, "-p", "没有"), "没有"),
    }


@pytest.mark.parametrize("what", list(_arguments(Path())))
def test_what_is_wrong_is_told(filled: dict[str, Path], what: str) -> None:
    arguments, told = _arguments(filled["blank"])[what]
    done = jixiao(*map(str, arguments()))
    assert done.code == 2
    assert told in done.err
    assert "Traceback" not in done.err


def test_faulty_rows_are_told_all_at_once_with_the_file(
    tmp_path: Path, filled: dict[str, Path]
) -> None:
    table = tmp_path / "自评.csv"
    rows = list(csv.DictReader(io.StringIO(filled["blank"].read_text(encoding="utf-8-sig"))))
    rows[0]["全年执行数"] = "约80万"
    rows[-1]["偏差原因"] = "下雨"
    _write_csv(table, rows)
    done = jixiao("evaluate", GOOD, table)
    assert done.code == 2
    assert "自评.csv：填报的内容有 2 处不对" in done.err
    assert "第2行" in done.err
    assert f"第{len(rows) + 1}行" in done.err


def test_errors_in_what_is_reported_end_with_1(tmp_path: Path, filled: dict[str, Path]) -> None:
    table = tmp_path / "自评.csv"
    rows = list(csv.DictReader(io.StringIO(filled["evaluate"].read_text(encoding="utf-8-sig"))))
    rows[0]["全年执行数"] = "8000"
    _write_csv(table, rows)
    done = jixiao("evaluate", GOOD, table)
    assert done.code == 1, done.out + done.err
    assert "填报内容的审核意见" in done.out
    assert "错误 S" in done.out


def test_new_scores_are_compared_with_the_units_own(
    tmp_path: Path, filled: dict[str, Path]
) -> None:
    table = tmp_path / "复核.csv"
    drawn = ("recheck", filled["recheck"], "--seed", "2026")
    jixiao(*drawn, "--template", table)
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    for row in rows:
        row["复核得分"] = "" if row["评分项目"] == "总分" else row["自评得分"]
    rows[0]["复核得分"], rows[0]["差异原因"] = "1", "支付凭证与执行数不符"
    _write_csv(table, rows)
    done = jixiao(*drawn, "--filled", table)
    assert done.code == 0, done.err
    assert "复核完 2 个" in done.out
    assert "低于自评 1 个" in done.out

    rows[0]["复核得分"] = "不认可"
    _write_csv(table, rows)
    done = jixiao(*drawn, "--filled", table)
    assert done.code == 2
    assert "“不认可”不是分数" in done.err
    assert jixiao("recheck", filled["recheck"], "--filled", table).code == 2


def test_the_offices_own_rules_audit_what_is_reported(
    tmp_path: Path, filled: dict[str, Path]
) -> None:
    made = jixiao("evaluate", GOOD, filled["evaluate"], "--format", "json")
    codes = {one["code"] for one in json.loads(made.out)["findings"]}
    assert codes
    off = "".join(f"[rules.{code}]\nenabled = false\n" for code in sorted(codes))
    (tmp_path / "jixiao.toml").write_text(off, encoding="utf-8")
    own = jixiao("evaluate", GOOD, filled["evaluate"], "--format", "json", folder=tmp_path)
    assert json.loads(own.out)["findings"] == []
    assert "jixiao.toml" in own.err


_SELF = (
    "项目序号,预算单位,项目编码,项目名称,金额单位,全年预算数,全年执行数,指标序号,一级指标,二级指标,"
    "三级指标,年度指标值,实际完成值\n"
)


def _reported(*projects: tuple[str, str, str]) -> str:
    rows = (
        f"{at},东河局,{code},{name},万元,100,{spent},1,产出指标,数量指标,里程,≥10公里,10公里\n"
        for at, (code, name, spent) in enumerate(projects, 1)
    )
    return _SELF + "".join(rows)


def test_each_line_of_the_re_check_is_of_its_own_project(tmp_path: Path) -> None:
    """One name begins another, and two projects are alike but for their scores."""
    table = tmp_path / "自评.csv"
    some = (("无", "修路", "50"), ("无", "修路二期", "60"), ("无", "修路", "70"))
    table.write_text(_reported(*some), encoding="utf-8")
    again = tmp_path / "另一份.csv"
    again.write_text(_reported(("无", "修路", "90")), encoding="utf-8")
    ran = jixiao("recheck", table, again, "--seed", "1", "--share", "100", "--format", "json")
    assert ran.code == 0, ran.err
    result = json.loads(ran.out)
    totals = {one["project"]["key"]: one["project"]["total"] for one in result["draw"]["drawn"]}
    told = {one["key"]: one["original"] for one in result["rows"] if one["item"] == "总分"}
    assert len(totals) == len(result["draw"]["drawn"])
    assert told == totals


def test_what_lies_beside_json_is_told(tmp_path: Path, filled: dict[str, Path]) -> None:
    folder = tmp_path / "结果"
    folder.mkdir()
    (folder / "自评.json").write_bytes(filled["recheck"].read_bytes())
    (folder / "自评.xlsx").write_bytes(b"")
    ran = jixiao("recheck", folder, "--seed", "1")
    assert ran.code == 0, ran.err
    assert "另有 1 个别的文件没有读" in ran.err


def test_two_files_of_the_department_as_a_whole_are_told() -> None:
    whole = [
        Reports(source=name, department=ProjectReport(name="部门整体支出", score=score))
        for name, score in (("甲.xlsx", "90"), ("乙.xlsx", "80"))
    ]
    found = together(whole)
    assert found.department == whole[0].department
    (warning,) = found.warnings
    assert "乙.xlsx 的没有读" in warning.message


def test_of_several_files_each_finding_names_its_own(tmp_path: Path) -> None:
    head = "项目序号,项目编码,项目名称,金额单位,全年预算数,全年执行数\n"
    (tmp_path / "甲.csv").write_text(head + "1,13073024P000433100036,经费,万元,80,78\n")
    (tmp_path / "乙.csv").write_text(
        head + "1,13073024P00043410009H,业务费,万元,60.34,99\n", encoding="utf-8"
    )
    given = ("evaluate", GOOD, tmp_path / "甲.csv", tmp_path / "乙.csv")
    ran = jixiao(*given, folder=tmp_path)
    assert ran.code == 1
    assert "业务费（" in ran.out.split("审核意见")[1]
    assert "乙.csv）" in ran.out.split("审核意见")[1]
    ran = jixiao(*given, "--out", "自评.docx", folder=tmp_path)
    (line,) = [each for each in ran.err.splitlines() if "S12" in each]
    assert "乙.csv 第1个表第2行" in line
