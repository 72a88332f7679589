"""On a terminal: colours, a progress bar for several files, and nothing that a text smuggles in."""

from __future__ import annotations

import re
import shutil

import pytest

from cli.command import GOOD, OTHER, jixiao, on_terminal
from jixiao.cli.printable import fold, one_line, printable, width

BAR = "读取文件"
# What jixiao itself sends a terminal: colours, and moving and clearing lines for the bar.
OURS = re.compile(r"\033\[[\d;]*m|\033\[\?25[lh]|\033\[\d*[AK]|\033\[2K")


def test_colours_on_a_terminal_only():
    assert "\033[" in on_terminal("check", OTHER).err
    assert "\033" not in jixiao("check", OTHER).out


def test_no_bar_for_one_file():
    assert BAR not in on_terminal("read", GOOD, out=False).err


def test_a_bar_for_several_files_on_the_error_output():
    ran = on_terminal("read", GOOD, OTHER, "--format", "json", out=False)
    assert BAR in ran.err
    assert "2/2" in ran.err
    assert BAR not in ran.out


def test_no_bar_without_a_terminal():
    assert jixiao("read", GOOD, OTHER, "--format", "json").err == ""


def test_the_bar_makes_way_for_the_text():
    shown = on_terminal("check", GOOD, OTHER).err
    text = OURS.sub("", shown).replace("\r", "")
    assert BAR in text
    for line in text.split("\n"):
        assert not (BAR in line and "项目" in line), line
    assert re.search(r"错误 \d+、警告 \d+、提示 \d+（2 个文件", text)


@pytest.fixture
def hostile(tmp_path):
    """A text, and a file name, that try to take over the terminal."""
    attack = "\033]0;owned\007\033[2J\x9b31m\u202e"
    text = (
        GOOD.read_text("utf-8")
        .replace("日常运行", f"日{attack}常运行")
        .replace("经费", f"经{attack}费")
    )
    path = tmp_path / "x\033[31m\u202ecod.txt"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("command", ["read", "check"])
def test_no_control_character_of_a_text_reaches_a_terminal(hostile, command):
    shown = on_terminal(command, hostile).err
    rest = OURS.sub("", shown).replace("\r\n", "\n")
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", rest), repr(rest)
    assert "owned" not in shown or "\033]" not in shown


@pytest.mark.parametrize("arguments", [("--format", "json"), ("--format", "yaml"), ("--blocks",)])
def test_nor_in_any_other_form(hostile, arguments):
    out = jixiao("read", hostile, *arguments).out
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f]", out)


def test_nor_in_an_error(tmp_path):
    path = tmp_path / "x\033[2J.docx"
    shutil.copy(GOOD, path)
    path.write_bytes(b"")
    shown = on_terminal("read", path, out=False).err
    assert "文件是空的" in shown
    assert "\033" not in shown


def test_lines_fit_the_terminal():
    shown = OURS.sub("", on_terminal("check", OTHER, columns=60).err)
    assert all(width(line.rstrip("\r")) <= 60 for line in shown.split("\n")[2:])


@pytest.mark.parametrize("columns", range(4, 40))
def test_folding_loses_nothing_and_keeps_within_the_width(columns):
    text = "指标值“≥100百分比”不可能达到：比率最高是100%，满意度（含）也一样。JIXIAO-2024"
    lines = fold(text, columns)
    assert "".join(lines) == text
    assert all(width(line) <= columns for line in lines)
    if columns >= 12:
        assert not any(line.startswith(("，", "：", "。", "”", "）")) for line in lines)


def test_printable_keeps_lines_and_words():
    assert printable("甲\n乙\t丙\x1b[0m\x07") == "甲\n乙\t丙[0m"
    assert one_line(" 甲\n 乙\u2066 ") == "甲 乙"
