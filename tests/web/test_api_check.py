"""The check as a service: as the command line, and no file takes the server down."""

from __future__ import annotations

import io
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from jixiao.exchange import schema
from jixiao.web.api import running
from jixiao.web.journal.models import Entry
from web_api import (
    SAMPLE,
    SAMPLES,
    Program,
)


def test_a_check_is_that_of_the_command_line(program: Callable[[str], Program]) -> None:
    command = [sys.executable, "-m", "jixiao", "check", SAMPLE, "--format", "json"]
    told = subprocess.run(
        [*command, "--profile", "hebei"], cwd=SAMPLES, capture_output=True, check=False
    ).stdout
    data = (SAMPLES / SAMPLE).read_bytes()
    asking = program("renda")
    answer = asking.check(SAMPLE, data, profile="hebei")
    assert answer.status_code == 200
    assert answer.content == told
    raw = asking.client.generic(
        "POST", f"/api/check?filename={SAMPLE}&profile=hebei", data, "application/octet-stream"
    )
    assert raw.content == told
    Draft202012Validator(schema("check")).validate(answer.json())
    # What curl --data-binary says of a body by itself.
    form = "application/x-www-form-urlencoded"
    curl = asking.client.generic("POST", f"/api/check?filename={SAMPLE}&profile=hebei", data, form)
    assert curl.content == told
    assert not Entry.objects.exclude(action="token.add").filter(number__gt=_before()).exists()


def _before() -> int:
    return Entry.objects.filter(action="token.add").latest("number").number


def _bomb() -> bytes:
    """Return a docx of some KB that unpacks to 400 MB."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(400):
                part.write(b" " * 1024 * 1024)
    return made.getvalue()


def _hostile() -> Iterator[tuple[str, bytes]]:
    sample = (SAMPLES / SAMPLE).read_bytes()
    yield "bomb.docx", _bomb()
    yield "half.docx", sample[: len(sample) // 2]
    yield "rubbish.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 40
    yield "zeros.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096)
    yield "--profile", b"\0\0\0"
    yield "entities.html", b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + b"<table>" * 20000


@pytest.mark.parametrize(("name", "data"), [pytest.param(*each, id=each[0]) for each in _hostile()])
def test_a_hostile_file_is_refused(
    name: str, data: bytes, program: Callable[[str], Program]
) -> None:
    answer = program("tianbao").check(name, data)
    told = answer.json()
    if answer.status_code == 200:  # read, and found to hold no text
        assert name == "entities.html" and told["findings"]
    else:
        assert answer.status_code == 422
        assert re.search("[\u4e00-\u9fff]", told["error"]) and told["hint"]


def test_what_a_check_must_have(program: Callable[[str], Program], settings: Any) -> None:
    asking = program("tianbao")
    data = (SAMPLES / SAMPLE).read_bytes()
    assert asking.client.post("/api/check", {"other": "x"}).status_code == 422
    for profile in ("/etc/passwd", "nothing", "../base", "base.toml"):
        told = asking.check(SAMPLE, data, profile=profile)
        assert told.status_code == 422 and "hebei" in told.json()["hint"]
    broken = asking.client.generic(
        "POST", "/api/check", b"--x\r\n", "multipart/form-data; boundary=y"
    )
    assert broken.status_code in (400, 422)
    settings.UPLOAD_LIMIT = 1000
    assert asking.check(SAMPLE, data).status_code == 413
    assert asking.client.generic("POST", "/api/check", data, "x/y").status_code == 413


def test_a_file_that_takes_too_long_is_given_up(
    program: Callable[[str], Program], settings: Any
) -> None:
    settings.CHECK_SECONDS = 0
    told = program("tianbao").check(SAMPLE, (SAMPLES / SAMPLE).read_bytes())
    assert told.status_code == 422 and "没有读完" in told.json()["error"]


def test_a_file_that_takes_too_much_memory_is_given_up(
    program: Callable[[str], Program], settings: Any
) -> None:
    settings.CHECK_MEMORY = 40 * 1024 * 1024
    told = program("tianbao").check(SAMPLE, (SAMPLES / SAMPLE).read_bytes())
    assert told.status_code == 422 and "内存" in told.json()["error"]


def test_more_checks_at_once_than_there_are_slots(program: Callable[[str], Program]) -> None:
    asking = program("tianbao")
    data = (SAMPLES / SAMPLE).read_bytes()
    taken = 0
    while running._slots.acquire(blocking=False):
        taken += 1
    try:
        told = asking.check(SAMPLE, data)
    finally:
        running._slots.release(taken)
    assert told.status_code == 429
    assert int(told["Retry-After"]) > 0
    assert asking.check(SAMPLE, data).status_code == 200
