"""The API as a whole: how it answers, and the OpenAPI document of it in Chinese words."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib import resources
from typing import Any

import msgspec
from django.http import HttpRequest
from ninja import NinjaAPI
from ninja.operation import Operation
from ninja.renderers import BaseRenderer

from jixiao import __version__
from jixiao.exchange import dump_json, schema
from jixiao.web import scope
from jixiao.web.accounts.roles import Role
from jixiao.web.api.contract import GIVES, CheckAsked, TextFilter
from jixiao.web.api.guard import REFERENCE, Bearer
from jixiao.web.errors import API
from jixiao.web.scope import Action

_SPREAD = (TextFilter.__name__, CheckAsked.__name__)
"""Structures of which each field is a parameter of an address."""


class CoreRenderer(BaseRenderer):
    """Writes answers as the core writes its JSON."""

    media_type = "application/json"

    def render(self, request: HttpRequest, data: Any, *, response_status: int) -> bytes:  # noqa: ARG002
        """Return an answer's bytes."""
        return dump_json(data)


class Service(NinjaAPI):
    """The API; what is registered without saying what it asks is refused."""

    def __init__(self) -> None:
        """Make an API without operations."""
        words = _words()["api"]
        super().__init__(
            title=words["title"],
            description=words["description"],
            version=__version__,
            urls_namespace="api",
            openapi_url=None,
            docs_url=None,
            auth=Bearer(None),
            renderer=CoreRenderer(),
        )

    def get_openapi_operation_id(self, operation: Operation) -> str:
        """Return the name of what serves it."""
        return operation.view_func.__name__


def document(service: Service) -> dict[str, Any]:
    """Return the OpenAPI document (3.1) of the API."""
    made: dict[str, Any] = dict(service.get_openapi_schema(path_prefix=API))
    words = _words()
    for item in made["paths"].values():
        for operation in item.values():
            _tell(operation, words)
    made["tags"] = [{"name": name, "description": said} for name, said in words["tags"].items()]
    schemas = made["components"]["schemas"]
    for name in _SPREAD:
        schemas.pop(name, None)
    schemas |= _structures()
    for name, definition in schemas.items():
        _describe(definition, _words_of(name))
    made["components"]["schemas"] = dict(sorted(schemas.items()))
    made["components"]["securitySchemes"]["Bearer"]["description"] = words["api"]["token"]
    made.pop("servers")
    return made


def _tell(operation: dict[str, Any], words: dict[str, Any]) -> None:
    said = words["operations"][operation["operationId"]]
    operation["summary"] = said["summary"]
    operation.pop("description", None)
    if "description" in said:
        operation["description"] = said["description"]
    operation["x-roles"] = [
        role.label for role in Role if role in scope.roles(Action(operation["x-asks"]))
    ]
    for parameter in operation["parameters"]:
        parameter["description"] = words["parameters"][parameter["name"]]
        parameter["schema"] = _alone(parameter["schema"])
    for sent in operation.get("requestBody", {}).get("content", {}).values():
        for name, definition in sent["schema"].get("properties", {}).items():
            definition["description"] = words["parameters"][name]
    for status, response in operation["responses"].items():
        response["description"] = words["statuses"][str(status)]


def _structures() -> dict[str, Any]:
    """Return the definitions of all that answers are made of; the core's as it describes them."""
    _, made = msgspec.json.schema_components(GIVES, ref_template=REFERENCE)
    for name in ("read", "check"):
        for key, definition in schema(name)["$defs"].items():
            if key in made:
                made[key] = _moved(definition)
    return made


def _moved(value: Any) -> Any:
    """Return a definition whose references lead to where OpenAPI keeps definitions."""
    if isinstance(value, dict):
        return {
            key: said.replace("#/$defs/", REFERENCE.format(name=""))
            if key == "$ref"
            else _moved(said)
            for key, said in value.items()
        }
    return [_moved(each) for each in value] if isinstance(value, list) else value


def _words_of(name: str) -> dict[str, str]:
    """Return what the fields of a structure mean; one that adds to another has its words too."""
    words = _words()["structures"]
    inherited = {"TextWhole": "TextSummary", "SheetWhole": "SheetSummary"}
    inherited |= {"VersionWhole": "VersionSummary"}
    return {**words.get(inherited.get(name, ""), {}), **words.get(name, {})}


def _describe(definition: dict[str, Any], words: dict[str, str]) -> None:
    definition.pop("title", None)
    if "" in words:
        definition["description"] = words[""]
    for name, said in definition.get("properties", {}).items():
        _plain(said)
        if name in words:
            said["description"] = words[name]


def _alone(definition: dict[str, Any]) -> dict[str, Any]:
    """Return the definition of a parameter that may be left out: an address has no null."""
    kinds = [each for each in definition.get("anyOf", ()) if each != {"type": "null"}]
    found: dict[str, Any] = dict(kinds[0]) if len(kinds) == 1 else definition
    _plain(found)
    return found


def _plain(definition: dict[str, Any]) -> None:
    """Drop the titles that are only the names of fields once more, in English."""
    definition.pop("title", None)


@cache
def _words() -> dict[str, Any]:
    data = resources.files("jixiao.web.api") / "data" / "words.toml"
    return tomllib.loads(data.read_text(encoding="utf-8"))


def field_words() -> dict[str, str]:
    """Return what the fields that are sent are called in a sentence."""
    return dict(_words()["fields"])


def fault_words() -> dict[str, str]:
    """Return the sentences for what can be wrong with a field."""
    return dict(_words()["faults"])
