"""Blocks to the txt form that text extractors make of a Word file.

A cell is a line led by a tab (its further lines follow bare), a blank line ends a row, one more
ends the table, a merged-down cell is an empty cell; bookmarks and TC codes leak into the text.
"""

from __future__ import annotations

from pathlib import Path

from forms.blocks import Form, Grid


def write_text(form: Form, path: Path, loose: bool = False, encoding: str = "utf-8") -> None:
    """Write txt; ``loose`` puts a blank line between paragraphs, in the text and inside cells."""
    out: list[str] = []
    gap = "\n\n" if loose else "\n"
    for block in form.blocks:
        if isinstance(block, Grid):
            for line in block.slots():
                for cell, begins in line:
                    text = cell.text.replace("\n", gap) if begins else ""
                    out.append(f"\t{text}\n")
                out.append("\n")
            out.append("\n")
            continue
        text = block.text
        if not loose and block.mark:
            text = f"[bookmark: _Toc_2_2_{len(out):010}]{text}"
        if not loose and block.code:
            text = f"{text} TC {block.code} \\f C \\l 1 "
        out.append(text + gap)
    path.write_bytes("".join(out).encode(encoding))
