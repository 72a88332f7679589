"""Builds texts for rule cases: a sound project, and what a case says is different.

A case is a mapping (see :func:`text`) or, shorter, one line of an indicator table:
``质量指标 | 验收合格率 | 一次验收合格的工程占比 | ≥95% | 施工合同``. The description and the basis may be
left out (``质量指标 | 验收合格率 | ≥95%``).

Cases of what units report (see :func:`reports`) may be one line too, a row of the report:
``数量指标 | 发放移民人数 | ≥5600人 | 5612人 | 15 | 15 | 偏差原因 | 佐证资料``.
"""

from __future__ import annotations

from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

import msgspec
import yaml

from jixiao.model import PerformanceText, Project, parse_value
from jixiao.model.reports import ProjectReport, Reports

HERE = Path(__file__).parent

_LEVEL1 = {"效益": "效益指标", "影响": "效益指标", "满意度": "满意度指标"}
"""The first level by a word of the second; all else is 产出指标."""


_REPORTED = ("level2", "name", "target", "actual", "weight", "score", "reason", "evidence")


@cache
def _sound(of: str = "sound") -> dict[str, Any]:
    return yaml.safe_load((HERE / f"{of}.yml").read_text(encoding="utf-8"))


def expand(case: str | dict[str, Any], *, of_reports: bool = False) -> dict[str, Any]:
    """Return a case as a mapping, where it is only a line."""
    if not isinstance(case, str):
        return case
    return {"name": case, "row": case} if of_reports else {"name": case, "indicator": _row(case)}


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


def reports(case: dict[str, Any]) -> Reports:
    """Return the reports of a case: the sound one alone, but for what the case says.

    ``reports`` replaces fields of the whole, ``reported`` lists several projects' reports, each by
    what is different from the sound one, ``department`` is that of the department.
    """
    content = {"source": "自评.xlsx", "year": 2024, **case.get("reports", {})}
    if "department" in case:
        content["department"] = report(case["department"])
    listed = [report(one) for one in case.get("reported", [case])]
    return msgspec.convert({**content, "projects": listed}, Reports)


def report(case: dict[str, Any]) -> ProjectReport:
    """Return the sound report with a case's differences.

    ``report`` replaces fields of it (of ``funds`` and ``extra`` only those named), ``row`` fields
    of its first indicator, ``rows`` all its indicators, ``each`` a field of every one.
    """
    content = {**_sound("sound_report"), **case.get("report", {})}
    for part in ("funds", "extra"):
        content[part] = _over(_sound("sound_report")[part], content[part] or {})
    rows = [_reported(row) for row in case.get("rows", content["indicators"])]
    if "row" in case:
        rows = [{**rows[0], **_reported(case["row"])}, *rows[1:]]
    content["indicators"] = [{**row, **case.get("each", {})} for row in rows]
    return msgspec.convert(content, ProjectReport)


def _over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    merged = dict(below)
    for name, value in above.items():
        known = merged.get(name)
        merged[name] = _over(known, value) if isinstance(known, dict) and value else value
    return {
        name: {} if value is None and isinstance(below.get(name), dict) else value
        for name, value in merged.items()
        if value is not None or isinstance(below.get(name), dict)
    }


def _reported(row: str | dict[str, Any]) -> dict[str, Any]:
    if not isinstance(row, str):
        return row
    cells = [cell.strip() for cell in row.split("|")]
    level1 = next((known for word, known in _LEVEL1.items() if word in cells[0]), "产出指标")
    return {"level1": level1, **dict(zip_longest(_REPORTED, cells))}


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
