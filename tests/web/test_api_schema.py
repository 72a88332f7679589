"""The API against its own OpenAPI document: whatever is sent, no 500, and answers as it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from jixiao.web import scope
from jixiao.web.accounts.models import User
from jixiao.web.api import tokens
from jixiao.web.api.operations import service
from jixiao.web.api.service import document
from jixiao.web.journal.chain import Actor
from jixiao.web.scope import Action
from jixiao.web.targets.models import Text

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]

PEOPLE = {
    # username: the state in which the text waits for this person
    "tianbao": "draft",
    "danwei": "unit",
    "zhuguan": "department",
    "yewu": "finance",
    "jixiao": "finance",
    "renda": "approved",
    "admin": "approved",
}
OF_TEXT = ("overall", "safeguards", "sub_objectives.0.title", "year", "nothing/at.all")
OF_SHEET = ("purpose", "goals", "budget.total", "plan.06", "nothing")
OF_ROW = ("name", "value", "basis", "nothing")

OPERATIONS = [
    (path, method.upper()) for path, item in document(service)["paths"].items() for method in item
]

EXAMPLES = {"/api/check": 6, "/api/texts/{text_id}/download/{kind}": 8}
"""How many requests are tried of what takes long; of all others 15."""


@pytest.fixture(scope="module")
def api(django_db_setup: None, django_db_blocker: Any) -> Iterator[Any]:
    """Return the API as schemathesis knows it.

    A request must not close the connection in whose transaction the test is.
    """
    from jixiao.web.wsgi import application

    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    with django_db_blocker.unblock():
        yield schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize(("path", "method"), OPERATIONS)
def test_answers_are_as_the_document_says(
    path: str, method: str, mode: GenerationMode, api: Any, db: None
) -> None:
    words = {
        name: tokens.issue(Actor(User.objects.get(username=name)), "测试", 1).words
        for name in PEOPLE
    }
    asks = Action(document(service)["paths"][path][method.lower()]["x-asks"])
    first = [name for name, state in PEOPLE.items() if scope.may(_user(name), asks, _ready(state))]
    operation = api[path][method]
    names = {each.name for each in operation.path_parameters}
    fields = OF_ROW if "row" in names else OF_SHEET if "sheet_id" in names else OF_TEXT

    @settings(
        max_examples=EXAMPLES.get(path, 15),
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(
        case=operation.as_strategy(generation_mode=mode),
        # Whoever may do it, more often than who may not; else nothing would ever be reached.
        person=st.sampled_from([*first * 5, *PEOPLE]),
        field=st.sampled_from(fields),
        made_up=st.sampled_from([(), (), (), (), ("text_id",), ("sheet_id", "row"), ("field",)]),
    )
    def answers(case: Any, person: str, field: str, made_up: tuple[str, ...]) -> None:
        text = _ready(PEOPLE[person])
        sheet = text.sheets.all()[0]
        real = {"text_id": text.pk, "sheet_id": sheet.pk, "row": sheet.rows[0], "number": 1}
        real["field"] = field
        case.path_parameters |= {
            name: value for name, value in real.items() if name in names and name not in made_up
        }
        if made_up == () and isinstance(case.body, dict) and "revision" in case.body:
            case.body["revision"] = sheet.revision if "sheet_id" in names else text.revision
        response = case.call(headers={"Authorization": f"Bearer {words[person]}"})
        case.validate_response(response, checks=CHECKS)

    answers()


def _user(name: str) -> User:
    return User.objects.get(username=name)


def _ready(state: str) -> Text:
    """Return a text that has a version, in a state."""
    text = Text.objects.get(unit__code="431002", year=2024)
    text.state = state
    text.submitted_at = None if state == "draft" else text.changed_at
    text.business_agreed = text.performance_agreed = False
    text.save()
    return text
