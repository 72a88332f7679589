"""申报安排, 进度, 催办."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jixiao.web import inputs, scope
from jixiao.web.journal.chain import actor_of
from jixiao.web.rounds import calendar, planning, progress, reminding
from jixiao.web.rounds.models import Extension, Round
from jixiao.web.rounds.planning import Days, PlanError
from jixiao.web.rounds.progress import Line
from jixiao.web.scope import Action, asks
from jixiao.web.targets.states import Stage

_FILTERS = {"late": "逾期的", "awaited": "等单位办理的"}


@asks(Action.ROUNDS)
@require_http_methods(["GET", "POST"])
def rounds(request: HttpRequest) -> HttpResponse:
    """Show the rounds of a year with what was granted; set or change one."""
    user: Any = request.user
    if request.method == "POST":
        which = request.POST.get("which", "")
        if which not in (Stage.FIRST, Stage.SECOND):
            raise PlanError("没有选择轮次", "请选择一上或者二上")
        found = planning.set_round(actor_of(request), _year(request), Stage(which), _days(request))
        messages.success(request, f"{found}的安排已保存。")
        return redirect(f"{reverse('rounds')}?year={found.year}")
    there = Round.objects.filter(region=user.region_id)
    years = _years(list(there.values_list("year", flat=True).distinct()))
    year = inputs.number(request.GET.get("year", ""))
    year = year if year in years else _default(years, there)
    ours = {each.which: each for each in there.filter(year=year)}
    context = {
        "year": year,
        "years": years,
        "pairs": [(stage, ours.get(stage)) for stage in (Stage.FIRST, Stage.SECOND)],
        "set": list(ours.values()),
        "today": calendar.today(),
        "units": list(scope.units(user).order_by("department__code", "code")) if ours else [],
        "chosen": request.GET.get("unit", ""),
        "extensions": list(
            Extension.objects.filter(round__in=ours.values()).select_related(
                "round", "unit", "person"
            )
        ),
    }
    return render(request, "rounds.html", context)


@asks(Action.ROUNDS)
@require_POST
def extend(request: HttpRequest) -> HttpResponse:
    """Give a unit more time."""
    made = planning.extend(
        actor_of(request),
        _number(request.POST.get("round", "")),
        _number(request.POST.get("unit", "")),
        _day(request.POST.get("until", "")),
        request.POST.get("reason", ""),
    )
    until = calendar.day_words(made.until)
    messages.success(request, f"已准予{made.unit}延期到{until}。")
    return redirect(f"{reverse('rounds')}?year={made.round.year}")


@asks(Action.PROGRESS)
@require_GET
def shown(request: HttpRequest) -> HttpResponse:
    """Show how far all units are."""
    user: Any = request.user
    years = progress.years(user) or [calendar.today().year + 1]
    year = inputs.number(request.GET.get("year", ""))
    year = year if year in years else years[0]
    every = progress.lines(user, year)
    state, only = request.GET.get("state", ""), request.GET.get("only", "")
    department, words = request.GET.get("department", ""), request.GET.get("q", "").strip()
    found = [
        line
        for line in every
        if (not state or line.key == state)
        and (only != "late" or line.late)
        and (only != "awaited" or line.awaited)
        and (not department or str(line.unit.department_id) == department)
        and words in f"{line.unit.name}{line.unit.code}"
    ]
    context = {
        "year": year,
        "years": years,
        "counts": progress.counts(every),
        "every": len(every),
        "late": sum(line.late for line in every),
        "late_units": sum(line.late and line.awaited for line in every),
        "lines": found,
        "groups": _by_department(found),
        "departments": _departments(every),
        "state": state,
        "only": only,
        "department": department,
        "asked": words,
        "only_choices": _FILTERS,
        "today": calendar.today(),
        "may_extend": scope.may(user, Action.ROUNDS),
        "is_filtered": len(found) != len(every),
    }
    return render(request, "progress.html", context)


@asks(Action.PROGRESS)
@require_POST
def remind(request: HttpRequest) -> HttpResponse:
    """Send notices to the units chosen, or to all that are late."""
    year = _year(request)
    chosen = inputs.numbers(request.POST.getlist("unit"))
    late = request.POST.get("whom") == "late"
    if not chosen and not late:
        messages.error(request, "没有勾选单位，没有催办。")
    else:
        done = reminding.remind(
            actor_of(request), year, None if late else chosen, request.POST.get("words", "")
        )
        told = [f"已催办 {done.sent} 个单位。"]
        told += [f"{done.again} 个单位今天已经催办过，没有再催。"] * bool(done.again)
        told += [f"{done.passed} 个单位已经报送，不用催。"] * bool(done.passed)
        (messages.success if done.sent else messages.warning)(request, "".join(told))
    return redirect(f"{reverse('progress')}?year={year}")


@asks(Action.NOTICES)
@require_POST
def read(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Say that a notice was read."""
    reminding.mark_read(actor_of(request), notice_id)
    return redirect("start")


def _by_department(lines: list[Line]) -> list[tuple[str, list[Line]]]:
    found: dict[str, list[Line]] = {}
    for line in lines:
        found.setdefault(line.unit.department.name, []).append(line)
    return list(found.items())


def _departments(lines: list[Line]) -> list[tuple[str, str]]:
    found = {str(line.unit.department_id): line.unit.department.name for line in lines}
    return list(found.items())


def _years(there: list[int]) -> list[int]:
    now = calendar.today().year
    return sorted({*there, now, now + 1}, reverse=True)


def _default(years: list[int], there: Any) -> int:
    newest = there.order_by("-year").values_list("year", flat=True).first()
    return newest or years[0]


def _year(request: HttpRequest) -> int:
    year = _number(request.POST.get("year", ""))
    if not 2000 <= year <= 2100:
        raise PlanError("没有选择预算年度", "请选择后再试")
    return year


def _days(request: HttpRequest) -> Days:
    return Days(*(_day(request.POST.get(name, "")) for name in Days._fields))


def _day(given: str) -> date:
    found = inputs.day(given)
    if found is None:
        raise PlanError("日期没有填，或者写得不对", "请选择日期，如 2026-12-10")
    return found


def _number(given: str) -> int:
    return inputs.number(given) or 0
