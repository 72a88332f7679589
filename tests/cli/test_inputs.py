"""Files and folders: what is read, what is left out, and what is named as unreadable."""

from __future__ import annotations

import json
import os
import shutil

import pytest

from cli.command import GOOD, OTHER, jixiao
from jixiao.cli import main
from jixiao.cli.chinese import CommandError
from jixiao.cli.inputs import find


@pytest.fixture
def folder(tmp_path):
    """A folder as offices have them."""
    made = tmp_path / "绩效 文本"
    (made / "二级").mkdir(parents=True)
    shutil.copy(GOOD, made / "乙.txt")
    shutil.copy(OTHER, made / "甲.DOCX")
    shutil.copy(GOOD, made / "二级" / "丙.txt")
    for left_out in ("~$甲.docx", ".隐藏.txt", ".~lock.甲.docx#", "照片.jpg", "说明.md"):
        (made / left_out).write_text("不读", encoding="utf-8")
    (made / ".svn").mkdir()
    shutil.copy(GOOD, made / ".svn" / "旧.txt")
    return made


def test_a_folder_is_walked_by_name_without_hidden_and_lock_files(folder, monkeypatch):
    monkeypatch.chdir(folder.parent)
    found = find(["绩效 文本"])
    assert [str(path) for path in found.paths] == [
        "绩效 文本/乙.txt",
        "绩效 文本/二级/丙.txt",
        "绩效 文本/甲.DOCX",
    ]
    assert found.unreadable == []


def test_sources_are_the_paths_as_given(folder):
    ran = jixiao("read", "绩效 文本", "--format", "json", folder=folder.parent)
    assert ran.code == 0
    assert [text["source"] for text in json.loads(ran.out)["texts"]] == [
        "绩效 文本/乙.txt",
        "绩效 文本/二级/丙.txt",
        "绩效 文本/甲.DOCX",
    ]


def test_a_file_named_twice_is_read_once(folder):
    found = find([str(folder / "乙.txt"), str(folder)])
    assert [path.name for path in found.paths] == ["乙.txt", "丙.txt", "甲.DOCX"]


def test_a_hidden_file_that_is_named_is_read(folder):
    assert [path.name for path in find([str(folder / ".隐藏.txt")]).paths] == [".隐藏.txt"]


def test_links_that_go_in_circles_end(folder):
    (folder / "二级" / "回到上面").symlink_to(folder, target_is_directory=True)
    (folder / "断了.docx").symlink_to(folder / "没有.docx")
    names = [path.name for path in find([str(folder)]).paths]
    assert sorted(names) == sorted(["乙.txt", "丙.txt", "断了.docx", "甲.DOCX"])


def test_an_empty_folder_is_told(tmp_path, capfd):
    assert main(("check", str(tmp_path))) == 2
    out, err = capfd.readouterr()
    assert f"{tmp_path} 里没有能读的文件" in err
    assert "docx" in err
    assert out == ""


def test_a_folder_without_permission_is_named_and_the_others_are_read(folder):
    closed = folder / "锁着"
    closed.mkdir()
    shutil.copy(GOOD, closed / "丁.txt")
    closed.chmod(0)
    try:
        ran = jixiao("read", folder, "--format", "json", ordinary=True)
    finally:
        closed.chmod(0o700)
    assert ran.code == 2
    result = json.loads(ran.out)
    assert len(result["texts"]) == 3
    assert [each["file"] for each in result["unreadable"]] == [str(closed)]
    assert "没有权限" in result["unreadable"][0]["message"]
    assert str(closed) in ran.err


def test_a_file_without_permission_is_named(folder):
    closed = folder / "乙.txt"
    closed.chmod(0)
    ran = jixiao("check", closed, ordinary=True)
    assert ran.code == 2
    assert f"{closed}：没有权限" in ran.err


def test_a_pipe_is_no_document(tmp_path):
    os.mkfifo(tmp_path / "管道.txt")
    ran = jixiao("read", tmp_path / "管道.txt", GOOD, "--format", "json")
    assert ran.code == 2
    assert "不是普通文件" in ran.err
    assert len(json.loads(ran.out)["texts"]) == 1


def test_a_pipe_in_a_folder_is_passed_over(folder):
    os.mkfifo(folder / "管道.txt")
    assert "管道.txt" not in [path.name for path in find([str(folder)]).paths]


def test_the_result_of_an_earlier_run_is_no_input(folder):
    out = folder / "结果.txt"
    out.write_text("旧的结果", encoding="utf-8")
    assert out not in find([str(folder)], out).paths


def test_an_input_is_never_written_over(folder):
    with pytest.raises(CommandError, match="就是要读的文件"):
        find([str(folder / "乙.txt")], folder / "二级" / ".." / "乙.txt")


@pytest.mark.parametrize("raw", ["绩效文本".encode("gb18030"), b"\xff\xfe"])
def test_names_in_an_old_encoding_are_shown(tmp_path, raw):
    shutil.copy(GOOD, tmp_path / os.fsdecode(raw + b".txt"))
    ran = jixiao("read", tmp_path, "--format", "json")
    assert ran.code == 0, ran.err
    name = json.loads(ran.out)["texts"][0]["source"]
    assert name.endswith(".txt")
    assert "绩效文本" in name or raw == b"\xff\xfe"


def test_an_empty_name_is_told(capfd):
    assert main(("read", "")) == 2
    assert capfd.readouterr().err == "有一个文件名是空的。请检查命令，写明文件或文件夹。\n"


def test_why_the_system_refuses_is_told_in_chinese(tmp_path, capfd):
    (tmp_path / "圈.docx").symlink_to("圈.docx")
    assert main(("read", str(tmp_path / "圈.docx"), "长" * 300)) == 2
    err = capfd.readouterr().err
    assert "链接指来指去" in err
    assert "文件名太长" in err
