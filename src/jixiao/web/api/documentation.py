"""The OpenAPI document as a page shows it: operations by what they are for, and structures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

_TYPES = {
    "string": "文字",
    "integer": "整数",
    "number": "数",
    "boolean": "true 或 false",
    "null": "null",
    "object": "对象",
}

_REFERENCE = "#/components/schemas/"


class Piece(NamedTuple):
    """A piece of what is said of a type; ``structure`` is one that it leads to, or ""."""

    words: str
    structure: str = ""


class Line(NamedTuple):
    """A parameter, or a field of a structure."""

    name: str
    kind: tuple[Piece, ...]
    required: bool
    words: str


class Answer(NamedTuple):
    """What may be answered."""

    status: str
    words: str
    kind: tuple[Piece, ...]


class Told(NamedTuple):
    """An operation."""

    name: str
    method: str
    path: str
    summary: str
    words: str
    roles: tuple[str, ...]
    parameters: tuple[Line, ...]
    body: tuple[tuple[str, tuple[Piece, ...]], ...]
    gives: tuple[Piece, ...]
    refuses: tuple[Answer, ...]


def described(document: Mapping[str, Any]) -> dict[str, Any]:
    """Return what the page shows of an OpenAPI document."""
    operations = [
        (operation["tags"][0], _operation(path, method, operation))
        for path, item in document["paths"].items()
        for method, operation in item.items()
    ]
    groups = [
        (tag["description"], [told for name, told in operations if name == tag["name"]])
        for tag in document["tags"]
    ]
    schemas = document["components"]["schemas"]
    structures = [
        (
            name,
            definition.get("description", ""),
            tuple(_fields(definition)),
            _enumerated(definition),
        )
        for name, definition in schemas.items()
    ]
    return {"info": document["info"], "groups": groups, "structures": structures}


def _operation(path: str, method: str, operation: Mapping[str, Any]) -> Told:
    content = operation.get("requestBody", {}).get("content", {})
    answers = [
        Answer(str(status), response["description"], _answered(response))
        for status, response in operation["responses"].items()
    ]
    return Told(
        operation["operationId"],
        method.upper(),
        path,
        operation["summary"],
        operation.get("description", ""),
        tuple(operation["x-roles"]),
        tuple(
            Line(each["name"], _kind(each["schema"]), each["required"], each["description"])
            for each in operation["parameters"]
        ),
        tuple((media, _kind(said["schema"])) for media, said in content.items()),
        next(kind for status, _, kind in answers if status == "200"),
        tuple(each for each in answers if each.status != "200"),
    )


def _answered(response: Mapping[str, Any]) -> tuple[Piece, ...]:
    for said in response.get("content", {}).values():
        return _kind(said["schema"])
    return ()


def _fields(definition: Mapping[str, Any]) -> Iterable[Line]:
    required = definition.get("required", ())
    for name, said in definition.get("properties", {}).items():
        yield Line(name, _kind(said), name in required, said.get("description", ""))


def _enumerated(definition: Mapping[str, Any]) -> str:
    return "、".join(str(each) for each in definition.get("enum", ()))


def _kind(schema: Mapping[str, Any]) -> tuple[Piece, ...]:
    """Return what a schema is, in words that lead to the structures in it."""
    if "$ref" in schema:
        name = schema["$ref"].removeprefix(_REFERENCE)
        return (Piece(name, name),)
    if "anyOf" in schema:
        either: list[Piece] = []
        for each in schema["anyOf"]:
            either += [Piece(" 或 ")] * bool(either) + list(_kind(each))
        return tuple(either)
    if "const" in schema:
        return (Piece(f"“{schema['const']}”"),)
    if "enum" in schema:
        return (Piece("、".join(str(each) for each in schema["enum"])),)
    if schema.get("type") == "array":
        items = schema.get("items")
        return (Piece("列表："), *_kind(items)) if isinstance(items, dict) else (Piece("列表"),)
    if schema.get("format") == "binary":
        return (Piece("文件内容"),)
    if schema.get("format") == "decimal":
        return (Piece("十进制数（文字）"),)
    if schema.get("format") == "date-time":
        return (Piece("时间（ISO 8601）"),)
    if schema.get("type") == "object" and "properties" in schema:
        pieces: list[Piece] = []
        for line in _fields(schema):
            pieces += [Piece("；" if pieces else ""), Piece(f"{line.name}："), *line.kind]
        return tuple(pieces)
    return (Piece(_TYPES.get(str(schema.get("type")), "任意")),)
