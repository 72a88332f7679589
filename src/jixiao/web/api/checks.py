"""The check as a service: a file in, findings out, nothing kept."""

from __future__ import annotations

import os
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router

from jixiao.check import Report, list_profiles
from jixiao.web import inputs
from jixiao.web.api import running
from jixiao.web.api.contract import CheckAsked
from jixiao.web.api.errors import TooLargeError, WrongRequestError
from jixiao.web.api.guard import JSON, serves
from jixiao.web.scope import Action
from jixiao.web.targets.auditing import PROFILE
from jixiao.web.targets.fields import without_controls

router = Router(tags=["check"])

_MULTIPART = "multipart/form-data"
_EDGES = 64 * 1024
"""Bytes that the parts of a multipart body may take beside the file."""

_FILE = {"type": "string", "format": "binary"}
_TAKES = {
    _MULTIPART: {
        "schema": {
            "type": "object",
            "properties": {"file": _FILE, "profile": {"type": "string"}},
            "required": ["file"],
        }
    },
    "application/octet-stream": {"schema": _FILE},
}

_UNNAMED = "未命名"


@serves(router, "POST", "/check", Action.HOME, Report, (400, 413, 422, 429), _TAKES)
def check_file(request: HttpRequest, asked: Query[CheckAsked]) -> HttpResponse:
    """Check a file, as ``jixiao check --format json`` does."""
    _limited(request)
    data, name = _multipart(request) if request.content_type == _MULTIPART else _raw(request)
    name = _plain(asked.filename or name)
    profile = asked.profile or str(_sent(request, "profile"))
    found = running.checked(data, name, _profile(profile))
    return HttpResponse(found, content_type=f"{JSON}; charset=utf-8")


def _limited(request: HttpRequest) -> None:
    length = inputs.number(str(request.META.get("CONTENT_LENGTH") or ""))
    if (length or 0) > settings.UPLOAD_LIMIT + _EDGES:
        raise TooLargeError(settings.UPLOAD_LIMIT)


def _multipart(request: HttpRequest) -> tuple[bytes, str]:
    file: Any = request.FILES.get("file")
    if getattr(request, "is_too_large", False):
        raise TooLargeError(settings.UPLOAD_LIMIT)
    if file is None:
        raise WrongRequestError("没有收到文件", "用 multipart 上传时，文件放在名为 file 的栏里")
    if file.size > settings.UPLOAD_LIMIT:
        raise TooLargeError(settings.UPLOAD_LIMIT)
    return _some(file.read()), file.name or ""


def _raw(request: HttpRequest) -> tuple[bytes, str]:
    # Not request.body, which has the smaller limit of forms.
    data = request.read(settings.UPLOAD_LIMIT + 1)
    if len(data) > settings.UPLOAD_LIMIT:
        raise TooLargeError(settings.UPLOAD_LIMIT)
    return _some(data), ""


def _some(data: bytes) -> bytes:
    if not data:
        raise WrongRequestError("文件是空的", "请检查发送的是不是文件的内容")
    return data


def _sent(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "") if request.content_type == _MULTIPART else ""


def _plain(name: str) -> str:
    """Return a file's name without folders and controls."""
    return without_controls(name).replace("\\", "/").rpartition("/")[2][-200:] or _UNNAMED


def _profile(asked: str) -> str:
    """Return the profile to check by. Raises WrongRequestError for one that does not come with jixiao.

    A name that is not known is never taken for the path of a file.
    """
    if not asked:
        return os.environ.get(PROFILE, "base")
    names = [each.name for each in list_profiles()]
    if asked not in names:
        raise WrongRequestError("没有这套审核口径", f"可用的有：{'、'.join(names)}")
    return asked
