"""Performance texts as hypothesis makes them: sound ones, odd ones, and what offices really write.

``texts()`` gives whole texts; its parts are here for tests that need only one of them. Fields are
absent (None), blank ("") or full of what a cell can hold.
"""

from __future__ import annotations

from decimal import Decimal

import msgspec
from hypothesis import strategies as st

from jixiao.model import (
    Budget,
    BudgetUnit,
    Criterion,
    DepartmentTask,
    Direction,
    Indicator,
    Kind,
    Nature,
    PerformanceText,
    Place,
    Plan,
    Project,
    ReadingWarning,
    Region,
    SubObjective,
    TargetValue,
    Unread,
    parse_value,
)

AWKWARD = (
    "",
    " ",
    "\n",
    "'",
    "''",
    "'=1+1",
    "=1+1",
    "=cmd|' /C calc'!A0",
    "+86",
    "-5",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "  =1",
    "＝1+1",
    "\ufeff=1",
    "null",
    "NULL",
    "nan",
    "true",
    "0012",
    "1e5",
    "12345678901234567890",
    "2024-01-02",
    '"',
    '"",""',
    "a,b;c\td",
    "第一行\n第二行",
    "第一行\r\n第二行\r",
    "末尾换行\n",
    "\u3000全角空格\u3000",
    "A & B <b>加粗</b> &amp; </w:t>",
    "表情😀👨‍👩‍👧家",
    "שלום \u202eקצת\u202c العربية",
    "e\u0301 与 \u00e9",
    "\u200b零宽",
    "长" * 500,
    "怀财字[2024]7号  经费（中央-大中型水库移民后期扶持基金）",
    "_x000D_",
)
"""What breaks careless programs: each was seen in a file, or is the lead of a formula."""

TARGETS = (
    "≥95%",
    "≤67.54万元",
    "=78人",
    "2023年12月底前",
    "得到提升",
    "≤8万元/每月",
    "5-10个",
    "百分之九十",
    "",
    "—",
    "0.000000000000001%",
    "9" * 40,
)

words = st.one_of(
    st.sampled_from(AWKWARD),
    st.text(alphabet="项目资金绩效目标完成率人次（）1.万元≥% \n，。&<>\"'=+-@", max_size=20),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=12),
)
"""Any text that a cell can hold."""

fields = st.one_of(st.none(), words)
"""A field: absent, blank or filled in."""

places = st.one_of(
    st.builds(Place, paragraph=st.integers(1, 999)),
    st.builds(Place, table=st.integers(1, 99), row=st.integers(1, 99), column=st.integers(1, 9)),
    st.builds(Place, sheet=words, row=st.integers(1, 99), column=st.integers(1, 9)),
    st.builds(
        Place,
        page=st.integers(1, 99),
        box=st.tuples(*[st.floats(0, 1000, allow_nan=False)] * 4),
    ),
    st.just(Place()),
)
place_maps = st.dictionaries(
    st.sampled_from(("self", "name", "value", "goals.0", "extra.其他", "plan.03")),
    places,
    max_size=3,
)
extras = st.dictionaries(words, words, max_size=2)
units = st.builds(BudgetUnit, fields, fields)
amounts = st.one_of(
    fields, st.sampled_from(("80.00", "1,234.5", "0", "-3", "1e30", "0.1234567890123", "4039.98"))
)
budgets = st.builds(
    Budget, amounts, amounts, amounts, st.sampled_from((None, "元", "万元", "亿元", "美元", ""))
)
shares = st.one_of(st.sampled_from(("30%", "100%", "0.5", "")), fields)
plans = st.builds(Plan, shares, shares, shares, shares, st.one_of(st.just(msgspec.UNSET), shares))
lists = st.lists(words, max_size=3).map(tuple)


@st.composite
def target_values(draw: st.DrawFn, name: str | None = None) -> TargetValue:
    """A target value as reading makes it; sometimes with more than its words tell."""
    value = parse_value(draw(st.one_of(st.sampled_from(TARGETS), words)), name or "")
    more = draw(
        st.one_of(
            st.just({}),
            st.just({}),
            st.fixed_dictionaries({"direction": st.sampled_from((None, *Direction))}),
            st.fixed_dictionaries(
                {
                    "number": st.sampled_from((None, Decimal("1.50"), Decimal("1E+9"))),
                    "unit": fields,
                    "kind": st.sampled_from((None, *Kind)),
                    "nature": st.sampled_from((None, *Nature)),
                }
            ),
        )
    )
    return msgspec.structs.replace(value, **more)


