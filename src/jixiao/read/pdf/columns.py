"""Tables without ruling lines."""

from __future__ import annotations

from jixiao.read.pdf.cells import PageGrid
from jixiao.read.pdf.lines import Line


def unruled(lines: list[Line]) -> list[PageGrid | Line]:
    return list(lines)
