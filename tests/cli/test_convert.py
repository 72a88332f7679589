"""``jixiao convert``: from every form into every form, and nothing lost without a word."""

from __future__ import annotations

import json
import resource
import subprocess
import zipfile

import msgspec
import pytest

from cli.command import GOOD, OTHER, SAMPLES, command, jixiao
from jixiao.exchange import dump_json
from jixiao.model import Indicator, PerformanceText, Project, Reading, SubObjective
from jixiao.read import read
from write.printed import differences

ENDINGS = (".docx", ".xlsx", ".json", ".csv", ".parquet", ".zip", "")


@pytest.mark.parametrize("ending", ENDINGS)
@pytest.mark.parametrize("source", [GOOD, OTHER], ids=lambda path: path.name)
def test_what_was_converted_converts_back_with_no_field_changed(source, ending, tmp_path):
    made = jixiao("convert", source, f"甲{ending}", folder=tmp_path)
    assert (made.code, made.out, made.err) == (0, "", "")
    back = jixiao("convert", f"甲{ending}", "乙.json", folder=tmp_path)
    assert (back.code, back.err) == (0, "")
    (text,) = msgspec.json.decode((tmp_path / "乙.json").read_bytes(), type=Reading).texts
    assert differences(read(source), text) == []


def test_texts_of_a_folder_become_one_set_of_data_or_a_file_each(tmp_path):
    folder = tmp_path / "各单位"
    folder.mkdir()
    for name in ("a.docx", "a.txt", "b.html"):
        sample = SAMPLES / f"sannvhe-2023.{name.partition('.')[2]}"
        (folder / name).write_bytes(sample.read_bytes())
    assert jixiao("convert", folder, "全县.json", folder=tmp_path).code == 0
    found = json.loads((tmp_path / "全县.json").read_bytes())
    assert [text["source"][-6:] for text in found["texts"]] == ["a.docx", "/a.txt", "b.html"]
    assert jixiao("convert", "全县.json", "印刷", "-f", "docx", folder=tmp_path).code == 0
    assert sorted(path.name for path in (tmp_path / "印刷").iterdir()) == [
        "a-2.docx", "a.docx", "b.docx",
    ]  # fmt: skip
    one = jixiao("convert", "全县.json", "一份.docx", folder=tmp_path)
    assert one.code == 2
    assert "有 3 份文本" in one.err
    assert not (tmp_path / "一份.docx").exists()


def test_a_file_that_cannot_be_read_stops_no_other(tmp_path):
    (tmp_path / "坏.docx").write_bytes(OTHER.read_bytes()[:5000])
    (tmp_path / "好.docx").write_bytes(OTHER.read_bytes())
    ran = jixiao("convert", tmp_path, tmp_path / "全.csv")
    assert ran.code == 2
    assert "坏.docx" in ran.err
    assert (tmp_path / "全.projects.csv").is_file()


def test_what_a_form_has_no_place_for_is_told(tmp_path):
    text = PerformanceText(
        source="x.docx",
        year=2024,
        projects=(
            Project(
                code="13073024P000433100036",
                name="修路",
                goals=("修路3公里",),
                indicators=(
                    Indicator(level1="产出指标", level2="数量指标", name="里程", basis=None),
                    Indicator(level1="产出指标", level2="数量指标", name="", basis="规划"),
                ),
            ),
        ),
    )
    (tmp_path / "x.json").write_bytes(dump_json(Reading(texts=(text,))))
    ran = jixiao("convert", "x.json", "x.docx", folder=tmp_path)
    assert ran.code == 0
    assert (tmp_path / "x.docx").is_file()
    if differences(text, read(tmp_path / "x.docx")):
        assert "x.docx：再读回来与原文不同" in ran.err


def test_what_a_form_cuts_otherwise_is_told_though_no_word_is_lost(tmp_path):
    text = PerformanceText(
        source="x.docx",
        year=2024,
        overall="第一段\n\n第二段",
        sub_objectives=(
            SubObjective(title="（一）安置", objective="安置移民", indicators=("甲\n乙", "丙")),
        ),
        projects=(Project(name="修路", goals=("修路",)),),
    )
    (tmp_path / "x.json").write_bytes(dump_json(Reading(texts=(text,))))
    ran = jixiao("convert", "x.json", "x.docx", folder=tmp_path)
    assert ran.code == 0
    assert "2 处只是空格、换行、分条或指标值的含义不同" in ran.err
    assert "总体绩效目标" in ran.err


def test_no_source_s_name_leads_elsewhere_or_cannot_be_a_file(tmp_path):
    sources = ("../../甲.docx", "/etc/乙", "CON", "", "丙\0\n*?.docx", "长" * 400, "..", "C:\\丁")
    texts = tuple(PerformanceText(source=source, overall="目标") for source in sources)
    (tmp_path / "x.json").write_bytes(dump_json(Reading(texts=texts)))
    ran = jixiao("convert", "x.json", "印刷", "-f", "docx", folder=tmp_path)
    assert ran.code == 0
    assert "内部错误" not in ran.err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.json", "印刷"]
    names = {path.name for path in (tmp_path / "印刷").iterdir()}
    assert len(names) == len(sources)
    assert names >= {"甲.docx", "乙.docx", "丙.docx", "丁.docx", "文本3.docx", "文本4.docx"}


