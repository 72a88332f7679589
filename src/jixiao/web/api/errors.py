"""What can be wrong with a request, told as JSON in Chinese."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from jixiao.web.api.service import fault_words, field_words
from jixiao.web.errors import RefusedError, UnknownError, tell
from jixiao.web.views import missing

_HOW = "请对照接口说明 /api/docs"


class BadRequestError(RefusedError):
    """A request that cannot be made out."""

    status = 400


class TooLargeError(RefusedError):
    """A body that is larger than is taken."""

    status = 413

    def __init__(self, limit: int) -> None:
        """Take the bytes that are the most."""
        super().__init__(f"内容超过 {limit // 1024 // 1024} MB", "请删去文件里的图片，或分几次发送")


class WrongMethodError(RefusedError):
    """An address that is not asked in this way."""

    status = 405

    def __init__(self, allowed: str) -> None:
        """Take the methods that there are."""
        super().__init__("这个地址不能这样请求", f"可用的方法：{allowed}")
        self._allowed = allowed

    @property
    def headers(self) -> dict[str, str]:
        """Say which methods there are."""
        return {"Allow": self._allowed}


class WrongRequestError(RefusedError):
    """A request that lacks what it must have, or asks for what there is not."""


class UncheckableError(RefusedError):
    """A file that cannot be checked."""


class BusyError(RefusedError):
    """More at once than the server does."""

    status = 429

    def __init__(self, seconds: int) -> None:
        """Take after how many seconds it is worth while to ask again."""
        super().__init__("正在审核的文件太多", f"请 {seconds} 秒后再试")
        self._seconds = seconds

    @property
    def headers(self) -> dict[str, str]:
        """Say when to ask again."""
        return {"Retry-After": str(self._seconds)}


def tell_errors(service: NinjaAPI) -> None:
    """Let an API tell in its own way what the framework would tell in English."""
    service.add_exception_handler(ValidationError, _wrong_fields)
    service.add_exception_handler(AuthenticationError, _no_token)
    service.add_exception_handler(HttpError, _no_json)
    service.add_exception_handler(Http404, _missing)
    service.add_exception_handler(RequestDataTooBig, _too_large)
    for kind in (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        service.add_exception_handler(kind, _unreadable)


def _no_token(request: HttpRequest, _: Any) -> HttpResponse:
    how = "请在请求头里写 Authorization: Bearer 令牌；令牌在网页的“接口令牌”里新建"
    return tell(request, UnknownError("没有带令牌", how))


def _no_json(request: HttpRequest, _: Any) -> HttpResponse:
    return tell(request, BadRequestError("请求的内容不是 JSON", _HOW))


def _unreadable(request: HttpRequest, _: Any) -> HttpResponse:
    return tell(request, BadRequestError("请求的内容读不出来", _HOW))


def _too_large(request: HttpRequest, _: Any) -> HttpResponse:
    return tell(request, TooLargeError(settings.DATA_UPLOAD_MAX_MEMORY_SIZE))


def _missing(request: HttpRequest, _: Any) -> HttpResponse:
    return missing(request)


def _wrong_fields(request: HttpRequest, error: Any) -> HttpResponse:
    return tell(
        request, WrongRequestError("；".join(dict.fromkeys(map(_told, error.errors))), _HOW)
    )


def _told(fault: dict[str, Any]) -> str:
    """Return what is wrong with one field, in a sentence."""
    names = [part for part in fault["loc"] if isinstance(part, str)]
    words, faults = field_words(), fault_words()
    known = [name for name in names if name in words]
    name = known[-1] if known else ""
    kind = str(fault["type"])
    context = fault.get("ctx") or {}
    said = faults.get(kind, faults["other"]).format_map(_Known(context))
    if kind == "extra_forbidden":
        return f"{said}，在{words[name]}里" if name else said
    return f"“{words[name]}（{name}）”{said}" if name else f"请求的内容{said}"


class _Known(dict[str, Any]):
    """Numbers that a sentence may quote; what is not among them is left out."""

    def __missing__(self, _: str) -> str:
        return ""
