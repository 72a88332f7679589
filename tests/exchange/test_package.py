"""A data package is one that other programs take, and holds every text."""

from __future__ import annotations

import json
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jixiao.exchange.package import write_package
from jixiao.exchange.problems import ExchangeError
from jixiao.exchange.tables import tables
from jixiao.exchange.tidy import read_tables
from jixiao.model import Indicator, PerformanceText, Project
from jixiao.read import read
from model.texts import AWKWARD, large_text, texts

SAMPLES = Path(__file__).parents[2] / "samples"


def found_wrong(package):
    from frictionless import Package

    report = Package(str(package)).validate()
    return [error.message for task in report.tasks for error in task.errors] + [
        error.message for error in report.errors
    ]


@pytest.fixture
def folder(tmp_path):
    awkward = PerformanceText(
        source="刁钻的.docx",
        projects=tuple(
            Project(name=text, indicators=(Indicator(name=text, extra={"备注": text}),))
            for text in AWKWARD
        ),
    )
    target = tmp_path / "package"
    write_package([read(SAMPLES / "sannvhe-2023.docx"), large_text(), awkward], target)
    return target


def test_frictionless_finds_nothing_wrong(folder):
    assert found_wrong(folder / "datapackage.json") == []


def test_frictionless_reads_the_keys(folder):
    """That it finds nothing is worth something only if it finds what is wrong."""
    path = folder / "data" / "goals.csv"
    data = path.read_text("utf-8-sig")
    path.write_text(data + "没有的项目,annual,1,x\r\n", "utf-8-sig")
    assert any("没有的项目" in message for message in found_wrong(folder / "datapackage.json"))


def test_every_column_is_described_in_chinese(folder):
    described = json.loads((folder / "datapackage.json").read_text("utf-8"))
    assert [each["name"] for each in described["resources"]] == [
        name for name, table in tables().items() if not table.optional
    ]
    for resource in described["resources"]:
        for field in resource["schema"]["fields"]:
            assert any("一" <= letter <= "鿿" for letter in field["title"])
        assert resource["schema"]["primaryKey"]
    assert described["licenses"] and len(described["sources"]) == 3


@given(st.lists(texts(), max_size=2))
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_zip_file_gives_every_text_back(these):
    with tempfile.TemporaryDirectory() as where:
        target = Path(where) / "out.zip"
        write_package(these, target)
        assert read_tables(target) == these
        assert [path.name for path in Path(where).iterdir()] == ["out.zip"]


def test_the_same_texts_make_the_same_file(tmp_path):
    for name in ("a.zip", "b.zip"):
        write_package([large_text()], tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()


def test_a_folder_is_read_by_its_name_or_its_description(folder):
    assert read_tables(folder) == read_tables(folder / "datapackage.json")


def test_an_earlier_package_makes_room_and_other_folders_do_not(folder, tmp_path):
    write_package([large_text(1, 1)], folder)
    assert len(read_tables(folder)) == 1
    (folder / "我的笔记.txt").write_text("留着")
    with pytest.raises(ExchangeError, match=r"我的笔记\.txt"):
        write_package([], folder)
    assert len(read_tables(folder)) == 1 and sorted(path.name for path in tmp_path.iterdir()) == [
        "package"
    ]


def test_a_folder_that_is_there_and_empty_is_filled(tmp_path, monkeypatch):
    (tmp_path / "空").mkdir()
    monkeypatch.chdir(tmp_path / "空")
    write_package([large_text(1, 1)], Path())
    assert len(read_tables(tmp_path / "空")) == 1


def repack(folder, target, changed):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for path in folder.rglob("*"):
            if path.is_file():
                name = path.relative_to(folder).as_posix()
                package.writestr(name, changed.get(name, path.read_bytes()))


def test_a_package_packed_as_a_folder_is_read(folder, tmp_path):
    with zipfile.ZipFile(tmp_path / "out.zip", "w") as package:
        for path in folder.rglob("*"):
            package.write(path, f"某县/{path.relative_to(folder).as_posix()}")
    assert read_tables(tmp_path / "out.zip") == read_tables(folder)


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("../../../etc/passwd", "不在数据包里"),
        ("/etc/passwd", "不在数据包里"),
        ("C:\\secret.csv", "不在数据包里"),
        ("http://example.com/a.csv", "不在数据包里"),
        ("data/none.csv", "缺少这个文件"),
    ],
)
def test_a_package_reads_nothing_outside_itself(folder, tmp_path, path, words):
    described = json.loads((folder / "datapackage.json").read_text("utf-8"))
    described["resources"][1]["path"] = path
    (folder / "datapackage.json").write_text(json.dumps(described), "utf-8")
    repack(folder, tmp_path / "out.zip", {})
    for source in (folder, tmp_path / "out.zip"):
        with pytest.raises(ExchangeError, match=words):
            read_tables(source)


def test_a_link_in_a_package_leads_nowhere(folder, tmp_path):
    (tmp_path / "secret.csv").write_bytes((folder / "data" / "plan.csv").read_bytes())
    (folder / "data" / "plan.csv").unlink()
    (folder / "data" / "plan.csv").symlink_to(tmp_path / "secret.csv")
    with pytest.raises(ExchangeError, match="缺少这个文件"):
        read_tables(folder)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04junk", b"x" * 100])
def test_junk_is_told(tmp_path, data):
    (tmp_path / "out.zip").write_bytes(data)
    with pytest.raises(ExchangeError, match="不是完整的 zip"):
        read_tables(tmp_path / "out.zip")


def test_a_zip_bomb_is_not_opened(folder, tmp_path):
    repack(folder, tmp_path / "out.zip", {"data/goals.csv": b"0" * 50_000_000})
    with pytest.raises(ExchangeError, match="压缩炸弹"):
        read_tables(tmp_path / "out.zip")


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[]", b'{"resources": [1]}', b"\xff\xfe",
     b'{"resources": [{"name": ["texts"], "path": "a"}]}'],
)  # fmt: skip
def test_a_spoiled_description_is_told(folder, data):
    (folder / "datapackage.json").write_bytes(data)
    with pytest.raises(ExchangeError, match=r"datapackage\.json"):
        read_tables(folder)


def test_a_place_that_is_not_there_is_told(tmp_path):
    with pytest.raises(ExchangeError, match="写不进"):
        write_package([], tmp_path / "没有" / "out.zip")
    for name in ("没有.zip", "没有.docx", "没有"):
        with pytest.raises(ExchangeError):
            read_tables(tmp_path / name)
