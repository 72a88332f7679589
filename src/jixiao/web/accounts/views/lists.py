"""A list of places and people: uploaded, looked at, taken over."""

from __future__ import annotations

import base64
import csv
import io
from typing import Any

import msgspec
from django.contrib import messages
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from jixiao.exchange.cells import guard
from jixiao.web import scope
from jixiao.web.accounts import lists
from jixiao.web.accounts.models import Region
from jixiao.web.accounts.organisation import Organisation, OrganisationError
from jixiao.web.accounts.passwords import one_time
from jixiao.web.accounts.people import Given
from jixiao.web.accounts.setting_up import How, preview, set_up, well_named
from jixiao.web.accounts.views.people import region_asked, regions_kept
from jixiao.web.journal.chain import actor_of
from jixiao.web.scope import Action, asks

_SALT = "jixiao.accounts.list"
_LASTS = 60 * 60
"""Seconds that a list that was looked at can be taken over."""

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@asks(Action.ACCOUNTS)
@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Take a list, and show what it would do."""
    context: dict[str, Any] = {"region": region_asked(request), "regions": regions_kept(request)}
    file = request.FILES.get("file")
    if request.method == "POST":
        if file is None:
            raise OrganisationError("没有选择文件", "请选择 xlsx、csv 或 toml 文件")
        if (file.size or 0) > lists.LARGEST:
            raise OrganisationError("文件太大", "清单只要机构和账号，请删去别的内容")
        plan = lists.read(file.read(), str(file.name), context["region"])
        _may(request, plan)
        update = request.POST.get("update") == "1"
        changes = preview(plan, update_users=update)
        context |= {
            "name": file.name,
            "changes": [change for change in changes if change.how is not How.KEEP],
            "kept": [change for change in changes if change.how is How.KEEP],
            "counts": [(how.value, sum(c.how is how for c in changes)) for how in How],
            "signed": signing.dumps(_packed(plan, update), salt=_SALT, compress=True),
        }
    return render(request, "list.html", context)


@asks(Action.ACCOUNTS)
@require_POST
def accept(request: HttpRequest) -> HttpResponse:
    """Take over a list that was looked at; the new passwords are shown once, with the answer."""
    try:
        told = signing.loads(request.POST.get("signed", ""), salt=_SALT, max_age=_LASTS)
    except signing.BadSignature as error:
        raise OrganisationError("清单放得太久，或者不完整", "请重新上传") from error
    plan, update = msgspec.json.decode(told["plan"], type=Organisation), told["update"]
    _may(request, plan)
    words: list[str] = []

    def password() -> str:
        word, hashed = one_time()
        words.append(word)
        return hashed

    made = set_up(plan, password, actor_of(request), must_change=True, update_users=update)
    counts = {how: sum(c.how is how for c in made.changes) for how in How}
    messages.success(request, f"清单已导入：新建 {counts[How.ADD]}，修改 {counts[How.CHANGE]}。")
    if not made.new:
        return redirect("places")
    given = [Given(user, word) for user, word in zip(made.new, words, strict=True)]
    context = {"given": given, "is_new": True, "file": _as_link(given)}
    return render(request, "account_password.html", context)


@asks(Action.ACCOUNTS)
@require_GET
def empty(request: HttpRequest) -> HttpResponse:  # noqa: ARG001
    """Give a workbook to fill in."""
    response = HttpResponse(lists.template(), content_type=_XLSX)
    response["Content-Disposition"] = "attachment; filename*=UTF-8''" + "%E6%B8%85%E5%8D%95.xlsx"
    return response


def _packed(plan: Organisation, update: bool) -> dict[str, Any]:
    return {"plan": msgspec.json.encode(plan).decode(), "update": update}


def _may(request: HttpRequest, plan: Organisation) -> None:
    """Refuse a list that reaches beyond what the administrator keeps. Raises OrganisationError."""
    well_named(plan)  # before the database is asked for any of it
    keeper: Any = request.user
    kept = scope.kept_regions(keeper)
    region = Region.objects.filter(code=plan.region.code).first()
    if region is not None:
        if region.pk not in scope.regions(keeper):
            raise OrganisationError(f"“{region.name}”不归您管", "请由那里的管理员导入")
        if plan.region.parent is not None and (
            region.parent is None or region.parent.code != plan.region.parent
        ):
            raise OrganisationError("清单改了行政区划的上级", "请去掉 region 里的 parent")
    elif not keeper.includes_below or not kept.filter(code=plan.region.parent or "").exists():
        raise OrganisationError(
            f"还没有行政区划 {plan.region.code}", "新的地区要由含下级的管理员导入，并写明 parent"
        )
    if keeper.includes_below:
        return
    names = [user.username for user in plan.users]
    above = scope.kept_users(keeper).filter(username__in=names, includes_below=True).first()
    if above is not None:
        raise OrganisationError(
            f"账号 {above.username} 含下级地区，您的不含",
            "请从清单里去掉它，由同样含下级的管理员来改",
        )
    if any(user.includes_below for user in plan.users):
        raise OrganisationError("您的账号不含下级地区", "请去掉清单里的 includes_below")


def _as_link(given: list[Given]) -> str:
    """Return the new passwords as a link that holds the file: it is on no disk of the server."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(("账号", "姓名", "角色", "所在", "一次性密码"))
    for user, word in given:
        told = (user.username, user.name, user.get_role_display(), user.office, word)
        rows.writerow([guard(each) for each in told])
    data = base64.b64encode(out.getvalue().encode("utf-8-sig")).decode()
    return f"data:text/csv;base64,{data}"
