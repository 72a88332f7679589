"""``jixiao check`` as a report, ``jixiao review`` and ``jixiao stats``, waivers and profiles."""

from __future__ import annotations

import json
import shutil
import zipfile
from io import BytesIO

import openpyxl
import pytest

from cli.command import GOOD, OTHER, jixiao
from jixiao.check import rules
from jixiao.cli import main


@pytest.mark.parametrize(
    ("kind", "begin"),
    [
        ("html", b"<!doctype html>"),
        ("xlsx", b"PK"),
        ("docx", b"PK"),
        ("sarif", b"{"),
        ("markdown", b"# "),
    ],
)
def test_a_report_is_written_whole(tmp_path, kind, begin):
    out = tmp_path / f"意见.{kind}"
    ran = jixiao("check", OTHER, "--format", kind, "--out", out)
    assert (ran.code, ran.err) == (1, "")
    assert out.read_bytes().startswith(begin)
    assert [path.name for path in tmp_path.iterdir()] == [out.name]


@pytest.mark.parametrize("kind", ["xlsx", "docx"])
def test_what_no_screen_shows_needs_a_file(kind):
    ran = jixiao("check", OTHER, "--format", kind)
    assert ran.code == 2
    assert "--out" in ran.err


def test_comments_go_into_one_file(tmp_path):
    ran = jixiao("check", OTHER, GOOD, "--format", "docx", "--out", tmp_path / "a.docx")
    assert ran.code == 2
    assert "一次指定一个文件" in ran.err
    ran = jixiao("check", GOOD, "--format", "docx", "--out", tmp_path / "a.docx")
    assert ran.code == 2
    assert "Word" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_comments_are_in_the_users_own_file(tmp_path):
    out = tmp_path / "a.docx"
    jixiao("check", OTHER, "--format", "docx", "--out", out, "--select", "F02")
    with zipfile.ZipFile(OTHER) as before, zipfile.ZipFile(out) as after:
        assert "F02" in after.read("word/comments.xml").decode()
        assert after.read("word/styles.xml") == before.read("word/styles.xml")


def test_a_waiver_beside_the_text_is_shown_and_not_counted(tmp_path):
    text = tmp_path / "甲.docx"
    shutil.copy(OTHER, text)
    waivers = tmp_path / "甲.docx.waivers.toml"
    waivers.write_text(
        '[[waivers]]\nrule = "A01"\nproject = "电代煤工程款及前期费"\nreason = "分两年支付"\n'
        'person = "张三"\ndate = 2024-01-15\n',
        "utf-8",
    )
    assert jixiao("check", OTHER, "--select", "A01").code == 1
    ran = jixiao("check", text, "--select", "A01")
    assert ran.code == 0
    assert "已豁免 1 条" in ran.out
    assert "分两年支付（张三，2024-01-15）" in ran.out
    (found,) = json.loads(jixiao("check", text, "--select", "A01", "-f", "json").out)["findings"]
    assert found["waiver"] == {"reason": "分两年支付", "person": "张三", "date": "2024-01-15"}
    waivers.write_text(
        '[[waivers]]\nrule = "A01"\nreason = ""\nperson = "张三"\ndate = 2024-01-15\n', "utf-8"
    )
    ran = jixiao("check", text, "--select", "A01")
    assert ran.code == 2
    assert "没有写理由" in ran.err


def test_an_offices_own_profile_in_the_folder_is_used(tmp_path):
    (tmp_path / "jixiao.toml").write_text('[rules.A01]\nseverity = "W"\n', "utf-8")
    ran = jixiao("check", OTHER, "--select", "A01", folder=tmp_path)
    assert ran.code == 0
    assert "jixiao.toml" in ran.err
    assert "警告 A01" in ran.out
    assert jixiao("check", OTHER, "--select", "A01", "--profile", "base", folder=tmp_path).code == 1


