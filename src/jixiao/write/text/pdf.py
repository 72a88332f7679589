"""Printed pages as PDF: blocks set by Typst, tagged, with an outline.

What a text says goes to Typst as data, never as markup: no text can give it orders. It reads its
own files and those of a template folder, and nothing else.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib import resources
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from jixiao.model import PerformanceText
from jixiao.model.errors import JixiaoError, TemplateError
from jixiao.write.plain import clean
from jixiao.write.text.blocks import FULL, Block, Heading, Line, Table, placed
from jixiao.write.text.layout import Offices, Shape, lay_out
from jixiao.write.text.pages import Pages, Sheet, Style, breakable
from jixiao.write.text.template import BLOCKS, CELLS, CONTENTS
from jixiao.write.text.wording import WORDING, load, standard

MAIN, PARTS, REPORT = "text.typ", "blocks.typ", "report.typ"
"""The files of the template: of the text, of what all pages are made of, of reports."""

FOLDER = "JIXIAO_FONTS"
"""The variable of the environment that names a folder with fonts."""

_SHEET = Sheet(width=453.5, height=686.0, cell_left_right=8.0, cell_top_bottom=8.0)
"""What the pages of the template hold, in points; only to tell rows that are too tall for one."""

_LARGEST = 18
"""Points of the largest letters that running text has."""

_STYLES = dict.fromkeys(CELLS.values(), Style(size=10.5, line=14.0))
_STANDARDS: tuple[tuple[str, ...], ...] = (("ua-1",), ())
"""PDF/UA-1 (ISO 14289-1), for people who have a page read to them; else tagged all the same."""


def write_pdf(
    text: PerformanceText,
    *,
    folder: Path | None = None,
    shape: Shape = "split",
    offices: Offices | None = None,
) -> bytes:
    """Return a text as PDF, by the package's template or that of a folder.

    Raises TemplateError, and JixiaoError where no font has Chinese letters.
    """
    words = load(folder / WORDING) if folder and (folder / WORDING).is_file() else standard()
    content = lay_out(text, words, shape, offices)
    title = f"{content.words['单位']}{content.words['年度']}{content.words['标题']}"
    return set_pages(
        MAIN,
        {
            "title": clean(title),
            "author": clean(content.words["编制单位"]),
            "cover": True,
            "words": {name: _words(said) for name, said in content.words.items()},
            "places": {
                place: blocks_as_data(content.blocks.get(place, []))
                for place in BLOCKS
                if place != CONTENTS
            },
        },
        folder,
    )


def blocks_as_data(blocks: list[Block]) -> list[dict[str, Any]]:
    """Return blocks as ``blocks.typ`` takes them."""
    return [_block(block) for block in blocks]


def set_pages(main: str, data: Mapping[str, Any], folder: Path | None = None) -> bytes:
    """Return the PDF that a file of the template makes of data.

    Raises TemplateError where an office's own template fails, JixiaoError for missing fonts.
    """
    import typst

    own = folder is not None and (folder / main).is_file()
    root = folder if own and folder is not None else _packaged()
    known = _fonts(str(folder) if folder else None)
    compiler = _compiler(str(root), main, str(folder) if folder else None)
    told = msgspec.json.encode({**data, "fonts": known.roles}).decode()
    failure: Exception | None = None
    for standards in _STANDARDS:
        try:
            made = compiler.compile(
                format="pdf",
                sys_inputs={"data": told},
                pdf_standards=list(standards),
                timestamp=0,
            )
            return bytes(made)
        except typst.TypstError as error:
            failure = error
    raise TemplateError(
        f"模板“{root / main}”排不出 PDF：{getattr(failure, 'message', failure)}",
        "请对照缺省的模板改正；可用 jixiao template 导出一份",
    )


class _Fonts(NamedTuple):
    fonts: Any
    roles: dict[str, list[Any]]


@lru_cache(maxsize=8)
def _fonts(folder: str | None) -> _Fonts:
    """Return the fonts at hand, and the families for each use."""
    import typst

    places = [str(Path(folder) / "fonts")] if folder and (Path(folder) / "fonts").is_dir() else []
    if given := os.environ.get(FOLDER):
        places.append(given)
    fonts = typst.Fonts(font_paths=places)
    families = {name.casefold(): name for name in fonts.families()}
    wanted = _wanted()

    def there(role: str) -> list[str]:
        return [families[name.casefold()] for name in wanted[role] if name.casefold() in families]

    if not there("any") and not there("song") and not there("hei"):
        raise JixiaoError(
            "这台机器上没有中文字体，排不了 PDF",
            "请安装一种，如 Debian 的 fonts-noto-cjk，或把字体文件放进一个文件夹，"
            f"用环境变量 {FOLDER} 指明",
        )
    # Quotation marks and dashes are those of the Chinese font where they stand among Chinese.
    latin = [{"name": name, "covers": "latin-in-cjk"} for name in there("latin")[:1]]
    roles = {
        role: [*latin, *(there(role) or there("any"))[:1], *there("any")[:1]]
        for role in ("song", "hei", "fang")
    }
    return _Fonts(fonts, roles)


@cache
def _wanted() -> dict[str, list[str]]:
    path = resources.files("jixiao.write.text") / "data" / "fonts.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


@lru_cache(maxsize=8)
def _compiler(root: str, main: str, folder: str | None) -> Any:
    import typst

    return typst.Compiler(str(Path(root) / main), root=root, font_paths=_fonts(folder).fonts)


def _packaged() -> Path:
    return Path(str(resources.files("jixiao.write.text") / "data"))


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {
            "kind": "heading",
            "level": block.level,
            "text": _words(block.text),
            "new-page": block.new_page,
        }
    if isinstance(block, Line):
        return {"kind": "title" if block.title else "line", "text": _words(block.text)}
    return _table(block)


def _words(text: str) -> str:
    """Return running text, of which no word is longer than a line."""
    return breakable(clean(text), _SHEET.width / _LARGEST)


def _table(table: Table) -> dict[str, Any]:
    edges = table.edges()
    heights = Pages(_SHEET, _STYLES, CELLS).table(table)
    rows = []
    for number, row in enumerate(placed(table)):
        cells = []
        for each in row:
            if each.goes_on:
                continue
            cell = each.cell
            room = (cell.end - cell.begin) * _SHEET.width / FULL - _SHEET.cell_left_right
            cells.append(
                {
                    "text": breakable(clean(cell.text), room / 10.5),
                    "columns": each.columns,
                    "rows": cell.rows,
                    "kind": cell.kind,
                    "breakable": cell.rows > 1 or heights[number] is None,
                }
            )
        rows.append(cells)
    widths = [end - begin for begin, end in pairwise(edges)]
    return {"kind": "table", "columns": widths, "heads": table.heads, "rows": rows}
