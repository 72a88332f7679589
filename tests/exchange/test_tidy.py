"""Tables hold everything that a text says, and give it back."""

from __future__ import annotations

import csv
import itertools
import re
import tempfile
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from jixiao.check import Finding, Severity, Waiver
from jixiao.exchange import tidy
from jixiao.exchange.cells import guard, unguard
from jixiao.exchange.problems import ExchangeError
from jixiao.exchange.tables import tables
from jixiao.model import (
    Budget,
    Indicator,
    PerformanceText,
    Place,
    Plan,
    Project,
    parse_value,
)
from jixiao.read import read
from model.texts import AWKWARD, large_text, texts, words

SAMPLE = Path(__file__).parents[2] / "samples" / "huailai-resettlement-2024.docx"
FORMATS = ("csv", "parquet")
some_texts = st.lists(texts(), min_size=1, max_size=3)
relaxed = settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def same(texts):
    """Tell every difference, also between numbers that are equal but written in two ways."""
    return [msgspec.json.decode(msgspec.json.encode(text)) for text in texts]


def rows(path):
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))


def table(path):
    header, *lines = rows(path)
    return [dict(zip(header, line, strict=True)) for line in lines]


@pytest.fixture
def written(tmp_path):
    """A set of a sound text, to be spoiled."""
    tidy.write_tables([large_text(rows=3)], tmp_path / "out.csv", "csv")
    return tmp_path


def spoil(path, change, encoding="utf-8-sig"):
    lines = rows(path)
    change(lines)
    with path.open("w", encoding=encoding, newline="") as stream:
        csv.writer(stream).writerows(lines)


def told(source):
    with pytest.raises(ExchangeError) as caught:
        tidy.read_tables(source)
    return caught.value


@pytest.mark.parametrize("form", FORMATS)
@given(some_texts)
@relaxed
def test_every_field_comes_back(form, given_texts):
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / f"out.{form}"
        tidy.write_tables(given_texts, target, form)
        again = tidy.read_tables(target)
    assert again == given_texts
    assert same(again) == same(given_texts)


@pytest.mark.parametrize("form", FORMATS)
def test_a_sample_and_full_tables_come_back(tmp_path, form):
    these = [read(SAMPLE), large_text()]
    tidy.write_tables(these, tmp_path / f"out.{form}", form)
    assert tidy.read_tables(tmp_path / f"out.{form}") == these


@given(st.one_of(words, st.text()))
@example("\ufeff\n")
@example(" \tx")
def test_a_cell_is_no_formula_and_comes_back(text):
    cell = guard(text)
    assert unguard(cell) == text
    bare = cell.strip("\ufeff\u200b \u3000")
    assert not re.match(r"\s*[=+\-@＝＋－＠]|[\t\r\n]", bare)
    assert cell, "an empty cell is a field that is not there"


@pytest.mark.parametrize("text", AWKWARD)
def test_no_cell_of_a_written_file_begins_a_formula(tmp_path, text):
    one = PerformanceText(
        source=text,
        overall=text,
        projects=(Project(name=text, indicators=(Indicator(name=text),)),),
    )
    tidy.write_tables([one], tmp_path / "out.csv", "csv")
    for path in tmp_path.iterdir():
        for cell in itertools.chain.from_iterable(rows(path)):
            assert not re.match(r"[\s\ufeff\u200b]*[=+\-@＝]", cell)
            assert not cell.startswith(("\t", "\r", "\n"))


def test_absent_blank_and_apostrophe_are_three_things(tmp_path):
    these = [
        PerformanceText(source="a", overall=None),
        PerformanceText(source="b", overall=""),
        PerformanceText(source="c", overall="'"),
    ]
    tidy.write_tables(these, tmp_path / "out.csv", "csv")
    assert [row["overall"] for row in table(tmp_path / "out.texts.csv")] == ["", "'", "''"]
    assert tidy.read_tables(tmp_path / "out.csv") == these


def test_an_apostrophe_of_other_programs_is_text():
    assert unguard("'90年代建设") == "'90年代建设"


