"""Pages for what went wrong."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from jixiao.model.errors import JixiaoError
from jixiao.web.errors import answer, is_of_program

_BAD = JixiaoError("请求的内容读不出来，或者太多", "请回到原来的页面刷新后再试")
_FORBIDDEN = JixiaoError("您的角色不能做这件事", "需要的话请联系管理员")
_MISSING = JixiaoError("没有这个页面，或者您无权查看", "请从首页进入")
_NOTHING = JixiaoError("没有这个地址，或者您看不到", "请对照接口说明 /api/docs，核对编号")
_FAILED = JixiaoError("程序出错，刚才的操作没有完成", "请重试；仍然不行请联系管理员")
_STALE = JixiaoError("页面放得太久，或登录的账号变了", "请刷新页面后再试，没有保存的填写还在")


def bad(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Return the page for a request that cannot be made out."""
    return answer(request, _BAD, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Return the page for what a role may not do."""
    return answer(request, _FORBIDDEN, 403)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001
    """Return the page for what is not there, or not for this user."""
    return answer(request, _NOTHING if is_of_program(request) else _MISSING, 404)


def failed(request: HttpRequest) -> HttpResponse:
    """Return the page for a fault of the program."""
    return answer(request, _FAILED, 500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    """Return the page for a form whose token does not fit."""
    return answer(request, _STALE, 403)
