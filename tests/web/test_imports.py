"""A file into a text: read in the background, shown, merged with a choice."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from jixiao.web.jobs import worker
from jixiao.web.jobs.models import Job
from jixiao.web.targets import content
from jixiao.web.targets.models import Import, Text

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture(autouse=True)
def without_libreoffice(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let only the tests that say so start LibreOffice."""
    if "libreoffice" not in request.keywords:
        monkeypatch.setenv("JIXIAO_SOFFICE", "/none")


@pytest.fixture
def empty(logged_in: Callable[[str], Client]) -> Any:
    """Return a new text of 张敏's unit."""
    client = logged_in("tianbao")
    years = client.get("/").context["years"]
    client.post("/texts/new/", {"year": years[0]})
    return Text.objects.get(unit__code="431002", year=years[0])


def upload(client: Client, text: Text, name: str, data: bytes | None = None) -> Import:
    data = (SAMPLES / name).read_bytes() if data is None else data
    response = client.post(
        f"/texts/{text.pk}/imports/add/", {"file": SimpleUploadedFile(name, data)}
    )
    assert response.status_code == 302, response.content.decode()
    return text.imports.latest("pk")


@pytest.mark.parametrize("ending", ["docx", "pdf", "html"])
def test_a_file_is_read_shown_and_taken_over(
    ending: str, empty: Text, logged_in: Callable[[str], Client]
) -> None:
    client = logged_in("tianbao")
    made = upload(client, empty, f"huailai-resettlement-2024.{ending}")
    there = f"/texts/{empty.pk}/imports/{made.pk}/"
    assert "正在读取" in client.get(there).content.decode()
    assert client.get(there, headers={"HX-Request": "true"}).status_code == 204
    worker.run_waiting()
    page = client.get(there).content.decode()
    assert "读出 4 个项目" in page and "服务移民次数" in page
    assert "服务移民次数" in client.get(f"{there}?part=0").content.decode()
    assert empty.sheets.count() == 0, "nothing is taken over before it is accepted"
    response = client.post(f"{there}accept/", {"project": ["0", "2"], "head": "1"})
    assert response.status_code == 302
    names = [content.project_of(each).name for each in empty.sheets.all()]
    assert len(names) == 2
    empty.refresh_from_db()
    assert empty.projects == 2
    assert content.head_of(empty).overall


def test_what_was_there_is_not_wiped(draft: Text, logged_in: Callable[[str], Client]) -> None:
    client = logged_in("tianbao")
    before = content.whole(draft, draft.sheets.all())
    made = upload(client, draft, "sannvhe-2023.docx")
    worker.run_waiting()
    page = client.get(f"/texts/{draft.pk}/imports/{made.pk}/").content.decode()
    assert "与本单位" in page, "another unit's file is noticed"
    client.post(f"/texts/{draft.pk}/imports/{made.pk}/accept/", {"project": ["0"]})
    after = content.whole(draft, draft.sheets.all())
    assert after.projects[: len(before.projects)] == before.projects
    assert len(after.projects) == len(before.projects) + 1
    kept = draft.versions.get(reason="before_import")
    assert content.read_whole(kept.content) == before


def test_the_same_project_is_replaced_and_not_doubled(
    draft: Text, logged_in: Callable[[str], Client]
) -> None:
    client = logged_in("tianbao")
    made = upload(client, draft, "huailai-resettlement-2024.docx")
    worker.run_waiting()
    there = f"/texts/{draft.pk}/imports/{made.pk}/accept/"
    for _ in range(2):  # a second click takes nothing over again
        client.post(there, {"project": ["0", "1", "2", "3"]})
    assert draft.sheets.count() == 4


@pytest.mark.parametrize("data", [b"\x00\x01nonsense", b"PK\x03\x04broken", b"just words"])
def test_a_file_that_cannot_be_read_says_why(
    data: bytes, empty: Text, logged_in: Callable[[str], Client]
) -> None:
    client = logged_in("tianbao")
    made = upload(client, empty, "x.docx", data)
    worker.run_waiting()
    page = client.get(f"/texts/{empty.pk}/imports/{made.pk}/").content.decode()
    assert "读不出来" in page
    assert "Traceback" not in page


