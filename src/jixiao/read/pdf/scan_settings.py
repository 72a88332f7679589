"""The data of scanned pages: how they are read and how far, and how their signs are printed."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from importlib import resources
from typing import Any


@lru_cache(maxsize=1)
def settings() -> dict[str, Any]:
    """Return the figures of ``scan.toml`` by name."""
    return _data("scan")


@lru_cache(maxsize=1)
def twins() -> dict[str, str]:
    """Return the signs of half width that look like one of full width, with that."""
    return dict(_signs()["twins"])


@lru_cache(maxsize=1)
def plain() -> dict[int, str]:
    """Return what the model mixes up and means the same, as a table to translate by."""
    return str.maketrans(_signs()["plain"])


@lru_cache(maxsize=1)
def dashes() -> frozenset[str]:
    """Return what a flat stroke is taken for."""
    return frozenset(_signs()["dashes"]["like"])


@lru_cache(maxsize=1)
def _signs() -> dict[str, Any]:
    return _data("scan_signs")


def _data(name: str) -> dict[str, Any]:
    path = resources.files("jixiao.read.pdf") / "data" / f"{name}.toml"
    return tomllib.loads(path.read_text("utf-8"))
