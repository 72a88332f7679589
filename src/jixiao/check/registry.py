"""Finds the rules: each file in ``rules/`` that is named by a code holds the rule of that code."""

from __future__ import annotations

import importlib
import pkgutil
import tomllib
from functools import cache
from importlib import resources
from typing import Any

from jixiao.check import rules as _package
from jixiao.check.rule import Rule


def rules() -> dict[str, type[Rule]]:
    """Return all rules by their code, in the order of the catalogue (see ``dimensions``)."""
    return {code: rule_of(code) for code in codes()}


def codes() -> tuple[str, ...]:
    """Return the codes of all rules, in the order of the catalogue; no rule is imported for it."""
    return tuple(_modules())


@cache
def rule_of(code: str) -> type[Rule]:
    """Return the rule of a code. Raises KeyError where there is none."""
    rule: type[Rule] = getattr(importlib.import_module(_modules()[code]), code)
    return rule


def is_over_reports(code: str) -> bool:
    """Tell whether the rule of a code is over what units report, not over texts."""
    return code[:1] in _dimensions()["reports"]


def dimensions() -> dict[str, str]:
    """Return what each dimension of the catalogue is called, by the letter its codes begin with."""
    return dict(_dimensions()["labels"])


@cache
def _modules() -> dict[str, str]:
    """Return the module that each rule is in."""
    found = {
        module.name.rpartition(".")[2]: module.name
        for module in pkgutil.walk_packages(_package.__path__, f"{_package.__name__}.")
        if not module.ispkg
    }
    letters = list(dimensions())
    return {code: found[code] for code in sorted(found, key=lambda c: (letters.index(c[0]), c))}


@cache
def _dimensions() -> dict[str, Any]:
    content = (resources.files("jixiao.check") / "dimensions.toml").read_text(encoding="utf-8")
    return tomllib.loads(content)
