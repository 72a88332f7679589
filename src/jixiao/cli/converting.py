"""``jixiao convert``: a text from one form into another; ``jixiao template``: how it is printed."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jixiao.cli.chinese import CommandError
from jixiao.cli.printable import one_line

if TYPE_CHECKING:
    from jixiao.batch.conversion import How, Kind
    from jixiao.model import PerformanceText, Reading, Unreadable

CODES = """扩展名决定写成什么：
  .docx .pdf        印出来的部门预算绩效文本
  .xlsx             填报表，改好后可再读回来
  .json .yaml       数据约定（同 jixiao read）
  .csv .parquet     数据表，一份数据几个文件
  .zip 或没有扩展名  数据包（Frictionless）；与 --format docx、pdf、xlsx 同用则是文件夹，一份文本一个文件
  --format mof      预算管理一体化系统的标准表，.csv 或 .xlsx

退出码：
  0  写好了
  2  有文件读不出来、写不进去，或命令写得不对"""

_SHAPES = ("split", "single")


def convert(
    source: Annotated[
        str,
        typer.Argument(
            metavar="原文件", help="绩效文本、填报表、文件夹，或 json、csv、parquet、数据包"
        ),
    ],
    out: Annotated[str, typer.Argument(metavar="新文件", help="写到哪里，扩展名决定写成什么")],
    format_: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="格式", help="写成什么；不写时看新文件的扩展名"),
    ] = None,
    shape: Annotated[
        str,
        typer.Option(
            "--shape",
            metavar="split|single",
            help="docx、pdf 里一个项目是两张表（split，默认）还是一张（single）",
        ),
    ] = "split",
    template: Annotated[
        str | None,
        typer.Option(
            "--template", metavar="文件夹", help="本单位的模板，先用 jixiao template 导出"
        ),
    ] = None,
    compiled_by: Annotated[
        str | None, typer.Option("--compiled-by", metavar="单位", help="封面上的编制单位")
    ] = None,
    reviewed_by: Annotated[
        str | None, typer.Option("--reviewed-by", metavar="单位", help="封面上的审核单位")
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option("--profile", "-p", metavar="名称", help="填报表里指标类别按哪个审核口径"),
    ] = None,
    from_mof: Annotated[
        bool, typer.Option("--from-mof", help="原文件是预算管理一体化系统的标准表")
    ] = False,
    mapping: Annotated[
        str | None,
        typer.Option("--mapping", metavar="文件", help="标准表的字段对照（本单位改过的 mof.toml）"),
    ] = None,
) -> int:
    """把绩效文本换一种格式：Word、PDF、Excel 填报表、数据。

    写好的 docx、xlsx 会再读一遍，与原文不同的地方列出来。"""
    from jixiao.batch.conversion import ONE_EACH, How
    from jixiao.write.text.layout import Offices

    target = Path(out)
    form = kind(format_, target, out)
    if shape not in _SHAPES:
        raise CommandError(f"--shape 不能是“{one_line(shape)}”", f"可选 {'、'.join(_SHAPES)}")
    how = How(
        "single" if shape == "single" else "split",
        Path(template) if template else None,
        Offices(compiled_by, reviewed_by),
        profile or "base",
        Path(mapping) if mapping else None,
    )
    single = form in ONE_EACH and bool(target.suffix)
    reading, failed = _read(source, target if single else None, how, mof=from_mof)
    if not reading.texts:
        return _told(reading, failed, form)
    if single and len(reading.texts) > 1:
        raise CommandError(
            f"原文件里有 {len(reading.texts)} 份文本，放不进一个 {form} 文件",
            f"请写一个文件夹的名字（不带扩展名），并加上 --format {form}",
        )
    if form in ONE_EACH:
        write_each(reading.texts, target, form, how, single=single)
    else:
        write_data(reading.texts, target, form, how)
    return _told(reading, failed, form)


def template(
    folder: Annotated[str, typer.Argument(metavar="文件夹", help="导出到哪里，已有的文件不覆盖")],
) -> int:
    """导出 docx、pdf 的模板：改样式、封面和用词，再用 convert --template 指定。"""
    from jixiao.cli.output import opened, target
    from jixiao.write.text.template import FILES, packaged

    place = Path(folder)
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _unmade(place, error) from error
    taken = [name for name in FILES if (place / name).exists()]
    if taken:
        raise CommandError(
            f"“{one_line(folder)}”里已经有 {'、'.join(taken)}，没有覆盖", "请换一个文件夹"
        )
    for name in FILES:
        with opened(target(str(place / name))) as output:
            output.write(packaged(name))
    note(f"模板在“{one_line(folder)}”：{'、'.join(FILES)}")
    return 0


def kind(asked: str | None, target: Path, out: str) -> Kind:
    """Return what to write: what was asked for, else what a name ends in. Raises CommandError."""
    from jixiao.batch.conversion import KINDS, kind_of

    if not out:
        raise CommandError("没有写新文件的名字", "请写明写到哪里，扩展名决定写成什么")
    if asked is None:
        ending = kind_of(target)
        if ending is None:
            raise CommandError(
                f"不知道“{one_line(target.suffix)}”要写成什么",
                "可用 .docx .pdf .xlsx .json .yaml .csv .parquet .zip，或用 --format 指定",
            )
        return ending
    for known in KINDS:
        if known == asked.lower():
            return known
    raise CommandError(f"--format 不能是“{one_line(asked)}”", f"可选 {'、'.join(KINDS)}")


def _read(
    source: str, out: Path | None, how: How, *, mof: bool
) -> tuple[Reading, list[Unreadable]]:
    """Return what the source holds, and the files of it that could not be read."""
    from jixiao.batch.conversion import is_data, load_data
    from jixiao.batch.outcome import outcomes
    from jixiao.cli.inputs import find
    from jixiao.cli.reading import named
    from jixiao.model import Reading, Unreadable

    path = Path(source)
    if source and (mof or is_data(path)):
        return load_data(path, how.mapping, mof=mof), []
    inputs = find([source], out)
    texts: list[PerformanceText] = []
    failed = list(inputs.unreadable)
    for found in outcomes(inputs.paths, named, lambda text: text):
        if isinstance(found, Unreadable):
            failed.append(found)
        else:
            texts.append(found)
    return Reading(texts=tuple(texts)), failed


def write_each(
    texts: Sequence[PerformanceText],
    target: Path,
    kind: Kind,
    how: How,
    *,
    single: bool,
    check: bool = True,
) -> None:
    """Write each text as a file of its own, and say what a file read back does not say.

    ``single`` tells that ``target`` is the one file, not a folder.
    """
    from jixiao.batch.conversion import file_of, lost, names
    from jixiao.cli.output import opened
    from jixiao.cli.output import target as checked

    if not single:
        try:
            target.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unmade(target, error) from error
    for text, name in zip(texts, names(texts, kind), strict=True):
        path = target if single else target / name
        place = checked(str(path))
        content = file_of(text, kind, how)
        with opened(place) as output:
            output.write(content)
        if check and kind != "pdf" and path.is_file() and (left := lost(text, path)):
            note(f"{one_line(str(path))}：再读回来与原文不同，表样放不下这些：")
            for line in left:
                note(f"  {one_line(line)}")


def write_data(texts: Sequence[PerformanceText], target: Path, kind: Kind, how: How) -> None:
    """Write texts as one set of data, and say what a person should know of it."""
    from jixiao.batch.conversion import data_of
    from jixiao.batch.conversion import write_data as written
    from jixiao.cli.output import opened
    from jixiao.cli.output import target as checked

    if kind in ("json", "yaml"):
        place = checked(str(target))
        content = data_of(texts, kind)
        with opened(place) as output:
            output.write(content)
        return
    if not target.absolute().parent.is_dir():
        raise CommandError(f"文件夹 {one_line(str(target.parent))} 不存在", "请先建好文件夹")
    for told in written(texts, target, kind, how):
        note(told)


def _told(reading: Reading, failed: list[Unreadable], kind: Kind) -> int:
    """Say what was not read and not written; return the exit code."""
    for warning in reading.warnings:
        note(f"{one_line(warning.source)}：{one_line(warning.message)}")
    for text in reading.texts:
        if text.unread and kind not in ("json", "yaml", "csv", "parquet", "package"):
            note(f"{one_line(text.source)}：有 {len(text.unread)} 处没有归类的内容，没有写进去：")
            for each in text.unread:
                note(f"  {each.place}：{one_line(each.text)[:100]}")
    for one in failed:
        note(f"{one_line(one.file)}：{one_line(one.message)}")
    if not reading.texts and not failed:
        note("没有可写的文本")
    return 0 if reading.texts and not failed else 2


def note(line: str) -> None:
    """Say something beside the result."""
    with contextlib.suppress(OSError):
        print(line, file=sys.stderr, flush=True)


def _unmade(folder: Path, error: OSError) -> CommandError:
    from jixiao.model.errors import reason

    return CommandError(f"文件夹“{one_line(str(folder))}”建不了：{reason(error)}", "请换一个位置")
