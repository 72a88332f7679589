"""The paragraphs and grids of a file, as the reader of its format found them."""

from __future__ import annotations

from jixiao.cli.output import View
from jixiao.cli.printable import fold, one_line
from jixiao.read import Blocks, Grid


def show_blocks(named: tuple[str, Blocks], view: View) -> str:
    """Return the blocks of a file, a line a paragraph or cell, each led by its place."""
    name, blocks = named
    lines = [f"━━ {one_line(name)}"]
    for block in blocks.blocks:
        if isinstance(block, Grid):
            cells = sum(len(row) for row in block.rows)
            lines.append(f"{block.place()}（{len(block.rows)} 行，{cells} 个单元格）")
            for row in block.rows:
                for cell in row:
                    spans = (("行", cell.rowspan), ("列", cell.colspan))
                    merged = "、".join(f"{count}{unit}" for unit, count in spans if count > 1)
                    place = f"{block.place(cell)}{f'［合并{merged}］' if merged else ''}"
                    lines += _line(f"  {place}：{one_line(cell.text)}", view)
        else:
            lines += _line(f"{block.place}：{one_line(block.text)}", view)
    if blocks.pictures:
        lines.append(f"图片 {blocks.pictures} 幅（没有读）")
    for note in blocks.notes:
        lines += _line(f"注意：{one_line(note)}", view)
    return "\n".join([*lines, "", ""])


def _line(text: str, view: View) -> list[str]:
    first, *rest = fold(text, view.columns)
    return [first, *(f"    {line}" for line in rest)]
