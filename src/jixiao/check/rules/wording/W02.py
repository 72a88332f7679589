"""W02 punctuation."""

from __future__ import annotations

from collections.abc import Iterable

from jixiao.check.cleaning import hits, stray_punctuation
from jixiao.check.finding import Severity
from jixiao.check.rule import Hit, ProjectRule
from jixiao.check.written import written
from jixiao.model import Project


class W02(ProjectRule):
    """标点重复、多余，或者句末剩下一个序号。

    省略号、小数、版本号和成对的引号、书名号不算。可以自动更正。

    为什么：多余的标点和序号是拼凑、删改留下的痕迹，公开前应当清理。

    反例：

        保障机关正常运转。。；做好防汛等工作。3

    正例：

        保障机关正常运转。做好防汛等工作。
    """

    code = "W02"
    slug = "punctuation"
    title = "标点有误"
    severity = Severity.INFORMATION
    subject = "文字"
    policy = (
        "财预〔2015〕88号《项目支出绩效目标审核表》完整性·规范完整性；GB/T 15834—2011 标点符号用法"
    )
    for_department = True

    def find(self, project: Project) -> Iterable[Hit]:
        """Yield one hit for each field with doubled or stray punctuation."""
        said = written(project)
        if not said.looks.stray:
            return ()
        return hits(said.fields, stray_punctuation, "里的标点{}多余", "改成")
