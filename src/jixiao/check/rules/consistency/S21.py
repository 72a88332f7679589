"""S21 forecast-disagrees."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.check.attained import attained
from jixiao.check.finding import Severity
from jixiao.check.reported import Row, reported
from jixiao.check.rule import Hit, ReportRule
from jixiao.check.wording import fold, is_missing, quoted
from jixiao.model import Project, parse_value
from jixiao.model.reports import ProjectReport

_CERTAIN = "确定能"
_DOUBTFUL = ("有可能", "完全不可能", "不可能")


class S21(ReportRule):
    """监控时对全年的估计自相矛盾，或估计完不成却没有写原因。

    全年预计达不到指标值，完成目标可能性却填“确定能”；填“有可能”“完全不可能”而没有偏差原因。

    为什么：监控是为了在年中发现完不成的事；估计与可能性对不上，就不知道该不该管。

    反例：

        指标值 ≥5600人，全年预计 4800人，完成目标可能性 确定能

    正例：

        全年预计 4800人，完成目标可能性 完全不可能，偏差原因 其他：800人迁出本县
    """

    code = "S21"
    slug = "forecast-disagrees"
    title = "全年预计与可能性不符"
    severity = Severity.WARNING
    subject = "监控的指标"
    policy = (
        "财预〔2019〕136号《中央部门预算绩效运行监控管理暂行办法》附件：项目支出绩效目标执行监控表"
    )
    kinds = frozenset(("monitoring",))

    def find(self, report: ProjectReport, project: Project | None) -> Iterator[Hit]:
        """Yield a hit for each forecast that does not go with its likelihood or has no reason."""
        for row in reported(report, project).rows:
            likely = fold(row.said.likelihood)
            if likely == _CERTAIN and _falls_short(row):
                yield Hit(
                    "likelihood",
                    f"全年预计{quoted(row.said.expected)}，达不到指标值{quoted(row.target.text)}，"
                    "完成目标可能性却填“确定能”",
                    row.said.likelihood or "",
                    "核对全年预计；完不成的改填，并写明原因",
                    row.number,
                )
            elif likely in _DOUBTFUL and not row.is_explained:
                yield Hit(
                    "reason",
                    f"完成目标可能性填{quoted(row.said.likelihood)}，却没有写偏差原因",
                    row.said.likelihood or "",
                    "勾选偏差原因，写明情况和补救措施",
                    row.number,
                )


def _falls_short(row: Row) -> bool:
    if is_missing(row.said.expected):
        return False
    name = row.said.name or ""
    expected = parse_value(row.said.expected or "", name)
    return attained(row.target, expected, name).reached is False
