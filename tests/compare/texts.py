"""Texts to compare: few words and few codes, so that names and codes repeat and are alike."""

from __future__ import annotations

from hypothesis import strategies as st

from jixiao.model import (
    Budget,
    Indicator,
    PerformanceText,
    Plan,
    Project,
    SubObjective,
    parse_value,
)

NAMES = (
    None, "", "办公经费", "2023年办公经费", "2024年 办公经费", "冀财农[2023]154号 移民补助",
    "冀财农〔2024〕16号移民补助", "绿化项目", "土建项目", "京唐智慧港绿化项目", "京唐智慧港土建项目",
)  # fmt: skip
CODES = (
    None, "", "————", "13073023P000433100036", "13073024P000433100036",
    "13073024P00043410009H", "A1",
)  # fmt: skip
WORDS = (
    None, "", "用于发放补助", "用于发放补助。", "用于 发放补助", "2023年底完成", "2024年底完成",
    "改造道路3公里，受益500户", "改造道路5公里，受益500户", "保障运转",
)  # fmt: skip
VALUES = (
    "", "≥95%", "≥95 ％", "≥90%", "95%", "=95%", "≤10天", "≤12天", "≤1万元", "≤10000元", "≤2万元",
    "5-10个", "6-8个", "2023年6月底前", "2024年6月底前", "2024年12月底前", "12月底前", "得到提升",
    "明显提升", "≥95%(问卷)", "★", "9" * 40 + "个",
)  # fmt: skip
AMOUNTS = (None, "", "0", "80", "80.00", "1,200.5", "约80", "9E999", "-3")

_names = st.sampled_from(NAMES)
_words = st.sampled_from(WORDS)
_texts = st.lists(st.sampled_from([word for word in WORDS if word]), max_size=3).map(tuple)


@st.composite
def indicators(draw: st.DrawFn) -> Indicator:
    """Draw an indicator."""
    name = draw(_names)
    return Indicator(
        level1=draw(st.sampled_from(("产出指标", "效益指标", None))),
        level2=draw(st.sampled_from(("数量指标", "质量指标"))),
        name=name,
        description=draw(_words),
        value=parse_value(draw(st.sampled_from(VALUES)), name or ""),
        extra=draw(st.sampled_from(({}, {"责任人": "张三"}, {"责任人": "李四"}))),
    )


@st.composite
def budgets(draw: st.DrawFn) -> Budget:
    """Draw a budget."""
    amounts = [draw(st.sampled_from(AMOUNTS)) for _ in range(3)]
    return Budget(*amounts, draw(st.sampled_from((None, "元", "万元", "文"))))


_tables = st.lists(indicators(), max_size=4).map(tuple)


@st.composite
def projects(draw: st.DrawFn) -> Project:
    """Draw a project."""
    return Project(
        code=draw(st.sampled_from(CODES)),
        name=draw(_names),
        budget=draw(budgets()),
        purpose=draw(_words),
        plan=Plan(
            june=draw(st.sampled_from((None, "50%", "50.00%", "60%", "半"))), december="100%"
        ),
        goals=draw(_texts),
        indicators=draw(_tables),
    )


@st.composite
def texts(draw: st.DrawFn) -> PerformanceText:
    """Draw a text."""
    return PerformanceText(
        source="甲.docx",
        year=draw(st.sampled_from((None, 2023, 2024))),
        overall=draw(_words),
        sub_objectives=draw(
            st.lists(st.builds(SubObjective, title=_names, objective=_words), max_size=3).map(tuple)
        ),
        safeguards=draw(_texts),
        indicators=draw(_tables),
        projects=draw(st.lists(projects(), max_size=5).map(tuple)),
    )
