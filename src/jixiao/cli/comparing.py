"""``jixiao compare``: what changed between two texts, or between the texts of two years."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jixiao.cli.chinese import CommandError
from jixiao.cli.printable import one_line

if TYPE_CHECKING:
    from jixiao.compare import Comparison
    from jixiao.model import PerformanceText

FORMATS = ("text", "json", "html", "xlsx")
CODES = """退出码：
  0  没有不同
  1  有不同
  2  有文件读不出来，或命令写得不对"""

_BY_ENDING = {".json": "json", ".html": "html", ".htm": "html", ".xlsx": "xlsx"}


def compare(
    before: Annotated[str, typer.Argument(metavar="原文件", help="修改前的文本，或上一年的")],
    after: Annotated[str, typer.Argument(metavar="现文件", help="修改后的文本，或这一年的")],
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="格式",
            help="text 文字、json、html 左右对照的网页、xlsx 表格；不写时看 --out 的扩展名，都没有则为 text",
        ),
    ] = None,
    ignore_wording: Annotated[
        bool,
        typer.Option(
            "--ignore-wording",
            help="只看内容：写法（≥95% 与 ≥95％）、次序的不同和年份顺延不列出，也不算不同",
        ),
    ] = False,
    out: Annotated[
        str | None,
        typer.Option("--out", "-o", metavar="文件", help="把结果写进文件，全部写好后才出现"),
    ] = None,
) -> int:
    """比较两份文本：改了哪些项目、资金、目标和指标，改了多少。

    可以是同一份文本的前后两稿，也可以是同一单位两年的文本。"""
    kind = _kind(format_, out)
    from jixiao.cli.output import opened, target

    place = target(out)
    if place is None and kind == "xlsx":
        raise CommandError("xlsx 不能显示在屏幕上", "请用 --out 指定写到哪个文件")
    texts = _read(before, after, place)
    from jixiao import compare as core

    made = core.compare(*texts)
    if ignore_wording:
        made = core.folded(made)
    content = _written(made, kind)
    with opened(place) as output:
        if isinstance(content, str):
            output.text(content)
        else:
            output.write(content)
    return 0 if made.kind is core.Kind.SAME else 1


def _kind(asked: str | None, out: str | None) -> str:
    """Return the format: the one asked for, else that of the ending of the file to write."""
    if asked is None:
        return _BY_ENDING.get(Path(out).suffix.lower(), "text") if out else "text"
    if asked.lower() in FORMATS:
        return asked.lower()
    raise CommandError(f"--format 不能是“{one_line(asked)}”", f"可选 {'、'.join(FORMATS)}")


def _read(before: str, after: str, out: Path | None) -> tuple[PerformanceText, PerformanceText]:
    """Read both files. Raises CommandError, which names each that cannot be read."""
    from jixiao.batch.outcome import outcomes
    from jixiao.cli.reading import named
    from jixiao.model import Unreadable

    if _is_data(before) or _is_data(after):
        return _of_one(before, out), _of_one(after, out)
    paths = [_one(before, out), _one(after, out)]
    texts: list[PerformanceText] = []
    failed: dict[str, None] = {}
    for found in outcomes(paths, named, lambda text: text):
        if isinstance(found, Unreadable):
            failed[f"{one_line(found.file)}：{one_line(found.message).rstrip('。')}"] = None
        else:
            texts.append(found)
    if failed:
        raise CommandError("；".join(failed))
    return texts[0], texts[1]


def _is_data(name: str) -> bool:
    from jixiao.batch.conversion import is_data

    return bool(name) and is_data(Path(name))


def _of_one(name: str, out: Path | None) -> PerformanceText:
    """Return the text of one source, of which one may be JSON, tables or a data package."""
    from jixiao.batch.conversion import load_data

    if not _is_data(name):
        return _read(name, name, out)[0]
    found = load_data(Path(name)).texts
    if len(found) == 1:
        return found[0]
    raise CommandError(
        f"{one_line(name)} 里有 {len(found)} 份文本，比较一次只能两份", "请用只有一份文本的数据"
    )


def _one(name: str, out: Path | None) -> Path:
    """Return the path of one file to read. Raises CommandError for a folder."""
    from jixiao.batch.outcome import name_of
    from jixiao.cli.inputs import find

    path = Path(name)
    if name and path.is_dir():
        raise CommandError(f"{name_of(path)} 是文件夹，比较一次只能两个文件", "请写明文件")
    inputs = find([name], out)
    for each in inputs.unreadable:
        raise CommandError(f"{one_line(each.file)}：{one_line(each.message).rstrip('。')}")
    return inputs.paths[0]


def _written(made: Comparison, kind: str) -> str | bytes:
    if kind == "json":
        from jixiao.exchange import dump_json

        return dump_json(made) + b"\n"
    if kind == "xlsx":
        from jixiao.write.compare.xlsx import workbook

        return workbook(made)
    if kind == "html":
        from jixiao.write.compare.html import page

        return page(made).encode()
    from jixiao.write.compare.text import text

    return text(made)