def test_texts_are_held_against_each_other(tmp_path):
    content = GOOD.read_text("utf-8")
    (tmp_path / "今年.txt").write_text(content, "utf-8")
    (tmp_path / "去年.txt").write_text(
        content.replace("2024年", "2023年").replace("13073024", "13073023"), "utf-8"
    )
    ran = jixiao("check", tmp_path, "--select", "A06", "--fail-on", "I")
    assert ran.code == 1
    assert "几份文本放在一起看" in ran.out
    assert "与2023年完全相同" in ran.out
    assert "没有发现问题" not in ran.out.splitlines()[-1].split("（")[0]
    found = json.loads(jixiao("check", tmp_path, "--select", "A06", "-f", "json").out)["findings"]
    assert {one["file"] for one in found} == {str(tmp_path / "今年.txt")}
    assert {one["code"] for one in found} == {"A06"}
    assert all(one["place"] for one in found)


def test_review_proposes_sheets(tmp_path):
    ran = jixiao("review", OTHER)
    assert ran.code == 0
    assert "系统建议，供审核人员参考" in ran.out
    made = json.loads(jixiao("review", OTHER, "--format", "json").out)
    assert made["schema"] == "jixiao/review/1"
    assert len(made["reviews"][0]["projects"]) == 8
    assert jixiao("review", OTHER, "--format", "xlsx").code == 2
    assert jixiao("review", OTHER, "--format", "html").out.startswith("<!doctype html>")
    out = tmp_path / "审核表.xlsx"
    assert jixiao("review", OTHER, "--format", "xlsx", "--out", out).code == 0
    assert out.read_bytes().startswith(b"PK")


def test_stats_count_by_rule_and_unit():
    ran = jixiao("stats", GOOD, OTHER)
    assert ran.code == 0
    assert "2 份文本、12 个项目" in ran.out
    numbers = json.loads(jixiao("stats", GOOD, OTHER, "--format", "json").out)
    assert numbers["texts"] == 2
    assert len(numbers["units"]) == 2


def test_a_file_that_cannot_be_read_is_named_by_all(tmp_path):
    bad = tmp_path / "空.docx"
    bad.touch()
    for command in (("review",), ("stats",), ("check", "--format", "markdown")):
        ran = jixiao(*command, OTHER, bad)
        assert ran.code == 2
        assert ran.out
        assert "文件是空的" in ran.err


def test_a_report_names_the_files_that_were_not_checked(tmp_path):
    bad = tmp_path / "空=1.docx"
    bad.touch()
    for kind in ("markdown", "html"):
        ran = jixiao("check", OTHER, bad, "--format", kind)
        assert "没有审核的文件" in ran.out
        assert "文件是空的" in ran.out
    (run,) = json.loads(jixiao("check", OTHER, bad, "--format", "sarif").out)["runs"]
    (invocation,) = run["invocations"]
    assert not invocation["executionSuccessful"]
    assert "文件是空的" in invocation["toolExecutionNotifications"][0]["message"]["text"]
    out = tmp_path / "意见.xlsx"
    jixiao("check", OTHER, bad, "--format", "xlsx", "--out", out)
    assert openpyxl.load_workbook(out)["没有查完的"]["B2"].value.startswith("文件是空的")
    jixiao("check", OTHER, "--format", "xlsx", "--out", out)
    assert "没有查完的" not in openpyxl.load_workbook(out).sheetnames


def test_a_rule_that_fails_is_named_whatever_is_written(tmp_path, monkeypatch, capfd):
    def fails(*_):
        raise ValueError("坏了")

    monkeypatch.setattr(rules()["F02"], "find", fails)
    out = tmp_path / "out"
    for command in ("check -f html", "check -f xlsx", "check -f docx", "review", "stats"):
        code = main((*command.split(), str(OTHER), "--jobs", "1", "--out", str(out)))
        assert code in (0, 1)
        err = capfd.readouterr().err
        assert err.startswith(f"{OTHER}：规则 F02 内部错误，这一条没有查完：ValueError: 坏了。")
        assert err.count("\n") == 1
        if command == "check -f xlsx":
            assert (
                "F02" in openpyxl.load_workbook(BytesIO(out.read_bytes()))["没有查完的"]["B2"].value
            )
