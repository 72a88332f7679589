"""What the API gives is as its description, the contract and the manual say."""

from __future__ import annotations

import re
import shlex
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from jixiao.exchange import schema
from jixiao.web import scope
from jixiao.web.journal.models import Entry
from jixiao.web.targets.models import Sheet, Text
from web_api import (
    ACTS,
    DOCUMENT,
    OPERATIONS,
    SAMPLES,
    Program,
    address,
    in_state,
)


@pytest.mark.parametrize("name", ["get_text", "get_project", "list_findings", "list_projects"])
def test_answers_are_as_the_document_says(
    name: str, draft: Text, program: Callable[[str], Program]
) -> None:
    answer = program("tianbao").get(address(ACTS[name], draft)).json()
    operation = DOCUMENT["paths"][ACTS[name].path]["get"]
    found = operation["responses"][200]["content"]["application/json"]["schema"]
    Draft202012Validator({**found, "components": DOCUMENT["components"]}).validate(answer)


def test_a_text_is_as_the_contract_says(draft: Text, program: Callable[[str], Program]) -> None:
    asking = program("tianbao")
    said = asking.get(f"/texts/{draft.pk}").json()
    contract = schema("read")
    Draft202012Validator({"$ref": "#/$defs/PerformanceText", "$defs": contract["$defs"]}).validate(
        said["content"]
    )
    assert len(said["content"]["projects"]) == len(said["sheets"]) == said["projects"]
    sheet = asking.get(f"/texts/{draft.pk}/projects/{said['sheets'][0]['id']}").json()
    assert sheet["content"] == said["content"]["projects"][0]
    assert len(sheet["rows"]) == len(sheet["content"]["indicators"])


def test_findings_are_as_the_contract_says_and_name_rows(
    draft: Text, sheet: Sheet, program: Callable[[str], Program]
) -> None:
    found = program("tianbao").get(f"/texts/{draft.pk}/findings").json()
    Draft202012Validator(schema("check")).validate(found)
    assert len(found["findings"]) == draft.errors + draft.warnings + draft.hints
    of_rows = [each for each in found["findings"] if each["sheet"] == sheet.pk and each["row"]]
    assert of_rows
    assert all(sheet.rows[each["indicator"]] == each["row"] for each in of_rows)


def test_lists_are_filtered_and_paged(program: Callable[[str], Program]) -> None:
    asking = program("jixiao")
    every = asking.get("/texts").json()
    assert every["total"] == len(every["items"]) == scope.listed(asking.user).count()
    pages = [asking.get(f"/texts?limit=3&page={page}").json()["items"] for page in range(1, 10)]
    assert [len(page) for page in pages[:2]] == [3, 3]
    assert pages[-1] == []
    assert [each["id"] for page in pages for each in page] == [e["id"] for e in every["items"]]
    assert asking.get("/texts?year=2021").json()["total"] == 1
    assert asking.get("/texts?state=approved&unit=455001").json()["total"] == 1
    assert asking.get("/texts?unit=999").json()["items"] == []


def test_versions_and_documents(program: Callable[[str], Program]) -> None:
    asking = program("jixiao")
    text = Text.objects.get(unit__code="455001")
    numbers = [e["number"] for e in asking.get(f"/texts/{text.pk}/versions").json()["items"]]
    assert numbers == [2, 1]
    version = asking.get(f"/texts/{text.pk}/versions/1").json()
    assert version["content"]["projects"] and version["findings"]
    for kind, begins in (("docx", b"PK"), ("pdf", b"%PDF"), ("xlsx", b"PK")):
        file = asking.get(f"/texts/{text.pk}/download/{kind}?version=1")
        assert file.content.startswith(begins), kind
    assert asking.get(f"/texts/{text.pk}/download/docx?version=9").status_code == 404
    assert asking.get(f"/texts/{text.pk}/download/exe").status_code == 422
    assert Entry.objects.filter(action="text.download", subject_id=text.pk).count() == 3


def test_everything_is_described_in_chinese() -> None:
    missing = []

    def walk(value: Any, where: str) -> None:
        if isinstance(value, dict):
            words = value.get("description")
            if isinstance(words, str) and not re.search("[\u4e00-\u9fff]", words):
                missing.append((where, words))
            for name, said in value.get("properties", {}).items():
                if "description" not in said and "$ref" not in said:
                    missing.append((where, name))
            for key, said in value.items():
                walk(said, f"{where}/{key}")
        elif isinstance(value, list):
            for each in value:
                walk(each, where)

    walk(DOCUMENT["components"], "components")
    for path, item in DOCUMENT["paths"].items():
        for method, operation in item.items():
            assert re.search("[\u4e00-\u9fff]", operation["summary"])
            walk(operation, f"{method} {path}")
    assert not missing


def test_the_page_of_the_description_loads_nothing_from_outside(db: None) -> None:
    page = Client().get("/api/docs").content.decode()
    assert not re.search(r"""(?:src|href|action)=["']?(?:https?:)?//""", page)
    assert " style=" not in page and "onclick" not in page
    for operation in OPERATIONS:
        assert f'id="{operation.name}"' in page
    for name in DOCUMENT["components"]["schemas"]:
        assert f'id="{name}"' in page
    assert Client().get("/api/openapi.json").json()["openapi"].startswith("3.1")


@pytest.mark.parametrize("name", [each.name for each in OPERATIONS if each.method == "GET"])
def test_no_operation_asks_the_database_often(
    name: str,
    program: Callable[[str], Program],
    django_assert_max_num_queries: Any,
) -> None:
    text = Text.objects.get(unit__code="455001", year=2021)
    asking = program("jixiao")
    with django_assert_max_num_queries(15):
        assert asking.get(address(ACTS[name], text)).status_code == 200


def test_the_examples_of_the_manual_hold(
    draft: Text, sheet: Sheet, program: Callable[[str], Program]
) -> None:
    """Each curl of docs/api.md, in their order; before a return the text is passed back a step."""
    clerk, head = program("tianbao"), program("danwei")
    known = {"TEXT": draft.pk, "SHEET": sheet.pk, "API": "/api"}
    known |= {"TOKEN": clerk.made.words, "REVIEWER": head.made.words}
    manual = (SAMPLES.parent / "docs" / "api.md").read_text(encoding="utf-8")
    lines = [line for line in manual.replace("\\\n", "").split("\n") if line.startswith("curl ")]
    told = [re.sub(r"\$(\w+)", lambda found: str(known[found[1]]), line) for line in lines]
    commands = [shlex.split(line) for line in told]
    assert len(commands) == 15
    for command in commands:
        if command[-1].endswith("/return"):
            in_state(draft, "unit")
        answer = _curl(command[1:])
        assert answer.status_code == 200, (command, answer.content[:300])


def _curl(words: list[str]) -> Any:
    """Send what curl would send."""
    options: list[tuple[str, str]] = []
    address = ""
    while words:
        word = words.pop(0)
        if word.startswith("-"):
            options.append((word, words.pop(0)))
        else:
            address = word
    given = dict(options)
    client = Client(headers=dict(v.split(": ", 1) for k, v in options if k == "-H" and ": " in v))
    form = dict(value.split("=", 1) for key, value in options if key == "-F")
    if form:
        path = SAMPLES.parent / form.pop("file").removeprefix("@")
        return client.post(address, {"file": path.open("rb"), **form})
    if "--data-binary" in given:
        data = (SAMPLES.parent / given["--data-binary"].removeprefix("@")).read_bytes()
        return client.generic("POST", address, data, "application/x-www-form-urlencoded")
    body = given.get("-d", "")
    return client.generic(given.get("-X", "GET"), address, body, "application/json")
