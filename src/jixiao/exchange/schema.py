"""JSON Schema of the contract, made from the structures themselves.

The structures say names, types and most of the meanings; ``data/descriptions.toml`` says the rest
in Chinese. Copies are published in ``docs/schema``.
"""

from __future__ import annotations

import tomllib
from importlib import resources
from typing import Any, Literal, get_args

import msgspec

from jixiao.check import Report
from jixiao.model import Reading

SchemaName = Literal["read", "check", "monitor", "evaluate", "recheck"]
SCHEMAS: tuple[SchemaName, ...] = get_args(SchemaName)

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(name: SchemaName) -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of what the command of a name gives with --format json."""
    root = _root(name)
    made = msgspec.json.schema(root)
    definitions: dict[str, dict[str, Any]] = made["$defs"]
    words = _descriptions()
    structures = _structures(root)
    for key, definition in definitions.items():
        known = words.get(key, {})
        definition["description"] = known.get("", definition.get("description", ""))
        if key in structures:
            _complete(definition, structures[key], known)
    top = definitions.pop(root.__name__)
    version = next(each.default for each in msgspec.structs.fields(root) if each.name == "schema")
    top["properties"]["schema"] = {"const": version, "description": words[root.__name__]["schema"]}
    return {
        "$schema": _DIALECT,
        "$id": f"urn:{version.replace('/', ':')}",
        **top,
        "title": version,
        "$defs": dict(sorted(definitions.items())),
    }


def _root(name: SchemaName) -> type[msgspec.Struct]:
    """Return the structure that a command gives; imported here, as few ask for a schema."""
    from jixiao.write.reports.contract import EvaluationResult, MonitoringResult, RecheckResult

    roots: dict[SchemaName, type[msgspec.Struct]] = {
        "read": Reading,
        "check": Report,
        "monitor": MonitoringResult,
        "evaluate": EvaluationResult,
        "recheck": RecheckResult,
    }
    return roots[name]


def _complete(
    definition: dict[str, Any], structure: type[msgspec.Struct], words: dict[str, str]
) -> None:
    """Describe the fields of a structure, and require those that are always written."""
    properties = definition["properties"]
    for name, description in words.items():
        if name in properties:
            properties[name].setdefault("description", description)
    always = []
    for field in msgspec.structs.fields(structure):
        # A default is what the program assumes, and says nothing to who reads its results.
        properties[field.encode_name].pop("default", None)
        optional = structure.__struct_config__.omit_defaults or field.default is msgspec.UNSET
        if field.required or not optional:
            always.append(field.encode_name)
    if always:
        definition["required"] = always


def _structures(root: type[msgspec.Struct]) -> dict[str, type[msgspec.Struct]]:
    """Return a structure and all that it holds, by name."""
    found: dict[str, type[msgspec.Struct]] = {}

    def visit(kind: object) -> None:
        if (
            isinstance(kind, type)
            and issubclass(kind, msgspec.Struct)
            and kind.__name__ not in found
        ):
            found[kind.__name__] = kind
            for field in msgspec.structs.fields(kind):
                visit(field.type)
        for argument in get_args(kind):
            visit(argument)

    visit(root)
    return found


def _descriptions() -> dict[str, dict[str, str]]:
    text = (resources.files("jixiao.exchange") / "data" / "descriptions.toml").read_text("utf-8")
    return tomllib.loads(text)
