"""The matrix of layouts: a name for each way to lay a text out, and the form that it makes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from forms import frame, hebei, ministry, unit_grid, variants
from forms.blocks import Block, Form, Para
from forms.hebei import Hebei
from forms.ministry import Ministry
from forms.parts import HEBEI, broken, colon, padded, wide
from forms.truth import made, written
from forms.unit_grid import NARROW, UnitGrid

Truth = dict[str, Any]
Laid = tuple[list[Block], list[dict[str, Any]]]
Layout = Callable[[Truth], Form]

_CODE = re.compile(r"\d{6}\d\d[0-9A-Z]{8,}")


def _region(text: Truth, projects: Sequence[Truth]) -> dict[str, str]:
    """The place whose six digits begin the projects' codes; its name leads the unit's."""
    codes = [one["code"][:6] for one in projects if _CODE.match(one.get("code") or "")]
    region = {"code": max(codes, key=codes.count)} if codes else {}
    return {**region, "name": text["region_name"]}


def _text_level(text: Truth, projects: Sequence[Truth]) -> Truth:
    """Return what the tables alone say of the unit."""
    units = [one["unit"] for one in projects if one["unit"].get("name")]
    unit = units[0] if units else {}
    region = _region(text, projects)
    return {
        "year": text["year"], "unit": unit, "region": region if unit else
        {key: region[key] for key in ("code",) if key in region}, "projects": list(projects),
    }  # fmt: skip


def full(
    lay: Callable[[Truth], Laid], cover: str = "plain", toc: str = "dots", part: str = "labels"
) -> Layout:
    """Return the layout of a whole text: cover, contents, part one, and the projects' tables."""

    def make(text: Truth) -> Form:
        front, noise = frame.cover(text, cover)
        first, expect = frame.part_one(text, part)
        tables, projects = lay(text)
        blocks = [*front, *(frame.contents(text, toc) if toc else []), *first, *tables]
        found = _text_level(text, projects)
        found["unit"] = found["unit"] or {"name": text["unit"]["name"]}
        found["region"] = _region(text, projects)
        return Form(blocks, {**found, **expect, "draft": cover == "draft"}, [], noise)

    return make


def tables(lay: Callable[[Truth], Laid], *, year: bool = False) -> Layout:
    """Return the layout of tables that stand alone; ``year`` where something there states it."""

    def make(text: Truth) -> Form:
        blocks, projects = lay(text)
        expect = _text_level(text, projects)
        if not year and not any(_CODE.match(one.get("code") or "") for one in projects):
            expect["year"] = None
        return Form(blocks, expect)

    return make


def province(**how: Any) -> Callable[[Truth], Laid]:
    """The Hebei form."""
    return lambda text: hebei.layout(Hebei(**how), text["projects"])


def application(**how: Any) -> Callable[[Truth], Laid]:
    """The Ministry's 申报表."""
    return lambda text: ministry.layout(Ministry(**how), text["projects"], text["year"])


def listed(**how: Any) -> Callable[[Truth], Laid]:
    """All projects of a unit in one grid."""
    return lambda text: unit_grid.layout(UnitGrid(**how), text["projects"], text["year"])


def _full_application(text: Truth) -> Laid:
    blocks, project = ministry.full_project(text["projects"][0], text["year"])
    return blocks, [project]


def _department(two_rows: bool) -> Layout:
    def make(text: Truth) -> Form:
        blocks, expect = ministry.department(text, two_rows)
        return Form(blocks, {**expect, "region": {"name": text["region_name"]}})

    return make


def _activities(**how: bool) -> Layout:
    def make(text: Truth) -> Form:
        blocks, expect = unit_grid.activities(text, **how)
        return Form(blocks, {**expect, "region": {"name": text["region_name"]}})

    return make


