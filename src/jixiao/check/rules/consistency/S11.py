"""S11 satisfaction-unsurveyed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import msgspec

from jixiao.check.finding import Severity
from jixiao.check.measures import category, measure
from jixiao.check.report_words import pattern
from jixiao.check.reported import Row, reported, written_of
from jixiao.check.rule import Hit, ReportRule
from jixiao.check.wording import fold, quoted
from jixiao.model import Project
from jixiao.model.reports import ProjectReport

_POINTS = ("%", "分", None)


class S11(ReportRule):
    """满意度报100%，看不出做过调查。

    满意度的实际完成值达到口径规定的百分比，佐证资料、备注、偏差原因和完成情况里都没有提到问卷、调查、测评、回访一类。

    为什么：人人满意极少见；没有调查，这个数就是填上去的。

    反例：

        群众满意度 指标值 ≥90%，实际完成值 100%，佐证资料 无

    正例：

        群众满意度 实际完成值 93.5%，佐证资料 200份问卷汇总表
    """

    code = "S11"
    slug = "satisfaction-unsurveyed"
    title = "满意度没有调查依据"
    severity = Severity.WARNING
    subject = "自评的指标"
    policy = "财预〔2020〕10号《项目支出绩效评价管理办法》：满意度通过问卷调查、访谈等方式获得"

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """``suspicious``: from which percentage on a survey must be told of."""

        suspicious: Decimal

    parameters: Parameters

    def find(self, report: ProjectReport, project: Project | None) -> Iterator[Hit]:
        """Yield a hit for each satisfaction of everybody that no survey is told of."""
        told: bool | None = None
        for row in reported(report, project).rows:
            if not self._suspicious(row):
                continue
            said = row.said
            own = fold(f"{said.evidence or ''}{said.actual or ''}")
            if told is None:
                told = pattern("survey").search(written_of(report)) is not None
            if not told and not pattern("survey").search(own):
                yield Hit(
                    "actual",
                    f"满意度报{quoted(row.actual.text)}，没有写怎样调查的",
                    row.actual.text,
                    "在佐证资料写明调查的方式、时间、样本数；没有调查的，补做后按结果填写",
                    row.number,
                )

    def _suspicious(self, row: Row) -> bool:
        actual = row.actual
        if actual.number is None or actual.unit not in _POINTS or row.target.unit not in _POINTS:
            return False
        ratio = actual.unit is None and actual.number == 1 and row.target.unit == "%"  # 1 for 100%
        if actual.number < self.parameters.suspicious and not ratio:
            return False
        nature = measure(row.said.name).nature
        if nature:
            return nature == "satisfaction"
        name = row.said.name or ""
        return category(row.said.level1, row.said.level2) == "满意度" and "投诉" not in name
