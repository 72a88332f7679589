"""JSON of the published contract, read back."""

from __future__ import annotations

import codecs
from pathlib import Path

import msgspec

from jixiao.exchange.problems import ExchangeError
from jixiao.model import Reading
from jixiao.model.errors import reason
from jixiao.model.text import SCHEMA


class _Head(msgspec.Struct):
    schema: str


def load_json(path: Path) -> Reading:
    """Return what ``jixiao read --format json`` wrote.

    Fields that this version does not know are passed over, as the contract asks. Raises
    ExchangeError where the file cannot be read or says something else.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ExchangeError(
            f"{path.name} 读不出来：{reason(error)}", "请检查文件名和权限"
        ) from error
    return decode_json(data, path.name)


def decode_json(data: bytes, name: str) -> Reading:
    """Return a reading from its JSON; ``name`` is what to call it. Raises ExchangeError."""
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        head = msgspec.json.decode(data, type=_Head)
        if head.schema == SCHEMA:
            return msgspec.json.decode(data, type=Reading)
    except msgspec.ValidationError as error:
        raise _foreign(name, str(error)) from error
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        raise ExchangeError(
            f"{name} 不是完整的 JSON 文件（{error}）", "请用 jixiao read --format json 重新生成"
        ) from error
    raise ExchangeError(
        f"{name} 的数据约定是“{head.schema[:60]}”，要的是“{SCHEMA}”",
        "请用 jixiao read --format json 生成的文件，或升级本程序",
    )


def _foreign(name: str, told: str) -> ExchangeError:
    what, _, where = told.partition(" - at ")
    at = f"{where} 处" if where else ""
    return ExchangeError(
        f"{name} {at}不合数据约定 {SCHEMA}（{what}）", "可用 jixiao schema read 查看约定"
    )
