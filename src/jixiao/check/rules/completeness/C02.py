"""C02 missing-project-field."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from jixiao.check.finding import Severity
from jixiao.check.rule import Hit, ProjectRule
from jixiao.check.wording import is_missing, may_all_say, quoted
from jixiao.model import Project

_LABELS = {
    "code": ("项目编码", "填写预算管理系统生成的项目编码"),
    "name": ("项目名称", "填写与预算批复一致的项目名称"),
    "total": ("预算数", "填写本年度预算数，并注明金额单位"),
    "purpose": ("资金用途", "写明资金具体花在什么事、什么范围上"),
    "plan": ("资金支出计划", "填写3、6、10、12月底的累计支出比例，12月底为100%"),
    "goals": ("绩效目标", "写明本年度要完成什么、达到什么效果"),
}


class C02(ProjectRule):
    """项目的必填栏目没有填。

    项目编码、项目名称、预算数、资金用途、资金支出计划和绩效目标，是审核和公开的最基本内容；空白、
    横线（————）、斜线和“无”都等于没有填。表样里没有的栏目不查。

    为什么：没有编码，项目对不上预算；没有目标和用途，就无从判断钱该不该花、花得好不好。

    反例：

        项目编码 ————，绩效目标 （空白）

    正例：

        项目编码 13073024P000433100036，绩效目标 为5600名移民按季发放直补资金
    """

    code = "C02"
    slug = "missing-project-field"
    title = "项目栏目缺失"
    severity = Severity.ERROR
    subject = "项目"
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》完整性·规范完整性"

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """``if_on_form``: fields that must be filled where the form has them; ``always``: anyway."""

        if_on_form: frozenset[str]
        always: frozenset[str]

    parameters: Parameters

    def find(self, project: Project) -> Iterator[Hit]:
        """Yield each field that is not there."""
        if _has_all(project):
            return
        for field, (label, advice) in _LABELS.items():
            written = _written(project, field)
            if not all(map(is_missing, written)):
                continue
            on_form = field in self.parameters.if_on_form and _on_form(project, field)
            if on_form or field in self.parameters.always:
                text = "".join(text for text in written if text)
                instead = f"（只写了{quoted(text)}）" if text else ""
                place = "plan.03" if field == "plan" else field
                yield Hit(place, f"{label}没有填{instead}", text, advice)


def _has_all(project: Project) -> bool:
    """Tell whether all is there at a first look, as it is in nearly all projects."""
    code, name, total = project.code, project.name, project.budget.total
    purpose, last = project.purpose, project.plan.december
    first = project.goals[0] if project.goals else None
    return bool(
        code
        and name
        and total
        and purpose
        and last
        and first
        and may_all_say(code, name, total, purpose, last, first)
    )


def _written(project: Project, field: str) -> list[str | None]:
    if field == "plan":
        return [text for _, text in project.plan.items()]
    if field == "goals":
        return list(project.goals)
    if field == "total":
        return [project.budget.total]
    return [project.code if field == "code" else getattr(project, field)]


def _on_form(project: Project, field: str) -> bool:
    return any(name.partition(".")[0] == field for name in project.place) or any(
        text is not None for text in _written(project, field)
    )
