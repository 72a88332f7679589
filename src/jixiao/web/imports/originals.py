"""The original of a file: made ready to be looked at, in the background, as far as it can be."""

from __future__ import annotations

import hashlib
import zipfile
from datetime import timedelta
from io import BytesIO

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from jixiao.model import PerformanceText
from jixiao.model.errors import JixiaoError
from jixiao.read import Blocks, Format, blocks_of, detect, libreoffice
from jixiao.read.sniff import SUFFIXES
from jixiao.web.imports import pictures, places, tables
from jixiao.web.imports.models import Drawing, Original, Page
from jixiao.web.targets import content

FIRST = 12
"""Pages that are drawn at once; the others when someone comes to them."""

BATCH = 8
"""Pages that are drawn together when one of them is looked at."""

PATIENCE = 120
"""Seconds after which a page that was asked for in vain may be asked for again."""

_PRINTED = frozenset(
    (
        Format.DOCX,
        Format.DOC,
        Format.WPS,
        Format.ODT,
        Format.RTF,
        Format.XLSX,
        Format.XLS,
        Format.ODS,
    )
)
"""Formats whose pages LibreOffice shows. Web pages are not among them: they may ask for pictures."""

_ALSO = {"htm": "html", "mhtml": "mht", "et": "xls", "wps": "doc", "docm": "docx", "xlsm": "xlsx"}
"""Endings that say the same kind as another."""


def digest(data: bytes) -> str:
    """Return what tells a file from any other."""
    return hashlib.sha256(data).hexdigest()


def looked_at(data: bytes, name: str, blocks: Blocks) -> dict[str, object]:
    """Return what is kept of a file's look before its pages are drawn."""
    return {
        "blocks": content.dumped(tables.kept(blocks.blocks)),
        "notes": _notes(data, name),
    }


def has_macros(data: bytes) -> bool:
    """Tell whether an office file carries programs; they are never run."""
    if not data.startswith(b"PK"):
        return data.startswith(b"\xd0\xcf\x11\xe0") and "_VBA_PROJECT".encode("utf-16-le") in data
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            return any(name.endswith("vbaProject.bin") for name in package.namelist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return False


def _notes(data: bytes, name: str) -> list[str]:
    notes = []
    if has_macros(data):
        notes.append("文件里带有宏（程序），没有运行，只读了其中的文字和表格。")
    kind, ending = detect(data).value, name.rpartition(".")[2].lower()
    if "." in name and _ALSO.get(ending, ending) != _ALSO.get(kind, kind):
        told = f"文件名以“.{ending[:10]}”结尾，内容其实是 {kind}，已按 {kind} 读取。"
        if ending in SUFFIXES or ending in _ALSO:
            notes.append(told)
    return notes


@task(priority=-10)
def draw_original(import_id: int) -> None:
    """Make a file's pages ready: the first are drawn. Doing it twice gives the same."""
    original = Original.objects.select_related("made").filter(pk=import_id).first()
    if original is None or original.drawing != Drawing.WAITING:
        return
    data = bytes(original.made.data)
    pdf = _as_pdf(data) if data else b""
    drawn = pictures.draw(pdf, 1, FIRST) if pdf else pictures.Drawn([], {})
    if drawn.sizes and pdf is not data:
        original.pdf = pdf
        original.boxes = _boxes(pdf, content.read_whole(original.made.reading))
    original.sizes = drawn.sizes
    original.drawing = Drawing.READY if drawn.sizes else Drawing.NONE
    with transaction.atomic():
        still = Original.objects.select_for_update().filter(pk=import_id, drawing=Drawing.WAITING)
        if still.exists():  # taken over meanwhile: nothing is kept of the file any more
            original.save()
            _keep(original, drawn, range(1, min(FIRST, len(drawn.sizes)) + 1))


@task(priority=-5)
def draw_pages(import_id: int, first: int) -> None:
    """Draw a batch of pages that someone looks at."""
    original = Original.objects.select_related("made").filter(pk=import_id).first()
    if original is None:
        return
    pdf = bytes(original.pdf) or bytes(original.made.data)
    numbers = range(first, min(first + BATCH, len(original.sizes) + 1))
    drawn = pictures.draw(pdf, first, BATCH) if pdf else pictures.Drawn([], {})
    with transaction.atomic():
        if Original.objects.select_for_update().filter(pk=import_id).exists():
            _keep(original, drawn, numbers)


def page_of(original: Original, number: int) -> Page | None:
    """Return a page; one without a picture is being drawn. None where there is no such page."""
    if not 1 <= number <= len(original.sizes):
        return None
    page = original.pages.filter(number=number).first()
    if page is not None and (page.picture or page.failed):
        return page
    late = timezone.now() - timedelta(seconds=PATIENCE)
    if page is not None and page.asked_at > late:
        return page
    first = number if number <= FIRST else number - (number - FIRST - 1) % BATCH
    with transaction.atomic():
        for each in range(first, min(first + BATCH, len(original.sizes) + 1)):
            page, _ = Page.objects.get_or_create(original=original, number=each)
            if not page.picture:
                page.save(update_fields=["asked_at"])
        draw_pages.enqueue(original.pk, first)
    return original.pages.get(number=number)


def forget(import_id: int) -> None:
    """Drop what was kept of a file's look: it is in the text now, or nobody wants it."""
    Original.objects.filter(pk=import_id).delete()


def _keep(original: Original, drawn: pictures.Drawn, numbers: range) -> None:
    for number in numbers:
        picture = drawn.pictures.get(number, b"")
        Page.objects.update_or_create(
            original=original,
            number=number,
            defaults={"picture": picture, "failed": not picture},
        )


def _as_pdf(data: bytes) -> bytes:
    """Return a file's pages as a PDF, b"" where that cannot be had."""
    kind = detect(data)
    if kind is Format.PDF:
        return data
    if kind not in _PRINTED or has_macros(data) or libreoffice.program() is None:
        return b""
    try:
        made = libreoffice.convert([(data, kind.value)], "pdf")[0]
    except JixiaoError:
        return b""
    return made if isinstance(made, bytes) else b""


def _boxes(pdf: bytes, reading: PerformanceText) -> dict[str, list[object]]:
    """Return where on the printed pages the fields are that were read: by reading them once more."""
    from jixiao.read import recognise

    try:
        blocks = blocks_of(pdf)
        return places.boxes(reading, recognise(blocks, ""), tables.kept(blocks.blocks))
    except JixiaoError:
        return {}
