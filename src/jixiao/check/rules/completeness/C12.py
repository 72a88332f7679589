"""C12 incomplete-plan."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.check.finding import Severity
from jixiao.check.rule import Hit, ProjectRule
from jixiao.check.wording import is_missing, may_all_say
from jixiao.model import Project
from jixiao.model.text import to_percent

_HUNDRED = 100


class C12(ProjectRule):
    """资金支出计划有的时点没有填。

    3、6、10、12月底都要填累计支出比例，没有支出的填0%。前面已到100%的，后面空白不算；整个计划
    都空白的由 C02 报告。

    为什么：空白看不出是不支出还是漏填，按月监控时没有可比的数。

    反例：

        3月底 （空白），6月底 50%，10月底 （空白），12月底 100%

    正例：

        3月底 0%，6月底 50%，10月底 75%，12月底 100%
    """

    code = "C12"
    slug = "incomplete-plan"
    title = "支出计划不完整"
    severity = Severity.WARNING
    subject = "支出计划"
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》完整性·规范完整性"

    def find(self, project: Project) -> Iterator[Hit]:
        """Yield one hit that names the blank checkpoints."""
        cells = project.plan.items()
        texts = [text for _, text in cells if text]
        if len(texts) == len(cells) and may_all_say(*texts):
            return
        if all(is_missing(text) for _, text in cells):
            return
        blank, reached, filled = [], False, []
        for month, text in cells:
            if is_missing(text):
                if not reached:
                    blank.append(month)
            else:
                filled.append(f"{int(month)}月底{text}")
                share = to_percent(text)
                reached = reached or (share is not None and share >= _HUNDRED)
        if blank:
            names = "、".join(f"{int(month)}月底" for month in blank)
            yield Hit(
                f"plan.{blank[0]}",
                f"资金支出计划的{names}没有填",
                "，".join(filled),
                f"补填{names}的累计支出比例，没有支出的填0%" if blank != ["12"] else "12月底填100%",
            )
