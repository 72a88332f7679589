"""``jixiao compare``: two files, one answer; 0 the same, 1 different, 2 trouble."""

from __future__ import annotations

import json

import pytest

from cli.command import GOOD, OTHER, SAMPLES, jixiao
from jixiao.cli import main

SAME = SAMPLES / "huailai-resettlement-2024.docx"


def test_one_text_in_two_formats_is_the_same(capfd):
    assert main(["compare", str(GOOD), str(SAME)]) == 0
    out, err = capfd.readouterr()
    assert "没有不同。" in out
    assert err == ""


def test_two_texts_differ(capfd):
    assert main(["compare", str(GOOD), str(OTHER)]) == 1
    assert "项目：新增 8，取消 4，未变 0" in capfd.readouterr().out


def test_only_what_is_said_otherwise(tmp_path, capfd):
    draft = tmp_path / "二稿.txt"
    words = GOOD.read_text("utf-8")
    assert "≥12次" in words
    draft.write_text(words.replace("≥12次", "≥12 次。").replace("100%", "100％"), "utf-8")
    assert main(["compare", str(GOOD), str(draft)]) == 1
    assert "写法不同" in capfd.readouterr().out
    assert main(["compare", str(GOOD), str(draft), "--ignore-wording"]) == 0
    out = capfd.readouterr().out
    assert "没有不同。" in out
    assert "没有列出。" in out


def test_json_is_the_contract(capfd):
    assert main(["compare", str(GOOD), str(OTHER), "--format", "json"]) == 1
    said = json.loads(capfd.readouterr().out)
    assert said["schema"] == "jixiao/comparison/1"
    assert said["totals"]["money"]["difference"] == "-6222.56"
    assert {each["kind"] for each in said["projects"]} == {"added", "dropped"}


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("a.html", b"<!doctype html>"),
        ("a.XLSX", b"PK"),
        ("a.json", b"{"),
        ("a.txt", b"- \xe5\x8e\x9f"),
    ],
)
def test_the_ending_of_the_file_says_the_format(tmp_path, name, begins):
    out = tmp_path / name
    assert main(["compare", str(GOOD), str(SAME), "--out", str(out)]) == 0
    assert out.read_bytes().lstrip().startswith(begins)
    assert [path.name for path in tmp_path.iterdir()] == [name]


def test_the_option_goes_before_the_ending(tmp_path):
    out = tmp_path / "a.html"
    assert main(["compare", str(GOOD), str(SAME), "--out", str(out), "-f", "JSON"]) == 0
    assert out.read_bytes().startswith(b"{")


WRONG = {
    "one file": ((GOOD,), "缺少 现文件"),
    "format": ((GOOD, GOOD, "-f", "pdf"), "--format 不能是“pdf”。可选 text、json、html、xlsx"),
    "workbook on the screen": ((GOOD, GOOD, "-f", "xlsx"), "xlsx 不能显示在屏幕上"),
    "folder": ((SAMPLES, GOOD), "是文件夹，比较一次只能两个文件"),
    "over its own file": ((GOOD, OTHER, "-o", GOOD), "就是要读的文件"),
    "no name": (("", GOOD), "有一个文件名是空的"),
    "device": (("/dev/null", GOOD), "这不是普通文件"),
    "both missing": (("甲.docx", "乙.docx"), "甲.docx：文件不存在。请检查文件名和路径；乙.docx：文件不存在"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_trouble_is_one_sentence_and_code_2(case, capfd):
    arguments, said = WRONG[case]
    assert main(["compare", *map(str, arguments)]) == 2
    out, err = capfd.readouterr()
    assert said in err
    assert out == ""
    assert err.count("\n") == 1


def test_in_a_process_of_its_own():
    ran = jixiao("compare", GOOD, GOOD)
    assert ran.code == 0
    assert ran.err == ""
