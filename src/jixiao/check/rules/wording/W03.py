"""W03 spacing."""

from __future__ import annotations

from collections.abc import Iterable

from jixiao.check.cleaning import hits, stray_spacing
from jixiao.check.finding import Severity
from jixiao.check.rule import Hit, ProjectRule
from jixiao.check.written import written
from jixiao.model import Project


class W03(ProjectRule):
    """文号里、句子里夹着空格。

    英文单词之间、数字与单位之间、对齐用的空格和用空格分开的几项不算。可以自动更正。

    为什么：同一个文号、同一个名称有空格和没有空格，检索和汇总时就成了两个。

    反例：

        冀财行【2021】 97号；怀财字[2024]7号  经费

    正例：

        冀财行【2021】97号；怀财字[2024]7号经费
    """

    code = "W03"
    slug = "spacing"
    title = "空格多余"
    severity = Severity.INFORMATION
    subject = "文字"
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》完整性·规范完整性"
    for_department = True

    def find(self, project: Project) -> Iterable[Hit]:
        """Yield one hit for each field with spaces that do not belong there."""
        said = written(project)
        if not said.looks.gap:
            return ()
        return hits(said.fields, stray_spacing, "里有多余的空格：{}", "改成")
