"""S10 actual-not-comparable."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jixiao.check.attained import differ_in_kind
from jixiao.check.finding import Severity
from jixiao.check.report_words import pattern
from jixiao.check.reported import Row, reported
from jixiao.check.rule import Hit, ReportRule
from jixiao.check.wording import fold, is_missing, quoted
from jixiao.model import Project
from jixiao.model.reports import ProjectReport

_BOUNDS = ("≥", "≤", ">", "<")
_DIGIT = re.compile(r"[0-9０-９〇零一二三四五六七八九十百千万两]")


class S10(ReportRule):
    """定量指标的实际完成值不是数，或单位、性质与指标值不同。

    “已完成”“达标”说不出完成了多少；“≥95%”是目标的写法，不是完成值；人数填成“100%”或户数，无法对比。写明还没有
    开展的不查。

    为什么：定量指标按完成值与指标值的比例计分，没有数就算不出来，也核不了。

    反例：

        指标值 ≥5600人，实际完成值 已完成；指标值 ≥95%，实际完成值 ≥95%

    正例：

        指标值 ≥5600人，实际完成值 5612人；指标值 ≥95%，实际完成值 96.4%
    """

    code = "S10"
    slug = "actual-not-comparable"
    title = "完成值无法与指标值对比"
    severity = Severity.ERROR
    subject = "自评、监控的指标"
    policy = "财预〔2020〕10号《项目支出绩效评价管理办法》：定量指标以实际完成值与指标值对比计分"
    kinds = frozenset(("self-evaluation", "monitoring"))

    def find(self, report: ProjectReport, project: Project | None) -> Iterator[Hit]:
        """Yield a hit for each value that cannot be held against a number."""
        for row in reported(report, project).rows:
            if row.target.number is None or is_missing(row.said.actual):
                continue
            found = _wrong(row)
            if found:
                unit = row.target.unit or ""
                advice = f"写实际的数，带单位，如“{_example(row)}{unit}”"
                yield Hit("actual", found, row.actual.text, advice, row.number)


def _wrong(row: Row) -> str | None:
    actual = row.actual
    target = f"指标值{quoted(row.target.text)}"
    if actual.number is None:
        if _DIGIT.search(actual.text) or pattern("not_begun").search(fold(actual.text)):
            return None
        return f"{target}是定量的，实际完成值{quoted(actual.text)}不是数"
    if actual.operator in _BOUNDS:
        return f"实际完成值{quoted(actual.text)}是目标的写法，看不出实际是多少"
    if differ_in_kind(row.target, actual):
        return f"实际完成值{quoted(actual.text)}的单位与{target}的不是一回事"
    return None


def _example(row: Row) -> str:
    return f"{row.target.number:f}" if row.target.number is not None else ""
