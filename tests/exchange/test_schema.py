"""The published contract: its schema, and that what the commands give is of it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from cli.command import SAMPLES, jixiao
from jixiao.exchange import SCHEMAS, schema

PUBLISHED = Path(__file__).parents[2] / "docs" / "schema"
FILES = {
    "read": "reading-1.json",
    "check": "findings-1.json",
    "monitor": "monitoring-1.json",
    "evaluate": "evaluation-1.json",
    "recheck": "recheck-1.json",
}
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"
TEXT = SAMPLES / "huailai-resettlement-2024.txt"
CHINESE = re.compile(r"[一-鿿]")


@pytest.mark.parametrize("name", SCHEMAS)
def test_it_is_a_schema(name):
    jsonschema.Draft202012Validator.check_schema(schema(name))


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_published_copy_is_the_same(name):
    published = json.loads((PUBLISHED / FILES[name]).read_text("utf-8"))
    assert published == schema(name), (
        f"write it anew: jixiao schema {name} > docs/schema/{FILES[name]}"
    )


@pytest.mark.parametrize("name", SCHEMAS)
def test_it_is_named_and_versioned(name):
    made = schema(name)
    assert made["$id"] == f"urn:{made['title'].replace('/', ':')}"
    assert made["properties"]["schema"]["const"] == made["title"]
    assert made["title"].endswith("/1")


def described(definition: dict[str, Any], name: str):
    yield name, definition.get("description", "")
    for key, field in definition.get("properties", {}).items():
        yield f"{name}.{key}", field.get("description", "")


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_structure_and_field_is_described_in_chinese(name):
    made = schema(name)
    said = list(described(made, name))
    for key, definition in made["$defs"].items():
        said += described(definition, key)
    assert [where for where, words in said if not CHINESE.search(words)] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("monitor", TEXT, EXAMPLES / "huailai-2024-06.csv"),
        ("evaluate", TEXT, EXAMPLES / "huailai-2024.csv"),
        ("recheck", EXAMPLES / "huailai-2024.csv", "--seed", "2026"),
    ],
    ids=["monitor", "evaluate", "recheck"],
)
def test_what_was_done_gives_what_it_says(arguments):
    ran = jixiao(*arguments, "--format", "json")
    assert ran.code == 0, ran.err
    jsonschema.Draft202012Validator(schema(arguments[0])).validate(json.loads(ran.out))
    assert jixiao(*arguments, "--format", "json").out == ran.out


@pytest.mark.parametrize("name", ["read", "check"])
@pytest.mark.libreoffice
def test_every_sample_in_every_format_gives_what_it_says(name):
    ran = jixiao(name, SAMPLES, "--format", "json")
    result = json.loads(ran.out)
    jsonschema.Draft202012Validator(schema(name)).validate(result)
    assert len(result["texts" if name == "read" else "findings"]) >= 18


@pytest.mark.parametrize("name", ["read", "check"])
def test_so_do_unreadable_files(name, tmp_path):
    (tmp_path / "空.docx").touch()
    result = json.loads(jixiao(name, tmp_path, "--format", "json").out)
    jsonschema.Draft202012Validator(schema(name)).validate(result)
    assert len(result["unreadable"]) == 1


@pytest.mark.parametrize(
    "spoiled",
    [
        {"schema": "jixiao/reading/2"},
        {"texts": None},
        {"texts": [{"source": 1}]},
        {"texts": [{"source": "a", "unit": {}}]},
        {"unread": [{"text": "a", "place": {}, "reason": ""}]},
        {"unreadable": [{"file": "a"}]},
    ],
)
def test_what_is_not_of_the_contract_is_refused(spoiled):
    result = {
        "schema": "jixiao/reading/1",
        "texts": [],
        "unread": [],
        "warnings": [],
        "unreadable": [],
    }
    validator = jsonschema.Draft202012Validator(schema("read"))
    validator.validate(result)
    assert not validator.is_valid({**result, **spoiled})
