"""What has been read of a unit's report so far, project by project."""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from jixiao.model import Budget, BudgetUnit, Place
from jixiao.model.reports import Funds, IndicatorReport, ProjectReport
from jixiao.model.values import to_decimal
from jixiao.read.labels import coded_unit
from jixiao.read.report_labels import choice, label, labels

RATE, RATE_WEIGHT, RATE_SCORE = "执行率", "执行率分值", "执行率得分"
"""Names under which ``ProjectReport.extra`` has what a form says of the execution rate."""

MEASURES = "改进措施"
_STAGES = ("initial", "adjusted", "spent", "expected")
_PARTS = ("total", "fiscal", "other")
_TEXTS = ("code", "name", "goal", "goal_reached", "score", "problems", "measures")
_BLANK_AMOUNT = re.compile(r"^[-—－–_/\\*\s]*$")
_CODED = re.compile(r"^(?=.*\d)([0-9A-Z]{15,24})\s*[-—－–_]\s*(\S.*)$", re.DOTALL)
_LIST = re.compile(r"[、,，;；/\s]+")


class ProjectDraft:
    """One project's report while its rows are being read."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.fields: dict[str, str] = {}
        self.funds: dict[str, str] = {}
        self.money_unit: str | None = None
        self.extra: dict[str, str] = {}
        self.indicators: list[tuple[int | None, IndicatorReport]] = []
        self.place: dict[str, Place] = {}
        self.whole = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been read of it."""
        return not (self.fields or self.funds or self.indicators)

    @property
    def reports(self) -> bool:
        """Whether it has room for what was done: a table of targets has none."""
        return (
            any(key.startswith(("spent.", "expected.")) for key in self.funds)
            or not self.fields.keys().isdisjoint(("goal_reached", "score"))
            or any(one.actual is not None for _, one in self.indicators)
        )

    def put(self, role: str, text: str, place: Place) -> bool:
        """Take a field; return False where it has another one already."""
        if role == "money_unit":
            self.money_unit = text or self.money_unit
            return True
        table = self.funds if "." in role else self.fields
        if role in table and table[role] and table[role] != text:
            return not text
        table[role] = text
        self.place.setdefault(role, place)
        self.place.setdefault("self", place)
        return True

    def finish(self, money_unit: str | None) -> ProjectReport:
        """Return the report."""
        self._rate()
        self._code()
        numbers = [number for number, _ in self.indicators]
        indicators = [each for _, each in self.indicators]
        if indicators and None not in numbers:  # a user may have sorted the rows
            order = sorted(range(len(numbers)), key=lambda at: (numbers[at], at))
            indicators = [indicators[at] for at in order]
        unit = self.money_unit or money_unit
        return ProjectReport(
            **{name: self.fields.get(name) for name in _TEXTS},
            unit=_unit(self.fields.get("unit"), self.fields.get("unit_code")),
            department=_unit(self.fields.get("department"), None),
            funds=Funds(*(self._budget(stage, unit) for stage in _STAGES)),
            indicators=tuple(indicators),
            extra=self.extra,
            place=self.place,
        )

    def _code(self) -> None:
        """Take the code off a name that begins with it: 13073024P00043410009H-业务费."""
        if not self.fields.get("code") and (found := _CODED.match(self.fields.get("name", ""))):
            self.fields["code"], self.fields["name"] = found[1], found[2].strip()
            self.place.setdefault("code", self.place["name"])

    def _budget(self, stage: str, unit: str | None) -> Budget:
        amounts = [amount(self.funds.get(f"{stage}.{part}", "")) for part in _PARTS]
        total, fiscal, other = amounts
        return Budget(total, fiscal, other, unit) if any(amounts) else Budget()

    def _rate(self) -> None:
        """Keep the execution rate only where it is not what the money says."""
        said = self.extra.get(RATE)
        if said is None:
            return
        rate = execution_rate(self.funds)
        number = to_decimal(said.rstrip("%％"))
        if rate is not None and number is not None:
            of_hundred = number if "%" in said or "％" in said or number > 1 else number * 100
            places = Decimal(1).scaleb(min(0, int(number.as_tuple().exponent)))
            if of_hundred in (rate, rate.quantize(places, ROUND_HALF_UP)):
                del self.extra[RATE]
        elif rate is None and number is None and _BLANK_AMOUNT.match(said.rstrip("%％")):
            del self.extra[RATE]


def execution_rate(funds: dict[str, str]) -> Decimal | None:
    """Return spent ÷ budget of the totals in per cent, two decimals; None where it is not known."""
    spent = to_decimal(funds.get("spent.total") or "")
    budget = to_decimal(amount(funds.get("adjusted.total") or "") or "") or to_decimal(
        funds.get("initial.total") or ""
    )
    if spent is None or not budget:
        return None
    return (spent * 100 / budget).quantize(Decimal("0.01"), ROUND_HALF_UP)


def amount(text: str) -> str | None:
    """Return an amount as written, None where the cell is blank or struck out."""
    return None if _BLANK_AMOUNT.match(text) else text


def _unit(text: str | None, code: str | None) -> BudgetUnit:
    if text and not code and (both := coded_unit(text)):
        return BudgetUnit(*both)
    return BudgetUnit(code or None, text or None)


def causes_in(text: str) -> tuple[tuple[str, ...], str]:
    """Return the causes that a cell lists (经费保障、人员保障), and what in it is none."""
    known = []
    rest = []
    for part in _LIST.split(text):
        if found := choice(part, "causes"):
            known.append(found)
        elif part:
            rest.append(part)
    return tuple(dict.fromkeys(known)), "、".join(rest)


def explained(text: str) -> tuple[tuple[str, ...], str, str | None]:
    """Split 偏差原因分析及改进措施 into causes, reason and measures.

    经费保障、人员保障：资金到位晚。 and, on a line of its own, 改进措施：…
    """
    found = re.search(rf"(?:^|\n)[ \t]*(?:\d[.、．]\s*)?{_MEASURES}[:：]", text)
    measures = None
    if found:
        measures = text[found.end() :].strip()
        text = text[: found.start()].rstrip()
    head, colon, rest = text.replace(":", "：", 1).partition("：")
    if "：" in text or ":" in text:
        causes, other = causes_in(head)
        if causes and colon and not other:
            return causes, rest.strip(), measures
        if label(head, "indicator_columns") and not other.isdigit():
            return (), rest.strip(), measures
    causes, other = causes_in(text)
    if causes and not other:
        return causes, "", measures
    return (), text, measures


_MEASURES = "(?:" + "|".join(
    sorted(labels().indicator_columns["measures"], key=len, reverse=True)
) + ")"  # fmt: skip
