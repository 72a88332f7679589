"""Monitoring, self-evaluation and re-check for people: a line a score, and why where asked."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.cli.show_findings import Line
from jixiao.model.department import DepartmentEvaluation
from jixiao.model.monitoring import Judgement, Named, ProjectMonitoring, TextMonitoring
from jixiao.model.recheck import Draw, RecheckStatistics, Stratum
from jixiao.model.scores import Lamp, ProjectEvaluation, Score, UnitEvaluation
from jixiao.write.plain import number, one_line
from jixiao.write.reports.monitoring import counted

PROPOSED = "系统测算，供单位和财政部门确认"
_LAMPS: dict[Lamp | None, tuple[str, str]] = {
    "green": ("绿", "green"),
    "yellow": ("黄", "yellow"),
    "red": ("红", "bold red"),
    None: ("待判断", "dim"),
}
_UNNAMED = "（没有名称）"


def show_evaluation(
    unit: UnitEvaluation, department: DepartmentEvaluation, *, explain: bool
) -> Iterator[Line]:
    """Yield the lines that tell the scores of a unit's projects."""
    year = f"　{unit.year} 年" if unit.year else ""
    yield [(f"{one_line(unit.unit.name) or _UNNAMED}{year}　绩效自评", "bold")]
    yield [(f"{PROPOSED}。口径：{unit.profile}", "dim")]
    for at, project in enumerate(unit.projects, 1):
        yield []
        yield [(f"项目 {at}　{one_line(project.name) or _UNNAMED}", "bold cyan")]
        yield from _project(project, explain=explain)
    yield []
    yield [("部门整体", "bold cyan")]
    yield from _department(department, explain=explain)
    if unit.notes:
        yield []
        yield from ([("注意 ", "yellow"), (one_line(note), "")] for note in unit.notes)
    yield []


def _project(project: ProjectEvaluation, *, explain: bool) -> Iterator[Line]:
    if project.total is None:
        between = f"，在 {number(project.lowest)} 到 {number(project.highest)} 之间"
        yield [("  总分 ", ""), (f"待人工评定{between}", "bold yellow")]
    else:
        yield [("  总分 ", ""), (f"{number(project.total)}　{project.grade or ''}", "bold")]
    rate = project.execution_rate
    told = "预算执行率" if rate is None else f"预算执行率 {number(rate)}%"
    yield from _score(told, project.execution, explain=explain)
    for one in project.indicators:
        target, actual = (
            one_line(one.target) or "（没有指标值）",
            one_line(one.actual) or "（未填）",
        )
        what = f"{one_line(one.name) or _UNNAMED}　{target} → {actual}"
        yield from _score(what, one.score, explain=explain)
    yield from ([("  注意 ", "yellow"), (one_line(note), "")] for note in project.notes)


def _department(found: DepartmentEvaluation, *, explain: bool) -> Iterator[Line]:
    rolled = found.roll_up
    if rolled.total is None:
        told: Line = [("没有（有项目没有总分或预算数）", "yellow")]
    else:
        told = [(f"{number(rolled.total)}　{rolled.grade or ''}", "bold")]
    yield [("  项目按预算加权 ", ""), *told]
    if explain:
        yield [("      算式 ", "dim"), (one_line(rolled.formula), "")]
        yield [
            ("      依据 ", "dim"),
            (f"{one_line(rolled.rule)}（{one_line(rolled.source)}）", ""),
        ]
    if found.own is not None:
        yield [("  部门整体支出自评", "")]
        yield from _project(found.own, explain=explain)
    for each in found.dimensions if explain else ():
        rate = "没有数据" if each.rate is None else f"{number(each.rate)}%"
        yield [
            (f"  {one_line(each.name)} ", ""),
            (f"得分率 {rate}", ""),
            (f"　{one_line(each.formula)}", "dim"),
        ]
    coverage = found.coverage
    if explain and coverage.objectives:
        alone = [one_line(coverage.objectives[at].title) for at in coverage.objectives_alone]
        if alone:
            yield [("  注意 ", "yellow"), (f"看不出有项目支撑的目标：{'、'.join(alone)}", "")]
    yield from ([("  注意 ", "yellow"), (one_line(note), "")] for note in rolled.notes)


def _score(what: str, score: Score, *, explain: bool) -> Iterator[Line]:
    full = number(score.full)
    if score.score is None:
        points: Line = [(f"待评 / {full}", "yellow")]
    else:
        short = score.score < score.full
        points = [(f"{number(score.score)} / {full}", "bold" if short else "")]
    yield [("  ", ""), *points, (f"　{what}", "")]
    if explain:
        yield [("      算式 ", "dim"), (one_line(score.formula), "")]
        yield [("      依据 ", "dim"), (f"{one_line(score.rule)}（{one_line(score.source)}）", "")]
    if explain or score.score is None:
        yield from ([("      注意 ", "yellow"), (one_line(note), "")] for note in score.notes)


