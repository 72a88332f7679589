"""A file into a text: uploaded, read in the background, looked at, taken over."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from jixiao.compare import compare
from jixiao.web.journal.chain import actor_of
from jixiao.web.scope import Action, asks
from jixiao.web.targets import auditing, content, importing
from jixiao.web.targets.models import Import, Sheet, Text
from jixiao.web.targets.states import ImportStatus
from jixiao.write.compare.rows import groups


@asks(Action.RESHAPE)
@require_POST
def upload(request: HttpRequest, text_id: int) -> HttpResponse:
    """Take a file."""
    file = request.FILES.get("file")
    if file is None:
        raise importing.UploadError("没有选择文件", "请选择 Word、Excel、PDF 或网页文件")
    made = importing.upload(actor_of(request), text_id, file)
    return redirect("import", text_id, made.pk)


@asks(Action.RESHAPE)
@require_GET
def shown(request: HttpRequest, text_id: int, import_id: int) -> HttpResponse:  # noqa: ARG001
    """Show what was read of a file; while it waits, a page that asks again."""
    text: Text = request.text  # type: ignore[attr-defined]
    made = get_object_or_404(text.imports.defer("data"), pk=import_id)
    importing.settle(made)
    context: dict[str, object] = {"text": text, "made": made}
    if made.status == ImportStatus.READ:
        context |= _read(text, made)
    part = getattr(request, "htmx", False)
    if part and made.status == ImportStatus.WAITING:
        return HttpResponse(status=204)
    return render(request, "_import.html" if part else "import.html", context)


@asks(Action.RESHAPE)
@require_POST
def accept(request: HttpRequest, text_id: int, import_id: int) -> HttpResponse:
    """Take over what was chosen."""
    get_object_or_404(Import.objects.only("pk"), pk=import_id, text=text_id)
    chosen = {int(each) for each in request.POST.getlist("project") if each.isdecimal()}
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
    waiting = Import.objects.filter(pk=import_id, text=text_id)
    waiting.exclude(status=ImportStatus.ACCEPTED).update(status=ImportStatus.DISCARDED, data=b"")
    messages.success(request, "没有采用这个文件，文本没有变。")
    return redirect("text", text_id)


def _read(text: Text, made: Import) -> dict[str, object]:
    reading = content.read_whole(made.reading)
    sheets: list[Sheet] = list(text.sheets.all())
    ours = content.whole(text, sheets)
    found = auditing.checker().check(reading)
    per_project = [sum(f.project == n for f in found) for n in range(len(reading.projects))]
    offers = importing.offers(reading, sheets)
    replaced = [offer for offer in offers if offer.replaces is not None and not offer.same]
    return {
        "reading": reading,
        "offers": [
            (offer, per_project[offer.number], auditing.total(offer.project)) for offer in offers
        ],
        "head_there": bool(ours.overall or ours.sub_objectives or ours.safeguards),
        "head_read": bool(reading.overall or reading.sub_objectives or reading.safeguards),
        "groups": groups(compare(ours, importing.as_taken_over(text, reading))) if replaced else [],
        "other_unit": bool(reading.unit.name and text.unit.name not in reading.unit.name),
        "other_year": bool(reading.year and reading.year != text.year),
    }
