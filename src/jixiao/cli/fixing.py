"""``jixiao fix``: faults of writing put right in a copy of the user's own Word file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from jixiao.batch.outcome import name_of
from jixiao.cli.chinese import CommandError
from jixiao.cli.inputs import find
from jixiao.cli.printable import one_line
from jixiao.model.errors import JixiaoError
from jixiao.read import read_bytes
from jixiao.write.docx_comments import commentable
from jixiao.write.docx_package import DocxPackage
from jixiao.write.fix import CODES, Fix, apply, fixes, headline

_WORD = (".docx", ".docm", ".dotx", ".dotm")


class Fixed(msgspec.Struct, frozen=True):
    """A file with its faults put right, which were, and which could not be."""

    docx: bytes
    made: tuple[Fix, ...]
    missed: tuple[Fix, ...]


def fixable(begins: Sequence[str]) -> tuple[str, ...]:
    """Return the rules meant by codes or how codes begin; all for none. Raises CommandError."""
    for begin in begins:
        if not any(code.startswith(begin) for code in CODES):
            raise CommandError(
                f"规则“{one_line(begin)}”的问题不能自动更正", f"能自动更正的有 {'、'.join(CODES)}"
            )
    return tuple(code for code in CODES if not begins or code.startswith(tuple(begins)))


def fixed(file: str, out: Path | None, codes: Sequence[str]) -> Fixed:
    """Put right what can be in one file. Raises CommandError for what is no Word text."""
    inputs = find([file], out)
    for each in inputs.unreadable:
        raise CommandError(f"{one_line(each.file)}：{one_line(each.message).rstrip('。')}")
    if inputs.paths != [Path(file)]:
        raise CommandError(f"{name_of(Path(file))} 是文件夹，更正一次只能一个文件", "请写明文件")
    try:
        docx = commentable(inputs.paths[0], "自动更正")
        check_name(docx, out)
        found = fixes(read_bytes(docx, file), codes)
        after, missed = apply(docx, found)
    except CommandError:
        raise
    except JixiaoError as error:
        raise CommandError(f"{name_of(Path(file))}：{error.what}", error.how) from error
    left = list(missed)
    made = []
    for fix in found:
        if fix in left:
            left.remove(fix)
        else:
            made.append(fix)
    return Fixed(after, tuple(made), tuple(missed))


def check_name(docx: bytes, out: Path | None) -> None:
    """Raise CommandError where Word would refuse a file of such a name.

    Word opens a file with macros, or a template, only under its own ending.
    """
    if out is None or out.suffix.lower() not in _WORD:
        return
    with DocxPackage(docx) as package:
        right = package.suffix
    if out.suffix.lower() != f".{right}":
        raise CommandError(
            f"原文件是 {right} 格式，写成 {out.suffix} 结尾的，Word 会打不开",
            f"请把 --out 的文件名写成 .{right} 结尾",
        )


def summary(done: Fixed, *, written: bool) -> list[str]:
    """Return, in lines, how much was put right and what a person has to put right."""
    counts = Counter(fix.code for fix in done.made)
    each = "、".join(f"{code} {count} 处" for code, count in sorted(counts.items()))
    if not done.made:
        lines = ["没有能自动更正的地方" + ("，原样写出。" if written else "。")]
    elif written:
        lines = [f"更正了 {len(done.made)} 处（{each}）。"]
    else:
        lines = [f"可以更正 {len(done.made)} 处（{each}），没有写文件。"]
    if done.missed:
        lines.append(f"另有 {len(done.missed)} 处在文件里对不上原文，没有改，请手工改：")
        lines += [
            f"  {headline(fix)}：“{one_line(fix.before)}”→“{one_line(fix.after)}”"
            for fix in done.missed
        ]
    return lines