def test_an_empty_file_is_not_taken(empty: Text, logged_in: Callable[[str], Client]) -> None:
    client = logged_in("tianbao")
    there = f"/texts/{empty.pk}/imports/add/"
    response = client.post(there, {"file": SimpleUploadedFile("x.docx", b"")})
    assert response.status_code == 422
    assert Import.objects.count() == 0


def test_the_job_of_a_worker_that_died_is_taken_up_again(
    empty: Text, logged_in: Callable[[str], Client]
) -> None:
    made = upload(logged_in("tianbao"), empty, "huailai-resettlement-2024.docx")
    job = worker.take("one that dies")
    assert job is not None
    assert worker.take("another") is None, "while it lives, nobody takes its job"
    long_ago = timezone.now() - 2 * worker.SILENT * timedelta(seconds=1)
    Job.objects.update(alive_at=long_ago)
    worker.run_waiting()
    made.refresh_from_db()
    assert made.status == "read"
    assert worker.give_back("one that dies") == 0, "what is done is done"
    worker.run(job)  # the first one wakes up again: nothing is done twice
    job.refresh_from_db()
    assert job.status == "SUCCESSFUL"
    assert Import.objects.count() == 1


def test_the_job_of_a_process_that_is_no_more_waits_for_nobody(
    empty: Text, logged_in: Callable[[str], Client]
) -> None:
    upload(logged_in("tianbao"), empty, "huailai-resettlement-2024.docx")
    gone = subprocess.Popen(["true"])
    gone.wait()
    assert worker.take(f"here-{gone.pid}") is not None
    assert worker.give_back("here") == 1
    worker.run_waiting()
    assert Import.objects.get().status == "read"


def test_a_job_that_fails_again_and_again_is_given_up(
    empty: Text, logged_in: Callable[[str], Client]
) -> None:
    upload(logged_in("tianbao"), empty, "huailai-resettlement-2024.docx")
    for _ in range(worker.ATTEMPTS):
        assert worker.take("one that dies") is not None
        Job.objects.update(alive_at=timezone.now() - timedelta(seconds=2 * worker.SILENT))
    assert worker.take("another") is None
    assert Job.objects.get().status == "FAILED"


def test_what_differs_is_shown_side_by_side_and_what_was_typed_stays(
    draft: Text, logged_in: Callable[[str], Client]
) -> None:
    client = logged_in("tianbao")
    sheet = draft.sheets.first()
    assert sheet is not None
    told = {"row": "", "field": "purpose", "value": "我改过的用途", "before": "", "revision": 1}
    client.post(f"/texts/{draft.pk}/projects/{sheet.pk}/field/", told)
    made = upload(client, draft, "huailai-resettlement-2024.docx")
    worker.run_waiting()
    there = f"/texts/{draft.pk}/imports/{made.pk}/"
    assert "1 处不同" in client.get(there).content.decode()
    page = client.get(f"{there}?part=0").content.decode()
    assert "我改过的用途" in page.replace("<mark>", "").replace("</mark>", "")
    assert "完成移民信息审核及机关运行经费" in page
    client.post(f"{there}accept/", {"project": ["0", "1", "2", "3"]})
    sheet.refresh_from_db()
    assert content.project_of(sheet).purpose == "我改过的用途"


def test_a_reader_that_fails_does_not_leave_the_clerk_waiting(
    empty: Text, logged_in: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(data: bytes) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr("jixiao.read.blocks_of", broken)
    client = logged_in("tianbao")
    made = upload(client, empty, "huailai-resettlement-2024.docx")
    worker.run_waiting()
    page = client.get(f"/texts/{empty.pk}/imports/{made.pk}/").content.decode()
    assert "读不出来" in page and "报告给管理员" in page
    assert "RuntimeError" not in page
