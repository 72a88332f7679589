"""What is wrong with tables that were given: every place at once, not one a run."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from jixiao.model.errors import JixiaoError

_SHOWN = 200
"""Lines of a message; more than these nobody mends by hand."""

_RUNS = 6
"""Runs of rows that a folded message names."""


class Problem(msgspec.Struct, frozen=True):
    """One thing wrong: the file (or sheet), its row as a spreadsheet counts it, the column."""

    file: str
    message: str
    row: int | None = None
    column: str = ""

    def __str__(self) -> str:
        """Return the problem in Chinese."""
        row = "" if self.row is None else f"第 {self.row} 行"
        column = f"“{self.column}”列" if self.column else ""
        return f"{' '.join(part for part in (self.file, row + column) if part)}：{self.message}"


class ExchangeError(JixiaoError):
    """Data that cannot be taken in or given out; ``problems`` lists what is wrong, if several."""

    def __init__(self, what: str, how: str = "", problems: Sequence[Problem] = ()) -> None:
        """Take what is wrong, what to do, and each place."""
        super().__init__(what, how)
        self.problems = tuple(problems)


class Problems:
    """Collects problems while reading goes on."""

    LIMIT = 10_000
    """Problems that are kept; a file that has more is not of this kind."""

    def __init__(self) -> None:
        """Begin with none."""
        self.found: list[Problem] = []
        self.count = 0

    def add(self, file: str, message: str, row: int | None = None, column: str = "") -> None:
        """Note a problem."""
        self.count += 1
        if len(self.found) < self.LIMIT:
            self.found.append(Problem(file, message, row, column))

    def listed(self) -> tuple[Problem, ...]:
        """Return the problems; where there were more than are kept, the last says how many."""
        more = self.count - len(self.found)
        if not more:
            return tuple(self.found)
        last = Problem(self.found[-1].file, f"……另有 {more} 处，没有一一列出")
        return (*self.found, last)

    def check(self) -> None:
        """Raise ExchangeError where any problem was noted."""
        if not self.found:
            return
        lines = [str(problem) for problem in self.found[:_SHOWN]]
        if self.count > _SHOWN:
            lines.append(f"……另有 {self.count - _SHOWN} 处")
        listed = "".join(f"\n  {line}" for line in lines)
        raise ExchangeError(
            f"数据有 {self.count} 处不对，没有读入：{listed}\n以上各处都要改",
            "改好后再试",
            self.listed(),
        )


def folded(problems: Iterable[Problem]) -> list[str]:
    """Return problems in Chinese, those that say the same of several rows of a column as one."""
    groups: dict[tuple[str, str, str], list[int]] = {}
    for each in problems:
        rows = groups.setdefault((each.file, each.column, each.message), [])
        if each.row is not None:
            rows.append(each.row)
    told = []
    for (file, column, message), rows in groups.items():
        if len(rows) < 2:
            told.append(str(Problem(file, message, rows[0] if rows else None, column)))
            continue
        where = f"“{column}”列" if column else ""
        told.append(f"{file} {where}：{message}（第 {_runs(rows)} 行，共 {len(rows)} 行）")
    return told


def _runs(rows: list[int]) -> str:
    """Write rows as a person would: 3—7、9、12—30, the first few of many."""
    runs: list[list[int]] = []
    for row in sorted(set(rows)):
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    shown = [f"{a}" if a == b else f"{a}—{b}" for a, b in runs[:_RUNS]]
    return "、".join(shown) + ("……" if len(runs) > _RUNS else "")
