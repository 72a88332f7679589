"""The whole 部门预算绩效文本 as blocks: what stands at each of a template's places."""

from __future__ import annotations

from typing import Literal, NamedTuple

from jixiao.model import PerformanceText
from jixiao.write.text.blocks import Block
from jixiao.write.text.department import department_blocks, lines, sub_objective_blocks
from jixiao.write.text.project import project_blocks, unit_words
from jixiao.write.text.wording import Wording

Shape = Literal["split", "single"]
"""How a project is laid out: information and indicators in two tables, or all in one."""


class Offices(NamedTuple):
    """Who answers for a text; both are on the cover. A unit's text is its own by default."""

    compiled_by: str | None = None
    reviewed_by: str | None = None


class Content(NamedTuple):
    """A text ready to be printed: words inside lines by name, and blocks by the place they go."""

    words: dict[str, str]
    blocks: dict[str, list[Block]]


def lay_out(
    text: PerformanceText, wording: Wording, shape: Shape = "split", offices: Offices | None = None
) -> Content:
    """Return what a text says, place by place."""
    offices = offices or Offices()
    # The tables have the unit's code; only where none does, the cover must.
    coded = any(project.unit == text.unit for project in text.projects)
    unit = (text.unit.name or "") if coded else unit_words(text.unit)
    words = {
        "单位": text.unit.name or "",
        "年度": wording.cover["year"].format(text.year) if text.year else "",
        "标题": wording.cover["title"],
        "草案": wording.cover["draft"] if text.draft else "",
        "编制单位": offices.compiled_by or unit,
        "审核单位": offices.reviewed_by or "",
    }
    projects: list[Block] = []
    for number, project in enumerate(text.projects, 1):
        projects += project_blocks(
            project, number, wording, single=shape == "single", new_page=number > 1
        )
    return Content(
        words,
        {
            "总体绩效目标": lines(text.overall),
            "分项绩效目标": sub_objective_blocks(text.sub_objectives, wording),
            "工作保障措施": [line for each in text.safeguards for line in lines(each)],
            "部门整体绩效": department_blocks(text, wording),
            "项目绩效目标表": projects,
        },
    )
