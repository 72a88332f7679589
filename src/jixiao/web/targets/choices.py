"""What would put a finding right in one click, where the rule names something concrete.

Unlike the fixes of writing (``write.fix``) these change what an indicator says, so that a person
chooses between them; a target value is left to fill in.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from jixiao.check import Finding
from jixiao.check.measures import measure
from jixiao.check.suggest import alternatives
from jixiao.model import Indicator, Project

_REPLACED = ("R02", "Q04", "Q05")
"""Rules that advise another indicator of the library."""

_UNIT = "Q02"
"""The rule that advises another unit."""

_UNITS = {"rate": ("%",), "satisfaction": ("%",), "money": ("万元", "元")}
"""Units that fit what a name says is measured; what is counted has too many."""

_NUMBER = re.compile(r"\d[\d,，.]*")
_WHOLE = 100


class Choice(NamedTuple):
    """One suggestion: what it is called, the columns that it changes, what stands beside others."""

    label: str
    changes: dict[str, str]
    hints: dict[str, str]


def choices(finding: Finding, project: Project) -> list[Choice]:
    """Return what can be chosen to put a finding of an indicator right."""
    if finding.indicator is None or finding.indicator >= len(project.indicators):
        return []
    return of_rule(finding.code, project.indicators[finding.indicator], project)


def of_rule(code: str, indicator: Indicator, project: Project) -> list[Choice]:
    """Return what can be chosen where a rule finds fault with an indicator."""
    if code == _UNIT:
        return [*_units(indicator), *_others(indicator, project)]
    return _others(indicator, project) if code in _REPLACED else []


def _others(indicator: Indicator, project: Project) -> list[Choice]:
    return [
        Choice(
            f"换成“{one.name}”",
            {"name": one.name, "description": one.description, "value": ""},
            {"value": f"参考：{one.value}"},
        )
        for one in alternatives(indicator, project)
        if one.name != indicator.name
    ]


def _units(indicator: Indicator) -> list[Choice]:
    text, number = indicator.value.text, indicator.value.number
    found = _NUMBER.search(text)
    if found is None or number is None or indicator.value.upper is not None:
        return []
    nature = measure(indicator.name).nature or ""
    if nature != "money" and number > _WHOLE:
        return []
    return [
        Choice(f"改为“{text[: found.end()]}{unit}”", {"value": f"{text[: found.end()]}{unit}"}, {})
        for unit in _UNITS.get(nature, ())
    ]
