"""R07 weak-basis."""

from __future__ import annotations

from functools import lru_cache

from jixiao.check.finding import Severity
from jixiao.check.lexicon import one_of, words
from jixiao.check.repeats import says_nothing_new
from jixiao.check.rule import Hit, IndicatorRule
from jixiao.check.wording import fold, quoted
from jixiao.model import Indicator, Project

_WEAK = one_of(words("bases")["weak"])


class R07(IndicatorRule):
    """指标值确定依据不成其为依据。

    依据应是文件、计划、合同、标准、历史数据。“工作经验”“无”“其他”，或者把指标名称又写一遍，都不是。

    为什么：说不出依据的值，高了低了都没有道理可讲。

    反例：

        确定依据 工作经验

    正例：

        确定依据 冀财农〔2023〕154号核定人数；2023年实际完成62公里
    """

    code = "R07"
    slug = "weak-basis"
    title = "依据不足"
    severity = Severity.WARNING
    subject = "指标"
    policy = "财预〔2021〕101号：指标值应说明来源（计划、历史、行业、预算支出等标准）"

    def find(self, indicator: Indicator, project: Project) -> tuple[Hit, ...]:
        """Return a hit for a basis that is none."""
        basis = indicator.basis
        if not basis:
            return ()  # 空白由 C04 报告
        why = _why(basis, indicator.name, indicator.description)
        if why is None:
            return ()
        return (
            Hit(
                "basis",
                f"指标值确定依据{quoted(basis)}{why}",
                basis,
                "写明依据的文件（文号）、年度计划、合同、行业标准或上年实际数",
            ),
        )


@lru_cache(maxsize=512)
def _why(basis: str, name: str | None, description: str | None) -> str | None:
    if _is_weak(basis):
        return "不成其为依据"
    if says_nothing_new(basis, name) or says_nothing_new(basis, description):
        return "只是重复指标本身"
    return None


@lru_cache(maxsize=512)
def _is_weak(basis: str) -> bool:
    return _WEAK.fullmatch(fold(basis).strip("。；;.、，")) is not None
