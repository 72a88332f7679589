"""Builds texts for rule cases: a sound project, and what a case says is different."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import yaml

from jixiao.model import PerformanceText, Project, parse_value

HERE = Path(__file__).parent


@cache
def _sound() -> dict[str, Any]:
    return yaml.safe_load((HERE / "sound.yml").read_text(encoding="utf-8"))


def project(case: dict[str, Any]) -> Project:
    """Return the sound project with a case's differences.

    ``project`` replaces fields of the project, ``indicator`` fields of its first indicator,
    ``indicators`` all its indicators (a value of ``null`` takes a field away).
    """
    content = {**_sound(), **case.get("project", {})}
    rows = case.get("indicators", content["indicators"])
    if "indicator" in case:
        rows = [{**rows[0], **case["indicator"]}, *rows[1:]]
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


def text(case: dict[str, Any]) -> PerformanceText:
    """Return a text with the case's project alone."""
    return PerformanceText(source="例.docx", year=2024, projects=(project(case),))
