"""自评报告 (财预〔2020〕10号): its sentences are built from the numbers, the rest waits for people."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from importlib import resources
from typing import Any

import msgspec

from jixiao.model.scores import IndicatorScore, ProjectEvaluation
from jixiao.write.plain import number, one_line
from jixiao.write.reports.evaluated import Evaluated, UnitReport, sums
from jixiao.write.reports.forms import Form, self_evaluation_form
from jixiao.write.reports.words import points, words, year_words
from jixiao.write.text.blocks import Block, Cell, Heading, Line, Table, spread

_CENT = Decimal("0.01")


class _Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    headings: dict[str, str]
    sentences: dict[str, str]
    limits: dict[str, int]
    summary: dict[str, Any]


@cache
def _words() -> _Words:
    path = resources.files("jixiao.write.reports") / "data" / "report.toml"
    return msgspec.convert(tomllib.loads(path.read_text(encoding="utf-8")), _Words)


def report(unit: UnitReport) -> Form:
    """Return the 自评报告 of a unit: title, five parts, the table of results."""
    name = one_line(unit.evaluation.unit.name)
    title = words().titles["report"].format(year=year_words(unit.evaluation.year), unit=name)
    blocks: list[Block] = [Heading(3, title)]
    parts = {
        "basic": list(_basic(unit)),
        "reached": list(_reached(unit)),
        "reasons": list(_reasons(unit)),
        "applied": list(_applied(unit)),
        "other": [_words().sentences["todo"]],
    }
    for key, lines in parts.items():
        blocks.append(Heading(2, _words().headings[key]))
        blocks += [Line(line) for line in lines]
        if key == "reached" and unit.projects:
            blocks += [Line(_words().summary["title"], title=True), summary_table(unit.projects)]
    return Form("自评报告", blocks)


def summary_table(projects: Sequence[Evaluated]) -> Table:
    """Return a line a project: budget, spent, rate, score, grade; and their sum."""
    about = _words().summary
    edges = spread(about["widths"])

    def row(texts: Sequence[str], *, head: bool = False) -> list[Cell]:
        return [
            Cell(text, begin, end, "head" if head else "value" if at == 1 else "number")
            for at, (text, begin, end) in enumerate(zip(texts, edges, edges[1:], strict=False))
        ]

    rows = [row(about["heads"], head=True)]
    for at, one in enumerate(projects, 1):
        made = one.evaluation
        cells = (_money(one.budget), _money(one.spent), _percent(made.execution_rate))
        grade = made.grade or points(None)
        rows.append(row([str(at), one_line(made.name), *cells, points(made.total), grade]))
    _, budget, spent, _ = sums(projects)
    rate = _percent((spent * 100 / budget).quantize(_CENT, ROUND_HALF_UP)) if budget else ""
    rows.append(row(["", about["sum"], _money(budget), _money(spent), rate, "", ""]))
    return Table(rows, heads=1)


def _say(sentence: str, /, **values: object) -> str:
    return _words().sentences[sentence].format(**values)


def _money(amount: Decimal | None) -> str:
    return "" if amount is None else number(amount.quantize(_CENT, ROUND_HALF_UP))


def _percent(rate: Decimal | None) -> str:
    return "" if rate is None else f"{number(rate)}%"


# ── 一、基本情况 ───────────────────────────────────────────────────────────────
def _basic(unit: UnitReport) -> Iterator[str]:
    done = unit.projects
    lines = [
        _say(
            "projects",
            unit=one_line(unit.evaluation.unit.name),
            year=year_words(unit.evaluation.year),
            all=len(unit.text.projects),
            done=len(done),
        )
    ]
    if unit.missing:
        names = "、".join(one_line(each.name) for each in unit.missing)
        lines.append(_say("missing", count=len(unit.missing), names=names))
    initial, budget, spent, uncounted = sums(done)
    if budget:
        rate = _percent((spent * 100 / budget).quantize(_CENT, ROUND_HALF_UP))
        amounts = {"initial": _money(initial), "adjusted": _money(budget), "spent": _money(spent)}
        lines.append(_say("money", **amounts, rate=rate))
    if uncounted:
        lines.append(_say("uncounted", count=uncounted))
    yield "".join(lines)
    yield _say("profile", profile=unit.evaluation.profile)


# ── 二、绩效目标完成情况 ────────────────────────────────────────────────────────
def _reached(unit: UnitReport) -> Iterator[str]:
    made = [one.evaluation for one in unit.projects]
    known = [one for one in made if one.total is not None]
    if known:
        totals = [one.total for one in known if one.total is not None]
        grades = Counter(one.grade or "" for one in known)
        told = "、".join(_say("grade", name=name, count=many) for name, many in grades.items())
        yield _say(
            "totals",
            count=len(known),
            mean=_money(sum(totals, Decimal(0)) / len(totals)),
            most=number(max(totals)),
            least=number(min(totals)),
            grades=told,
        )
    rolled = unit.department.roll_up
    if rolled.total is not None and len(made) > 1:
        yield _say("rolled", total=number(rolled.total), grade=rolled.grade or "")
    left = [one for one in made if one.total is None]
    if left:
        names = "、".join(one_line(one.name) for one in left)
        yield _say("undecided", count=len(left), names=names)
    yield from _counted(unit.projects)
    for at, one in enumerate(unit.projects, 1):
        rate = _percent(one.evaluation.execution_rate)
        yield _say(
            "project" if rate else "project_unknown",
            number=at,
            name=one_line(one.evaluation.name),
            rate=rate,
            all=len(one.evaluation.indicators),
            full=len(_full(one.evaluation)),
            said=one_line(one.report.goal_reached),
        )


def _counted(projects: Sequence[Evaluated]) -> Iterator[str]:
    pairs = [
        (row.level1 or "未分类", score)
        for one in projects
        for row, score in zip(one.project.indicators, one.evaluation.indicators, strict=True)
    ]
    if not pairs:
        return
    scores = [score for _, score in pairs]
    line = _say(
        "indicators",
        all=len(scores),
        full=sum(map(_is_full, scores)),
        short=sum(map(_is_short, scores)),
        open=sum(each.score.score is None for each in scores),
    )
    levels = []
    for name in dict.fromkeys(level for level, _ in pairs):
        of = [score for level, score in pairs if level == name]
        levels.append(_say("level", name=name, all=len(of), full=sum(map(_is_full, of))))
    yield line.rstrip("。") + "。其中" + "；".join(levels) + "。"


def _is_full(one: IndicatorScore) -> bool:
    return one.score.score is not None and one.score.score >= one.score.full


def _is_short(one: IndicatorScore) -> bool:
    return one.score.score is not None and one.score.score < one.score.full


def _full(made: ProjectEvaluation) -> list[IndicatorScore]:
    return [one for one in made.indicators if _is_full(one)]


# ── 三、偏离绩效目标的原因和下一步改进措施 ──────────────────────────────────────────
def _reasons(unit: UnitReport) -> Iterator[str]:
    found = False
    for one in unit.projects:
        lines = list(_shortfalls(one))
        if not lines:
            continue
        found = True
        name = one_line(one.evaluation.name)
        if len(lines) > _words().limits["together"]:
            yield f"{name}：{_say('several', count=len(lines))}"
            yield from (f"（{at}）{line}。" for at, line in enumerate(lines, 1))
            text = ""
        else:
            text = f"{name}：" + "；".join(lines) + "。"
        if one.report.problems:
            text += _ended(_say("problems", text=one_line(one.report.problems)))
        measures = [one.report.measures, *(row.measures for row in one.report.indicators)]
        told = list(dict.fromkeys(one_line(each) for each in measures if each))
        text += (
            _ended(_say("measures", text="；".join(each.rstrip("。；") for each in told)))
            if told
            else _say("no_measures")
        )
        yield text
    made = [score for one in unit.projects for score in one.evaluation.indicators]
    if left := sum(each.score.score is None for each in made):
        yield _say("open_reasons", count=left)
    elif not found and made:
        yield _say("none_short")


def _shortfalls(one: Evaluated) -> Iterator[str]:
    rate, limit = one.evaluation.execution_rate, _words().limits["rate"]
    if rate is not None and rate < limit:
        yield _say("slow", rate=_percent(rate), limit=limit)
    for score in one.evaluation.indicators:
        if not _is_short(score):
            continue
        row = one.report.indicators[score.number]
        causes = "、".join(row.causes)
        reason = "，".join(filter(None, [causes, one_line(row.reason).rstrip("。")]))
        yield _say(
            "short",
            name=one_line(score.name),
            target=one_line(score.target),
            actual=one_line(score.actual) or _say("blank_actual"),
            why=_say("because", reason=reason) if reason else _say("no_reason"),
        )


def _ended(text: str) -> str:
    return text if text.endswith(("。", "！")) else f"{text}。"


# ── 四、绩效自评结果拟应用和公开情况 ───────────────────────────────────────────────
def _applied(unit: UnitReport) -> Iterator[str]:
    limit = _words().limits["score"]
    low = [
        one.evaluation
        for one in unit.projects
        if one.evaluation.total is not None and one.evaluation.total < limit
    ]
    line = _say("apply")
    if low:
        names = "、".join(one_line(one.name) for one in low)
        line += _say("low", limit=limit, count=len(low), names=names)
    yield line
    yield _say("open")


def evaluation_forms(unit: UnitReport, *, single: bool = False) -> list[Form]:
    """Return the 自评报告 of a unit and the 自评表 of its projects, then that of the department."""
    year = unit.evaluation.year
    forms = [report(unit)]
    forms += [
        self_evaluation_form(one.report, year, one.evaluation, single=single)
        for one in unit.projects
    ]
    if unit.reports.department is not None:
        forms.append(self_evaluation_form(unit.reports.department, year, whole=True, single=single))
    return forms
