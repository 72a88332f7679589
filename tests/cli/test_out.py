"""``--out``: the whole result or nothing, and nothing before it is known that it can be written."""

from __future__ import annotations

import json
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cli.command import GOOD, OTHER, command, interrupted, jixiao, session, wait_for
from jixiao.cli import main


def left(folder):
    return sorted(path.name for path in folder.iterdir())


def test_the_file_holds_what_the_terminal_would_show(tmp_path):
    out = tmp_path / "结果.json"
    assert jixiao("read", GOOD, "--format", "json", "--out", out) == (0, "", "")
    assert out.read_text("utf-8") == jixiao("read", GOOD, "--format", "json").out
    assert left(tmp_path) == ["结果.json"]


def test_it_may_be_opened_by_whom_a_new_file_may(tmp_path):
    jixiao("read", GOOD, "--out", tmp_path / "new.txt")
    (tmp_path / "plain").touch()
    assert (tmp_path / "new.txt").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_an_old_file_keeps_its_permissions_and_its_link(tmp_path):
    old, link = tmp_path / "old.json", tmp_path / "link.json"
    old.write_text("old")
    old.chmod(0o640)
    link.symlink_to(old)
    assert jixiao("read", GOOD, "--format", "json", "--out", link).code == 0
    assert link.is_symlink()
    assert json.loads(old.read_text("utf-8"))["texts"]
    assert stat.S_IMODE(old.stat().st_mode) == 0o640


def test_with_nothing_readable_no_file_appears_and_an_old_one_stays(tmp_path):
    (tmp_path / "empty.docx").touch()
    ran = jixiao("check", tmp_path / "empty.docx", "--format", "json", "--out", tmp_path / "new")
    assert ran.code == 2
    assert "没有写结果" in ran.err
    assert left(tmp_path) == ["empty.docx"]
    (tmp_path / "old").write_text("old")
    assert jixiao("read", tmp_path / "empty.docx", "--out", tmp_path / "old").code == 2
    assert (tmp_path / "old").read_text() == "old"


def test_what_could_be_read_is_written_whole(tmp_path):
    (tmp_path / "empty.docx").touch()
    out = tmp_path / "out.json"
    assert jixiao("check", tmp_path, GOOD, "--format", "json", "--out", out).code == 2
    result = json.loads(out.read_text("utf-8"))
    assert result["findings"]
    assert len(result["unreadable"]) == 1


def test_findings_in_a_file_still_make_code_1(tmp_path):
    assert jixiao("check", OTHER, "--out", tmp_path / "out.txt").code == 1
    assert "C02" in (tmp_path / "out.txt").read_text("utf-8")


@pytest.mark.parametrize(
    ("out", "said"),
    [("没有/out.json", "不存在"), (".", "是文件夹"), ("", "没有写文件名"), ("x" * 300, "不能用")],
)
def test_a_place_that_cannot_be_written_is_told_in_a_sentence(
    tmp_path, monkeypatch, capfd, out, said
):
    monkeypatch.chdir(tmp_path)
    assert main(("read", str(GOOD), "--out", out)) == 2
    printed, err = capfd.readouterr()
    assert said in err
    assert err.count("\n") == 1
    assert printed == ""
    assert left(tmp_path) == []


def test_a_folder_without_permission_is_told_before_anything_is_read(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    ran = jixiao("read", "no such file", "--out", closed / "out.json", ordinary=True)
    assert ran.code == 2
    assert "没有权限" in ran.err
    assert "no such file" not in ran.err


def test_a_device_is_written_to_and_not_replaced():
    assert jixiao("read", GOOD, "--out", "/dev/null").code == 0
    assert stat.S_ISCHR(Path("/dev/null").stat().st_mode)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
@pytest.mark.parametrize("arguments", [("read", GOOD), ("rules",), ("schema",), ("--help",)])
def test_a_full_disk_behind_the_output_is_told_in_a_sentence(arguments):
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            command(*arguments), stdout=full, stderr=subprocess.PIPE, timeout=60, check=False
        )
    assert done.returncode == 2
    assert done.stderr.decode() == "没有做完：磁盘满了。请检查磁盘空间和权限后再试。\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no full device here")
def test_a_full_device_named_as_output_is_told():
    ran = jixiao("read", GOOD, "--out", "/dev/full")
    assert ran.code == 2
    assert ran.err.startswith("结果写不进 /dev/full：磁盘满了。")


def test_outputs_that_are_closed_get_nothing():
    done = subprocess.run(
        ["/bin/sh", "-c", '"$0" -m jixiao read "$1" nothing >&- 2>&-', sys.executable, GOOD],
        timeout=60,
        check=False,
    )
    assert done.returncode == 2  # for "nothing"; what could be read went nowhere


@pytest.fixture
def texts(tmp_path):
    """A folder that takes a while to read."""
    folder = tmp_path / "texts"
    folder.mkdir()
    for number in range(400):
        shutil.copy(OTHER, folder / f"{number}.docx")
    return folder


WRITE = ("read", "texts", "--format", "json", "--out", "out.json")


@pytest.mark.parametrize(("by", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_ctrl_c_and_sigterm_leave_nothing_behind(tmp_path, texts, by, code):
    def begun(_):
        return any(path.suffix == ".tmp" and path.stat().st_size for path in tmp_path.iterdir())

    ran = interrupted(*WRITE, when=begun, folder=tmp_path, by=by)
    assert ran.code == code
    assert ran.err == ("已中断，没有写完的结果已丢弃。\n" if by is signal.SIGINT else "")
    assert left(tmp_path) == ["texts"]


@pytest.mark.parametrize("processes", [2, 3, 4, 5])
def test_ctrl_c_while_processes_are_started_is_quiet_too(tmp_path, texts, processes):
    ran = interrupted(*WRITE, when=lambda pid: len(session(pid)) >= processes, folder=tmp_path)
    assert (ran.code, ran.err) == (130, "已中断，没有写完的结果已丢弃。\n")
    assert left(tmp_path) == ["texts"]


@pytest.mark.libreoffice
def test_ctrl_c_ends_libreoffice_and_its_files(tmp_path, texts, monkeypatch):
    for number in range(40):
        shutil.copy(OTHER.with_suffix(".rtf"), texts / f"{number}.rtf")
    monkeypatch.setenv("TMPDIR", str(tmp_path))

    def converting(_):
        return any(tmp_path.glob("jixiao-*/*.rtf"))

    ran = interrupted(*WRITE, when=converting, folder=tmp_path)
    assert ran.code == 130
    assert wait_for(lambda: left(tmp_path) == ["texts"]), left(tmp_path)


def test_a_pipe_may_be_named_as_output():
    done = subprocess.run(
        command("read", GOOD, "--format", "json", "--out", "/dev/stdout"),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["texts"]
