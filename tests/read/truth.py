"""Compares what was read with the truth beside each sample, cell by cell."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from jixiao.model import PerformanceText, Project

SAMPLES = Path(__file__).parents[2] / "samples"
NAMES = ("huailai-resettlement-2024", "sannvhe-2023", "shunping-poverty-relief-2021")
FORMATS = ("txt", "docx", "doc", "odt", "rtf", "html", "pdf")

_GOAL_NUMBER = re.compile(r"^\s*\d+\.\s*")


def fold(text: str | None) -> str:
    """Fold white space, and nothing else."""
    return re.sub(r"\s+", "", text or "")


def truth(name: str) -> list[dict[str, Any]]:
    """Return the projects that a sample's truth lists."""
    return json.loads((SAMPLES / f"{name}.truth.json").read_text(encoding="utf-8"))


def _without_unit(text: str | None) -> str:
    return re.sub(r"(?:万元|元)$", "", fold(text))


def cells(project: dict[str, Any]) -> dict[str, str]:
    """Return every cell of a project of the truth by its name."""
    department = fold(project["department"])
    goals = [
        _GOAL_NUMBER.sub("", line)
        for goal in project["goals"]
        for line in goal.split("\n")
        if line.strip()
    ]
    found = {
        "unit": department,
        "code": fold(project["code"]),
        "name": fold(project["name"]),
        "purpose": fold(project["purpose"]),
        "total": _without_unit(project["budget"]),
        "fiscal": _without_unit(project["fiscal"]),
        "other": _without_unit(project["other"]),
        "money_unit": project["unit"] or "万元",
        "goals": "|".join(map(fold, goals)),
        "count": str(len(project["indicators"])),
    }
    for month, share in zip(("03", "06", "10", "12"), project["plan"], strict=True):
        found[f"plan.{month}"] = fold(share)
    for number, indicator in enumerate(project["indicators"]):
        for key in ("l1", "l2", "name", "desc", "value", "basis"):
            found[f"indicators.{number}.{key}"] = fold(indicator[key])
    return found


def read_cells(project: Project) -> dict[str, str]:
    """Return the same cells of a project that was read."""
    found = {
        "unit": fold((project.unit.code or "") + (project.unit.name or "")),
        "code": fold(project.code),
        "name": fold(project.name),
        "purpose": fold(project.purpose),
        "total": fold(project.budget.total),
        "fiscal": fold(project.budget.fiscal),
        "other": fold(project.budget.other),
        "money_unit": project.budget.money_unit or "",
        "goals": "|".join(map(fold, project.goals)),
        "count": str(len(project.indicators)),
    }
    for month, share in project.plan.items():
        found[f"plan.{month}"] = fold(share)
    for number, indicator in enumerate(project.indicators):
        for key, text in (
            ("l1", indicator.level1),
            ("l2", indicator.level2),
            ("name", indicator.name),
            ("desc", indicator.description),
            ("value", indicator.value.text),
            ("basis", indicator.basis),
        ):
            found[f"indicators.{number}.{key}"] = fold(text)
    return found


def differences(name: str, text: PerformanceText) -> tuple[int, list[str]]:
    """Return how many cells the truth has, and each that was read otherwise."""
    wanted = truth(name)
    problems = []
    if len(wanted) != len(text.projects):
        problems.append(f"projects: {len(wanted)} != {len(text.projects)}")
    count = 0
    for number, (project, read) in enumerate(zip(wanted, text.projects, strict=False)):
        got = read_cells(read)
        for key, value in cells(project).items():
            count += 1
            if got.get(key) != value:
                problems.append(f"{number}.{key}: {value!r} != {got.get(key)!r}")
    return count, problems
