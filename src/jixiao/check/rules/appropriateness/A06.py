"""A06 unchanged-target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from jixiao.check.corpus import Digest, ProjectDigest
from jixiao.check.finding import Severity
from jixiao.check.rule import CorpusRule, Hit
from jixiao.check.wording import quoted


class A06(CorpusRule):
    """目标值与上一年完全一样。

    同一单位上一年的文本也在一起查时，按名称对上项目和指标，凡能定得更高的目标值（100%除外）一个都没有
    变的，提示一次。

    为什么：年年照抄，说明没有按上年的完成情况重新定目标。

    反例：

        2023年和2024年的8项指标值全部相同

    正例：

        按2023年实际完成情况，把服务人次从≥3000人次调到≥3500人次
    """

    code = "A06"
    slug = "unchanged-target"
    title = "目标与上年相同"
    severity = Severity.INFORMATION
    subject = "项目"
    policy = "财预〔2021〕101号：指标值应参考历史标准，体现改进"

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """``least``: targets that must be comparable for the rule to say anything."""

        least: int

    parameters: Parameters

    def find(self, digests: Sequence[Digest]) -> Iterator[tuple[int, Hit]]:
        """Yield the number of the text with each project whose targets are last year's."""
        years = {
            (text.unit, text.year): text for text in digests if text.unit and text.year is not None
        }
        for number, text in enumerate(digests):
            before = years.get((text.unit, text.year - 1)) if text.year is not None else None
            if before is None or not text.unit:
                continue
            last = {project.same: project for project in before.projects}
            for position, project in enumerate(text.projects):
                earlier = last.get(project.same)
                same = _unchanged(project, earlier) if earlier else 0
                if earlier and same >= self.parameters.least:
                    yield (
                        number,
                        Hit(
                            "indicators",
                            f"{same}项可比的目标值与{before.year}年完全相同",
                            f"{before.file}：{quoted(earlier.name)}",
                            f"参考{before.year}年实际完成值，重新核定{text.year}年的目标",
                            project=position,
                        ),
                    )


def _unchanged(project: ProjectDigest, earlier: ProjectDigest) -> int:
    """Return how many targets could be compared, 0 where any of them has changed."""
    values = {one.name: one.value for one in earlier.indicators}
    comparable = [one for one in project.indicators if one.could_rise and one.name in values]
    if any(one.value != values[one.name] for one in comparable):
        return 0
    return len(comparable)
