"""Texts that the official form can say, as hypothesis makes them, and what is left of a text."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import strategies as st

from jixiao.model import (
    Budget,
    BudgetUnit,
    Indicator,
    PerformanceText,
    Plan,
    Project,
    Region,
    SubObjective,
    parse_value,
)

# What the file itself is, not what the text says.
_OF_THE_FILE = frozenset(("place", "source", "contents", "warnings", "unread", "schema"))

_LETTERS = "修桥铺路栽树护坡清淤巡河救助送教义诊护林防疫加固抽水采样演练走访普法调解"
_ODD = "ABxyz&<>\"'%；，—·\u200f\u202b\u202cشكر😀👩‍🌾éß/\\#$*_`@[]{}"


def said(value: Any) -> Any:
    """Return what a text says, without what is of its file."""
    if isinstance(value, msgspec.Struct):
        value = msgspec.to_builtins(value)
    if isinstance(value, dict):
        return {key: said(each) for key, each in value.items() if key not in _OF_THE_FILE}
    return [said(each) for each in value] if isinstance(value, list | tuple) else value


def differences(one: Any, other: Any, at: str = "") -> list[str]:
    """Return where two texts say different things."""
    one, other = said(one), said(other)
    if isinstance(one, dict) and isinstance(other, dict):
        return [
            each
            for key in {**one, **other}
            for each in differences(one.get(key), other.get(key), f"{at}.{key}")
        ]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return [each for n, pair in pairs for each in differences(*pair, f"{at}[{n}]")]
    return [] if one == other else [f"{at}: {one!r} ≠ {other!r}"]


def _words(most: int, *, lines: int = 1) -> st.SearchStrategy[str]:
    line = st.tuples(
        st.sampled_from(_LETTERS), st.text(_LETTERS + _ODD + "0123456789 ", max_size=most)
    ).map(lambda parts: "".join(parts).strip())
    return st.lists(line, min_size=1, max_size=lines).map("\n".join)


_cell = st.one_of(_words(12), _words(12), _words(60, lines=3), st.just(""))
_targets = st.sampled_from(
    ("≥95%", "≤67.54万元", "=78人", "2023年12月底前", "得到提升", "≤8万元/每月", "5-10个", "")
)
_amounts = st.sampled_from(("80.00", "4039.98", "1,234.5", "0", "12000000"))
_shares = st.sampled_from(("30%", "100%", "0%", None))
_units = st.builds(
    BudgetUnit,
    st.sampled_from(("976001", "475001")),
    st.sampled_from(("怀来县官厅库区建设管理中心",)),
)


@st.composite
def _indicators(draw: st.DrawFn) -> tuple[Indicator, ...]:
    """A table's rows: a column is there for all of them or for none."""
    columns = draw(
        st.sets(st.sampled_from(("description", "basis", "weight", "formula", "remark")))
    )
    levels = draw(
        st.lists(st.sampled_from(("产出指标", "效益指标", "满意度指标")), min_size=1, max_size=40)
    )
    rows = []
    for level1 in levels:
        name = draw(_words(30, lines=2))
        rows.append(
            Indicator(
                level1=level1,
                level2=draw(st.sampled_from(("数量指标", "质量指标", "社会效益指标"))),
                name=name,
                value=parse_value(draw(_targets), name),
                **{column: draw(_cell) for column in sorted(columns)},
            )
        )
    return tuple(rows)


@st.composite
def _projects(draw: st.DrawFn) -> Project:
    return Project(
        code=draw(st.sampled_from(("13073024P000433100036", "", None))),
        name=draw(_words(80)),
        unit=BudgetUnit("976001", "怀来县官厅库区建设管理中心"),
        budget=Budget(draw(_amounts), draw(_amounts), draw(st.none() | _amounts), "万元"),
        purpose=draw(st.none() | _cell),
        plan=Plan(draw(_shares), draw(_shares), draw(_shares), draw(_shares)),
        goals=tuple(draw(st.lists(_words(40), max_size=4))),
        indicators=draw(_indicators()),
    )


_numbered = st.lists(_words(20), max_size=3).map(
    lambda titles: [f"（{'一二三'[at]}）{title}" for at, title in enumerate(titles)]
)


@st.composite
def _sub_objectives(draw: st.DrawFn) -> tuple[SubObjective, ...]:
    return tuple(
        SubObjective(
            title=title,
            duty=draw(st.none() | _words(30)),
            objective=draw(_words(30, lines=2)),
            indicators=tuple(draw(st.lists(_words(20), min_size=1, max_size=3))),
        )
        for title in draw(_numbered)
    )


@st.composite
def printable_texts(draw: st.DrawFn) -> PerformanceText:
    """A text with every part that the form of Hebei has, its cells full of odd letters."""
    projects = tuple(draw(st.lists(_projects(), min_size=1, max_size=3)))
    coded = any(project.code for project in projects)
    return PerformanceText(
        source="made",
        year=2024,
        region=Region("130730" if coded else None, "怀来县"),
        unit=BudgetUnit("976001", "怀来县官厅库区建设管理中心"),
        draft=draw(st.booleans()),
        overall=draw(st.none() | _words(90, lines=3)),
        sub_objectives=draw(_sub_objectives()),
        safeguards=tuple(draw(_numbered)),
        projects=projects,
    )
