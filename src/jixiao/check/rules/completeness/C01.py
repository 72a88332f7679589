"""C01 missing-section."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from jixiao.check.finding import Severity
from jixiao.check.rule import Hit, TextRule
from jixiao.check.wording import is_missing
from jixiao.model import PerformanceText

_LABELS = {
    "overall": ("总体绩效目标", "写明本部门全年要实现的总目标"),
    "sub_objectives": ("分项绩效目标", "按职责分项写明绩效目标和绩效指标"),
    "safeguards": ("工作保障措施", "写明组织、制度、资金监管、绩效监控等保障措施"),
}


class C01(TextRule):
    """文本缺少必须有的部分。

    部门预算绩效文本第一部分应有总体绩效目标、分项绩效目标和工作保障措施。只有项目绩效目标表、没有
    第一部分也没有目录的文件，和部门整体支出绩效目标申报表，不按这个要求查。

    为什么：没有部门的目标，就看不出各个项目为什么做、合起来要做成什么。

    反例：

        第一部分只有总体绩效目标和分项绩效目标

    正例：

        一、总体绩效目标　二、分项绩效目标　三、工作保障措施
    """

    code = "C01"
    slug = "missing-section"
    title = "文本缺少部分"
    severity = Severity.ERROR
    subject = "文本"
    policy = (
        "财预〔2015〕88号《项目支出绩效目标审核表》完整性·规范完整性；河北省部门预算绩效文本格式"
    )

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """``required``: parts that a whole text must have."""

        required: frozenset[str]

    parameters: Parameters

    def find(self, text: PerformanceText) -> Iterator[Hit]:
        """Yield each part that is not there."""
        if not _is_whole(text):
            return
        for field, (label, advice) in _LABELS.items():
            if field in self.parameters.required and not _is_there(text, field):
                yield Hit(field, f"文本没有{label}", "", advice)


def _is_whole(text: PerformanceText) -> bool:
    """Tell a whole text from tables standing alone and from a department's own table."""
    if text.tasks or text.indicators:
        return False
    return bool(text.contents) or any(
        field in text.place or _is_there(text, field) for field in _LABELS
    )


def _is_there(text: PerformanceText, field: str) -> bool:
    if field == "overall":
        return not is_missing(text.overall)
    if field == "safeguards":
        return not all(map(is_missing, text.safeguards))
    return not all(
        is_missing(said)
        for one in text.sub_objectives
        for said in (one.title, one.duty, one.objective)
    )
