"""A file into a text: uploaded, read in the background, held against the original, taken over."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from jixiao.web import inputs
from jixiao.web.imports import correcting, drafts, originals, places, showing, tables
from jixiao.web.imports.drafts import Draft
from jixiao.web.imports.models import Drawing, Original
from jixiao.web.imports.places import HEAD
from jixiao.web.journal.chain import actor_of
from jixiao.web.scope import Action, asks
from jixiao.web.targets import content, importing, presenting
from jixiao.web.targets.models import Import, Text
from jixiao.web.targets.states import ImportStatus

_PATIENCE = timedelta(minutes=15)
"""How long a page goes on asking for the pictures of its original."""

_KEPT = 600
"""Seconds that a browser may keep a picture: it is never changed."""


@asks(Action.RESHAPE)
@require_POST
def upload(request: HttpRequest, text_id: int) -> HttpResponse:
    """Take a file."""
    file = request.FILES.get("file")
    if file is None and getattr(request, "is_too_large", False):
        raise importing.too_large()
    if file is None:
        raise importing.UploadError("没有选择文件", "请选择 Word、Excel、PDF 或网页文件")
    made = importing.upload(actor_of(request), text_id, file)
    return redirect("import", text_id, made.pk)


@asks(Action.RESHAPE)
@require_GET
def shown(request: HttpRequest, text_id: int, import_id: int) -> HttpResponse:  # noqa: ARG001
    """Show what was read of a file beside the file; while it waits, a page that asks again."""
    text: Text = request.text  # type: ignore[attr-defined]
    made = _made(text, import_id)
    importing.settle(made)
    asked = getattr(request, "htmx", None)
    if asked and made.status == ImportStatus.WAITING:
        return HttpResponse(status=204)
    if asked and asked.target not in ("original", "read"):
        return HttpResponse(headers={"HX-Refresh": "true"})
    if made.status != ImportStatus.READ:
        return render(request, "import.html", {"text": text, "made": made})
    if asked and asked.target == "original":
        context = _original(made)
        if context["drawing"]:
            return HttpResponse(status=204)
        return render(request, "_import_original.html", {"text": text, "made": made, **context})
    part = request.GET.get("part", "")
    context = _read(text, made, importing.draft_of(made), part)
    if asked and asked.target == "read":
        return render(request, "_import_read.html", context)
    return render(request, "import.html", {**context, **_original(made)})


@asks(Action.RESHAPE)
@require_GET
def page(request: HttpRequest, text_id: int, import_id: int, number: int) -> HttpResponse:  # noqa: ARG001
    """Give the picture of a page; 202 while it is being drawn, the page's script asks again."""
    text: Text = request.text  # type: ignore[attr-defined]
    original = get_object_or_404(
        Original.objects.defer("pdf", "blocks", "boxes"), pk=import_id, made__text=text
    )
    found = originals.page_of(original, number)
    if found is None or found.failed:
        raise Http404
    if not found.picture:
        return HttpResponse(status=202, headers={"Retry-After": "1"})
    response = HttpResponse(bytes(found.picture), content_type="image/png")
    response["Cache-Control"] = f"private, max-age={_KEPT}"
    return response


@asks(Action.RESHAPE)
@require_GET
def original(request: HttpRequest, text_id: int, import_id: int) -> HttpResponse:  # noqa: ARG001
    """Give the file back as it was uploaded, to be saved and not to be opened by the browser."""
    made = get_object_or_404(request.text.imports, pk=import_id)  # type: ignore[attr-defined]
    if not made.data:
        raise Http404
    response = HttpResponse(bytes(made.data), content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(made.name)}"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@asks(Action.RESHAPE)
@require_POST
def correct(request: HttpRequest, text_id: int, import_id: int) -> HttpResponse:
    """Correct a field as it is left; give what stands below it."""
    row, field = request.POST.get("row", ""), request.POST.get("field", "")
    draft = correcting.correct(
        actor_of(request),
        text_id,
        import_id,
        row,
        field,
        request.POST.get("value", ""),
        request.POST.get("before", ""),
    )
    text: Text = request.text  # type: ignore[attr-defined]
    made = _made(text, import_id)
    seen = showing.shown(text, list(text.sheets.all()), content.read_whole(made.reading), draft)
    context = {"text": text, "made": made, "cell": showing.one_cell(seen, row, field)}
    return render(request, "_import_note.html", context)


@asks(Action.RESHAPE)
@require_POST
def choose(request: HttpRequest, text_id: int, import_id: int) -> HttpResponse:
    """Choose which side's words a field is to say."""
    told = request.POST
    row, field, side = (told.get(name, "") for name in ("row", "field", "side"))
    correcting.choose(actor_of(request), text_id, import_id, row, field, side)
    return HttpResponse(status=204)


@asks(Action.RESHAPE)
@require_POST
def choose_all(request: HttpRequest, text_id: int, import_id: int) -> HttpResponse:
    """Choose one side for all fields of a part that differ."""
    number, side = _number(request), request.POST.get("side", "")
    draft = correcting.choose_all(actor_of(request), text_id, import_id, number, side)
    return _part(request, import_id, draft, _name(number))


@asks(Action.RESHAPE)
@require_POST
def take(request: HttpRequest, text_id: int, import_id: int) -> HttpResponse:
    """Choose to take a part over, or to leave it out."""
    taken = request.POST.get("taken") == "1"
    correcting.take(actor_of(request), text_id, import_id, _number(request), taken=taken)
    return HttpResponse(status=204)


