"""What the cover and the titles of a text say: whose it is, of which year, of which place."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from jixiao.model import BudgetUnit, Project, Region
from jixiao.model.values import numeral
from jixiao.read.blocks import Paragraph
from jixiao.read.labels import coded_unit, fold

COVER_TITLE = re.compile(r"预算绩效|绩效文本|绩效目标文本|部门预算|绩效目标$|预算公开")
BRACKET_YEAR = re.compile(r"^[(（]?\s*(20\d\d)\s*年?\s*度?\s*[)）]?$")

_YEAR = re.compile(r"(20\d\d|二[〇○零]\d?[一二三四五六七八九〇○零]{1,2})\s*年")
_TITLE_YEAR = re.compile(
    r"(20\d\d|二[〇○零][一二三四五六七八九〇○零]{2})\s*年?\s*度?(?:.{0,30}?)(?:绩效|预算)",
    re.DOTALL,
)
# 130730 24 P…: the place, then the last two digits of the year (河北预算管理一体化系统)
_CODE_YEAR = re.compile(r"^\d{6}(\d\d)[0-9A-Z]")
_COVER_UNIT = re.compile(
    r"^(?:编制单位|编报单位|单位名称|预算单位|部门名称|编制部门|填报单位|填报部门|申报单位|单位)\s*[：:]\s*(.*)$"
)
_TITLE_UNIT = re.compile(r"^(?!关于)([\u4e00-\u9fff()（）]{4,30}?)\s*(?:20\d\d|二[〇○零])")
_COMPILED = re.compile(r"^(.{4,40}?)(?:编制|编报|(?<![汇选续主摘改新])编)$")
_UNIT_END = re.compile(
    r"(?:局|办|办公室|中心|委员会|委|政府|街道|办事处|院|学校|小学|中学|幼儿园|所|队|会|馆|站|厅|部|司|社|团|处|公司|乡|镇|本级)(?:[(（].*[)）])?$"
)
_DATE = re.compile(
    r"^[\d〇○零一二三四五六七八九十]{2,4}\s*年\s*[\d〇○零一二三四五六七八九十]{1,3}\s*月(?:\s*[\d一二三四五六七八九十]{1,3}\s*日)?$"
)
# 邢台市信都区卫生健康局: a city, then a county in it. 社区 and 库区 are no districts.
_REGION = re.compile(
    r"(?:.{2,3}?省)?(?:[^市县区旗]{1,7}(?:市|地区|自治州|盟))?"
    r"(?:[^市县区旗]{1,10}(?:自治县|县|(?<![社小校园库林景矿灾牧])区|旗))?"
)
_GENERAL_TITLE = re.compile(
    r"^(?:.{0,30}?20\d\d年?度?)?(?:省级|市级|县级|区级|乡级|本级)?(?:部门|单位)?(?:预算)?(?:项目)?(?:支出)?$"
)


def is_cover(text: str) -> bool:
    """Tell whether a paragraph is of a cover: title, unit, date, what state the text is in."""
    return len(text) < 60 and bool(
        COVER_TITLE.search(text)
        or _COVER_UNIT.match(text)
        or _COMPILED.match(fold(text))
        or _UNIT_END.search(text)
        or _DATE.match(fold(text))
        or BRACKET_YEAR.match(text)
        or _YEAR.match(text)
        or "草案" in text
        or "审核" in text[:6]
    )


def plain_title(name: str) -> str:
    """Return "" where a title names only a year, a level of government or a kind of table."""
    return "" if _GENERAL_TITLE.match(fold(name)) else name


def title_year(text: str) -> str | None:
    """Return the year that a title states as it is written there, None if it states none."""
    found = _TITLE_YEAR.search(text)
    return found[1] if found else None


def year_of(
    cover: Sequence[Paragraph], hints: Sequence[str], projects: Sequence[Project]
) -> int | None:
    """Return the budget year: by the title, by what stands over tables, by codes, by the cover."""
    for paragraph in cover:
        if stated := title_year(paragraph.text):
            return _to_year(stated)
    if hints:
        return _to_year(Counter(hints).most_common(1)[0][0])
    years = Counter(found[1] for p in projects if p.code and (found := _CODE_YEAR.match(p.code)))
    if years:
        return 2000 + int(years.most_common(1)[0][0])
    for paragraph in cover:
        if named := _YEAR.search(paragraph.text):
            return _to_year(named[1])
    return None


def title_unit(text: str) -> str | None:
    """Return the unit that a title begins with: 怀来县水务局2024年部门预算绩效文本."""
    found = _TITLE_UNIT.match(text)
    return found[1].strip() if found and _UNIT_END.search(found[1].strip()) else None


def is_unit(text: str) -> bool:
    """Tell whether a name is that of an office: it ends in 局, 办, 中心."""
    return _UNIT_END.search(text) is not None


def unit_of(cover: Sequence[Paragraph], named: Sequence[BudgetUnit]) -> BudgetUnit:
    """Return whose text it is: the unit of the cover, with the code that the tables give it.

    ``named`` are the units that tables or the lines over them name. Where they all name one, it
    is that one.
    """
    counts = Counter(unit for unit in named if unit.name)
    if len(counts) == 1:
        return next(iter(counts))
    of_cover = _cover_unit(cover)
    if of_cover is None:
        return counts.most_common(1)[0][0] if counts else BudgetUnit()
    same = [unit for unit in counts if fold(unit.name or "") == fold(of_cover.name or "")]
    return same[0] if same and not of_cover.code else of_cover


def _cover_unit(cover: Sequence[Paragraph]) -> BudgetUnit | None:
    for paragraph in cover:
        text = paragraph.text
        found = _COVER_UNIT.match(text) or _COMPILED.match("".join(text.split()))
        if found and found[1].strip():
            code, name = coded_unit(found[1]) or (None, found[1].strip())
            return BudgetUnit(code, name)
    for paragraph in cover:
        if _UNIT_END.search(paragraph.text) and len(paragraph.text) < 40:
            code, name = coded_unit(paragraph.text) or (None, paragraph.text)
            return BudgetUnit(code, name)
    for paragraph in cover:
        if titled := title_unit(paragraph.text):
            return BudgetUnit(None, titled)
    return None


def region_of(projects: Sequence[Project], unit: BudgetUnit) -> Region:
    """Return the place that the projects' codes and the unit's name begin with."""
    codes = Counter(p.code[:6] for p in projects if p.code and _CODE_YEAR.match(p.code))
    name = _REGION.match(unit.name or "")
    return Region(codes.most_common(1)[0][0] if codes else None, (name and name[0]) or None)


def _to_year(text: str) -> int | None:
    return int(text) if text.isdecimal() else numeral(text.replace("○", "〇"))
