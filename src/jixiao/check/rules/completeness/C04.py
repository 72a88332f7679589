"""C04 missing-indicator-field."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.check.finding import Severity
from jixiao.check.rule import Hit, IndicatorRule
from jixiao.check.wording import is_missing, key, may_all_say, quoted
from jixiao.model import Indicator, Project

_LABELS = {
    "name": ("指标名称（三级指标）", "写明量的是什么，如“培训人数”"),
    "description": ("绩效指标描述", "写明含义、计算公式或范围"),
    "value": ("指标值", "写明符号、数值和单位，如“≥95%”，或期限，如“11月底前”"),
    "basis": ("指标值确定依据", "写明依据的文件、计划、标准或上年实际数"),
}


class C04(IndicatorRule):
    """指标缺少名称、描述、指标值或依据。

    空白、横线和“无”都算没有填；表上没有这一栏的不查。

    为什么：缺一样，这项指标就没法考核，或者说不清为什么这样定。

    反例：

        三级指标 培训合格率，指标值 （空白）

    正例：

        三级指标 培训合格率，指标值 ≥95%，依据 2023年实际96%
    """

    code = "C04"
    slug = "missing-indicator-field"
    title = "指标栏目缺失"
    severity = Severity.ERROR
    subject = "指标"
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》完整性·规范完整性"

    def find(self, indicator: Indicator, project: Project) -> tuple[Hit, ...]:
        """Return each field that is there and blank."""
        name, said = indicator.name, indicator.description
        text, basis = indicator.value.text, indicator.basis
        if name and said and text and basis and may_all_say(name, said, text, basis):
            return ()
        return tuple(self._blank(indicator))

    def _blank(self, indicator: Indicator) -> Iterator[Hit]:
        # 依据写了“无”“其他”这样的字，由 R07 报告。
        for field, text in (
            ("name", indicator.name),
            ("description", indicator.description),
            ("value", indicator.value.text),
            ("basis", indicator.basis),
        ):
            if text is None or not is_missing(text) or (field == "basis" and key(text)):
                continue
            label, advice = _LABELS[field]
            which = (
                f"指标{quoted(indicator.name)}" if not is_missing(indicator.name) else "有一项指标"
            )
            yield Hit(field, f"{which}没有填{label}", text, advice)