@st.composite
def indicators(draw: st.DrawFn) -> Indicator:
    """A row of an indicator table."""
    name = draw(fields)
    plain = ("level1", "level2", "description", "basis")
    rare = ("weight", "formula", "scoring", "previous", "remark")
    given = {field: draw(fields) for field in plain}
    if draw(st.booleans()):
        given |= {field: draw(fields) for field in rare}
    return Indicator(
        name=name,
        value=draw(target_values(name)),
        extra=draw(extras),
        place=draw(place_maps),
        **given,
    )


indicator_lists = st.lists(indicators(), max_size=3).map(tuple)
projects = st.builds(
    Project,
    code=st.one_of(fields, st.just("13073024P000433100036")),
    name=fields,
    unit=units,
    department=units,
    budget=budgets,
    purpose=fields,
    plan=plans,
    goals=lists,
    indicators=indicator_lists,
    whole_period_budget=st.one_of(st.none(), st.none(), st.just(Budget()), budgets),
    whole_period_goals=lists,
    whole_period_indicators=st.one_of(st.just(()), indicator_lists),
    extra=extras,
    place=place_maps,
)
criteria = st.builds(Criterion, words, fields, fields, fields, fields)
sub_objectives = st.builds(
    SubObjective,
    title=fields,
    duty=fields,
    objective=fields,
    indicators=lists,
    budget=st.one_of(st.none(), st.just(Budget()), budgets),
    criteria=st.lists(criteria, max_size=2).map(tuple),
    place=place_maps,
)
tasks = st.builds(DepartmentTask, fields, fields, budgets, place_maps)
years = st.one_of(st.none(), st.integers(2015, 2035))


def texts() -> st.SearchStrategy[PerformanceText]:
    """Whole texts."""
    return st.builds(
        PerformanceText,
        source=words,
        year=years,
        region=st.builds(Region, fields, fields),
        unit=units,
        draft=st.booleans(),
        overall=fields,
        sub_objectives=st.lists(sub_objectives, max_size=2).map(tuple),
        safeguards=lists,
        tasks=st.lists(tasks, max_size=2).map(tuple),
        budget=budgets,
        indicators=indicator_lists,
        projects=st.lists(projects, max_size=2).map(tuple),
        contents=lists,
        unread=st.lists(st.builds(Unread, words, places, words), max_size=2).map(tuple),
        warnings=st.lists(
            st.builds(ReadingWarning, words, st.one_of(st.none(), places)), max_size=2
        ).map(tuple),
        place=place_maps,
    )


def large_text(
    projects: int = 3, rows: int = 40, source: str = "某县/农业农村局.docx"
) -> PerformanceText:
    """Return a text with full tables: long names, line breaks, blank cells, awkward words."""

    def word(number: int) -> str:
        return AWKWARD[number % len(AWKWARD)]

    def indicator(number: int) -> Indicator:
        name = f"{word(number)}第{number}项指标" + "很长的名称" * (number % 30)
        place = {"self": Place(table=3, row=number + 1, column=1)}
        value = parse_value(TARGETS[number % len(TARGETS)], name)
        basis = ("", None, word(number + 1))[number % 3]
        return Indicator("产出指标", "数量指标", name, word(number + 2), value, basis, place=place)

    def project(number: int) -> Project:
        return Project(
            code=f"13073024P0004331{number:05}",
            name=f"项目{number}\n（{word(number)}）",
            unit=BudgetUnit("976001", "怀来县官厅库区建设管理中心"),
            budget=Budget("1,234.50", "1234.50", "", "万元"),
            purpose=word(number + 5),
            plan=Plan("30%", "60%", "80%", "100%"),
            goals=(f"目标{word(number)}", "第二条"),
            indicators=tuple(map(indicator, range(rows))),
            place={"self": Place(table=3)},
        )

    return PerformanceText(
        source=source,
        year=2024,
        region=Region("130730", "怀来县"),
        unit=BudgetUnit("976", "某局"),
        overall="总体目标\n第二行",
        sub_objectives=(SubObjective("分项一", objective="目标", indicators=("指标",)),),
        safeguards=("措施一", "措施二"),
        projects=tuple(map(project, range(projects))),
    )
