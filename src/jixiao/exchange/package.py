"""A Frictionless data package: the tidy tables as CSV, with what every column means.

``datapackage.json`` and ``data/*.csv``, in a folder or a zip file (specs.frictionlessdata.io,
version 1). ``tidy.read_tables`` reads it back.
"""

from __future__ import annotations

import hashlib
import json
import os
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

from jixiao.check import Finding
from jixiao.exchange.sources import DESCRIPTOR
from jixiao.exchange.staging import check_folder, place_folder, place_zip, staged
from jixiao.exchange.tables import Column, Table, tables, version
from jixiao.exchange.tidy import fill
from jixiao.model import PerformanceText

DATA = "data"
"""The folder of the tables in a package."""

_TYPES = {"places": "object", "place": "object", "stated": "object"}


def write_package(
    texts: Iterable[PerformanceText],
    target: Path,
    findings: Iterable[Finding] | None = None,
) -> dict[str, int]:
    """Write texts as a data package; return how many rows each table has.

    A target that ends in .zip is a zip file, any other a folder. It appears when it is whole; an
    earlier package of that name is replaced, a folder that holds anything else is not. Raises
    ExchangeError.
    """
    target = Path(os.path.abspath(target))  # noqa: PTH100 - "." and ".." have names, links stay
    packed = target.suffix.lower() == ".zip"
    if not packed:
        check_folder(target, _ours())
    sources: dict[str, None] = {}
    with staged(target) as folder:
        content = folder / "package"
        (content / DATA).mkdir(parents=True)
        counts = fill(content / DATA, _noting(texts, sources), "csv", findings)
        described = descriptor(content, list(counts), list(sources))
        (content / DESCRIPTOR).write_text(
            json.dumps(described, ensure_ascii=False, indent=2) + "\n", "utf-8"
        )
        if packed:
            place_zip(content, [DESCRIPTOR, *(_path(name) for name in counts)], target)
        else:
            place_folder(content, target, _ours())
    return counts


def descriptor(folder: Path, names: list[str], sources: list[str]) -> dict[str, Any]:
    """Return the description of a package whose tables stand in a folder."""
    words = _words()
    return {
        "profile": "tabular-data-package",
        "name": words["name"],
        "title": words["title"],
        "description": words["description"],
        "version": version(),
        "keywords": words["keywords"],
        "licenses": words["licenses"],
        "sources": [{"title": source or words["unnamed"]} for source in sources],
        "resources": [_resource(tables()[name], folder / _path(name)) for name in names],
    }


def _noting(
    texts: Iterable[PerformanceText], sources: dict[str, None]
) -> Iterator[PerformanceText]:
    for text in texts:
        sources[text.source] = None
        yield text


def _path(name: str) -> str:
    return f"{DATA}/{name}.csv"


def _ours() -> frozenset[str]:
    return frozenset((DESCRIPTOR, *(_path(name) for name in tables())))


def _resource(table: Table, path: Path) -> dict[str, Any]:
    with path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": _path(table.name),
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{digest}",
        "dialect": {
            "delimiter": ",",
            "quoteChar": '"',
            "doubleQuote": True,
            "lineTerminator": "\r\n",
        },
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "missingValues": [""],
            "primaryKey": list(table.key),
            "foreignKeys": [
                {
                    "fields": [column],
                    "reference": {"resource": of, "fields": list(tables()[of].key)},
                }
                for column, of in table.foreign.items()
            ],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    notes = _words()["notes"]
    told = [column.description]
    if column.computed:
        told.append(notes["computed"])
    elif column.type == "string" and not column.blank and not column.enum and not column.required:
        told.append(notes["text"])
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES.get(column.type, column.type),
        "title": column.title,
    }
    if any(told):
        field["description"] = "。".join(part for part in told if part)
    constraints: dict[str, Any] = {}
    if column.required:
        constraints["required"] = True
    if column.enum:
        constraints["enum"] = list(column.enum)
    if constraints:
        field["constraints"] = constraints
    return field


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(
        (resources.files("jixiao.exchange") / "data" / "package.toml").read_text("utf-8")
    )
