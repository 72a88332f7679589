"""All that was found in a text as one list; each finding leads to its field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from jixiao.check import Finding
from jixiao.web.targets import content
from jixiao.web.targets.auditing import Waived
from jixiao.web.targets.form_plan import plan
from jixiao.web.targets.models import Sheet, Text, Waiver
from jixiao.write.subject import field_label


class Item(NamedTuple):
    """A finding, what it is of, and where on the page that is."""

    finding: Finding
    of: str
    anchor: str
    waiver: Waiver | None


class Group(NamedTuple):
    """The findings of one project; without a sheet those of the department's part.

    ``missing`` are fields that are not filled, told in one line.
    """

    sheet: Sheet | None
    name: str
    items: list[Item]
    missing: list[Item]


def groups(text: Text, sheets: Sequence[Sheet], severity: str = "") -> list[Group]:
    """Return the findings of a text by its projects, those of one severity only if asked."""
    waived = Waived(text.waivers.all(), sheets)
    head = Group(None, "部门绩效目标", [], [])
    by_number = {
        number: Group(sheet, content.project_of(sheet).name or "（没有名称的项目）", [], [])
        for number, sheet in enumerate(sheets)
    }
    for finding in content.findings_of(text.findings):
        if severity and finding.severity.value != severity:
            continue
        group = head if finding.project is None else by_number[finding.project]
        item = Item(finding, _of(finding, group), _anchor(finding, group.sheet), waived.of(finding))
        is_missing = finding.code in plan().missing and item.waiver is None
        (group.missing if is_missing else group.items).append(item)
    found = [head, *by_number.values()]
    return [group for group in found if group.items or group.missing]


def _of(finding: Finding, group: Group) -> str:
    label = field_label(finding)
    if finding.indicator is None or group.sheet is None:
        return label
    return f"第 {finding.indicator + 1} 行 {label}"


def _anchor(finding: Finding, sheet: Sheet | None) -> str:
    """Return the name of the field's place on its page."""
    field = finding.field or ""
    if sheet is None:
        return f"part-{field.partition('.')[0]}" if field else "form"
    if finding.indicator is not None and finding.indicator < len(sheet.rows):
        return f"at-{sheet.rows[finding.indicator]}-{field}"
    root = field.partition(".")[0]
    return f"row-{plan().anchors.get(root, root)}"