def test_numbers_stand_beside_the_words(tmp_path):
    project = Project(
        budget=Budget("1,234.50", "abc", None, "万元"),
        plan=Plan("30%", "六成", None, ""),
        indicators=(Indicator(name="合格率", value=parse_value("≥95.5%", "合格率")),),
    )
    one = PerformanceText(source="a", projects=(project,))
    tidy.write_tables([one], tmp_path / "out.csv", "csv")
    (row,) = table(tmp_path / "out.projects.csv")
    numbers = ("budget_total", "budget_total_number", "budget_total_yuan", "budget_fiscal_yuan")
    assert [row[name] for name in numbers] == ["1,234.50", "1234.50", "12345000.00", ""]
    shares = [(row["month"], row["share_percent"]) for row in table(tmp_path / "out.plan.csv")]
    assert shares[0] == ("3", "30") and shares[3] == ("12", "")
    (row,) = table(tmp_path / "out.indicators.csv")
    assert (row["value_operator"], row["value_number"], row["value_unit"]) == ("≥", "95.5", "%")
    assert row["value_stated"] == ""

    import pyarrow.parquet as pq

    tidy.write_tables([one], tmp_path / "out.parquet", "parquet")
    (row,) = pq.read_table(tmp_path / "out.projects.parquet").to_pylist()
    assert row["budget_total_yuan"] == Decimal(12345000)


def test_a_number_that_no_column_holds_is_left_to_the_words(tmp_path):
    value = parse_value("9" * 60 + "元")
    one = PerformanceText(source="a", projects=(Project(indicators=(Indicator(value=value),)),))
    tidy.write_tables([one], tmp_path / "out.csv", "csv")
    assert table(tmp_path / "out.indicators.csv")[0]["value_number"] == ""
    assert tidy.read_tables(tmp_path / "out.csv") == [one]


def test_words_are_the_truth(written):
    def change(lines):
        column = lines[0].index
        lines[1][column("value")] = "≤12次"
        lines[1][column("value_number")] = "99"

    spoil(written / "out.indicators.csv", change)
    value = tidy.read_tables(written / "out.csv")[0].projects[0].indicators[0].value
    assert (value.operator, value.number, value.unit) == ("≤", 12, "次")


def test_names_are_the_same_in_every_run(tmp_path):
    a, b = large_text(source="a.docx", rows=1), large_text(source="b.docx", rows=1)
    tidy.write_tables([a, b, a], tmp_path / "one.csv", "csv")
    tidy.write_tables([b], tmp_path / "two.csv", "csv")
    first = [row["text_id"] for row in table(tmp_path / "one.texts.csv")]
    assert len(set(first)) == 3 and first[2] == f"{first[0]}-2"
    assert table(tmp_path / "two.texts.csv")[0]["text_id"] == first[1]
    assert table(tmp_path / "two.indicators.csv")[0]["indicator_id"] == f"{first[1]}.p1.i1"
    assert tidy.read_tables(tmp_path / "one.csv") == [a, b, a]


@pytest.mark.parametrize("form", FORMATS)
def test_findings_name_what_they_are_about(tmp_path, form):
    def finding(file, project, indicator, waiver=None):
        place = Place(table=1)
        return Finding(
            *(file, project, indicator, "value", "Q01", Severity.ERROR, "=不对", "原文"),
            *("改", "依据", place, waiver),
        )

    one = large_text(rows=2)
    waiver = Waiver("理由", "张三", msgspec.convert("2024-03-01", __import__("datetime").date))
    found = [
        finding(one.source, 1, 1, waiver),
        finding(one.source, None, None),
        finding(one.source, 99, 0),
        finding("别的文件", 0, 0),
    ]
    counts = tidy.write_tables([one], tmp_path / f"out.{form}", form, found)
    assert counts["findings"] == 4
    if form == "csv":
        first, second, third, fourth = table(tmp_path / "out.findings.csv")
        text_id = table(tmp_path / "out.texts.csv")[0]["text_id"]
        assert first["indicator_id"] == f"{text_id}.p2.i2" and first["waiver_date"] == "2024-03-01"
        assert (second["text_id"], second["project_id"]) == (text_id, "")
        assert (third["project_id"], third["project_ordinal"]) == ("", "100")
        assert (fourth["text_id"], fourth["file"]) == ("", "别的文件")
    assert tidy.read_tables(tmp_path / f"out.{form}") == [one]
    tidy.write_tables([one], tmp_path / f"out.{form}", form)
    assert not (tmp_path / f"out.findings.{form}").exists(), "findings of an earlier set"


