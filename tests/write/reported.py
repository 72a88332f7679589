"""Reports that the forms and the table of actuals can say, as hypothesis makes them."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import strategies as st

from jixiao.model import Budget, BudgetUnit
from jixiao.model.reports import Funds, IndicatorReport, ProjectReport, Reports
from jixiao.read.report_labels import labels

_LETTERS = "修桥铺路栽树护坡清淤巡河救助送教义诊护林防疫加固抽水采样演练走访普法调解"
_ODD = "ABxyz&<>\"'%；，—·/\\#$*_`@[]{}=+-"
_CAUSES = tuple(labels().choices["causes"])
_LIKELY = tuple(labels().choices["likelihood"])


def _words(most: int, *, lines: int = 1) -> st.SearchStrategy[str]:
    line = st.tuples(
        st.sampled_from(_LETTERS), st.text(_LETTERS + _ODD + "0123456789 ", max_size=most)
    ).map(lambda parts: "".join(parts).strip())
    return st.lists(line, min_size=1, max_size=lines).map("\n".join)


_text = st.one_of(_words(12), _words(60, lines=3), st.just(""))
_values = st.sampled_from(
    ("≥95%", "=78人", "12次", "2023年12月底前", "达成年度指标", "-3", "0.95", "")
)
_amounts = st.sampled_from(("80.00", "4039.98", "1,234.5", "0", "12000000"))
_marks = st.sampled_from(("10", "9.35", "0", ""))
_units = st.builds(BudgetUnit, st.sampled_from(("976001", "475001")), _words(8))


@st.composite
def _budgets(draw: st.DrawFn) -> Budget:
    total = draw(st.one_of(st.none(), _amounts))
    if total is None:
        return Budget()
    part = st.one_of(st.none(), _amounts)
    return Budget(total, draw(part), draw(part), "万元")


@st.composite
def _indicators(draw: st.DrawFn, *, monitoring: bool) -> tuple[IndicatorReport, ...]:
    levels = draw(
        st.lists(st.sampled_from(("产出指标", "效益指标", "满意度指标")), min_size=1, max_size=20)
    )
    made = []
    for at, level in enumerate(sorted(levels, key=("产出指标", "效益指标", "满意度指标").index)):
        one = IndicatorReport(
            level1=level,
            level2=f"{level[:-2]}{draw(st.sampled_from('甲乙'))}",
            name=f"{draw(_words(8))}{at}",
            target=draw(_values),
            actual=draw(_values),
            reason=draw(_text),
            causes=draw(st.sets(st.sampled_from(_CAUSES), max_size=2).map(
                lambda some: tuple(each for each in _CAUSES if each in some)
            )),
            measures=draw(_text),
            evidence=draw(st.one_of(st.just(""), _words(10))),
            remark=draw(st.one_of(st.just(""), _words(10))),
        )  # fmt: skip
        if monitoring:
            likely = draw(st.sampled_from((*_LIKELY, "")))
            one = msgspec.structs.replace(one, expected=draw(_values), likelihood=likely)
        else:
            one = msgspec.structs.replace(one, weight=draw(_marks), score=draw(_marks))
        made.append(one)
    return tuple(made)


@st.composite
def reports(draw: st.DrawFn) -> Reports:
    """Return reports of one to three projects, of monitoring or of the year."""
    monitoring = draw(st.booleans())
    unit = draw(_units)
    projects = []
    for at in range(draw(st.integers(1, 3))):
        projects.append(
            ProjectReport(
                code=draw(st.sampled_from((f"13073024P00043310{at}036", None))),
                name=f"{draw(_words(20))}{at}",
                unit=unit,
                department=draw(st.one_of(st.just(BudgetUnit()), _units)),
                funds=Funds(
                    draw(_budgets()),
                    draw(_budgets()),
                    draw(_budgets()),
                    draw(_budgets()) if monitoring else Budget(),
                ),
                goal=draw(_text),
                goal_reached=draw(_text),
                indicators=draw(_indicators(monitoring=monitoring)),
                score=None if monitoring else draw(_marks),
                problems=draw(_text),
                measures=draw(_text),
            )
        )
    return Reports(
        source="x",
        kind="monitoring" if monitoring else "self-evaluation",
        year=draw(st.sampled_from((2023, 2025))),
        month=draw(st.sampled_from((3, 6, 7, 10))) if monitoring else None,
        unit=unit,
        projects=tuple(projects),
    )


def said(value: Any) -> Any:
    """Return what reports say: without places, and with what is blank as not there."""
    value = msgspec.to_builtins(value) if isinstance(value, msgspec.Struct) else value
    if isinstance(value, dict):
        kept = {key: said(each) for key, each in value.items() if key not in ("place", "source")}
        return {key: each for key, each in kept.items() if each not in (None, "", {}, [])}
    return [said(each) for each in value] if isinstance(value, list | tuple) else value
