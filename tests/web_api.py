"""A program that brings a token, and the operations that it may ask for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, NamedTuple

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from jixiao.web.accounts.models import User
from jixiao.web.api import tokens
from jixiao.web.api.operations import service
from jixiao.web.api.service import document
from jixiao.web.journal.chain import Actor
from jixiao.web.scope import Action
from jixiao.web.targets.models import Sheet, Text

SAMPLES = Path(__file__).parents[1] / "samples"
SAMPLE = "huailai-resettlement-2024.docx"
DOCUMENT = document(service)

PEOPLE = ("tianbao", "danwei", "zhuguan", "yewu", "jixiao", "renda", "admin")
"""One of each role, all in charge of the texts of 官厅库区建设管理中心."""

STRANGERS = ("tianbao2", "danwei2", "zhuguan2", "yewu3")


class Operation(NamedTuple):
    """An operation of the OpenAPI document."""

    name: str
    method: str
    path: str
    asks: Action


OPERATIONS = [
    Operation(each["operationId"], method.upper(), path, Action(each["x-asks"]))
    for path, item in DOCUMENT["paths"].items()
    for method, each in item.items()
]
ACTS = {each.name: each for each in OPERATIONS}


class Program:
    """A program that brings a token."""

    def __init__(self, username: str) -> None:
        self.user = User.objects.get(username=username)
        self.made = tokens.issue(Actor(self.user), "测试", 30)
        self.client = Client(headers={"Authorization": f"Bearer {self.made.words}"})

    def send(self, method: str, path: str, body: object = None) -> Any:
        if body is None:
            return self.client.generic(method, f"/api{path}")
        return self.client.generic(method, f"/api{path}", json.dumps(body), "application/json")

    def get(self, path: str) -> Any:
        return self.send("GET", path)

    def check(self, name: str, data: bytes, **more: str) -> Any:
        return self.client.post("/api/check", {"file": SimpleUploadedFile(name, data), **more})


BODIES: dict[str, object] = {
    "submit_text": {"shared": "演示"},
    "agree_text": {"opinion": "同意"},
    "return_text": {"opinion": "请改"},
    "put_field": {"value": "改了", "revision": 1},
    "put_project_field": {"value": "改了", "revision": 1},
    "put_indicator_field": {"value": "改了", "revision": 1},
}
FIELDS = {
    "put_field": "overall",
    "put_project_field": "purpose",
    "put_indicator_field": "description",
}


def address(operation: Operation, text: Text) -> str:
    """Return an operation's address in a text."""
    sheet = text.sheets.first()
    assert sheet is not None
    known = {
        "text_id": text.pk,
        "sheet_id": sheet.pk,
        "row": sheet.rows[0],
        "number": 1,
        "kind": "docx",
        "field": FIELDS.get(operation.name, ""),
    }
    return operation.path.removeprefix("/api").format(**known)


def in_state(text: Text, state: str) -> None:
    """Put a text into a state."""
    Text.objects.filter(pk=text.pk).update(
        state=state, submitted_at=None if state == "draft" else text.changed_at
    )
    Sheet.objects.filter(text=text).update(revision=1)
    text.refresh_from_db()
