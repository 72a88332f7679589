"""Every label in labels.toml does what it says in a form, however it is written."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

import jixiao.read
from jixiao.read import read_bytes
from read.hostile import cell, docx, table

LABELS = tomllib.loads(
    (Path(jixiao.read.__file__).parent / "data" / "labels.toml").read_text(encoding="utf-8")
)
COLUMNS = {
    "level1": "产出指标", "level2": "数量指标", "name": "培训人数", "description": "培训的人数",
    "value": "≥50人", "basis": "培训计划", "weight": "10", "formula": "人数之和", "scoring": "达标得分",
    "previous": "40人", "remark": "新增",
}  # fmt: skip
FIELDS = {
    "code": "13053424P000014", "name": "培训费", "total": "67.5", "fiscal": "60", "other": "7.5",
    "purpose": "支付培训所需", "goals": "完成全年培训任务",
}  # fmt: skip
# Usual headings for the roles whose label is not the one being tried.
USUAL = {"level1": "一级指标", "level2": "二级指标", "name": "三级指标", "value": "指标值"}

WRITTEN = {
    "plain": lambda label: label,
    "broken": lambda label: (
        f"{label[: len(label) // 2]}</w:t><w:br/><w:t>{label[len(label) // 2 :]}"
    ),
    "padded": lambda label: "  ".join(label),
    "colon": lambda label: f"{label}：",
    "noted": lambda label: f"{label}（必填）",
}


def in_a_form(fields: dict[str, str], columns: dict[str, str]):
    """Read a form that says the fields under their labels and has one row of indicators."""
    wide = f'<w:gridSpan w:val="{max(len(columns), 2) - 1}"/>'
    pairs = [cell(label) + cell(FIELDS[role], wide) for role, label in fields.items()]
    head = "".join(map(cell, columns.values()))
    row = "".join(cell(COLUMNS[role]) for role in columns)
    (project,) = read_bytes(docx(table(*pairs, head, row)), "表").projects
    return project


@pytest.mark.parametrize("writing", WRITTEN)
@pytest.mark.parametrize("role", COLUMNS)
def test_a_heading_makes_its_column(role, writing):
    wrong = []
    for label in LABELS["columns"][role]:
        columns = {**USUAL, role: WRITTEN[writing](label)}
        (one,) = in_a_form({"name": "项目名称"}, columns).indicators
        said = one.value.text if role == "value" else getattr(one, role)
        if said != COLUMNS[role] or one.name != COLUMNS["name"]:
            wrong.append(label)
    assert wrong == []


@pytest.mark.parametrize("writing", WRITTEN)
@pytest.mark.parametrize("role", FIELDS)
def test_a_label_names_its_field(role, writing):
    wrong = []
    for label in LABELS["fields"][role]:
        fields = {"name": "项目名称", "goals": "绩效目标", role: WRITTEN[writing](label)}
        project = in_a_form(fields, USUAL)
        said = {
            "goals": "\n".join(project.goals), "total": project.budget.total,
            "fiscal": project.budget.fiscal, "other": project.budget.other,
        }.get(role) or getattr(project, role, None)  # fmt: skip
        if said != FIELDS[role] or len(project.indicators) != 1:
            wrong.append((label, said))
    assert wrong == []


def test_a_label_without_a_field_keeps_its_words():
    wrong = []
    for label in LABELS["fields"]["extra"]:
        body = table(
            cell("项目名称") + cell("培训费"),
            cell(label) + cell("照写的话"),
            cell("绩效目标") + cell("完成任务"),
        )
        text = read_bytes(docx(body), "表")
        if text.projects[0].extra != {label: "照写的话"} or text.unread:
            wrong.append(label)
    assert wrong == []


def test_no_label_names_two_things():
    seen: dict[str, str] = {}
    for section in ("columns", "fields"):
        for role, labels in LABELS[section].items():
            for label in labels:
                key = f"{section}:{label}"
                assert seen.setdefault(key, role) == role, f"{label} names {seen[key]} and {role}"