def test_what_was_not_read_is_not_passed_over_in_silence(tmp_path):
    page = tmp_path / "表.html"
    page.write_text(
        "<meta charset=utf-8><table><tr><td>项目名称<td>道路维修<tr><td>预算数<td>10万元"
        "<tr><td>一级指标<td>二级指标<td>三级指标<td>指标值"
        "<tr><td>产出指标<td>数量指标<td>里程<td>3公里</table>"
        "<p>附注：车辆由办公室统一调度，驾驶员另行安排。</p>"
        "<table><tr><td>菜名<td>价格<tr><td>面<td>十元</table>",
        encoding="utf-8",
    )
    ran = jixiao("convert", page, tmp_path / "表.docx")
    assert ran.code == 0
    assert "没有归类的内容，没有写进去" in ran.err
    assert "菜名" in ran.err


def test_the_ministry_s_tables_out_and_in(tmp_path):
    out = jixiao("convert", GOOD, "标准.xlsx", "--format", "mof", folder=tmp_path)
    assert out.code == 0
    assert "没有对应的字段" in out.err
    back = jixiao("convert", "标准.xlsx", "回.json", "--from-mof", folder=tmp_path)
    assert back.code == 0
    (text,) = json.loads((tmp_path / "回.json").read_bytes())["texts"]
    assert [each["name"] for each in text["projects"]] == [
        each.name for each in read(GOOD).projects
    ]


def test_an_office_prints_with_its_own_template(tmp_path):
    assert jixiao("template", "模板", folder=tmp_path).code == 0
    again = jixiao("template", "模板", folder=tmp_path)
    assert again.code == 2
    assert "没有覆盖" in again.err
    words = tmp_path / "模板" / "wording.toml"
    words.write_text(words.read_text("utf-8").replace("部门预算绩效文本", "绩效文本汇编"), "utf-8")
    ran = jixiao(
        "convert", GOOD, "a.docx", "--template", "模板", "--reviewed-by", "怀来县财政局",
        "--shape", "single", folder=tmp_path,
    )  # fmt: skip
    assert ran.code == 0
    with zipfile.ZipFile(tmp_path / "a.docx") as package:
        document = package.read("word/document.xml").decode()
    assert "绩效文本汇编" in document
    assert "审核单位：怀来县财政局" in document
    assert document.count("<w:tbl>") == 4


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ((GOOD, "a.doc"), "“.doc”"),
        ((GOOD, "a.docx", "--format", "word"), "--format 不能是“word”"),
        ((GOOD, "a.docx", "--shape", "three"), "--shape 不能是“three”"),
        ((GOOD, "a.docx", "--template", "无"), "没有模板"),
        ((GOOD, "无/a.docx"), "不存在"),
        ((GOOD, "无/a.csv"), "不存在"),
        ((GOOD, ""), "新文件"),
        (("", "a.docx"), "空的"),
        (("无.docx", "a.docx"), "无.docx"),
        (("无.json", "a.docx"), "无.json"),
        (("无.csv", "a.docx"), "无"),
    ],
)
def test_a_wrong_command_is_told_in_one_sentence(arguments, says, tmp_path):
    ran = jixiao("convert", *arguments, folder=tmp_path)
    assert ran.code == 2
    assert says in ran.err
    assert "Traceback" not in ran.err
    assert list(tmp_path.iterdir()) == []


def test_the_file_that_is_read_is_not_overwritten(tmp_path):
    path = tmp_path / "a.docx"
    path.write_bytes(OTHER.read_bytes())
    ran = jixiao("convert", path, path)
    assert ran.code == 2
    assert path.read_bytes() == OTHER.read_bytes()


@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".json", ".csv", ".zip"])
def test_a_locked_place_keeps_what_was_there(ending, tmp_path):
    place = tmp_path / "只读"
    place.mkdir()
    old = place / f"a{ending}"
    old.write_bytes(b"old")
    place.chmod(0o500)
    try:
        ran = jixiao("convert", GOOD, old, ordinary=True)
    finally:
        place.chmod(0o700)
    assert ran.code == 2
    assert "Traceback" not in ran.err
    assert old.read_bytes() == b"old"
    assert list(place.iterdir()) == [old]


@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".json", ".csv", ".parquet", ".zip"])
def test_a_full_disk_keeps_what_was_there(ending, tmp_path):
    old = tmp_path / f"a{ending}"
    old.write_bytes(b"old")
    ran = subprocess.run(
        command("convert", OTHER, old),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (1024, 1024)),
        capture_output=True,
        timeout=60,
        check=False,
    )
    told = ran.stderr.decode()
    assert ran.returncode == 2
    assert "写不进" in told
    assert "Traceback" not in told
    assert len(told.splitlines()) == 1
    assert old.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [old]