# ── monitoring ───────────────────────────────────────────────────────────────
def show_monitoring(found: TextMonitoring, unit: str | None, *, explain: bool) -> Iterator[Line]:
    """Yield the lines that tell how a unit's projects stand."""
    yield [(f"{one_line(unit) or _UNNAMED}　绩效运行监控（截至 {found.month} 月底）", "bold")]
    profile = found.projects[0].profile if found.projects else ""
    yield [(f"{PROPOSED}。口径：{profile}", "dim")]
    yield [(counted(found.summary), "")]
    for at, project in enumerate(found.projects, 1):
        yield []
        yield [(f"项目 {at}　{one_line(project.name) or _UNNAMED}", "bold cyan")]
        yield from _monitored(project, explain=explain)
    for names, told in ((found.missing, "没有填报"), (found.unknown, "填报了而文本里没有")):
        if names:
            yield []
            yield [("注意 ", "yellow"), (f"{told}：{'、'.join(map(one_line, names))}", "")]
    yield []


def _monitored(project: ProjectMonitoring, *, explain: bool) -> Iterator[Line]:
    yield [("  ", ""), *_lamp(project.lamp), (f"　{one_line(project.summary)}", "")]
    yield from _judged("资金", project.funds.by_time, explain=explain)
    yield from _judged("与支出计划比", project.funds.by_plan, explain=explain)
    for one in project.indicators:
        target, actual = one_line(one.target), one_line(one.actual) or "（未填）"
        forecast = f"，全年预计 {one_line(one.forecast.text)}" if one.forecast.text else ""
        what = f"{one_line(one.name) or _UNNAMED}　{target} → {actual}{forecast}"
        yield from _judged(what, one.judgement, explain=explain)
        if explain:
            yield from _proposed("偏差原因", one.causes)
            yield from _proposed("完成目标可能性", (one.likelihood,) if one.likelihood else ())
            yield from _proposed("改进措施", one.measures)
    action = project.action
    yield [("  建议 ", ""), (action.name, "bold"), (f"　{action.rule}", "dim")]
    if explain:
        yield from (
            [("      依据 ", "dim"), (one_line(each), "")]
            for each in (*action.reasons, action.source)
        )
    yield from ([("  注意 ", "yellow"), (one_line(note), "")] for note in project.notes)


def _judged(what: str, judgement: Judgement, *, explain: bool) -> Iterator[Line]:
    yield [("  ", ""), *_lamp(judgement.lamp), (f"　{what}", "")]
    if explain:
        yield [("      算式 ", "dim"), (one_line(judgement.formula), "")]
        yield [
            ("      依据 ", "dim"),
            (f"{one_line(judgement.rule)}（{one_line(judgement.source)}）", ""),
        ]
    if explain or judgement.lamp is None:
        yield from ([("      注意 ", "yellow"), (one_line(note), "")] for note in judgement.notes)


def _proposed(what: str, names: tuple[Named, ...]) -> Iterator[Line]:
    for each in names:
        said = f"（建议，待单位确认：{one_line(each.why)}）" if each.proposed else ""
        yield [(f"      {what} ", "dim"), (f"{one_line(each.name)}{said}", "")]


def _lamp(lamp: Lamp | None) -> Line:
    return [_LAMPS[lamp]]


# ── re-check ─────────────────────────────────────────────────────────────────
def show_draw(draw: Draw) -> Iterator[Line]:
    """Yield the lines that tell what was drawn, from which layer, and how to draw it again."""
    yield [("绩效自评抽查复核", "bold")]
    share = f"{number(draw.actual_share)}%，规定比例 {number(draw.share)}%"
    yield [
        (
            f"共 {draw.of} 个项目，抽取 {len(draw.drawn)} 个（{share}）。种子：{one_line(draw.seed)}",
            "",
        )
    ]
    yield [(f"{draw.algorithm}。依据：{draw.source}", "dim")]
    yield []
    for at, each in enumerate(draw.drawn, 1):
        one = each.project
        total = "未定" if one.total is None else number(one.total)
        where = _layer(draw.strata[each.stratum])
        yield [
            (f"  {at}. ", ""),
            (one_line(one.name) or _UNNAMED, "bold"),
            (f"　{one_line(one.unit)}　{one.grade or '未定级'} {total}　{where}", ""),
        ]
    yield []
    yield from ([("  ", ""), (f"{_layer(each)}：{each.formula}", "dim")] for each in draw.strata)
    yield from ([("注意 ", "yellow"), (one_line(note), "")] for note in draw.notes)


def _layer(stratum: Stratum) -> str:
    parts = (stratum.grade, stratum.money, one_line(stratum.unit) if stratum.unit else None)
    return "，".join(each for each in parts if each)


def show_statistics(found: RecheckStatistics | None) -> Iterator[Line]:
    """Yield the lines that tell how re-checked totals differ from the units' own."""
    if found is None:
        return
    yield []
    yield [("复核结果", "bold")]
    yield [(f"  抽取 {found.drawn} 个，复核完 {found.finished} 个", "")]
    if found.mean is not None and found.largest is not None:
        told = f"低于自评 {found.lower} 个，高于自评 {found.higher} 个"
        yield [
            (f"  总分平均相差 {number(found.mean)}，最大相差 {number(found.largest)}；{told}", "")
        ]
    for each in found.changes:
        name = one_line(each.name) or _UNNAMED
        yield [("  等级变化 ", "yellow"), (f"{name}：{each.before or '未定级'} → {each.after}", "")]
    for names, told in (
        (found.unexplained, "相差较大而没有写原因"),
        (found.unfinished, "没有复核完"),
    ):
        if names:
            yield [("  注意 ", "yellow"), (f"{told}：{'、'.join(map(one_line, names))}", "")]
