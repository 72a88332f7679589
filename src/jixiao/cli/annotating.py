"""``jixiao check --annotate``: findings marked on the pages of a copy of the user's PDF."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jixiao.batch.outcome import name_of
from jixiao.check import Finding
from jixiao.cli.chinese import CommandError
from jixiao.cli.output import opened
from jixiao.model.errors import JixiaoError


def one_pdf(paths: Sequence[Path], out: Path | None, report: Path | None) -> None:
    """Raise CommandError where what is asked for cannot be: ``out`` is the PDF to be written.

    That is more than one file to mark, and one that would be written over: the file itself, or
    the report that ``--out`` names.
    """
    if out is None:
        return
    if len(paths) != 1:
        raise CommandError(
            f"--annotate 在一个 PDF 文件上标注，给了 {len(paths)} 个文件", "请一次指定一个文件"
        )
    if _is_same(paths[0], out):
        raise CommandError(
            f"--annotate 指定的 {name_of(out)} 就是要读的文件，写进去会毁掉它", "请换一个文件名"
        )
    if report is not None and _is_same(report, out):
        raise CommandError("--annotate 和 --out 指定了同一个文件", "请给其中一个换一个文件名")


def write(path: Path, findings: Sequence[Finding], out: Path) -> None:
    """Write a copy of a PDF with what was found marked in it; waived findings are left out.

    Raises CommandError where it cannot be marked.
    """
    from jixiao.write.pdf_annotations import annotatable, annotated

    open_ = [finding for finding in findings if finding.waiver is None]
    try:
        marked = annotated(annotatable(path), open_)
    except JixiaoError as error:
        raise CommandError(f"{name_of(path)}：{error.what}", error.how) from error
    with opened(out) as output:
        output.write(marked)


def _is_same(one: Path, other: Path) -> bool:
    try:
        return one.resolve() == other.resolve() or one.samefile(other)
    except (OSError, RuntimeError):
        return False
