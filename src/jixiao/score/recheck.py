"""抽查复核: a stratified draw that anyone can repeat, the sheet to fill, and what it found.

The draw (算法): a project's key is its unit, code and name; its lot is HMAC-SHA256 of the key
under the seed. From each layer are drawn as many as its share, rounded up: of the units in turn,
each time the smallest lot that is left of each, and of these the smallest lots first. A lot
depends on nothing but seed and key: the order of the list makes no difference, and a project
that is added takes the place of one in its own layer at most.
"""

from __future__ import annotations

import hmac
import secrets
from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

import msgspec

from jixiao.model.errors import ProfileError
from jixiao.model.office_toml import told
from jixiao.model.recheck import Candidate, Draw, Drawn, SheetRow, Stratum
from jixiao.model.reports import ProjectReport
from jixiao.model.scores import ProjectEvaluation, Score
from jixiao.model.text import Project
from jixiao.score.arithmetic import exact
from jixiao.score.monitoring.funds import annual_budget
from jixiao.score.monitoring.pairing import code_key, key
from jixiao.score.monitoring.words import HUNDRED
from jixiao.score.points import rounded, shown
from jixiao.score.profile import Scoring

ALGORITHM = (
    "每个项目的签是以种子为密钥、对“单位|项目编码|项目名称”算的 HMAC-SHA256；每层抽的个数是比例乘"
    "项目数，进位取整；层内各单位轮流，每轮各取签最小的一个，签小的先取"
)
RULE = "分层随机抽查复核"
EXECUTION, TOTAL = "预算执行率", "总分"

Layer = Literal["grade", "money", "unit"]
_Layer = tuple[str | None, str | None, str | None]


