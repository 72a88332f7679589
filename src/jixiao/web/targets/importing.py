"""Files into texts: read in the background, shown, and merged with a choice; nothing is wiped."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

import msgspec
from django.conf import settings
from django.db import transaction
from django_tasks import task
from django_tasks.base import TaskResultStatus

from jixiao.model import PerformanceText, Project
from jixiao.model.errors import JixiaoError
from jixiao.web import scope
from jixiao.web.jobs.models import Job
from jixiao.web.journal.chain import Actor, record
from jixiao.web.scope import Action
from jixiao.web.targets import auditing, content, trail
from jixiao.web.targets.models import Import, Sheet, Text
from jixiao.web.targets.states import ImportStatus, Reason

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


_GAVE_UP = "读这个文件时程序出错或者太久没有读完。请把它另存为 docx 再试，并把原文件报告给管理员。"


class UploadError(JixiaoError):
    """A file that cannot be taken."""


class Offer(NamedTuple):
    """A project that was read, and the one of the text that it would replace (None: it is new)."""

    number: int
    project: Project
    replaces: Sheet | None
    same: bool


@transaction.atomic
def upload(actor: Actor, text_id: int, file: UploadedFile[Any]) -> Import:
    """Take a file; a worker reads it. Raises UploadError for one that is empty or too large."""
    if actor.user is None:
        raise PermissionError("a file is uploaded by a person")
    text = scope.locked(actor.user, Action.RESHAPE, text_id)
    name = (file.name or "未命名").replace("\\", "/").rpartition("/")[2][-200:]
    if not file.size:
        raise UploadError(f"“{name}”是空文件", "请检查后重新选择")
    if file.size > settings.UPLOAD_LIMIT:
        limit = settings.UPLOAD_LIMIT // 1024 // 1024
        raise UploadError(f"“{name}”超过 {limit} MB", "请删去图片后再上传")
    made = Import.objects.create(text=text, name=name, data=file.read(), person=actor.user)
    made.job = UUID(read_import.enqueue(made.pk).id)
    made.save(update_fields=["job"])
    record(actor, "text.import", "text", text.pk, file=name, size=file.size)
    return made


def settle(made: Import) -> None:
    """Say of a file that it cannot be read, where the job that was to read it came to nothing."""
    failed = Job.objects.filter(pk=made.job or UUID(int=0), status=TaskResultStatus.FAILED)
    if made.status == ImportStatus.WAITING and failed.exists():
        made.status, made.message = ImportStatus.FAILED, _GAVE_UP
        made.save(update_fields=["status", "message"])


@task
def read_import(import_id: int) -> None:
    """Read an uploaded file. Doing it twice gives the same."""
    from jixiao.read import read_bytes

    found = Import.objects.get(pk=import_id)
    if found.status != ImportStatus.WAITING:
        return
    try:
        said = read_bytes(bytes(found.data), found.name)
    except JixiaoError as error:
        changes = {"status": ImportStatus.FAILED, "message": str(error)}
    else:
        changes = {"status": ImportStatus.READ, "reading": content.dumped(said)}
        if not (said.projects or said.overall or said.sub_objectives or said.safeguards):
            changes = {
                "status": ImportStatus.FAILED,
                "message": "文件里没有认出绩效目标表。请确认它是部门预算绩效文本。",
            }
    Import.objects.filter(pk=import_id, status=ImportStatus.WAITING).update(**changes)


def offers(reading: PerformanceText, sheets: list[Sheet]) -> list[Offer]:
    """Return what each project that was read would do to a text."""
    left = {sheet.pk: (sheet, content.project_of(sheet)) for sheet in sheets}
    found = []
    for number, project in enumerate(reading.projects):
        match = next((pk for pk, (_, ours) in left.items() if _is_same(ours, project)), None)
        sheet, ours = left.pop(match) if match is not None else (None, None)
        found.append(
            Offer(number, project, sheet, ours == content.bare(_alone(project)).projects[0])
        )
    return found


@transaction.atomic
def accept(
    actor: Actor, text_id: int, import_id: int, chosen: Collection[int], *, head: bool
) -> Text:
    """Take over the projects chosen (by number), and the department's part if asked.

    What the text said before is kept as a version. Raises MovedOnError, UploadError.
    """
    if actor.user is None:
        raise PermissionError("an import is accepted by a person")
    text = scope.locked(actor.user, Action.RESHAPE, text_id)
    made = text.imports.select_for_update().get(pk=import_id)
    if made.status != ImportStatus.READ:
        raise UploadError(f"这次导入“{made.get_status_display()}”，不能再采用", "请重新上传文件")
    sheets = list(text.sheets.all())
    reading = content.read_whole(made.reading)
    if sheets or content.head_of(text).overall:
        trail.keep_version(text, sheets, actor.user, Reason.BEFORE_IMPORT)
    projects = content.bare(reading).projects
    new = []
    for offer in offers(reading, sheets):
        if offer.number not in chosen:
            continue
        if offer.replaces is None:
            new.append(projects[offer.number])
        else:
            _replace(offer.replaces, projects[offer.number], actor)
    content.add_sheets(text, new, sheets[-1].position + 1 if sheets else 0)
    if head:
        taken, _ = content.split(as_taken_over(text, reading))
        text.head = content.dumped(taken)
        text.revision += 1
    made.status = ImportStatus.ACCEPTED
    made.data = b""  # what was taken over is in the text, and the file is the user's own
    made.save()
    text.editor = actor.user
    auditing.audit(text)
    text.save()
    record(
        actor,
        "text.import.accept",
        "text",
        text.pk,
        file=made.name,
        projects=sorted(chosen),
        head=head,
    )
    return text


def _replace(sheet: Sheet, project: Project, actor: Actor) -> None:
    sheet.content = content.dumped(project)
    sheet.rows = [content.new_row() for _ in project.indicators]
    sheet.revision += 1
    sheet.editor = actor.user
    sheet.save()


def as_taken_over(text: Text, reading: PerformanceText) -> PerformanceText:
    """Return what was read, as the text would say it; whose and which year's it is stays."""
    ours = content.head_of(text)
    return msgspec.structs.replace(
        content.bare(reading),
        source=ours.source,
        year=ours.year,
        region=ours.region,
        unit=ours.unit,
        draft=ours.draft,
    )


def _alone(project: Project) -> PerformanceText:
    return PerformanceText(source="", projects=(project,))


def _is_same(ours: Project, other: Project) -> bool:
    if ours.code and other.code:
        return ours.code == other.code
    return bool(ours.name) and ours.name == other.name
