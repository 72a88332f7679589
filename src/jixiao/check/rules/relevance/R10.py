"""R10 copied-set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import msgspec

from jixiao.check.corpus import Digest
from jixiao.check.finding import Severity
from jixiao.check.rule import CorpusRule, Hit
from jixiao.check.wording import quoted


class R10(CorpusRule):
    """整套指标与别的单位的项目相同。

    几个单位的文本一起查时，一个项目的全部指标（名称和值）与另一个单位同一年度的某个项目一模一样。
    名称相同的项目（统一下达的资金）不算。

    为什么：整套照搬，没有结合本单位本项目的实际。

    反例：

        甲局办公楼修缮项目的7项指标与乙局车辆购置项目完全相同

    正例：

        各自按建设内容、数量和受益对象设置指标
    """

    code = "R10"
    slug = "copied-set"
    title = "整套指标照搬"
    severity = Severity.WARNING
    subject = "项目"
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》相关性·指标科学性"

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """``least``: indicators that a set has at least."""

        least: int

    parameters: Parameters

    def find(self, digests: Sequence[Digest]) -> Iterator[tuple[int, Hit]]:
        """Yield the number of the text with each project whose whole set another unit has."""
        sets: dict[object, list[tuple[int, int]]] = defaultdict(list)
        for number, text in enumerate(digests):
            for position, project in enumerate(text.projects):
                if len(project.indicators) >= self.parameters.least:
                    whole = frozenset((one.name, one.value) for one in project.indicators)
                    sets[text.year, whole].append((number, position))
        for places in sets.values():
            for number, position in places:
                mine = digests[number].projects[position]
                other = next(
                    (
                        (digests[n], digests[n].projects[p])
                        for n, p in places
                        if digests[n].unit != digests[number].unit
                        and digests[n].projects[p].same != mine.same
                    ),
                    None,
                )
                if other:
                    text, project = other
                    yield (
                        number,
                        Hit(
                            "indicators",
                            f"{len(mine.indicators)}项指标与{text.unit or text.file}的{quoted(project.name)}完全相同",
                            f"{text.file}：{quoted(project.name)}",
                            "按本项目的内容、数量和受益对象重新设置指标和指标值",
                            project=position,
                        ),
                    )
