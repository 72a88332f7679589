"""``jixiao check``: exit codes, findings as JSON, and findings for people."""

from __future__ import annotations

import json
import re

import pytest

from cli.command import GOOD, OTHER, SAMPLES, jixiao
from jixiao.cli import main

CODES = {
    "an error found": (("--select", "C02"), 1),
    "no error found": (("--select", "C11"), 0),
    "warnings are no errors": (("--select", "F02"), 0),
    "unless asked": (("--select", "F02", "--fail-on", "W"), 1),
    "errors are worse than warnings": (("--select", "C02", "--fail-on", "W"), 1),
    "warnings are worse than information": (("--select", "F02", "--fail-on", "I"), 1),
    "never": (("--fail-on", "never"), 0),
    "lower case": (("--select", "c02", "--fail-on", "e"), 1),
    "ignored": (("--select", "C", "--ignore", "C02"), 0),
}


@pytest.mark.parametrize("case", CODES)
def test_exit_code(case, capfd):
    options, code = CODES[case]
    assert main(("check", str(OTHER), *options)) == code
    assert capfd.readouterr().err == ""


def test_unreadable_wins_over_findings(tmp_path):
    (tmp_path / "空.docx").touch()
    ran = jixiao("check", OTHER, tmp_path / "空.docx")
    assert ran.code == 2
    assert "C02" in ran.out
    assert f"{tmp_path / '空.docx'}：文件是空的" in ran.err


def test_json_is_one_object_of_the_contract(tmp_path):
    (tmp_path / "空.docx").touch()
    ran = jixiao("check", OTHER, tmp_path / "空.docx", "--format", "json", "--select", "C02")
    result = json.loads(ran.out)
    assert list(result) == ["schema", "findings", "unreadable"]
    assert result["schema"] == "jixiao/findings/1"
    assert result["unreadable"][0]["file"] == str(tmp_path / "空.docx")
    first = result["findings"][0]
    assert list(first)[:11] == [
        "file", "project", "indicator", "field", "code", "severity", "message", "evidence",
        "suggestion", "policy", "place",
    ]  # fmt: skip
    assert (first["file"], first["project"], first["code"]) == (str(OTHER), 0, "C02")


def test_select_takes_codes_with_any_comma_and_many_times():
    found = {
        tuple(options): {
            each["code"]
            for each in json.loads(jixiao("check", SAMPLES / "sannvhe-2023.txt", GOOD, "--format", "json", *options).out)["findings"]
        }
        for options in (["--select", "C02,F02"], ["--select", "C02，F02"], ["--select", "C02", "--select", "F02"])
    }  # fmt: skip
    assert list(found.values()) == [{"C02", "F02"}] * 3


def test_people_see_file_project_place_and_advice():
    out = jixiao("check", OTHER).out
    assert out.startswith(f"{OTHER}\n高新区三女河办事处　2023 年　8 个项目\n")
    assert "项目 1　村干部工资、保险和聘用人员工资\n  错误 C02 " in out
    assert "第1个表第1行第2列" in out
    assert "→ 填写预算管理系统生成的项目编码" in out
    assert re.search(r"\n错误 \d+、警告 \d+、提示 \d+（1 个文件、8 个项目）\n$", out)
    assert "\033" not in out


def test_the_total_counts_what_json_lists():
    found = json.loads(jixiao("check", GOOD, OTHER, "--format", "json").out)["findings"]
    counts = [sum(each["severity"] == severity for each in found) for severity in "EWI"]
    last = jixiao("check", GOOD, OTHER).out.splitlines()[-1]
    assert last.startswith("错误 {}、警告 {}、提示 {}（2 个文件、12 个项目".format(*counts))


def test_worst_first_and_the_same_said_once():
    lines = jixiao("check", GOOD).out.splitlines()
    first = next(number for number, line in enumerate(lines) if line.startswith("项目 1　"))
    project = lines[first + 1 : lines.index("", first)]
    severities = [line[2:4] for line in project if line[2:4] in ("错误", "警告", "提示")]
    assert severities == sorted(severities, key=["错误", "警告", "提示"].index)
    said = [line.strip() for line in project if not line.strip().startswith(("→", "在", "共"))]
    assert len(said) == len(set(said))
    assert any(re.search(r"共 \d+ 处：指标 \d+“", line) for line in project)


def test_nothing_wrong_is_said_in_a_line():
    ran = jixiao("check", OTHER, "--select", "C11")
    assert ran == (0, "没有发现问题（1 个文件、8 个项目）\n", "")


def test_clean_files_are_counted_and_not_listed():
    out = jixiao("check", OTHER, GOOD, "--select", "C02").out
    assert str(GOOD) not in out
    assert "其中 1 个文件没有发现问题" in out


def test_a_profile_of_ones_own(tmp_path):
    own = tmp_path / "本县.toml"
    own.write_text('extends = "base"\n[rules.C02]\nseverity = "W"\n', encoding="utf-8")
    assert jixiao("check", OTHER, "--select", "C02", "--profile", own).code == 0


def test_a_profile_that_is_wrong_is_told_before_anything_is_read(tmp_path):
    own = tmp_path / "坏.toml"
    own.write_text("[rules", encoding="utf-8")
    ran = jixiao("check", "no such file", "--profile", own)
    assert ran.code == 2
    assert "不是正确的 TOML" in ran.err
    assert "no such file" not in ran.err
