"""Finds the rules: each file in ``rules/`` that is named by a code holds the rule of that code."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from jixiao.check import rules as _package
from jixiao.check.rule import Rule


@cache
def rules() -> dict[str, type[Rule]]:
    """Return all rules by their code, in the order of the catalogue (C, Q, R, A, F, W)."""
    found: dict[str, type[Rule]] = {}
    for module in pkgutil.walk_packages(_package.__path__, f"{_package.__name__}."):
        code = module.name.rpartition(".")[2]
        if not module.ispkg:
            found[code] = getattr(importlib.import_module(module.name), code)
    return {code: found[code] for code in sorted(found, key=_position)}


def _position(code: str) -> tuple[int, str]:
    return "CQRAFW".find(code[0]), code
