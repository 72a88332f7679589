"""What a cell of the form takes: drop-down lists, numbers, percentages, years; and its hint."""

from __future__ import annotations

from typing import Any

from jixiao.read.entry_layout import Column

_TITLE = 32
_MESSAGE = 255
"""Characters of a hint's title and of the hint (Excel specifications and limits)."""


def cell_name(row: int, column: int) -> str:
    """Return a cell's name whose column stands fast: (3, 1) → $B4."""
    return f"${letters(column)}{row + 1}"


def letters(column: int) -> str:
    """Return the letters of a column from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def as_number(cell: str) -> str:
    """Return a formula for the number that a cell of text states, with commas or a percent sign."""
    return f'VALUE(SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({cell},",",""),"，",""),"％","%"))'


def validate(
    sheet: Any, column: Column, first: int, last: int, at: int, title: str, source: Any = None
) -> None:
    """Let the cells of a column take what its kind allows, and tell its hint when one is chosen.

    ``source`` are the choices of a drop-down list, or a formula that gives them.
    """
    cell = cell_name(first, at)
    options: dict[str, Any] = {"validate": "any"}
    if source is not None or column.choices:
        options = {
            "validate": "list",
            "source": list(column.choices) if source is None else source,
            "error_type": "warning",
            "error_message": "下拉框里没有这一项，确定要这样填吗？",
        }
    elif column.kind == "money":
        value = as_number(cell)
        options = _custom(f"=AND(ISNUMBER({value}),{value}>=0)", "只写数字，不写单位，不能小于 0。")
    elif column.kind == "percent":
        value = as_number(cell)
        options = _custom(
            f"=AND(ISNUMBER({value}),{value}>=0,{value}<=1)",
            "请写成 30% 这样，在 0% 到 100% 之间。",
        )
    elif column.kind == "year":
        value = as_number(cell)
        options = _custom(
            f"=AND(ISNUMBER({value}),{value}>=2000,{value}<=2099)", "请写四位数字，如 2026。"
        )
    elif column.required:
        options = _custom(f"=LEN(TRIM({cell}))>0", "这一格必填。")
    if column.hint:
        options["input_title"] = title[:_TITLE]
        options["input_message"] = column.hint[:_MESSAGE]
    if options["validate"] != "any" or column.hint:
        sheet.data_validation(first, at, last, at, options)


def _custom(formula: str, message: str) -> dict[str, Any]:
    return {
        "validate": "custom",
        "value": formula,
        "ignore_blank": True,
        "error_title": "填写不对",
        "error_message": message,
    }
