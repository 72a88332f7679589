"""``jixiao read``: the contract as data, and tables for people."""

from __future__ import annotations

import json
import shutil

import pytest
import yaml

from cli.command import GOOD, OTHER, SAMPLES, command, jixiao
from jixiao.cli import main

BAD = "坏.docx"
FORMATS = ("txt", "docx", "doc", "odt", "rtf", "html", "pdf")


@pytest.fixture
def bad(tmp_path):
    made = tmp_path / BAD
    made.write_bytes(OTHER.read_bytes()[:9000])
    return made


def test_json_is_one_object_of_the_contract():
    result = json.loads(jixiao("read", GOOD, OTHER, "--format", "json").out)
    assert list(result) == ["schema", "texts", "unread", "warnings", "unreadable"]
    assert result["schema"] == "jixiao/reading/1"
    assert [len(text["projects"]) for text in result["texts"]] == [4, 8]
    budget = result["texts"][1]["projects"][0]["budget"]
    assert budget == {"total": "161.93", "fiscal": "161.93", "other": None, "money_unit": "万元"}


def test_yaml_says_the_same_as_json():
    as_json = json.loads(jixiao("read", GOOD, OTHER, "--format", "json").out)
    as_yaml = yaml.safe_load(jixiao("read", GOOD, OTHER, "--format", "yaml").out)
    assert as_yaml == as_json


def test_one_bad_file_stops_no_other_and_is_named_at_the_end(bad):
    ran = jixiao("read", GOOD, bad, OTHER, "--format", "json")
    assert ran.code == 2
    result = json.loads(ran.out)
    assert [text["source"] for text in result["texts"]] == [str(GOOD), str(OTHER)]
    assert [each["file"] for each in result["unreadable"]] == [str(bad)]
    assert ran.err.splitlines() == [f"{bad}：{result['unreadable'][0]['message']}"]


def test_in_yaml_too(bad):
    result = yaml.safe_load(jixiao("read", bad, "--format", "yaml").out)
    assert result["texts"] == []
    assert result["unreadable"][0]["file"] == str(bad)


def test_what_is_unread_stands_in_each_text_and_once_more_with_its_source(tmp_path):
    page = tmp_path / "表.html"
    page.write_text(
        "<meta charset=utf-8><table><tr><td>项目名称<td>道路维修<tr><td>预算数<td>10万元"
        "<tr><td>一级指标<td>二级指标<td>三级指标<td>指标值</table>"
        "<table><tr><td>菜名<td>价格<tr><td>面<td>十元</table>",
        encoding="utf-8",
    )
    result = json.loads(jixiao("read", page, "--format", "json").out)
    (text,) = result["texts"]
    assert text["unread"] or text["warnings"]
    assert result["unread"] == [{**each, "source": str(page)} for each in text["unread"]]
    assert result["warnings"] == [{**each, "source": str(page)} for each in text["warnings"]]


def test_tables_show_all_that_was_read_and_no_colours():
    out = jixiao("read", GOOD).out
    result = json.loads(jixiao("read", GOOD, "--format", "json").out)["texts"][0]
    shown = "".join(out.split())
    assert "\033" not in out
    for project in result["projects"]:
        assert project["code"] in shown
        for goal in project["goals"]:
            assert "".join(goal.split()) in shown
        for indicator in project["indicators"]:
            assert indicator["value"]["text"] in out
    for safeguard in result["safeguards"]:
        assert "".join(safeguard.split()) in shown


@pytest.mark.parametrize("columns", [40, 60, 80, 200])
def test_a_narrow_table_folds_and_cuts_nothing(columns):
    out = jixiao("read", OTHER, COLUMNS=str(columns)).out
    wide = jixiao("read", OTHER, COLUMNS="2000").out
    assert "…" not in out
    letters = sorted(letter for letter in out if letter.isalnum())
    assert letters == sorted(letter for letter in wide if letter.isalnum())


@pytest.mark.parametrize("length", range(28, 44))
def test_a_name_of_any_length_is_shown_whole(tmp_path, length):
    name = f"{'x' * (length - 5)}.docx"
    shutil.copy(OTHER, tmp_path / name)
    out = jixiao("read", name, folder=tmp_path, COLUMNS="40").out
    assert name in "".join(out.split())


def test_blocks_show_every_cell_with_its_place(capfd):
    assert main(("read", str(OTHER), "--blocks")) == 0
    out = capfd.readouterr().out
    assert "第1个表第1行第1列" in out
    assert "合并" in out
    assert "第1段：" in out


def test_many_files_come_in_order_whatever_the_number_of_processes():
    one = jixiao(
        "read", SAMPLES / "sannvhe-2023.txt", GOOD, OTHER, "--format", "json", "--jobs", "1"
    )
    two = jixiao(
        "read", SAMPLES / "sannvhe-2023.txt", GOOD, OTHER, "--format", "json", "--jobs", "2"
    )
    assert one.code == two.code == 0
    assert one.out == two.out


@pytest.mark.libreoffice
def test_samples_of_every_format_in_one_run():
    ran = jixiao("read", SAMPLES, "--format", "json")
    result = json.loads(ran.out)
    assert ran.code == 0, ran.err
    assert [text["source"] for text in result["texts"]] == sorted(
        str(path) for path in SAMPLES.iterdir() if path.suffix[1:] in FORMATS
    )


def test_head_of_the_output_ends_quietly():
    import subprocess

    line = " ".join(f"'{word}'" for word in command("read", OTHER, "--format", "yaml"))
    done = subprocess.run(
        ["bash", "-c", f"{line} | head -n 2"], capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("schema: jixiao/reading/1\ntexts:\n")
    assert done.stderr == ""
