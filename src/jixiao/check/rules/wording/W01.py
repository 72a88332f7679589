"""W01 repeated-word."""

from __future__ import annotations

from collections.abc import Iterable

from jixiao.check.cleaning import hits, repeated_words
from jixiao.check.finding import Severity
from jixiao.check.rule import Hit, ProjectRule
from jixiao.check.written import written
from jixiao.model import Project


class W01(ProjectRule):
    """同一个词接连打了两遍。

    动词重叠（研究研究）、叠字（天天、家家户户）和本来相连的两个词（县政府政府采购）不算。可以自动更正。

    为什么：绩效文本要公开，打重的字使人怀疑这份表没有人看过第二遍。

    反例：

        村庄环境改善程度程度

    正例：

        村庄环境改善程度
    """

    code = "W01"
    slug = "repeated-word"
    title = "词语重复"
    severity = Severity.INFORMATION
    subject = "文字"
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》完整性·规范完整性"
    for_department = True

    def find(self, project: Project) -> Iterable[Hit]:
        """Yield one hit for each field with a word typed twice."""
        said = written(project)
        if not said.looks.repeated:
            return ()
        return hits(said.fields, repeated_words, "里{}打重了", "删去重复的字：")