def _stray(lay: Callable[[Truth], Laid]) -> Layout:
    """Words and a table between the projects that belong to no form."""
    from forms.blocks import Builder

    def make(text: Truth) -> Form:
        form = full(lay)(text)
        table = Builder(3)
        table.add("车辆", "牌号", "购置年份")
        table.add("皮卡", "冀E12345", "2019")
        words = "附：本单位固定资产由办公室统一登记造册，年末清查一次。"
        form.blocks += [Para(words), table.grid()]
        form.unread += [words, "车辆 | 牌号 | 购置年份\n皮卡 | 冀E12345 | 2019"]
        return form

    return make


ROTATED = (HEBEI[5], HEBEI[4], HEBEI[0], HEBEI[1], HEBEI[2], HEBEI[3])
LONG = (
    ("seq", "序号"), ("level1", "一级指标"), ("level2", "二级指标"), ("name", "指标名称"),
    ("op", "计算符号"), ("number", "目标值"), ("unit", "计量单位"), ("weight", "分值"),
    ("formula", "计算公式"), ("scoring", "评分标准"), ("previous", "上年指标值"), ("remark", "备注"),
)  # fmt: skip
INNER = (
    ("level1", "一级指标"), ("level2", "二级指标"), ("name", "指标内容"), ("value", "目标值"),
    ("basis", "依据"), ("extra:责任科室", "责任科室"),
)  # fmt: skip
DESCRIBED = (
    ("level1", "一级"), ("level2", "二级"), ("name", "三级"), ("description", "指标解释"),
    ("value", "年度目标值"), ("weight", "权重"), ("scoring", "评分标准"),
)  # fmt: skip
TRIPLE = (
    ("level1", "一级指标"), ("level2", "二级指标"), ("name", "三级指标"), ("op", "指标性质"),
    ("number", "指标值"), ("unit", "度量单位"), ("weight", "权重（分）"),
)  # fmt: skip
BOTH = (
    ("level1", "一级指标"), ("level2", "二级指标"), ("name", "三级指标"), ("description", "指标内容"),
    ("value", "绩效标准"), ("basis", "指标值来源"),
)  # fmt: skip

SYNONYMS = (
    ("项目编码", "项目代码"), ("预算数", "年度预算数"), ("其中：财政资金", "财政拨款"),
    ("其他资金", "其它资金"), ("资金支出计划（%）", "用款计划（累计%）"), ("绩效目标", "年度绩效目标"),
    ("用途", "资金用途"), ("资金用途", "用途说明"),
)  # fmt: skip