@pytest.mark.parametrize("form", FORMATS)
def test_texts_are_not_held(tmp_path, form, monkeypatch):
    """What was written is let go: no text is alive when the third one after it comes."""
    monkeypatch.setattr("jixiao.exchange.parquet_set.ROWS", 10)
    import weakref

    class Traced(PerformanceText, frozen=True, gc=True, weakref=True):
        pass

    alive = []

    def coming():
        for number in range(30):
            text = Traced(**msgspec.structs.asdict(large_text(1, 5, f"{number}.docx")))
            alive.append(weakref.ref(text))
            assert sum(ref() is not None for ref in alive) <= 3
            yield text

    tidy.write_tables(coming(), tmp_path / f"out.{form}", form)
    assert len(tidy.read_tables(tmp_path / f"out.{form}")) == 30


def test_parquet_has_row_groups_and_titles(tmp_path, monkeypatch):
    import pyarrow.parquet as pq

    monkeypatch.setattr("jixiao.exchange.parquet_set.ROWS", 50)
    tidy.write_tables([large_text()], tmp_path / "out.parquet", "parquet")
    with pq.ParquetFile(tmp_path / "out.indicators.parquet") as content:
        assert content.num_row_groups == 3
        assert content.schema_arrow.field("name").metadata[b"title"].decode() == "三级指标"


def test_nothing_is_left_of_a_run_that_fails(tmp_path):
    def coming():
        yield large_text()
        raise ExchangeError("坏了")

    for form in FORMATS:
        with pytest.raises(ExchangeError, match="坏了"):
            tidy.write_tables(coming(), tmp_path / f"out.{form}", form)
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_set_stays_as_it_was_when_a_run_fails(written):
    before = {path.name: path.read_bytes() for path in written.iterdir()}
    with pytest.raises(ExchangeError, match="不成字的编码"):
        tidy.write_tables([PerformanceText(source="\ud800")], written / "out.csv", "csv")
    assert {path.name: path.read_bytes() for path in written.iterdir()} == before


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_what_offices_save_is_read(written, encoding):
    for path in written.iterdir():
        spoil(path, lambda lines: lines.append([""] * len(lines[0])), encoding)
    assert tidy.read_tables(written / "out.csv") == [large_text(rows=3)]


def test_rows_are_ordered_by_what_they_say(written):
    for path in written.iterdir():

        def turn(lines):
            lines[1:] = lines[:0:-1]

        spoil(path, turn)
    assert tidy.read_tables(written / "out.csv") == [large_text(rows=3)]


def test_one_file_of_a_set_names_the_set(written):
    assert tidy.read_tables(written / "out.plan.csv") == [large_text(rows=3)]


def test_columns_for_analysis_and_columns_nobody_filled_may_be_missing(written):
    def drop(lines):
        keep = [
            number
            for number, name in enumerate(lines[0])
            if not name.startswith("value_") and name not in ("weight", "place")
        ]
        lines[:] = [[line[number] for number in keep] for line in lines]

    spoil(written / "out.indicators.csv", drop)
    (text,) = tidy.read_tables(written / "out.csv")
    assert text.projects[0].indicators[0].value == large_text().projects[0].indicators[0].value


def test_everything_wrong_is_told_at_once(written):
    def indicators(lines):
        at = lines[0].index
        lines[1][at("indicator_id")] = ""
        lines[2].pop()
        lines[3][at("period")] = "去年"
        lines[4][at("ordinal")] = "第一"
        lines[5][at("place")] = "{坏"
        lines[6][at("project_id")] = "没有的项目"
        lines[7][at("value_stated")] = '{"direction": "up"}'

    def projects(lines):
        lines[2][0] = lines[1][0]

    spoil(written / "out.indicators.csv", indicators)
    spoil(written / "out.projects.csv", projects)
    spoil(written / "out.goals.csv", lambda lines: lines[0].append("我的备注"))
    spoil(written / "out.tasks.csv", lambda lines: lines[0].remove("text_id"))
    problems = {
        (problem.file, problem.row, problem.column)
        for problem in told(written / "out.csv").problems
    }
    assert {
        ("out.indicators.csv", 2, "indicator_id"),
        ("out.indicators.csv", 3, ""),
        ("out.indicators.csv", 4, "period"),
        ("out.indicators.csv", 5, "ordinal"),
        ("out.indicators.csv", 6, "place"),
        ("out.indicators.csv", 7, "project_id"),
        ("out.projects.csv", 3, "project_id"),
        ("out.goals.csv", 1, ""),
        ("out.tasks.csv", 1, "text_id"),
    } <= problems


