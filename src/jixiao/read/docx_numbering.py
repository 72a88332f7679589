"""The numbers that Word writes before paragraphs by itself: 一、, 1., （1）.

A user sees them as part of the text, so they are read as part of it; a bullet is no word.
"""

from __future__ import annotations

import re
import zipfile

from lxml import etree

from jixiao.read.package import member, parse_xml

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_VAL = _W + "val"
_STYLE_USED = re.compile(rb'<w:pStyle w:val="([^"]+)"')
_STYLE_ID = b'w:styleId="'
_DIGITS = "〇一二三四五六七八九"
_FORMAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"


class _Level:
    __slots__ = ("format", "start", "text")

    def __init__(self, element: etree._Element) -> None:
        self.start = _int(element.find(_W + "start"), 1)
        self.format = _value(element.find(_W + "numFmt")) or "decimal"
        self.text = _value(element.find(_W + "lvlText")) or ""


class Numbering:
    """Counts a document's numbered paragraphs and tells each its label."""

    def __init__(
        self,
        levels: dict[str, dict[int, _Level]],
        styles: dict[str, tuple[str | None, int]],
    ) -> None:
        """Take the levels of each list and the list of each numbered paragraph style."""
        self._levels = levels
        self._styles = styles
        self._counts: dict[str, dict[int, int]] = {}

    @classmethod
    def of(cls, package: zipfile.ZipFile, document: bytes) -> Numbering | None:
        """Return the numbering of a document, None where no paragraph of it is numbered."""
        if "word/numbering.xml" not in package.NameToInfo:
            return None
        try:
            style_sheet = member(package, "word/styles.xml")
        except KeyError:
            style_sheet = b""
        # Word's own list styles are in most files and used in few: parse only where one is.
        numbered = _numbered_styles(style_sheet)
        styled = bool(numbered) and any(used in numbered for used in _STYLE_USED.findall(document))
        if b"w:numPr" not in document and not styled:
            return None
        styles = _style_numbers(style_sheet) if styled else {}
        return cls(_lists(parse_xml(member(package, "word/numbering.xml"))), styles)

    def label(self, paragraph: etree._Element, *, counted: bool) -> str:
        """Return the label before a paragraph; count it where the paragraph has words."""
        list_id, depth = self._list_of(paragraph)
        levels = self._levels.get(list_id or "")
        if not levels or depth not in levels or not counted:
            return ""
        counts = self._counts.setdefault(list_id or "", {})
        counts[depth] = counts.get(depth, levels[depth].start - 1) + 1
        for deeper in [level for level in counts if level > depth]:
            del counts[deeper]
        level = levels[depth]
        if level.format in ("bullet", "none"):
            return ""
        text = level.text
        for number in range(depth + 1):
            if f"%{number + 1}" in text:
                at = levels.get(number, level)
                text = text.replace(
                    f"%{number + 1}", _written(counts.get(number, at.start), at.format)
                )
        return text

    def _list_of(self, paragraph: etree._Element) -> tuple[str | None, int]:
        properties = paragraph.find(_W + "pPr")
        if properties is None:
            return None, 0
        list_id, depth = None, 0
        style = _value(properties.find(_W + "pStyle"))
        if style in self._styles:
            list_id, depth = self._styles[style]
        own = properties.find(_W + "numPr")
        if own is not None:
            list_id = _value(own.find(_W + "numId")) or list_id
            depth = _int(own.find(_W + "ilvl"), depth)
        return list_id, depth


def _lists(root: etree._Element) -> dict[str, dict[int, _Level]]:
    abstract = {
        element.get(_W + "abstractNumId"): {
            _number(level.get(_W + "ilvl"), 0): _Level(level)
            for level in element.findall(_W + "lvl")
        }
        for element in root.findall(_W + "abstractNum")
    }
    lists = {}
    for element in root.findall(_W + "num"):
        levels = dict(abstract.get(_value(element.find(_W + "abstractNumId")), {}))
        for override in element.findall(_W + "lvlOverride"):
            own = override.find(_W + "lvl")
            if own is not None:
                levels[_number(override.get(_W + "ilvl"), 0)] = _Level(own)
        lists[element.get(_W + "numId") or ""] = levels
    return lists


def _numbered_styles(style_sheet: bytes) -> set[bytes]:
    """Return the styles that number their paragraphs, without parsing hundreds of others."""
    found = set()
    at = style_sheet.find(b"<w:numPr>")
    while at >= 0:
        begin = style_sheet.rfind(_STYLE_ID, 0, at) + len(_STYLE_ID)
        found.add(style_sheet[begin : style_sheet.find(b'"', begin)])
        at = style_sheet.find(b"<w:numPr>", at + 1)
    return found


def _style_numbers(xml: bytes) -> dict[str, tuple[str | None, int]]:
    styles = {}
    for style in parse_xml(xml).findall(_W + "style"):
        number = style.find(f"{_W}pPr/{_W}numPr")
        if number is not None:
            list_id = _value(number.find(_W + "numId"))
            styles[style.get(_W + "styleId") or ""] = (list_id, _int(number.find(_W + "ilvl"), 0))
    return styles


def _written(number: int, style: str) -> str:
    """Return a number as a list style writes it."""
    if style in (
        "chineseCounting",
        "chineseCountingThousand",
        "japaneseCounting",
        "ideographDigital",
    ):
        return _chinese(number, _DIGITS, "十")
    if style == "chineseLegalSimplified":
        return _chinese(number, _FORMAL, "拾")
    if style == "ideographTraditional":
        return _STEMS[(number - 1) % 10]
    if style.startswith("decimalEnclosedCircle") and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if style in ("lowerLetter", "upperLetter"):
        letter = chr(ord("a") + (number - 1) % 26)
        return letter if style == "lowerLetter" else letter.upper()
    if style in ("lowerRoman", "upperRoman"):
        roman = _roman(number)
        return roman if style == "upperRoman" else roman.lower()
    if style == "decimalZero":
        return f"{number:02}"
    return str(number)


def _chinese(number: int, digits: str, ten: str) -> str:
    """Return a number under 100 in Chinese; larger ones do not number paragraphs."""
    if number < 10 or number > 99:
        return "".join(digits[int(char)] for char in str(number))
    tens, ones = divmod(number, 10)
    return (digits[tens] if tens > 1 else "") + ten + (digits[ones] if ones else "")


def _roman(number: int) -> str:
    text = ""
    for value, letters in (
        (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        while number >= value and len(text) < 20:
            text += letters
            number -= value
    return text


def _value(element: etree._Element | None) -> str | None:
    return None if element is None else element.get(_VAL)


def _int(element: etree._Element | None, default: int) -> int:
    return _number(_value(element), default)


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 else default
