"""Files into texts: read in the background, shown, and merged with a choice; nothing is wiped."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task
from django_tasks.base import TaskResultStatus

from jixiao.model.errors import JixiaoError
from jixiao.web import scope
from jixiao.web.imports import drafts, merging, originals
from jixiao.web.imports.drafts import Draft, Part
from jixiao.web.imports.models import Correction, Original
from jixiao.web.jobs.models import Job
from jixiao.web.journal.chain import Actor, record
from jixiao.web.scope import Action
from jixiao.web.targets import auditing, content, trail
from jixiao.web.targets.models import Import, Sheet, Text
from jixiao.web.targets.states import ImportStatus, Reason

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


_GAVE_UP = "读这个文件时程序出错或者太久没有读完。请把它另存为 docx 再试，并把原文件报告给管理员。"
_NOTHING = "文件里没有认出绩效目标表。请确认它是部门预算绩效文本。"

WAITING = (ImportStatus.WAITING, ImportStatus.READ)
"""An import that nobody has decided about yet."""


class UploadError(JixiaoError):
    """A file that cannot be taken."""


@transaction.atomic
def upload(actor: Actor, text_id: int, file: UploadedFile[Any]) -> Import:
    """Take a file; a worker reads it. One that waits to be accepted is not taken twice.

    Raises UploadError for one that is empty or too large.
    """
    if actor.user is None:
        raise PermissionError("a file is uploaded by a person")
    text = scope.locked(actor.user, Action.RESHAPE, text_id)
    name = (file.name or "未命名").replace("\\", "/").rpartition("/")[2][-200:]
    if not file.size:
        raise UploadError(f"“{name}”是空文件", "请检查后重新选择")
    if file.size > settings.UPLOAD_LIMIT:
        raise too_large(name)
    data = file.read()
    digest = originals.digest(data)
    waiting = text.imports.filter(status__in=WAITING, original__digest=digest).defer("data").first()
    if waiting is not None:
        return waiting
    made = Import.objects.create(text=text, name=name, data=data, person=actor.user)
    Original.objects.create(made=made, digest=digest)
    made.job = UUID(read_import.enqueue(made.pk).id)
    made.save(update_fields=["job"])
    record(actor, "text.import", "text", text.pk, file=name, size=file.size)
    return made


def too_large(name: str = "") -> UploadError:
    """Return the error for a file that is larger than those that are taken."""
    what = f"“{name}”" if name else "文件"
    limit = settings.UPLOAD_LIMIT // 1024 // 1024
    return UploadError(f"{what}超过 {limit} MB", "请删去图片后再上传")


def settle(made: Import) -> None:
    """Say of a file that it cannot be read, where the job that was to read it came to nothing."""
    failed = Job.objects.filter(pk=made.job or UUID(int=0), status=TaskResultStatus.FAILED)
    if made.status == ImportStatus.WAITING and failed.exists():
        made.status, made.message = ImportStatus.FAILED, _GAVE_UP
        made.save(update_fields=["status", "message"])


@task
def read_import(import_id: int) -> None:
    """Read an uploaded file. Doing it twice gives the same."""
    found = Import.objects.get(pk=import_id)
    if found.status != ImportStatus.WAITING:
        return
    data = bytes(found.data)
    changes, look = _read(data, found.name)
    with transaction.atomic():
        waiting = Import.objects.filter(pk=import_id, status=ImportStatus.WAITING)
        if waiting.update(**changes) and look:
            Original.objects.filter(pk=import_id).update(**look)
            originals.draw_original.enqueue(import_id)


def _read(data: bytes, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what an import says after its file was read, and how the file looks."""
    from jixiao import read

    try:
        blocks = read.blocks_of(data)
        said = read.recognise(blocks, name)
    except JixiaoError as error:
        return {"status": ImportStatus.FAILED, "message": str(error)}, {}
    if not (said.projects or said.overall or said.sub_objectives or said.safeguards):
        return {"status": ImportStatus.FAILED, "message": _NOTHING}, {}
    changes = {"status": ImportStatus.READ, "reading": content.dumped(said)}
    return changes, originals.looked_at(data, name, blocks)


def draft_of(made: Import) -> Draft:
    """Return what was read of a file, as it was corrected."""
    kept = Correction.objects.filter(pk=made.pk).first()
    return drafts.loaded(kept.content) if kept else drafts.begun(content.read_whole(made.reading))


@transaction.atomic
def accept(
    actor: Actor, text_id: int, import_id: int, chosen: Collection[int], *, head: bool
) -> Text:
    """Take over the projects chosen (by number), and the department's part if asked.

    A project that is there is merged field by field as it was chosen; nothing typed is lost. What
    the text said before is kept as a version. Raises MovedOnError, UploadError.
    """
    if actor.user is None:
        raise PermissionError("an import is accepted by a person")
    text = scope.locked(actor.user, Action.RESHAPE, text_id)
    made = text.imports.select_for_update().get(pk=import_id)
    if made.status != ImportStatus.READ:
        raise UploadError(f"这次导入“{made.get_status_display()}”，不能再采用", "请重新上传文件")
    sheets = list(text.sheets.all())
    draft = draft_of(made)
    now = content.head_of(text)
    if sheets or now.overall or now.sub_objectives or now.safeguards:
        trail.keep_version(text, sheets, actor.user, Reason.BEFORE_IMPORT)
    wanted = [part for part in draft.parts if part.number in chosen and part.into is None]
    there = matched(wanted, sheets)
    for part in wanted:
        if part.number in there:
            _merge(there[part.number], part, draft, actor)
    new = [merging.fresh(part) for part in wanted if part.number not in there]
    content.add_sheets(text, new, sheets[-1].position + 1 if sheets else 0)
    if head:
        text.head = content.dumped(merging.merge_head(now, draft).head)
        text.revision += 1
    made.status = ImportStatus.ACCEPTED
    made.data = b""  # what was taken over is in the text, and the file is the user's own
    made.save()
    originals.forget(import_id)
    text.editor = actor.user
    text.changed_at = timezone.now()
    auditing.audit(text)
    text.save()
    numbers = sorted(part.number for part in wanted)
    record(
        actor, "text.import.accept", "text", text.pk, file=made.name, projects=numbers, head=head
    )
    return text


@transaction.atomic
def discard(actor: Actor, text_id: int, import_id: int) -> None:
    """Leave the text as it is, and keep nothing of the file."""
    if actor.user is None:
        raise PermissionError("an import is discarded by a person")
    text = scope.locked(actor.user, Action.RESHAPE, text_id)
    left = text.imports.filter(pk=import_id).exclude(status=ImportStatus.ACCEPTED)
    if left.exclude(status=ImportStatus.DISCARDED).update(status=ImportStatus.DISCARDED, data=b""):
        originals.forget(import_id)
        record(actor, "text.import.discard", "text", text.pk, id=import_id)


def matched(parts: Sequence[Part], sheets: Sequence[Sheet]) -> dict[int, Sheet]:
    """Return which projects of a file are in a text already."""
    there = merging.matches(parts, [content.project_of(sheet) for sheet in sheets])
    return {number: sheets[at] for number, at in there.items()}


def _merge(sheet: Sheet, part: Part, draft: Draft, actor: Actor) -> None:
    merged = merging.merge(content.project_of(sheet), part, draft)
    sheet.content = content.dumped(merged.project)
    sheet.rows = [
        content.new_row() if origin is None else sheet.rows[origin] for origin in merged.origins
    ]
    sheet.revision += 1
    sheet.editor = actor.user
    sheet.save()
