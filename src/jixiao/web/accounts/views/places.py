"""Places: the tree of an administrator's region, and one place of it."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jixiao.web import inputs
from jixiao.web.accounts import places
from jixiao.web.accounts.models import Department, Region, Section, Unit
from jixiao.web.accounts.places import KINDS, Kind
from jixiao.web.accounts.views.people import region_asked, regions_kept
from jixiao.web.journal.chain import actor_of
from jixiao.web.scope import Action, asks


@asks(Action.ACCOUNTS)
@require_GET
def tree(request: HttpRequest) -> HttpResponse:
    """Show a region's sections, departments and units, with how much hangs on each."""
    region = region_asked(request)
    asked = inputs.words(request.GET.get("q", ""))
    people, texts = Count("user", distinct=True), Count("texts", distinct=True)
    units = Unit.objects.filter(department__region=region).annotate(people=people, written=texts)
    departments = Department.objects.filter(region=region).select_related("section")
    departments = departments.annotate(people=people)
    if asked:
        hit = Q(name__icontains=asked) | Q(code__startswith=asked)
        above = Q(department__name__icontains=asked) | Q(department__code__startswith=asked)
        units = units.filter(hit | above)
        departments = departments.filter(hit | Q(pk__in=units.values("department")))
    found = units.order_by("department_id", "-is_open", "code")
    below = {key: list(each) for key, each in groupby(found, lambda unit: unit.department_id)}
    sections = Section.objects.filter(region=region).order_by("-is_open", "pk")
    context = {
        "region": region,
        "regions": regions_kept(request),
        "asked": asked,
        "sections": sections.annotate(
            count=Count("departments", distinct=True), people=Count("user", distinct=True)
        ),
        "departments": [
            (each, below.get(each.pk, [])) for each in departments.order_by("-is_open", "code")
        ],
        "count": sum(map(len, below.values())),
    }
    return render(request, "places.html", context)


@asks(Action.ACCOUNTS)
@require_http_methods(["GET", "POST"])
def add(request: HttpRequest, kind: str) -> HttpResponse:
    """Add a place to a region."""
    region = region_asked(request)
    known = _kind(kind)
    keeper: Any = request.user
    if known is KINDS["region"] and not keeper.includes_below:
        raise places.PlaceError("您的账号不含下级地区", "下级地区要由含下级的管理员来建")
    start = {"department": inputs.number(request.GET.get("department", ""))}
    form = known.form(request.POST or None, region=region, initial=start)
    if request.method == "POST" and form.is_valid():
        place = places.save(actor_of(request), known, form)
        messages.success(request, f"{known.word}“{place.name}”已新建。")
        return _to_tree(places.region_of(place))
    return _page(request, known, form, region)


@asks(Action.ACCOUNTS)
@require_http_methods(["GET", "POST"])
def place(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Show a place, to rename it or to hang it elsewhere."""
    known = _kind(kind)
    found = _found(request, known, pk)
    region = places.region_of(found)
    form = known.form(request.POST or None, region=region, instance=found)
    if request.method == "POST" and form.is_valid():
        places.save(actor_of(request), known, form)
        messages.success(request, f"{known.word}“{found.name}”已保存。")
        return _to_tree(region)
    name = str(known.kept(request.user).get(pk=pk)) if form.errors else str(found)  # type: ignore[arg-type]
    return _page(request, known, form, region, found, name)


@asks(Action.ACCOUNTS)
@require_POST
def switch(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Take a place out of use, or into use again."""
    known = _kind(kind)
    found = _found(request, known, pk)
    is_open = places.switch(actor_of(request), known, found)
    messages.success(request, f"“{found.name}”已{'启用' if is_open else '停用'}。")
    return _to_tree(places.region_of(found))


@asks(Action.ACCOUNTS)
@require_POST
def remove(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Remove a place that nothing hangs on."""
    known = _kind(kind)
    found = _found(request, known, pk)
    region = places.region_of(found)
    places.remove(actor_of(request), known, found)
    messages.success(request, f"“{found.name}”已删除。")
    return _to_tree(request.user.region if found == region else region)  # type: ignore[union-attr]


def _kind(name: str) -> Kind:
    if name not in KINDS:
        raise Http404
    return KINDS[name]


def _found(request: HttpRequest, kind: Kind, pk: int) -> Any:
    keeper: Any = request.user
    return get_object_or_404(kind.kept(keeper), pk=pk)


def _page(
    request: HttpRequest, kind: Kind, form: Any, region: Region, found: Any = None, name: str = ""
) -> HttpResponse:
    context = {"kind": kind, "form": form, "region": region, "place": found, "name": name}
    return render(request, "place.html", context, status=422 if form.errors else 200)


def _to_tree(region: Region) -> HttpResponse:
    return redirect(f"{reverse('places')}?region={region.pk}")
