"""What is wrong with tables that were given: every place at once, not one a run."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from jixiao.model.errors import JixiaoError

_SHOWN = 200
"""Lines of a message; more than these nobody mends by hand."""


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
