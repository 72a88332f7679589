"""What kind of row a row of a grid is: whether something begins there."""

from __future__ import annotations

from jixiao.read.columns import View
from jixiao.read.labels import coded_unit, label_of, title_of

# Rows that begin so begin something other than one more indicator.
_BEGINS = frozenset(
    ("code", "name", "unit", "unit_code", "department", "department_name", "goals", "whole_goals", "purpose",
     "total", "fiscal", "other", "whole_total", "budget_group", "plan_group", "task_group", "extra",
     "heading_group")
)  # fmt: skip


def project_keys(view: View, row: int) -> list[tuple[str, str]]:
    """Return what a row says a project is called: fields that name it, with their values."""
    found = []
    for cell in view.words[row]:
        label = label_of(cell.text)
        if label and label.field in ("code", "name", "department_name"):
            beside = view.at(row, cell.end)
            found.append((label.field, label.inline or (beside.text if beside else "")))
    return found


def is_unit_row(view: View, row: int) -> bool:
    """976001怀来县官厅库区建设管理中心 | 单位：万元: the row that a new form begins with."""
    first = next(iter(view.words[row]), None)
    if first is None:
        return False
    if coded_unit(first.text):
        return True
    label = label_of(first.text)
    return bool(label and label.field in ("unit", "unit_code", "department")) or _states_money(
        view, row
    )


def _states_money(view: View, row: int) -> bool:
    """Tell whether a row is words at the left and 单位：万元 at the right."""
    words = view.words[row]
    if len(words) != 2 or label_of(words[0].text) is not None:
        return False
    found = label_of(words[1].text)
    return found is not None and bool(found.money_unit) and not found.names


def title_row(view: View, row: int) -> str | None:
    """Return the title that a row of one wide cell is, None where it is none."""
    words = view.words[row]
    if len(words) != 1 or (view.spans and words[0].colspan * 2 < view.width):
        return None
    if not view.spans and len(view.rows[row]) > 1:
        return None
    text = words[0].text
    return text if title_of(text) is not None and label_of(text) is None else None


def begins_other(view: View, row: int) -> bool:
    """Tell whether a row begins with a label of the form, at the left edge."""
    first = next(iter(view.rows[row]), None)
    if first is None or first.column != 0 or not first.text:
        return False
    label = label_of(first.text)
    if label is not None and (label.field in _BEGINS or label.goal):
        return True
    others = view.words[row][1:]
    return (
        len(others) == 1
        and (found := label_of(others[0].text)) is not None
        and bool(found.money_unit and not found.names)
    )


def has_labels(view: View) -> bool:
    """Tell whether a grid has the labels of a form: two at least, or one that names a project."""
    fields = set()
    for line in view.rows:
        for cell in line:
            label = label_of(cell.text)
            if label and (label.field or label.checkpoint or label.goal):
                fields.add(label.field or label.checkpoint or "goal")
                if len(fields) > 1 or fields & {"name", "code", "goals"}:
                    return True
    return False
