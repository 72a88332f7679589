"""Builds texts for rule cases: a sound project, and what a case says is different.

A case is a mapping (see :func:`text`) or, shorter, one line of an indicator table:
``质量指标 | 验收合格率 | 一次验收合格的工程占比 | ≥95% | 施工合同``. The description and the basis may be
left out (``质量指标 | 验收合格率 | ≥95%``).
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

from jixiao.model import PerformanceText, Project, parse_value

HERE = Path(__file__).parent

_LEVEL1 = {"效益": "效益指标", "影响": "效益指标", "满意度": "满意度指标"}
"""The first level by a word of the second; all else is 产出指标."""


@cache
def _sound() -> dict[str, Any]:
    return yaml.safe_load((HERE / "sound.yml").read_text(encoding="utf-8"))


def expand(case: str | dict[str, Any]) -> dict[str, Any]:
    """Return a case as a mapping, where it is only a line."""
    return {"name": case, "indicator": _row(case)} if isinstance(case, str) else case


def texts(case: dict[str, Any]) -> list[PerformanceText]:
    """Return the texts of a case: as many as ``texts`` lists, each a case by itself, or one."""
    return [text(one) for one in case.get("texts", [case])]


def text(case: dict[str, Any]) -> PerformanceText:
    """Return the text of a case: 2024, and the sound project alone, but for what the case says.

    ``text`` replaces fields of the text, ``projects`` lists several projects, each by what is
    different from the sound one.
    """
    projects = [project(one) for one in case.get("projects", [case])]
    content = {"source": "例.docx", "year": 2024, **case.get("text", {})}
    return msgspec.convert({**content, "projects": projects}, PerformanceText)


def project(case: dict[str, Any]) -> Project:
    """Return the sound project with a case's differences.

    ``project`` replaces fields of the project, ``indicator`` fields of its first indicator,
    ``indicators`` all its indicators (a value of ``null`` takes a field away).
    """
    content = {**_sound(), **case.get("project", {})}
    rows = [_row(row) for row in case.get("indicators", content["indicators"])]
    if "indicator" in case:
        rows = [{**rows[0], **_row(case["indicator"])}, *rows[1:]]
    content["indicators"] = [
        {
            **row,
            "value": msgspec.to_builtins(
                parse_value(row.get("value") or "", row.get("name") or "")
            ),
        }
        for row in rows
    ]
    return msgspec.convert(content, Project)


def _row(row: str | dict[str, Any]) -> dict[str, Any]:
    if not isinstance(row, str):
        return row
    level2, name, *rest = (cell.strip() for cell in row.split("|"))
    if len(rest) == 1:
        rest = ["", *rest]
    description, value, *basis = rest
    level1 = next((known for word, known in _LEVEL1.items() if word in level2), "产出指标")
    return {
        "level1": level1,
        "level2": level2,
        "name": name,
        "description": description or None,
        "value": value,
        **({"basis": basis[0]} if basis else {}),
    }
