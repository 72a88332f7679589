"""C07 contents-mismatch."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.check.contents import entries
from jixiao.check.finding import Severity
from jixiao.check.rule import Hit, TextRule
from jixiao.check.wording import is_missing, key, quoted
from jixiao.model import PerformanceText


class C07(TextRule):
    """目录和项目表对不上。

    目录里的项目没有表，或者有表的项目不在目录里。目录没有列出项目的不查。

    为什么：多是增减了项目而没有更新目录，审核的人会漏看。

    反例：

        目录列了12个项目，正文只有11张项目绩效目标表

    正例：

        目录与正文的项目一一对应
    """

    code = "C07"
    slug = "contents-mismatch"
    title = "目录与项目表不一致"
    severity = Severity.WARNING
    subject = "文本"
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》完整性·规范完整性"

    def find(self, text: PerformanceText) -> Iterator[Hit]:
        """Yield a hit for each project that only one of the two has."""
        listed = {_key(name): name for name in entries(text.contents)}
        if not listed:
            return
        tables = {
            _key(one.name): position
            for position, one in enumerate(text.projects)
            if not is_missing(one.name)
        }
        for name, shown in listed.items():
            if not any(_same(name, table) for table in tables):
                yield Hit(
                    "contents",
                    f"目录里有{quoted(shown)}，正文没有它的项目表",
                    shown,
                    "补上项目表，或更新目录",
                )
        for table, position in tables.items():
            if not any(_same(name, table) for name in listed):
                written = text.projects[position].name
                yield Hit(
                    "name",
                    f"项目{quoted(written)}不在目录里",
                    written or "",
                    "更新目录",
                    project=position,
                )


def _key(name: str | None) -> str:
    """The word 项目 at the end is often left out."""
    return key(name).removesuffix("项目")


def _same(listed: str, table: str) -> bool:
    """A long name may be cut in the contents."""
    shorter = min(len(listed), len(table))
    return listed == table or (
        shorter > 9 and (listed.startswith(table) or table.startswith(listed))
    )
