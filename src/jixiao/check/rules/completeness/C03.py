"""C03 missing-category."""

from __future__ import annotations

from collections.abc import Iterator

from jixiao.check.finding import Severity
from jixiao.check.profile import Profile, category_key
from jixiao.check.rule import Hit, ProjectRule
from jixiao.model import Project


class C03(ProjectRule):
    """缺少必须有的指标类别。

    审核口径规定了每个项目都要有的一级、二级指标（通用口径：产出的数量、质量、时效、成本，效益，
    满意度）。类别名称允许常见的别的叫法，如效果指标算作效益指标。

    为什么：缺一类，就有一面没有人管：没有时效指标不知何时办完，没有满意度指标不知办得好不好。

    反例：

        只有数量指标、质量指标和社会效益指标

    正例：

        数量、质量、时效、成本指标，至少一项效益指标，服务对象满意度指标
    """

    code = "C03"
    slug = "missing-category"
    title = "指标类别缺失"
    severity = Severity.ERROR
    subject = "项目"
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》完整性·规范完整性、相关性·指标科学性"

    def __init__(self, profile: Profile) -> None:
        """Take the categories that the profile requires."""
        super().__init__(profile)
        # Names of a required first level with all below it; then of its required second levels.
        self._required = [
            (
                one.name if one.required else None,
                one.names.union(*(two.names for two in one.second)),
                [(two.name, two.names) for two in one.second if two.required],
            )
            for one in profile.categories
        ]

    def find(self, project: Project) -> Iterator[Hit]:
        """Yield each category that has no indicator."""
        if not project.indicators:
            all_ = "、".join(name for name, _, _ in self._required if name)
            yield Hit("indicators", "没有绩效指标", "", f"补充{all_}")
            return
        first = {category_key(one.level1) for one in project.indicators}
        second = {category_key(one.level2) for one in project.indicators}
        here = first | second
        if not any(here):
            return  # 表上没有类别这两栏
        for name, names, below in self._required:
            if name and not here & names:
                yield self._missing(name, here)
            elif any(second):
                for one, known in below:
                    if not here & known:
                        yield self._missing(one, second)

    def _missing(self, name: str, present: set[str]) -> Hit:
        evidence = "、".join(sorted(one for one in present if one))
        return Hit("indicators", f"没有{name}", f"现有：{evidence}", f"补充至少一项{name}")