class MoneyClass(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Budgets below ``below`` (元), and not of a class before; None is all that are left."""

    name: str
    below: Decimal | None = None


class RecheckSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The table ``[recheck]`` of a scoring profile; ``share`` is a percentage."""

    share: Decimal
    strata: tuple[Layer, ...]
    explain: Decimal
    source: str
    money_classes: tuple[MoneyClass, ...]
    profile: str = ""

    def money_class(self, budget: Decimal | None) -> str:
        """Return the class of a budget."""
        if budget is None:
            return "没有预算数"
        return next(
            each.name for each in self.money_classes if each.below is None or budget < each.below
        )


def recheck_settings(scoring: Scoring) -> RecheckSettings:
    """Return what a scoring profile says of the re-check; ProfileError if it does not fit."""
    try:
        found = msgspec.convert(scoring.recheck | {"profile": scoring.label}, RecheckSettings)
    except msgspec.ValidationError as error:
        raise _wrong(scoring, told(error)) from error
    limits = [each.below for each in found.money_classes]
    known = [limit for limit in limits[:-1] if limit is not None]
    if not limits or limits[-1] is not None or len(known) != len(limits) - 1:
        raise _wrong(scoring, "money_classes 除最后一档外都要写 below，最后一档不写")
    if known != sorted(set(known)):
        raise _wrong(scoring, "money_classes 的 below 应从小到大")
    if not 0 < found.share <= HUNDRED:
        raise _wrong(scoring, "share 应大于0，不超过100")
    return found


def _wrong(scoring: Scoring, what: str) -> ProfileError:
    return ProfileError(
        f"评分口径“{scoring.name}”的 [recheck] 写得不对：{what}", "请对照 base 口径改正后再试"
    )


def candidate(
    project: Project, report: ProjectReport, evaluation: ProjectEvaluation, unit: str | None = None
) -> Candidate:
    """Return a self-evaluated project as one that may be drawn; ``unit`` where the form has none."""
    named = project.unit.name or report.unit.name or unit
    return Candidate(
        key=f"{key(named)}|{code_key(project.code)}|{key(project.name)}",
        code=project.code,
        name=project.name,
        unit=named,
        grade=evaluation.grade,
        total=evaluation.total,
        budget=annual_budget(project, report.funds),
    )


@exact
def draw(projects: Sequence[Candidate], settings: RecheckSettings, seed: str | None = None) -> Draw:
    """Draw the projects to be checked again, layer by layer; a seed is made where none is given."""
    seed = seed or secrets.token_hex(4)
    notes: list[str] = []
    layers: dict[_Layer, list[Candidate]] = defaultdict(list)
    apart = distinct(projects)
    if again := sum(one.key != other.key for one, other in zip(apart, projects, strict=True)):
        notes.append(f"{again}个项目与别的项目单位、编码、名称都相同，已编号区分，请核对是否重复")
    for project in apart:
        layers[_layer(project, settings)].append(project)
    strata: list[Stratum] = []
    drawn: list[Drawn] = []
    for number, layer in enumerate(sorted(layers, key=_in_order)):
        members = _in_turn(layers[layer], seed)
        wanted, formula = _wanted(len(members), settings.share)
        strata.append(_stratum(layer, len(members), wanted, formula))
        drawn.extend(Drawn(project, number) for project in members[:wanted])
    actual = rounded(HUNDRED * len(drawn) / len(projects)) if projects else Decimal(0)
    if actual > settings.share and strata:
        notes.append(
            f"各层进位取整，实际抽 {shown(actual)}%，多于 {shown(settings.share)}%；"
            "想少抽，可在口径的 strata 里少分几层"
        )
    if left := len({one.unit for one in projects} - {each.project.unit for each in drawn}):
        notes.append(f"有{left}个单位一个项目也没有抽到")
    return Draw(
        seed=seed,
        algorithm=ALGORITHM,
        share=settings.share,
        actual_share=actual,
        of=len(projects),
        strata=tuple(strata),
        drawn=tuple(drawn),
        rule=RULE,
        source=settings.source,
        notes=tuple(notes),
        profile=settings.profile,
    )


def distinct(projects: Sequence[Candidate]) -> list[Candidate]:
    """Return the projects, in their order, those after the first of one key numbered (#2).

    Which is the first depends on what they say, never on where in the list they stand.
    """
    shared = {each for each, times in Counter(one.key for one in projects).items() if times > 1}
    order = [at for at, one in enumerate(projects) if one.key in shared]
    order.sort(key=lambda at: (projects[at].key, msgspec.json.encode(projects[at])))
    found, seen = list(projects), Counter[str]()
    for at in order:
        one = projects[at]
        seen[one.key] += 1
        if seen[one.key] > 1:
            found[at] = msgspec.structs.replace(one, key=f"{one.key}#{seen[one.key]}")
    return found


def _stratum(layer: _Layer, size: int, drawn: int, formula: str) -> Stratum:
    grade, money, unit = layer
    return Stratum(grade, money, unit, size, drawn, formula)


def _layer(project: Candidate, settings: RecheckSettings) -> _Layer:
    """Return grade, money class and unit of a project, None for what no layer is made by."""
    values: dict[Layer, str] = {
        "grade": project.grade or "未定级",
        "money": settings.money_class(project.budget),
        "unit": project.unit or "未写单位",
    }
    kept = {each: value for each, value in values.items() if each in settings.strata}
    return kept.get("grade"), kept.get("money"), kept.get("unit")


def _in_order(layer: _Layer) -> tuple[str, ...]:
    return tuple(each or "" for each in layer)


def _wanted(size: int, share: Decimal) -> tuple[int, str]:
    """Return how many of a layer are drawn: its share, rounded up, so never none."""
    part = size * share / HUNDRED
    wanted = int(part) + (part != int(part))
    return wanted, f"{size} × {shown(share)}% = {shown(part)}，抽{wanted}个"


def _in_turn(members: Sequence[Candidate], seed: str) -> list[Candidate]:
    """Return a layer in the order of the draw: the first of each unit, then the second of each."""
    turns: Counter[str | None] = Counter()
    order = []
    lots = ((_lot(seed, one.key), one) for one in members)
    for lot, one in sorted(lots, key=lambda each: each[0]):
        turns[one.unit] += 1
        order.append((turns[one.unit], lot, one))
    return [one for _, _, one in sorted(order, key=lambda each: each[:2])]


def _lot(seed: str, key: str) -> bytes:
    return hmac.digest(seed.encode(), key.encode(), "sha256")


def sheet(project: Candidate, evaluation: ProjectEvaluation) -> tuple[SheetRow, ...]:
    """Return the lines of 复核评分表 for a project: 预算执行率, each indicator, the total."""
    rows = [_row(project, EXECUTION, None, "", _percent(evaluation), evaluation.execution)]
    rows.extend(
        _row(project, one.name, one.number, one.target, one.actual, one.score)
        for one in evaluation.indicators
    )
    return (*rows, _total(project, evaluation, rows))


def _total(project: Candidate, evaluation: ProjectEvaluation, rows: Sequence[SheetRow]) -> SheetRow:
    """Return the line of the total; its full points are the ceiling where one has been applied."""
    full = sum((row.full for row in rows), Decimal(0))
    summed = sum((row.original or Decimal(0) for row in rows), Decimal(0))
    total, told = evaluation.total, ""
    if total is not None and total < summed:
        full, told = total, f"执行率低，总分至多 {shown(total)}"
    return _row(project, TOTAL, None, told, "", Score(full, total, "", TOTAL, ""))


def _percent(evaluation: ProjectEvaluation) -> str:
    rate = evaluation.execution_rate
    return "" if rate is None else f"{shown(rate)}%"


def _row(
    project: Candidate, item: str, number: int | None, target: str, actual: str, score: Score
) -> SheetRow:
    return SheetRow(
        key=project.key,
        code=project.code,
        name=project.name,
        unit=project.unit,
        item=item,
        number=number,
        target=target,
        actual=actual,
        full=score.full,
        original=score.score,
    )