def test_rows_that_name_a_row_with_a_fault_are_not_at_fault(written):
    def change(lines):
        lines[1].append("多出来的")
        lines[2][lines[0].index("ordinal")] = ""

    spoil(written / "out.projects.csv", change)
    assert [(each.file, each.row) for each in told(written / "out.csv").problems] == [
        ("out.projects.csv", 2),
        ("out.projects.csv", 3),
    ]
    spoil(written / "out.projects.csv", lambda lines: lines[0].append("我的备注"))
    assert len(told(written / "out.csv").problems) == 1


def test_more_problems_than_are_kept_are_counted(written, monkeypatch):
    monkeypatch.setattr("jixiao.exchange.problems.Problems.LIMIT", 2)

    def change(lines):
        for line in lines[1:]:
            line[0] = ""

    spoil(written / "out.indicators.csv", change)
    problems = told(written / "out.csv").problems
    assert len(problems) == 3 and "另有 7 处" in str(problems[2])


def test_a_meaning_that_is_none_is_told(written):
    def change(lines):
        lines[1][lines[0].index("value_stated")] = '{"direction": "up"}'

    spoil(written / "out.indicators.csv", change)
    assert "out.indicators.csv 第 2 行“value_stated”列" in str(told(written / "out.csv"))


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("texts", b"", "是空的"),
        ("texts", b"\xff\xfe\x00t\x00", "认不出文字编码|不是“绩效文本”表的列"),
        ("goals", b'project_id,period,ordinal,text\r\n"t,annual,1,x', "引号不成对"),
        (
            "extras",
            b"extra_id,project_id,indicator_id,ordinal,name,text\r\nx,,,1,a,b",
            "都是空的",
        ),
    ],
)
def test_a_spoiled_file_is_told(written, name, data, words):
    (written / f"out.{name}.csv").write_bytes(data)
    assert re.search(words, str(told(written / "out.csv")))


def test_a_missing_file_is_told(written):
    (written / "out.plan.csv").unlink()
    (written / "out.goals.csv").unlink()
    error = told(written / "out.csv")
    assert "out.plan.csv" in str(error) and "out.goals.csv" in str(error)


def test_junk_parquet_is_told(tmp_path):
    tidy.write_tables([large_text()], tmp_path / "out.parquet", "parquet")
    (tmp_path / "out.goals.parquet").write_bytes(b"PAR1junk" * 10)
    assert "out.goals.parquet" in str(told(tmp_path / "out.parquet"))


def test_tables_of_other_types_are_told(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    tidy.write_tables([large_text()], tmp_path / "out.parquet", "parquet")
    path = tmp_path / "out.goals.parquet"
    wrong = pq.read_table(path).set_column(3, "text", pa.array([1] * 6))
    pq.write_table(wrong, path)
    assert "应是文字" in str(told(tmp_path / "out.parquet"))


def test_every_column_is_filled_by_some_text():
    """A column that is declared and never written would be a promise nobody keeps."""
    from jixiao.exchange.flatten import text_rows

    names = {name: set() for name, table in tables().items() if not table.optional}
    full = Budget("1", "1", "1", "元")
    project = Project(whole_period_budget=full, extra={"a": "b"}, indicators=(Indicator(),))
    source = large_text(1, 1)
    sub = msgspec.structs.replace(source.sub_objectives[0], budget=full)
    text = msgspec.structs.replace(source, sub_objectives=(sub,), projects=(project,))
    sample = [*text_rows(text, "t", 1)]
    for name, row in sample:
        names[name] |= row.keys()
    for name, columns in names.items():
        if columns:
            assert columns <= set(tables()[name].names)
    for name in ("texts", "projects", "sub_objectives", "plan"):
        assert names[name] == set(tables()[name].names)
