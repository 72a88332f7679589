"""A command that is written wrongly gets one Chinese sentence and code 2."""

from __future__ import annotations

import re

import pytest

from cli.command import GOOD, jixiao
from jixiao import __version__
from jixiao.cli import main

ENGLISH = re.compile(
    r"\b(usage|error|options|commands|arguments|traceback|missing|invalid|try)\b", re.I
)

WRONG = {
    "unknown command": (("raed", "x"), "没有命令“raed”。是不是想写 read？"),
    "unknown option": (("read", "--fromat", "json", "x"), "没有选项“--fromat”。是不是想写 --format？"),
    "unknown short option": (("check", "-q", "x"), "没有选项“-q”"),
    "unknown option of the whole": (("--foo",), "没有选项“--foo”"),
    "no file": (("read",), "缺少 文件"),
    "no value": (("check", "x", "--profile"), "选项 --profile 后面缺少值。用法见 jixiao check --help"),
    "a value too many": (("rules", "C02", "C03"), "多写了“C03”"),
    "a flag with a value": (("read", "x", "--blocks=1"), "选项 --blocks 不带值"),
    "format of read": (("read", "x", "--format", "pdf"), "--format 不能是“pdf”。可选 table、json、yaml"),
    "format of check": (("check", "x", "--format", "yaml"), "可选 text、json"),
    "severity": (("check", "x", "--fail-on", "F"), "--fail-on 不能是“F”。可选 E、W、I、never"),
    "jobs": (("read", "x", "--jobs", "many"), "--jobs 不能是“many”"),
    "no jobs": (("read", "x", "--jobs", "0"), "--jobs 不能是“0”"),
    "blocks as data": (("read", "x", "--blocks", "--format", "json"), "--blocks 只能列成表格"),
    "schema": (("schema", "write"), "可选 read、check"),
    "rule": (("rules", "X99"), "没有规则“X99”"),
    "selected rule": (("check", "x", "--select", "X99"), "没有代码为“X99”的规则"),
    "no rule selected": (("check", "x", "--select", "，"), "--select 后面没有写规则代码"),
    "profile": (("check", "x", "--profile", "mars"), "没有名为“mars”的审核口径"),
    "missing file": (("read", "没有.docx"), "没有.docx：文件不存在"),
    "file name with a zero": (("read", "a\0b"), "文件名不对"),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_one_chinese_sentence_and_code_2(case, capfd):
    arguments, said = WRONG[case]
    assert main(arguments) == 2
    out, err = capfd.readouterr()
    assert said in err
    assert out == ""
    assert err.count("\n") == 1
    assert not ENGLISH.search(err), err


def test_the_same_in_a_process_of_its_own():
    ran = jixiao("check", "--proflie", "base", GOOD)
    assert ran == (
        2,
        "",
        "命令 jixiao check 没有选项“--proflie”。是不是想写 --profile？用法见 jixiao check --help。\n",
    )


@pytest.mark.parametrize("arguments", [(), ("--help",), ("read", "--help"), ("check", "--help"), ("rules", "--help"), ("schema", "--help")])  # fmt: skip
def test_help_is_chinese_and_names_every_option(arguments, capfd):
    assert main(arguments) == 0
    out, err = capfd.readouterr()
    assert out.startswith("用法：jixiao")
    assert "选项：" in out
    assert "显示这段说明" in out
    assert err == ""
    assert not ENGLISH.search(out), out


def test_help_of_check_says_what_each_exit_code_means(capfd):
    main(("check", "--help"))
    out = capfd.readouterr().out
    for option in ("--format", "--profile", "--select", "--ignore", "--fail-on", "--out", "--jobs"):
        assert option in out
    assert re.search(r"0  没有.*\n.*1  发现.*\n.*2  有文件读不出来", out)


def test_version(capfd):
    assert main(("--version",)) == 0
    assert capfd.readouterr().out == f"jixiao {__version__}\n"


def test_both_modules_run_the_command_line(tmp_path):
    import subprocess
    import sys

    for module in ("jixiao", "jixiao.cli"):
        done = subprocess.run(
            [sys.executable, "-m", module, "--version"], capture_output=True, text=True, check=True
        )
        assert done.stdout == f"jixiao {__version__}\n"


def test_an_error_that_nobody_foresaw_is_a_sentence_too(monkeypatch, capfd):
    def fall(*_):
        raise KeyError("surprise")

    monkeypatch.setattr("jixiao.cli.inputs.find", fall)
    assert main(("read", str(GOOD))) == 2
    err = capfd.readouterr().err
    assert err.startswith("内部错误（KeyError")
    assert "Traceback" not in err
