"""Finds the rules: each file in ``rules/`` that is named by a code holds the rule of that code."""

from __future__ import annotations

import importlib
import pkgutil
import tomllib
from functools import cache
from importlib import resources

from jixiao.check import rules as _package
from jixiao.check.rule import Rule


@cache
def rules() -> dict[str, type[Rule]]:
    """Return all rules by their code, in the order of the catalogue (see ``dimensions``)."""
    found: dict[str, type[Rule]] = {}
    for module in pkgutil.walk_packages(_package.__path__, f"{_package.__name__}."):
        code = module.name.rpartition(".")[2]
        if not module.ispkg:
            found[code] = getattr(importlib.import_module(module.name), code)
    letters = list(dimensions())
    return {code: found[code] for code in sorted(found, key=lambda c: (letters.index(c[0]), c))}


@cache
def dimensions() -> dict[str, str]:
    """Return what each dimension of the catalogue is called, by the letter its codes begin with."""
    content = (resources.files("jixiao.check") / "dimensions.toml").read_text(encoding="utf-8")
    return tomllib.loads(content)