@asks(Action.RESHAPE)
@require_POST
def leave_out(request: HttpRequest, text_id: int, import_id: int) -> HttpResponse:
    """Leave an indicator out, or take it back in."""
    row = request.POST.get("row", "")
    draft = correcting.leave_out(actor_of(request), text_id, import_id, row)
    return _part(request, import_id, draft, _name(_number(request)))


@asks(Action.RESHAPE)
@require_POST
def add_row(request: HttpRequest, text_id: int, import_id: int) -> HttpResponse:
    """Add a blank indicator."""
    number = _number(request) or 0
    draft = correcting.add_row(actor_of(request), text_id, import_id, number)
    return _part(request, import_id, draft, str(number))


@asks(Action.RESHAPE)
@require_POST
def join(request: HttpRequest, text_id: int, import_id: int) -> HttpResponse:
    """Make a project part of the one before it."""
    number = _number(request) or 0
    draft = correcting.join(actor_of(request), text_id, import_id, number)
    into = draft.part(number).into
    return _part(request, import_id, draft, str(into if into is not None else number))


@asks(Action.RESHAPE)
@require_POST
def restore(request: HttpRequest, text_id: int, import_id: int) -> HttpResponse:
    """Let a project say again what was read of it."""
    number = _number(request) or 0
    draft = correcting.restore(actor_of(request), text_id, import_id, number)
    return _part(request, import_id, draft, str(number))


@asks(Action.RESHAPE)
@require_POST
def accept(request: HttpRequest, text_id: int, import_id: int) -> HttpResponse:
    """Take over what was chosen."""
    get_object_or_404(Import.objects.only("pk"), pk=import_id, text=text_id)
    chosen = inputs.numbers(request.POST.getlist("project"))
    head = request.POST.get("head") == "1"
    if not chosen and not head:
        messages.error(request, "没有勾选要采用的内容。")
        return redirect("import", text_id, import_id)
    importing.accept(actor_of(request), text_id, import_id, chosen, head=head)
    messages.success(request, f"已采用 {len(chosen)} 个项目{'和部门部分' if head else ''}。")
    return redirect("text", text_id)


@asks(Action.RESHAPE)
@require_POST
def discard(request: HttpRequest, text_id: int, import_id: int) -> HttpResponse:
    """Leave the text as it is."""
    importing.discard(actor_of(request), text_id, import_id)
    messages.success(request, "没有采用这个文件，文本没有变。")
    return redirect("text", text_id)


def _made(text: Text, import_id: int) -> Import:
    found: Import = get_object_or_404(text.imports.defer("data"), pk=import_id)
    return found


def _number(request: HttpRequest) -> int | None:
    """Return which project a request is of, None for the department's part."""
    return inputs.number(request.POST.get("number", ""))


def _name(number: int | None) -> str:
    return HEAD if number is None else str(number)


def _part(request: HttpRequest, import_id: int, draft: Draft, part: str) -> HttpResponse:
    text: Text = request.text  # type: ignore[attr-defined]
    context = _read(text, _made(text, import_id), draft, part)
    return render(request, "_import_read.html", context)


def _read(text: Text, made: Import, draft: Draft, name: str) -> dict[str, Any]:
    """Return what the right half of the page shows: all in one view, or one part."""
    reading = content.read_whole(made.reading)
    sheets = list(text.sheets.all())
    seen = showing.shown(text, sheets, reading, draft)
    steps = showing.steps(seen)
    context: dict[str, Any] = {
        "text": text,
        "made": made,
        "reading": reading,
        "steps": steps,
        "plan": presenting.plan(),
        "joined": showing.joined(seen),
        "other_unit": bool(reading.unit.name and text.unit.name not in reading.unit.name),
        "other_year": bool(reading.year and reading.year != text.year),
        "mine": drafts.MINE,
        "theirs": drafts.THEIRS,
    }
    names = [step.name for step in steps]
    if name not in names:
        notes = Original.objects.filter(pk=made.pk).values_list("notes", flat=True).first()
        offers = showing.offers(seen)
        return context | {
            "name": "",
            "notes": notes or [],
            "offers": offers,
            "head_offer": showing.head_offer(seen),
            "next": names[0] if names else None,
        }
    at = names.index(name)
    context |= {
        "name": name,
        "step": steps[at],
        "previous": names[at - 1] if at else "",
        "next": names[at + 1] if at + 1 < len(names) else None,
    }
    if name == HEAD:
        return context | {"rows": showing.head_rows(seen), "there": True}
    part = draft.part(int(name))
    return context | {
        "part": part,
        "rows": showing.project_rows(seen, part),
        "lines": showing.lines(seen, part),
        "there": part.number in seen.ours,
        "can_join": any(each.into is None for each in draft.parts[: part.number]),
    }


def _original(made: Import) -> dict[str, Any]:
    """Return what the left half of the page shows."""
    found = Original.objects.defer("pdf").filter(pk=made.pk).first()
    if found is None:
        return {"drawing": False, "tables": [], "sizes": [], "spots": []}
    kept = tables.loaded(found.blocks)
    reading = content.read_whole(made.reading)
    waits = found.drawing == Drawing.WAITING and timezone.now() - made.at < _PATIENCE
    return {
        "drawing": waits,
        "tables": kept,
        "cut": sum(len(row) for table in kept for row in table.rows) >= tables.MOST_CELLS,
        "sizes": list(enumerate(found.sizes, 1)),
        "spots": places.spots(reading, kept, found.boxes),
        "is_printed": bool(found.boxes),
    }
