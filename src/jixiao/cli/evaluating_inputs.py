"""What ``monitor``, ``evaluate`` and ``recheck`` read: a text, and what units report of it."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import msgspec

from jixiao.batch.outcome import name_of
from jixiao.cli.chinese import CommandError
from jixiao.cli.printable import one_line
from jixiao.model import PerformanceText, ReadingWarning
from jixiao.model.errors import JixiaoError, ReadError
from jixiao.model.reports import Reports

if TYPE_CHECKING:
    from jixiao.check import Finding

_NAMED = 3
_OWN_RULES = "jixiao.toml"
"""The office's own check profile, as ``jixiao check`` finds it."""


def text_of(name: str, out: Path | None) -> PerformanceText:
    """Return the one text of a file. Raises CommandError, which names the file."""
    from jixiao.batch.conversion import is_data, load_data
    from jixiao.cli.reading import named

    path = one_file(name, out)
    if is_data(path):
        found = load_data(path).texts
        if len(found) != 1:
            raise CommandError(
                f"{one_line(name)} 里有 {len(found)} 份文本", "请用只有一个单位一份文本的数据"
            )
        return found[0]
    content = next(named([path]))[1]
    if isinstance(content, ReadError):
        raise of_file(path, content)
    return content


class Given(NamedTuple):
    """What files report, as one; and the file of each project where there are several files."""

    reports: Reports
    files: tuple[str, ...] = ()

    def file(self, project: int | None) -> str:
        """Return the file of a project, all where it is of none."""
        known = project is not None and project < len(self.files)
        return self.files[project or 0] if known else self.reports.source

    def shown(self) -> PerformanceText:
        """Return what findings are shown by: projects named with their files."""
        from jixiao.check import outline

        text = outline(self.reports)
        if not self.files:
            return text
        projects = tuple(
            msgspec.structs.replace(one, name=f"{one.name or one.code or ''}（{file}）")
            for one, file in zip(text.projects, self.files, strict=True)
        )
        return msgspec.structs.replace(text, projects=projects)


def reports_of(names: Sequence[str], out: Path | None) -> Given:
    """Return what files report, as one. Raises CommandError; ReportsError keeps its faults."""
    from jixiao.cli.inputs import find
    from jixiao.read.reports import read_reports

    inputs = find(names, out)
    for each in inputs.unreadable:
        raise CommandError(f"{one_line(each.file)}：{one_line(each.message).rstrip('。')}")
    found = []
    for path in inputs.paths:
        try:
            read = read_reports(path)
        except ReadError as error:
            raise of_file(path, error) from error
        found.append(msgspec.structs.replace(read, source=name_of(path)))
    if len(found) == 1:
        return Given(found[0])
    files = tuple(each.source for each in found for _ in each.projects)
    return Given(together(found), files)


def together(found: Sequence[Reports]) -> Reports:
    """Return several files' reports as one. Raises CommandError where they are not of one kind."""
    first = found[0]
    for other in found[1:]:
        for what, one, two in (
            ("种类（监控、自评）", first.kind, other.kind),
            ("年度", first.year, other.year),
            ("截至月份", first.month, other.month),
        ):
            if one != two and None not in (one, two):
                raise CommandError(
                    f"{one_line(first.source)} 与 {one_line(other.source)} 的{what}不同", "请分开做"
                )
    whole = [each for each in found if each.department]
    told = "部门整体支出写在几个文件里，只读了 {} 的，{} 的没有读"
    names = "、".join(one_line(each.source) for each in whole[1:])
    doubled = [ReadingWarning(told.format(one_line(whole[0].source), names))] if names else []
    return msgspec.structs.replace(
        first,
        source=_names([each.source for each in found]),
        year=next((each.year for each in found if each.year), None),
        month=next((each.month for each in found if each.month), None),
        projects=tuple(project for each in found for project in each.projects),
        department=next((each.department for each in found if each.department), None),
        unread=tuple(
            msgspec.structs.replace(one, reason=f"{one.reason}，在 {one_line(each.source)}")
            for each in found
            for one in each.unread
        ),
        warnings=(
            *(
                msgspec.structs.replace(one, message=f"{one_line(each.source)}：{one.message}")
                for each in found
                for one in each.warnings
            ),
            *doubled,
        ),
    )


def _names(files: Sequence[str]) -> str:
    """Return the names of files, of many the first and how many."""
    if len(files) <= _NAMED:
        return "、".join(files)
    return f"{'、'.join(files[:_NAMED])}等 {len(files)} 个文件"


def paired(*, some: bool) -> None:
    """Raise CommandError where no project that is reported is one of the text's."""
    if not some:
        raise CommandError(
            "填报的项目和绩效文本的一个也对不上", "请确认两个文件是同一单位、同一年度的"
        )


def audited(reports: Reports, text: PerformanceText) -> tuple[Finding, ...]:
    """Return what the consistency audit finds, by the office's own rules where it has some."""
    from jixiao.check import Checker, load_profile

    profile = "base"
    if Path(_OWN_RULES).is_file():
        profile = _OWN_RULES
        with contextlib.suppress(OSError):
            print(f"填报内容按当前文件夹里的 {_OWN_RULES} 审核。", file=sys.stderr, flush=True)
    return tuple(Checker(load_profile(profile)).check_reports(reports, text))


def one_file(name: str, out: Path | None) -> Path:
    """Return the path of one file to read. Raises CommandError for a folder."""
    from jixiao.cli.inputs import find

    path = Path(name)
    if name and path.is_dir():
        raise CommandError(f"{name_of(path)} 是文件夹，这里要一个文件", "请写明文件")
    inputs = find([name], out)
    for each in inputs.unreadable:
        raise CommandError(f"{one_line(each.file)}：{one_line(each.message).rstrip('。')}")
    return inputs.paths[0]


def of_file(path: Path, error: JixiaoError) -> CommandError:
    """Return an error of a file's content with the file named."""
    what = "\n".join(
        one_line(line) if at == 0 else line for at, line in enumerate(error.what.split("\n"))
    )
    return CommandError(f"{one_line(name_of(path))}：{what}", error.how)
