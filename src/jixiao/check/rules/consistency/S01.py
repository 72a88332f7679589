"""S01 full-score-unproven."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.check.finding import Severity
from jixiao.check.reported import reported
from jixiao.check.rule import Hit, ReportRule
from jixiao.check.wording import is_missing
from jixiao.model import Project
from jixiao.model.reports import ProjectReport


class S01(ReportRule):
    """得了满分，却没有实际完成值，或没有佐证资料。

    实际完成值空着、写“无”或横线，得分等于分值的，报告实际完成值；表上有佐证资料一栏而空着的，报告佐证资料。
    表上没有佐证资料这一栏的，不查佐证。

    为什么：满分要有凭据；没有完成值，谁也核不出这个分是怎么来的。

    反例：

        指标值 ≥5600人，实际完成值 （空），分值 10，得分 10

    正例：

        指标值 ≥5600人，实际完成值 5612人，分值 10，得分 10，佐证资料 2024年12月发放花名册
    """

    code = "S01"
    slug = "full-score-unproven"
    title = "满分没有完成值或佐证"
    severity = Severity.ERROR
    subject = "自评的指标"
    policy = "财预〔2020〕10号《项目支出绩效评价管理办法》绩效自评：结果应客观真实、有据可查"

    def find(self, report: ProjectReport, project: Project | None) -> Iterator[Hit]:
        """Yield a hit for each full score that has no value or no evidence."""
        for row in reported(report, project).rows:
            if not row.is_full:
                continue
            if row.is_unfilled:
                yield Hit(
                    "actual",
                    f"得了满分{row.full}分，却没有填实际完成值",
                    row.said.actual or "",
                    "填写实际完成值；确实没有完成或无法统计的，不能得满分",
                    row.number,
                )
            elif row.said.evidence is not None and is_missing(row.said.evidence):
                yield Hit(
                    "evidence",
                    "得了满分，却没有佐证资料",
                    row.said.actual or "",
                    "写明佐证资料的名称，如验收报告、发放花名册、调查问卷汇总",
                    row.number,
                )
