"""Which row another row of the entry form belongs to: an indicator to its project."""

from __future__ import annotations

from collections.abc import Sequence

from jixiao.read.entry_cells import same
from jixiao.read.entry_table import Row
from jixiao.read.labels import fold


class Links:
    """Finds the row that another one names: by name, by code, or by the record of the form.

    The record helps where names do not: two projects of one name, a project without any, and one
    that has been renamed since, while its indicators still bear the old name.
    """

    def __init__(self, rows: Sequence[tuple[Row, str, str]]) -> None:
        """Take the rows that can be named, each with its name and code as its cells show them."""
        self._rows = rows
        self._by_id: dict[str, list[int]] = {}
        self._by_name: dict[str, list[int]] = {}
        self._by_code: dict[str, list[int]] = {}
        for at, (row, name, code) in enumerate(rows):
            if kept := row.record.get("id"):
                self._by_id.setdefault(str(kept), []).append(at)
            if name:
                self._by_name.setdefault(fold(name), []).append(at)
            if code:
                self._by_code.setdefault(fold(code), []).append(at)
        self._last: int | None = None

    def find(self, row: Row) -> tuple[int | None, str]:
        """Return which row it is, and a sentence: why there is none, or what to look at."""
        name, code = row.text("of"), row.text("of_code")
        at, problem = self._recorded(row, name, code), ""
        if at is None:
            at, problem = self._named(name, code)
        if at is not None:
            self._last = at
        return at, problem

    def _recorded(self, row: Row, name: str, code: str) -> int | None:
        """Return the row that the record names, where nobody has changed name or code since."""
        kept = row.record.get("of")
        if not (
            isinstance(kept, list) and len(kept) == 3 and all(isinstance(k, str) for k in kept)
        ):
            return None
        if not (same(kept[1], name) and same(kept[2], code)):
            return None
        found = self._by_id.get(kept[0], [])
        if len(found) > 1:  # a project copied to make another of it
            found = [at for at in found if same(self._rows[at][1], name)] or found
        return found[0] if found else None

    def _named(self, name: str, code: str) -> tuple[int | None, str]:
        if not name and not code:
            if self._last is None:
                return None, "没有写明属于哪一个，请从下拉框里选"
            return self._last, "没有写项目名称，按上一行的项目读"
        by_name = self._by_name.get(fold(name), []) if name else []
        by_code = self._by_code.get(fold(code), []) if code else []
        both = [at for at in by_name if at in by_code]
        if both:
            return both[0], ""
        if len(by_name) == 1:
            wrong = bool(by_code)
            return by_name[0], "项目名称和项目编码不是同一个项目的，按名称读" if wrong else ""
        if by_name:
            return None, f"有 {len(by_name)} 个项目都叫“{name[:30]}”，请写上项目编码"
        if len(by_code) == 1:
            return by_code[0], "项目名称与“项目”表上的不同，按项目编码读" if name else ""
        return None, f"“{(name or code)[:30]}”不在“项目”表里，请在那里加上，或改成那里的名称"
