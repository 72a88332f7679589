"""``jixiao new``: the empty text of a year, started from a list of projects."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jixiao.cli.chinese import CommandError
from jixiao.cli.printable import one_line

if TYPE_CHECKING:
    from jixiao.model import PerformanceText

CODES = """退出码：
  0  写好了
  2  清单读不出来、写不进去，或命令写得不对"""


def new(
    projects: Annotated[
        str,
        typer.Argument(
            metavar="项目清单",
            help="xlsx、xls 或 csv：一行一个项目，栏目有项目名称、项目编码、预算数等",
        ),
    ],
    out: Annotated[
        str,
        typer.Option(
            "--out",
            "-o",
            metavar="文件",
            help="写到哪里：.xlsx 填报表、.docx、.pdf、.json；几个单位时写文件夹",
        ),
    ],
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="格式",
            help="写成什么；不写时看 --out 的扩展名，文件夹为 xlsx",
        ),
    ] = None,
    year: Annotated[
        str | None, typer.Option("--year", "-y", metavar="年度", help="预算年度；不写时用清单里的")
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option("--profile", "-p", metavar="名称", help="按哪个审核口径留出指标的类别"),
    ] = None,
) -> int:
    """从项目清单起一份空的绩效文本：项目和资金填好，目标和指标留着填。

    清单里有几个单位，就一个单位一份。"""
    import msgspec

    from jixiao.batch.conversion import How
    from jixiao.check import load_profile
    from jixiao.cli import converting
    from jixiao.cli.inputs import find
    from jixiao.read.project_list import by_unit, read_project_list
    from jixiao.write.entry.blank import with_blank_rows

    target = Path(out)
    kind = converting.kind(format_ or ("xlsx" if out and not target.suffix else None), target, out)
    if kind not in ("xlsx", "docx", "pdf", "json", "yaml"):
        raise CommandError(f"空的文本不能写成 {kind}", "可选 xlsx、docx、pdf、json、yaml")
    known = load_profile(profile or "base")
    number = _year(year)
    for each in find([projects], target).unreadable:
        raise CommandError(f"{one_line(each.file)}：{one_line(each.message).rstrip('。')}")
    listed = read_project_list(Path(projects))
    texts = [
        with_blank_rows(
            msgspec.structs.replace(text, year=number or text.year, unread=(), warnings=()), known
        )
        for text in by_unit(listed)
    ]
    single = bool(target.suffix)
    if single and len(texts) > 1 and kind not in ("json", "yaml"):
        units = "、".join(one_line(text.unit.name or "（没有写单位）") for text in texts[:5])
        raise CommandError(
            f"清单里有 {len(texts)} 个单位（{units}），要写成 {len(texts)} 个文件",
            "请把 --out 写成文件夹的名字（不带扩展名）",
        )
    how = How(profile=known.name)
    if kind in ("json", "yaml"):
        converting.write_data(texts, target, kind, how)
    else:
        named = [_named(text) for text in texts] if len(texts) > 1 else texts
        converting.write_each(named, target, kind, how, single=single, check=False)
    for warning in listed.warnings:
        place = f"{warning.place}：" if warning.place else ""
        converting.note(f"{one_line(projects)}：{place}{one_line(warning.message)}")
    for piece in listed.unread:
        converting.note(
            f"{one_line(projects)}：{piece.place}：没有用上：{one_line(piece.text)[:100]}"
        )
    return 0


def _named(text: PerformanceText) -> PerformanceText:
    """Return a text that is called by its unit, so that its file is."""
    import msgspec

    unit = text.unit.name or text.unit.code or "没有写单位"
    return msgspec.structs.replace(text, source=one_line(unit).replace("/", "-"))


def _year(given: str | None) -> int | None:
    if given is None:
        return None
    if given.isdecimal() and given.isascii() and 1990 <= int(given) <= 2100:
        return int(given)
    raise CommandError(f"--year 不能是“{one_line(given)}”", "请写四位数字的年份，如 2026")
