"""Every sample in every format says what its truth says, cell by cell."""

from __future__ import annotations

import pytest

from jixiao.model import PerformanceText
from jixiao.model.errors import ReadError
from jixiao.read import read, read_many
from read.truth import FORMATS, NAMES, SAMPLES, differences, fold

PATHS = [SAMPLES / f"{name}.{ending}" for name in NAMES for ending in FORMATS]

# Part one of each sample: what its paragraphs say, by how it begins and ends.
PART_ONE = {
    "huailai-resettlement-2024": (2024, 5, 2, "怀来县官厅库区建设管理委员会办公室成立于1984年10月", "交办的其他工作。"),
    "sannvhe-2023": (2023, 3, 10, "按照上级要求部署", "劳动关系协调工作；协助党工委做好社会治安综合治理和信访工作。"),
    "shunping-poverty-relief-2021": (2021, 4, 4, "我办将以“巩固脱贫攻坚成果", "持之以恒地抓好各项工作。"),
}  # fmt: skip


@pytest.fixture(scope="module")
def texts() -> dict[str, PerformanceText | ReadError]:
    return {path.name: text for path, text in read_many(PATHS)}


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_every_cell_is_that_of_the_truth(path, texts):
    text = texts[path.name]
    assert not isinstance(text, ReadError), text
    count, problems = differences(path.stem, text)
    assert count > 250
    assert problems == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.name)
def test_part_one_is_whole(path, texts):
    text = texts[path.name]
    year, objectives, measures, begin, end = PART_ONE[path.stem]
    assert text.year == year
    assert text.overall.startswith(begin)
    assert text.overall.endswith(end)
    assert len(text.sub_objectives) == objectives
    assert len(text.safeguards) == measures
    assert text.unread == ()


@pytest.mark.parametrize("name", NAMES)
def test_part_one_is_the_same_in_every_format(name, texts):
    first, *others = [texts[f"{name}.{ending}"] for ending in FORMATS]
    for other in others:
        assert fold(other.overall) == fold(first.overall)
        assert [fold(s) for s in other.safeguards] == [fold(s) for s in first.safeguards]
        assert [
            (fold(o.title), fold(o.duty), fold(o.objective), [fold(i) for i in o.indicators])
            for o in other.sub_objectives
        ] == [
            (fold(o.title), fold(o.duty), fold(o.objective), [fold(i) for i in o.indicators])
            for o in first.sub_objectives
        ]


def test_sub_objectives_have_their_parts(texts):
    first = texts["sannvhe-2023.docx"].sub_objectives[0]
    assert first.title == "（一）保障村级人员工资待遇，促进社会稳定"
    assert first.objective == "保障村干部和村聘用人员待遇，促进农村社会和谐稳定发展。"
    assert first.indicators == (
        "支付标准按文件规定执行；村级人员工资待遇发放率达到100%；村级人员工资待遇按时发放率达到100%。",
    )


def test_a_field_says_where_it_stands(texts):
    project = texts["huailai-resettlement-2024.docx"].projects[1]
    assert str(project.place["name"]) == "第3个表第2行第5列"
    assert str(project.indicators[2].place["value"]) == "第4个表第4行第5列"


def test_unit_and_region(texts):
    text = texts["huailai-resettlement-2024.docx"]
    assert (text.unit.code, text.unit.name) == ("976001", "怀来县官厅库区建设管理中心")
    assert (text.region.code, text.region.name) == ("130730", "怀来县")


def test_reading_one_file_is_the_same_as_reading_many(texts):
    path = SAMPLES / "sannvhe-2023.odt"
    assert read(path).projects == texts[path.name].projects