LAYOUTS: dict[str, Layout] = {
    "hebei-split": full(province()),
    "hebei-three": full(province(grids="three", goals="round"), part="split"),
    "hebei-single": full(
        province(grids="one", unit_at="amount", goals="rows", title="lines", double_header=True),
        cover="draft", toc="tab", part="split",
    ),
    "hebei-repeated": full(province(levels="repeated", goals="comma"), part="numbers"),
    "hebei-merged2": full(province(levels="merged2", goals="label"), cover="letter", part="first"),
    "hebei-sparse": full(province(levels="sparse", grids="one", goals="plain"), toc="", part="tight"),
    "hebei-torn-header": full(province(torn="header")),
    "hebei-torn-mid": full(province(torn="mid", levels="repeated")),
    "hebei-torn-midblank": full(province(torn="midblank")),
    "hebei-torn-midbare": full(province(torn="midbare")),
    "hebei-torn-bare": full(province(torn="bare", grids="one")),
    "hebei-torn-page": full(province(torn="page")),
    "hebei-label-broken": full(province(label=broken, grids="one")),
    "hebei-label-padded": full(province(label=padded)),
    "hebei-label-colon": full(province(label=colon, funds="rows")),
    "hebei-label-wide": full(province(label=wide)),
    "hebei-rotated": full(province(columns=ROTATED, levels="repeated")),
    "hebei-long": full(province(columns=LONG)),
    "hebei-inner": full(province(columns=INNER)),
    "hebei-described": full(province(columns=DESCRIBED, grids="one")),
    "hebei-triple": full(province(columns=TRIPLE, grids="one")),
    "hebei-both": full(province(columns=BOTH)),
    "hebei-synonyms": full(province(names=SYNONYMS, funds="row-purpose", order="name-code")),
    "hebei-funds-rows": full(province(funds="rows", unit_at="label", order="rows")),
    "hebei-money-alone": full(province(unit_at="alone", funds="row-purpose")),
    "hebei-unit-paragraph": full(province(unit_at="paragraph", title="lines")),
    "hebei-title-row": tables(province(title="row", grids="one")),
    "hebei-untitled": tables(province(title="none")),
    "hebei-untitled-one": tables(province(title="none", grids="one", unit_at="label")),
    "hebei-stray": _stray(province()),
    "ministry-simple": tables(application(), year=True),
    "ministry-code": tables(application(code=True, columns=HEBEI, purpose=True), year=True),
    "ministry-row": tables(application(funds="row", side=False, goals="dot"), year=True),
    "ministry-inline": tables(application(funds="inline", unit_at="paragraph"), year=True),
    "ministry-repeated": tables(application(levels="repeated", goal_label="总体目标"), year=True),
    "ministry-merged2": tables(application(levels="merged2", unit_at="amount"), year=True),
    "ministry-torn": tables(application(torn="header"), year=True),
    "ministry-torn-blank": tables(application(torn="blank"), year=True),
    "ministry-triple": tables(application(columns=TRIPLE, title="项目支出绩效目标表"), year=True),
    "ministry-broken": tables(application(label=broken, goal_label="绩效目标"), year=True),
    "ministry-full": tables(_full_application, year=True),
    "ministry-unit": _department(two_rows=True),
    "ministry-unit-flat": _department(two_rows=False),
    "grid-merged": tables(listed(), year=True),
    "grid-narrow": tables(listed(columns=NARROW, levels="merged2", goals="dot"), year=True),
    "grid-repeated": tables(listed(projects="repeated", levels="repeated"), year=True),
    "grid-pages": tables(listed(pages="header", code_column=True), year=True),
    "grid-bare": tables(listed(pages="bare", columns=HEBEI, money="paragraph"), year=True),
    "grid-title-row": tables(listed(title_row=True, unit_column=False), year=True),
    "activities": _activities(),
    "activities-flat": _activities(flat_header=True, duties=False),
    "extras": tables(variants.each(variants.extras), year=True),
    "signed": tables(variants.each(variants.signed), year=True),
    "inline": tables(variants.each(variants.inline)),
    "sections": tables(variants.each(variants.sections), year=True),
    "numbered-goals": tables(variants.each(variants.numbered_goals), year=True),
    "two-row-header": tables(variants.each(variants.two_row_header)),
    "level-rows": tables(variants.each(variants.level_rows)),
    "graded": tables(variants.each(variants.graded)),
    "repeated-header": tables(variants.each(variants.repeated_header)),
    "padded-rows": tables(variants.each(variants.padded_rows)),
    "torn-row": tables(variants.each(variants.torn_row)),
    "goal-column": tables(variants.each(variants.goal_column)),
    "side-letters": tables(variants.each(variants.side_letters)),
    "full-inline": full(variants.each(variants.inline), part="numbers"),
    "full-signed": full(variants.each(variants.signed), toc="tab", part="split"),
    "stacked": tables(variants.stacked, year=True),
    "with-list": tables(variants.with_list, year=True),
    "several-units": variants.several_units,
    "only-one": tables(variants.only_one),
    "two-moneys": tables(variants.two_moneys),
    "footnotes": variants.footnotes,
}  # fmt: skip
"""Every layout of the matrix by its name."""


def truths() -> list[Truth]:
    """Return every text of the matrix, those written by hand first."""
    return [*written(), *(made(seed) for seed in range(8))]
