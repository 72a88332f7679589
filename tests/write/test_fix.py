"""What can be put right without asking is put right, in the user's own file, and nothing else."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

import msgspec
import pytest
import yaml

from check.build import HERE as CASES
from check.build import expand
from check.build import text as built
from jixiao.check import Checker, load_profile
from jixiao.model import PerformanceText, Place
from jixiao.model.errors import JixiaoError
from jixiao.read import read_bytes
from jixiao.write.docx_package import WriteError
from jixiao.write.fix import CODES, Fix, apply, diff, fixes
from read.hostile import XML, W, cell, docx, packed, table
from write.opened import opened, words

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*.docx"))
HEADER = "".join(map(cell, ("一级指标", "二级指标", "三级指标", "绩效指标描述", "指标值", "依据")))


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def runs(*content: str) -> str:
    return f"<w:tc><w:tcPr/><w:p>{''.join(content)}</w:p></w:tc>"


def form(*indicators: str, more: str = "") -> str:
    name = cell("项目名称") + cell("培训费", '<w:gridSpan w:val="5"/>')
    return table(name, *([more] if more else []), HEADER, *indicators)


def indicator(name: str, value: str = "≥95%", description: str = "合格占比") -> str:
    rest = [text if text.startswith("<w:tc>") else cell(text) for text in (description, value)]
    first = name if name.startswith("<w:tc>") else cell(name)
    return cell("产出指标") + cell("质量指标") + first + "".join(rest) + cell("实施方案")


def read(data: bytes) -> PerformanceText:
    return read_bytes(data, "文本")


def fixed(data: bytes) -> bytes:
    after, missed = apply(data, fixes(read(data)))
    assert missed == []
    return after


def xml(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return package.read("word/document.xml").decode()


def without_words(data: bytes) -> str:
    return re.sub(r"(<w:t(?: [^>]*)?>)[^<]*(</w:t>)", r"\1\2", xml(data))


def faulty(data: bytes) -> bytes:
    """Return a sample with faults typed into many of its cells."""
    content = xml(data)
    faults = {
        "满意度": "满意度满意度",
        "%</w:t>": "％</w:t>",
        "保障": "保障保障",
        "工作。": "工作。。",
    }
    for right, wrong in faults.items():
        content = content.replace(right, wrong)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    return packed({**members, "word/document.xml": content})


@pytest.fixture(params=SAMPLES, ids=lambda path: path.stem)
def sample(request) -> bytes:
    return request.param.read_bytes()


def test_what_is_found_is_gone_afterwards(sample):
    data = faulty(sample)
    checker = Checker(load_profile("base"), select=["Q11", "W"])
    assert checker.check(read(data))
    assert checker.check(read(fixed(data))) == []
    assert fixes(read(fixed(data))) == []


def test_what_is_read_is_exactly_what_was_intended(sample):
    data = faulty(sample)
    before = read(data)
    intended = msgspec.to_builtins(before)
    for fix in fixes(before):
        holder = intended["projects"][fix.project]
        if fix.indicator is not None:
            holder = holder["indicators"][fix.indicator]
        key: str | int = fix.field
        if "." in fix.field:
            name, key = fix.field.split(".")
            if name == "goals":
                holder[name], key = list(holder[name]), int(key)
            holder = holder[name]
        if key == "value":
            holder, key = holder["value"], "text"
        assert holder[key] == fix.before
        holder[key] = fix.after
    after = msgspec.to_builtins(read(fixed(data)))
    for one, other in zip(intended["projects"], after["projects"], strict=True):
        for mine, theirs in zip(one["indicators"], other["indicators"], strict=True):
            mine["value"], theirs["value"] = mine["value"]["text"], theirs["value"]["text"]
        assert {**one, "goals": list(one["goals"])} == {**other, "goals": list(other["goals"])}


def test_only_words_differ_and_the_rest_of_the_package_is_the_same(sample):
    data = faulty(sample)
    after = fixed(data)
    assert after != data
    assert without_words(after) == without_words(data)
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert old.namelist() == new.namelist()
        for name in set(old.namelist()) - {"word/document.xml"}:
            assert old.read(name) == new.read(name)


def test_a_sound_file_is_not_touched():
    data = docx(form(indicator("验收合格率")))
    assert fixes(read(data)) == []
    assert apply(data, []) == (data, [])


@pytest.mark.libreoffice
def test_libreoffice_opens_it_and_reads_the_words_put_right(sample):
    data = faulty(sample)
    before, after = words(opened(data)), words(opened(fixed(data)))
    made = fixes(read(data))
    for fix in made:
        assert "".join(fix.after.split()) in after
    shorter = sum(len("".join(f.before.split())) - len("".join(f.after.split())) for f in made)
    assert len(before) - len(after) == shorter > 0


def test_formatting_stays_and_a_fault_across_runs_goes():
    bold = run("改善程", "<w:b/>")
    data = docx(form(indicator(runs(bold, run("度程度", "<w:i/>"), run("提高率")))))
    after = fixed(data)
    assert read(after).projects[0].indicators[0].name == "改善程度提高率"
    assert bold in xml(after)
    assert without_words(after) == without_words(data)


def test_new_characters_go_into_the_first_run_that_is_touched():
    value = runs(run("≥95", "<w:b/>"), run("百分", "<w:i/>"), run("比"))
    after = fixed(docx(form(indicator("合格率", value))))
    assert run("%", "<w:i/>") in xml(after)
    assert read(after).projects[0].indicators[0].value.text == "≥95%"


def test_what_xml_writes_in_its_own_way_stays():
    description = runs(run("甲&amp;乙&#x5408;格&lt;占比占比&gt;的&quot;数"))
    after = fixed(docx(form(indicator("合格率", description=description))))
    assert "甲&amp;乙&#x5408;格&lt;占比&gt;的&quot;数" in xml(after)


def test_several_faults_of_one_field():
    description = "项目项目验收，，合格情况情况。。"
    after = fixed(docx(form(indicator("合格率", "≥95百分比", description))))
    (one,) = read(after).projects[0].indicators
    assert (one.description, one.value.text) == ("项目验收，合格情况。", "≥95%")


def test_goals_in_one_cell_that_say_the_same():
    goals = "".join(f"<w:p>{run(f'{n}.完成培训培训100人；')}</w:p>" for n in (1, 2))
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="5"/></w:tcPr>{goals}</w:tc>'
    data = docx(form(indicator("合格率"), more=cell("绩效目标") + wide))
    assert len(fixes(read(data))) == 2
    assert xml(fixed(data)).count("完成培训100人") == 2


def plan(*shares: str) -> list[tuple[str, str]]:
    months = dict(zip(("03", "06", "10", "12"), shares, strict=True))
    text = built({"project": {"plan": {month: share or None for month, share in months.items()}}})
    return [(fix.before, fix.after) for fix in fixes(text)]


def test_shares_of_a_plan_are_written_as_the_others():
    assert plan("25%", "50", "80%", "100%") == [("50", "50%")]
    assert plan("0", "50％", "８０%", "100%") == [("0", "0%"), ("50％", "50%"), ("８０%", "80%")]
    assert plan("25％", "", "", "") == [("25％", "25%")]


@pytest.mark.parametrize(
    "shares",
    [
        ("25", "50", "80", "100"),  # all without the sign: perhaps amounts
        ("0.25", "50%", "80%", "100%"),  # a quarter, or a quarter of a percent
        ("25%", "5", "80%", "100%"),  # not cumulative: 50% or 5%
        ("25%", "50%", "80%", "120"),  # over 100%
        ("25%", "50万元", "80%", "100%"),
        ("25%", "", "80%", "100%"),  # what is missing, a person knows
        ("25%", "一半", "80%", "100%"),
        ("25%", "50%", "80%", "100%"),
    ],
)
def test_a_share_that_a_person_must_decide_is_left(shares):
    assert plan(*shares) == []


def test_the_rules_can_be_chosen():
    text = read(docx(form(indicator("程度程度", "≥95百分比"))))
    assert [fix.code for fix in fixes(text)] == ["W01", "Q11"]
    assert [fix.code for fix in fixes(text, ["Q11"])] == ["Q11"]


@pytest.mark.parametrize("code", sorted(set(CODES) - {"C12"}))
def test_what_a_rule_finds_can_be_put_right_and_what_it_does_not_find_is_left(code):
    cases = yaml.safe_load((CASES / "cases" / f"{code}.yml").read_text("utf-8"))
    for case in cases["find"]:
        assert fixes(built(expand(case)), [code])
    for case in cases["clean"]:
        assert fixes(built(expand(case)), [code]) == []


def test_what_is_not_where_it_was_is_skipped_and_named():
    data = docx(form(indicator("合格率", "≥95百分比")))
    (right,) = fixes(read(data))
    elsewhere = msgspec.structs.replace(right, place=Place(table=1, row=1, column=1))
    nowhere = msgspec.structs.replace(right, place=None)
    outside = msgspec.structs.replace(right, place=Place(table=7, row=1, column=1))
    other = msgspec.structs.replace(right, before="≥90百分比")
    assert apply(data, [elsewhere, nowhere, outside, other]) == (
        data,
        [elsewhere, nowhere, outside, other],
    )


def test_words_that_stand_twice_in_a_cell_are_skipped():
    data = docx(form(indicator("合格率", description="甲乙、甲乙")))
    place = read(data).projects[0].indicators[0].place["description"]
    fix = Fix("W01", place, "description", "甲乙", "甲", 0, 0)
    assert apply(data, [fix]) == (data, [fix])


def test_a_number_that_word_puts_there_is_not_changed():
    data = docx(form(indicator("合格率", description="甲")).replace("甲", "甲</w:t><w:br/><w:t>乙"))
    place = read(data).projects[0].indicators[0].place["description"]
    fix = Fix("W03", place, "description", "甲\n乙", "甲乙", 0, 0)
    assert apply(data, [fix]) == (data, [fix])


WRITTEN = {
    "utf-8 with a mark": lambda text: text.encode("utf-8-sig"),
    "utf-16": lambda text: text.replace("UTF-8", "UTF-16").encode("utf-16"),
    "gb18030": lambda text: text.replace("UTF-8", "GB18030").encode("gb18030"),
    "windows lines": lambda text: text.replace("?>", "?>\r\n").encode(),
    "cdata": lambda text: text.replace("改善程度程度", "<![CDATA[改善程度程度]]>").encode(),
    "another prefix": lambda text: text.replace("xmlns:w", "xmlns:x").replace("w:", "x:").encode(),
    "strict": lambda text: text.replace(
        W, "http://purl.oclc.org/ooxml/wordprocessingml/main"
    ).encode(),
}


@pytest.mark.parametrize("way", WRITTEN)
def test_however_the_xml_is_written(way):
    body = form(indicator("改善程度程度"))
    text = f'{XML}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    data = packed({"[Content_Types].xml": "<Types/>", "word/document.xml": WRITTEN[way](text)})
    assert read(fixed(data)).projects[0].indicators[0].name == "改善程度"


def test_the_difference_is_shown():
    text = read(docx(form(indicator("程度程度", "≥95百分比"))))
    assert diff(fixes(text)) == (
        "@@ 项目1 指标1 三级指标（第1个表第3行第3列） W01\n- 程度程度\n+ 程度\n"
        "@@ 项目1 指标1 指标值（第1个表第3行第5列） Q11\n- ≥95百分比\n+ ≥95%\n"
    )


def test_bad_files_are_told():
    fix = Fix("W01", Place(table=1, row=1, column=1), "name", "甲甲", "甲", 0)
    with pytest.raises(JixiaoError):
        apply(XML.encode(), [fix])
    signed = docx(form(indicator("程度程度")), **{"_xmlsignatures/origin.sigs": b""})
    with pytest.raises(WriteError, match="数字签名"):
        apply(signed, fixes(read(signed)))


@pytest.mark.parametrize(
    ("value", "right"),
    [
        ("≥95百分比百分比", "≥95%"),
        ("≥95％％", "≥95%"),
        ("≥95百分比。。", "≥95%。"),
        ("≥1，，000平米", "≥1，000平方米"),
    ],
)
def test_a_value_with_several_faults(value, right):
    data = docx(form(indicator("合格率", value)))
    assert read(fixed(data)).projects[0].indicators[0].value.text == right
