"""``jixiao fix``: a copy with the faults of writing put right, and the file itself as it was."""

from __future__ import annotations

import os
import re
import shutil
import zipfile

import pytest

from cli.command import OTHER, SAMPLES, jixiao
from jixiao.check import Checker, load_profile
from jixiao.cli import main
from jixiao.read import read_bytes

FAULTY = SAMPLES / "huailai-resettlement-2024.docx"
TRACES = re.compile(r"Traceback|Error\b")


def codes(data: bytes) -> set[str]:
    found = Checker(load_profile("base"), select=["Q11", "W"]).check(read_bytes(data, "文本"))
    return {finding.code for finding in found}


def test_a_copy_is_put_right_and_the_file_stays(tmp_path):
    before = FAULTY.read_bytes()
    out = tmp_path / "更正.docx"
    code, shown, said = jixiao("fix", FAULTY, "--out", out)
    assert (code, shown) == (0, "")
    assert re.fullmatch(r"更正了 \d+ 处（Q11 \d+ 处、W03 \d+ 处）。\n", said)
    assert codes(before) == {"Q11", "W03"}
    assert codes(out.read_bytes()) == set()
    assert FAULTY.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["更正.docx"]


def test_the_difference_is_shown_and_nothing_written(tmp_path):
    out = tmp_path / "更正.docx"
    for arguments in ((), ("--out", out)):
        code, shown, said = jixiao("fix", FAULTY, "--diff", *arguments)
        assert code == 0
        assert "- 怀财字[2024]7号  经费\n+ 怀财字[2024]7号经费\n" in shown
        assert re.search(r"^@@ 项目1 指标\d+ 指标值（第\d+个表第\d+行第5列） Q11$", shown, re.M)
        assert "没有写文件" in said
    assert list(tmp_path.iterdir()) == []


def test_only_some_rules(tmp_path, capfd):
    out = tmp_path / "更正.docx"
    assert main(("fix", str(FAULTY), "--out", str(out), "--select", "W")) == 0
    assert codes(out.read_bytes()) == {"Q11"}
    assert "Q11" not in capfd.readouterr().err
    assert main(("fix", str(FAULTY), "--diff", "--select", "q11，W01")) == 0
    assert "号经费" not in capfd.readouterr().out


def test_a_file_with_nothing_to_put_right_is_copied_as_it_is(tmp_path, capfd):
    once, twice = tmp_path / "一.docx", tmp_path / "二.docx"
    assert main(("fix", str(FAULTY), "--out", str(once))) == 0
    assert main(("fix", str(once), "--out", str(twice))) == 0
    assert twice.read_bytes() == once.read_bytes()
    assert "没有能自动更正的地方，原样写出。" in capfd.readouterr().err
    assert main(("fix", str(once), "--diff")) == 0
    assert capfd.readouterr().out == ""


def test_the_file_itself_is_never_written_over(tmp_path, capfd):
    path = tmp_path / "文本.docx"
    shutil.copy(FAULTY, path)
    link, hard = tmp_path / "链接.docx", tmp_path / "同一个.docx"
    link.symlink_to(path)
    os.link(path, hard)
    for out in (path, link, hard, tmp_path / "." / "文本.docx"):
        assert main(("fix", str(path), "--out", str(out))) == 2
        assert "就是要读的文件" in capfd.readouterr().err
    assert path.read_bytes() == FAULTY.read_bytes()


@pytest.mark.libreoffice
@pytest.mark.parametrize("suffix", ["doc", "odt", "rtf"])
def test_other_word_files_are_put_right_in_a_docx(tmp_path, suffix):
    out = tmp_path / "更正.docx"
    path = FAULTY.with_suffix(f".{suffix}")
    before = path.read_bytes()
    assert jixiao("fix", path, "--out", out).code == 0
    assert codes(out.read_bytes()) == set()
    assert path.read_bytes() == before


def test_wrong_commands_and_files_get_one_chinese_sentence(tmp_path, capfd):
    out = tmp_path / "更正.docx"
    damaged, empty = tmp_path / "坏的.docx", tmp_path / "空的.docx"
    damaged.write_bytes(FAULTY.read_bytes()[:5000])
    empty.touch()
    wrong = {
        "请用 --out 指定": (FAULTY,),
        "不能自动更正。能自动更正的有 C12、Q11、W01、W02、W03": (FAULTY, "--diff", "--select", "Q01"),
        "这是 txt 文件，只有 Word 文档": (FAULTY.with_suffix(".txt"), "--out", out),
        "这是 html 文件，只有 Word 文档": (FAULTY.with_suffix(".html"), "--diff"),
        "没有.docx：文件不存在": (tmp_path / "没有.docx", "--out", out),
        "坏的.docx：": (damaged, "--out", out),
        "空的.docx：": (empty, "--out", out),
        "是文件夹": (SAMPLES, "--out", out),
        "不是普通文件": ("/dev/null", "--out", out),
        "不存在": (FAULTY, "--out", tmp_path / "没有的" / "更正.docx"),
        "缺少 文件": (),
    }  # fmt: skip
    for sentence, arguments in wrong.items():
        assert main(("fix", *map(str, arguments))) == 2
        shown, said = capfd.readouterr()
        assert sentence in said
        assert said.count("\n") == 1
        assert not TRACES.search(said)
        assert shown == ""
    assert not out.exists()


def test_a_file_with_macros_keeps_its_ending(tmp_path):
    macros = tmp_path / "宏.docm"
    with zipfile.ZipFile(OTHER) as old, zipfile.ZipFile(macros, "w") as new:
        for name in old.namelist():
            new.writestr(
                name,
                old.read(name).replace(
                    b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main",
                    b"application/vnd.ms-word.document.macroEnabled.main",
                ),
            )
    for command in (("fix",), ("check", "--format", "docx", "--fail-on", "never")):
        ran = jixiao(*command, macros, "--out", tmp_path / "改.docx")
        assert ran.code == 2
        assert ".docm 结尾" in ran.err
        assert not (tmp_path / "改.docx").exists()
        assert jixiao(*command, macros, "--out", tmp_path / "改.docm").code == 0
        ran = jixiao(*command, OTHER, "--out", tmp_path / "改.docm")
        assert ran.code == 2
        assert ".docx 结尾" in ran.err
