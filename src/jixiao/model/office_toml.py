"""TOML that an office writes itself (profiles, waivers, a form): read, and told what is wrong in it.

The errors of tomllib and msgspec are English and speak of types; a clerk is told, in Chinese, which
line or which key, and what it should be.
"""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from typing import Any

import msgspec

_TYPES = {
    "str": "文字（放在引号里）",
    "int": "整数",
    "float": "数",
    "decimal": "数",
    "bool": " true 或 false",
    "array": "列表，如 [\"甲\", \"乙\"]",
    "object": "一节，如 [名称] 下面分行写",
    "date": "日期，如 2024-01-15",
    "datetime": "日期和时刻",
    "time": "时刻",
}  # fmt: skip
_BOUNDS = {">=": "不小于", ">": "大于", "<=": "不大于", "<": "小于"}
_WHERE = re.compile(r"(.*?)(?: - at `\$\.?(.*)`)?", re.DOTALL)
_EXPECTED = re.compile(r"Expected `([^`]*)`(?: ([<>]=?) (\S+))?(?:, got `([^`]*)`)?")
_FIELD = re.compile(r"Object (contains unknown|missing required) field `(.*)`", re.DOTALL)
_ENUM = re.compile(r"Invalid enum value '?(.*?)'?", re.DOTALL)
_LINE = re.compile(r"\(at line (\d+), column (\d+)\)$")


class TomlError(ValueError):
    """What is wrong in a TOML file, as a Chinese clause without a full stop."""


def parse(data: bytes) -> dict[str, Any]:
    """Return a TOML file as a table, its numbers as Decimal: 0.1 must stay a tenth.

    Notepad's mark at the beginning (BOM) is no fault. Raises TomlError.
    """
    try:
        return tomllib.loads(data.decode("utf-8-sig"), parse_float=_number)
    except UnicodeDecodeError as error:
        raise TomlError("不是 UTF-8 编码（记事本里选“另存为”可以改）") from error
    except RecursionError as error:
        raise TomlError("括号套得太深") from error
    except TomlError:
        raise
    except ValueError as error:  # a number of thousands of digits is no TOMLDecodeError
        line = _LINE.search(str(error))
        where = f"第 {line[1]} 行第 {line[2]} 个字处" if line else "文件末尾"
        if not line and not isinstance(error, tomllib.TOMLDecodeError):
            where = "有一个数"
        raise TomlError(f"不是正确的 TOML（{where}）") from error


def _number(text: str) -> Decimal:
    number = Decimal(text.replace("_", ""))
    if not number.is_finite():
        raise TomlError(f"{text} 不是能用的数")
    return number


def told(error: msgspec.ValidationError) -> str:
    """Return what does not fit, as a Chinese clause: which key, and what it should be."""
    match = _WHERE.fullmatch(str(error))
    message, path = (match[1], match[2]) if match else (str(error), None)
    return f"{_place(path)}{_wrong(message)}"


def _place(path: str | None) -> str:
    """Return a path as people say it: waivers[0].date → waivers 第 1 个的 date."""
    if not path:
        return ""
    said = re.sub(r"\[(\d+)\]", lambda number: f" 第 {int(number[1]) + 1} 个", path)
    return said.replace("[...]", " 里的一项").replace(".", "的 ").strip() + " "


def _wrong(message: str) -> str:
    field = _FIELD.fullmatch(message)
    if field:
        kind = "有不认识的项" if field[1].startswith("contains") else "缺少"
        return f"{kind}“{' '.join(field[2].split())}”"
    expected = _EXPECTED.fullmatch(message)
    if expected:
        types = [each for each in expected[1].split(" | ") if each != "null"]
        right = "或".join(_TYPES.get(each, each) for each in dict.fromkeys(types))
        bound = f"{_BOUNDS[expected[2]]} {expected[3]} 的" if expected[2] else ""
        return f"应为{bound}{right}{_got(expected[4])}"
    if message.startswith("Invalid RFC3339"):
        return f"应为{_TYPES['date']}"
    if message.startswith("Invalid decimal"):
        return f"应为{_TYPES['decimal']}"
    enum = _ENUM.fullmatch(message)
    if enum:
        return f"不能是“{' '.join(enum[1].split())}”"
    return f"不合要求（{message}）"


def _got(kind: str | None) -> str:
    return f"，写的是{re.split('[，（]', _TYPES.get(kind, kind))[0]}" if kind else ""
