"""How a workbook's cells show their numbers: 0.95 as 95%, 80 as 80.00."""

from __future__ import annotations

import posixpath
import re
import zipfile
from decimal import ROUND_HALF_UP, Decimal
from io import BytesIO

from lxml import etree

from jixiao.model.errors import ReadError
from jixiao.read.package import member, open_package, parse_xml

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"

MAX_AREA = 2_000_000
"""Cells from the first used one to the last; the library below holds all of them in memory."""

# Formats that every workbook has without saying so (ECMA-376 part 1, 18.8.30)
_BUILT_IN = {1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%"}
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})$")
# A format's pieces: words in quotes or after a backslash, room for a character, colours and
# currencies in brackets, the number itself, and a character as it is.
_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"|\\(?P<escaped>.)|[_*].|\[[^\]]*\]'
    r"|(?P<whole>[#0?][#0?,]*|(?=\.[#0?]))(?:\.(?P<places>[#0?]*))?(?P<percent>%?)"
    r"|(?P<general>General|G/通用格式)|(?P<end>;)|(?P<bare>.)",
    re.DOTALL,
)
_CURRENCY = "¥￥$"


class Formats:
    """The number formats of a workbook's sheets."""

    def __init__(self, package: zipfile.ZipFile) -> None:
        """Take an open workbook."""
        self._package = package
        self._codes = self._styles()
        self._parts = self._sheets()

    @classmethod
    def of(cls, data: bytes) -> Formats:
        """Return the formats of an .xlsx file. Raises ReadError for a damaged one."""
        return cls(open_package(data))

    def of_sheet(self, name: str) -> dict[tuple[int, int], str]:
        """Return the format of each number in a sheet, by row and column from 0.

        Raises ReadError where the used cells span an area that no form has.
        """
        part = self._parts.get(name)
        if part is None:
            return {}
        xml = member(self._package, part).replace(_STRICT, _TRANSITIONAL)
        _no_doctype(xml)
        codes = {}
        bottom = right = 0
        for _, cell in etree.iterparse(
            BytesIO(xml), tag=_S + "c", resolve_entities=False, no_network=True
        ):
            if len(cell) and (found := _REFERENCE.match(cell.get("r", ""))):
                row, column = int(found[2]) - 1, _column(found[1])
                bottom, right = max(bottom, row), max(right, column)
                if (bottom + 1) * (right + 1) > MAX_AREA:
                    raise ReadError(
                        f"工作表“{name}”的内容铺得太开（到第 {bottom + 1} 行第 {right + 1} 列），读不了",
                        "请删去远处多余的单元格再试",
                    )
                style = cell.get("s")
                if style and cell.get("t", "n") == "n" and style in self._codes:
                    codes[row, column] = self._codes[style]
            cell.clear()
        return codes

    def _styles(self) -> dict[str, str]:
        try:
            xml = member(self._package, "xl/styles.xml").replace(_STRICT, _TRANSITIONAL)
        except KeyError:
            return {}
        root = parse_xml(xml)
        own = {
            element.get("numFmtId"): element.get("formatCode", "")
            for element in root.iter(_S + "numFmt")
        }
        formats = root.find(_S + "cellXfs")
        codes = {}
        for number, element in enumerate([] if formats is None else formats):
            key = element.get("numFmtId", "0")
            code = own.get(key) or _BUILT_IN.get(int(key) if key.isdecimal() else 0)
            if code:
                codes[str(number)] = code
        return codes

    def _sheets(self) -> dict[str, str]:
        try:
            book = parse_xml(
                member(self._package, "xl/workbook.xml").replace(_STRICT, _TRANSITIONAL)
            )
            relations = parse_xml(member(self._package, "xl/_rels/workbook.xml.rels"))
        except KeyError as error:
            raise ReadError(
                "Excel 文件里没有工作簿", "请用 Excel 或 WPS 打开后另存一份再试"
            ) from error
        targets = {
            element.get("Id", ""): posixpath.normpath(
                posixpath.join("/xl", element.get("Target", ""))
            ).lstrip("/")
            for element in relations
        }
        names = set(self._package.namelist())
        sheets = {}
        for sheet in book.iter(_S + "sheet"):
            key = sheet.get(_R + "id") or next(
                (value for name, value in sheet.attrib.items() if str(name).endswith("}id")), None
            )
            target = targets.get(str(key))
            if target in names:
                sheets[sheet.get("name", "")] = target
        return sheets


def shown(value: float, code: str | None) -> str:
    """Return a number as a cell with this format shows it: (0.95, "0%") → 95%.

    Words of the format are shown, too (≥, 元); a sign of currency is not.
    """
    number = Decimal(format(value, ".15g"))
    written: str | None = None
    words = ["", ""]
    for piece in _PIECE.finditer(code or ""):
        if piece["end"]:
            break
        if written is None and piece["whole"] is not None:
            written = _written(number, piece["whole"], piece["places"] or "", piece["percent"])
        elif written is None and piece["general"]:
            written = _plain(number)
        else:
            words[written is not None] += _word(piece)
    if written is None:
        return _plain(number)
    return words[0] + written + words[1]


def _written(number: Decimal, whole: str, places: str, percent: str) -> str:
    if percent:
        number *= 100
    number = number.quantize(Decimal(1).scaleb(-len(places)), ROUND_HALF_UP)
    grouped = "," if "," in whole.rstrip(",") else ""
    text = f"{number:{grouped}f}"
    for place in reversed(places):
        if place == "0" or not text.endswith("0"):
            break
        text = text[:-1]
    return text.rstrip(".") + percent


def _word(piece: re.Match[str]) -> str:
    """Return what a piece of a format shows beside the number."""
    bare = piece["bare"] or ""
    word = piece["quoted"] or piece["escaped"] or ("" if bare.isascii() else bare)
    return word.strip().strip(_CURRENCY)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1


def _no_doctype(xml: bytes) -> None:
    if b"<!DOCTYPE" in xml[:4096]:
        raise ReadError(
            "文件里有外部实体声明（DOCTYPE），可能是恶意文件，没有读取", "请确认文件来源"
        )
