"""S16 undated-completion."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jixiao.check.attained import has_date
from jixiao.check.finding import Severity
from jixiao.check.report_words import pattern
from jixiao.check.reported import reported
from jixiao.check.rule import Hit, ReportRule
from jixiao.check.wording import fold, is_missing, quoted
from jixiao.model import Kind, Project
from jixiao.model.reports import ProjectReport

_DIGIT = re.compile(r"\d")


class S16(ReportRule):
    """期限指标的实际完成值没有日期，或照抄期限。

    指标值写明了月份或日期，实际完成值只写“已完成”“按时完成”，或照抄“12月20日前”。写明没有完成的不查。

    为什么：到底哪天完成的，才能判断是不是按时。

    反例：

        指标值 2024年12月20日前，实际完成值 按时完成

    正例：

        指标值 2024年12月20日前，实际完成值 2024年12月12日
    """

    code = "S16"
    slug = "undated-completion"
    title = "完成时间没有日期"
    severity = Severity.WARNING
    subject = "自评的指标"
    policy = "财预〔2020〕10号《项目支出绩效评价管理办法》：以实际完成值与指标值对比计分"

    def find(self, report: ProjectReport, project: Project | None) -> Iterator[Hit]:
        """Yield a hit for each date that is answered without one."""
        for row in reported(report, project).rows:
            said = row.said.actual
            if row.target.kind is not Kind.DEADLINE or is_missing(said):
                continue
            if has_date(row.target.text) and not _tells_when(fold(row.target.text), fold(said)):
                yield Hit(
                    "actual",
                    f"指标值{quoted(row.target.text)}是期限，实际完成值{quoted(said)}没有写哪一天",
                    said or "",
                    "写实际完成的日期，如“2024年12月12日”",
                    row.number,
                )


def _tells_when(target: str, actual: str) -> bool:
    """Tell whether a value says when; 12月20日前 given back says no more than the target."""
    if pattern("missed").search(actual):
        return True
    return _DIGIT.search(actual) is not None and not (actual == target and actual.endswith("前"))
