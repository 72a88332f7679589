"""Recognition: blocks of any format into a performance text. It knows the forms, no formats."""

from __future__ import annotations

import re
from collections import Counter

from jixiao.model import (
    BudgetUnit,
    PerformanceText,
    Place,
    Project,
    ReadingWarning,
    Region,
    Unread,
)
from jixiao.model.errors import ReadError
from jixiao.model.values import numeral
from jixiao.read.blocks import Blocks, Grid, Paragraph
from jixiao.read.labels import (
    coded_unit,
    fold,
    is_whole_department_title,
    label_of,
    section_of,
    title_of,
    without_number,
)
from jixiao.read.part_one import safeguards, sub_objectives
from jixiao.read.tables import Tables

_PAGE_NUMBER = re.compile(r"^[-—–－\s]*\d{1,3}[-—–－\s]*$|^第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?$|^\d+\s*/\s*\d+$")
_TO_PAGE = re.compile(r"^(.*?\S)(?:[\s.…·．。_-]{2,}|\t+|\s)(?:\d{1,4}|[-—]\s*\d{1,4}\s*[-—])$", re.DOTALL)
_YEAR = re.compile(r"(20\d\d|二[〇○零]\d?[一二三四五六七八九〇○零]{1,2})\s*年")
_TITLE_YEAR = re.compile(r"(20\d\d|二[〇○零][一二三四五六七八九〇○零]{2})\s*年?\s*度?(?:.{0,30}?)(?:绩效|预算)", re.DOTALL)
_BRACKET_YEAR = re.compile(r"^[(（]?\s*(20\d\d)\s*年?\s*度?\s*[)）]?$")
_CODE_YEAR = re.compile(r"^\d{6}(\d\d)[0-9A-Z]")
_COVER_UNIT = re.compile(r"^(?:编制单位|编报单位|单位名称|预算单位|部门名称|编制部门|填报单位|单位)\s*[：:]\s*(.+)$")
_COMPILED = re.compile(r"^(.{4,40}?)(?:编制|编报|编)$")
_UNIT_END = re.compile(
    r"(?:局|办|办公室|中心|委员会|委|政府|街道|办事处|院|学校|小学|中学|幼儿园|所|队|会|馆|站|厅|部|司|社|团|处|公司|乡|镇|本级)(?:[(（].*[)）])?$"
)
_DATE = re.compile(r"^[\d〇○零一二三四五六七八九十]{2,4}\s*年\s*[\d〇○零一二三四五六七八九十]{1,3}\s*月(?:\s*[\d一二三四五六七八九十]{1,3}\s*日)?$")
_REGION = re.compile(r"^(.{2,8}?(?:自治县|县|市|区|旗))")
_COVER_TITLE = re.compile(r"预算绩效|绩效文本|绩效目标文本|部门预算|绩效目标$|预算公开")
_SECTION_KEYS = ("overall", "sub_objectives", "safeguards")


def recognise(blocks: Blocks, source: str) -> PerformanceText:
    """Return the performance text that the blocks of a file hold.

    Raises ReadError where nothing in the file is a part of one.
    """
    recogniser = _Recogniser(blocks)
    return recogniser.read(source)


class _Recogniser:
    def __init__(self, blocks: Blocks) -> None:
        self.blocks = blocks
        self.tables = Tables()
        self.section: str | None = None  # None: before the first heading
        self.sections: dict[str, list[Paragraph]] = {}
        self.headings: dict[str, Place] = {}
        self.cover: list[Paragraph] = []
        self.loose: list[Paragraph] = []  # nowhere yet: a name over a title, or unread
        self.contents: list[str] = []
        self.money_unit: str | None = None
        self.whole_department = False
        self.year_hints: list[str] = []

    # ── going through the blocks ───────────────────────────────────────────
    def read(self, source: str) -> PerformanceText:
        listing: list[Paragraph] | None = None  # what stands under 目录, until it begins again
        for block in self.blocks.blocks:
            if listing is not None:
                if isinstance(block, Paragraph) and self._is_listed(block, listing):
                    listing.append(block)
                    continue
                self._end_listing(listing, block)
                listing = None
            if isinstance(block, Grid):
                self._grid(block)
            elif (found := section_of(block.text)) and found[0] == "contents":
                listing = []
            else:
                self._paragraph(block)
        if listing:
            self._end_listing(listing, None)
        return self._finish(source)

    @staticmethod
    def _is_listed(block: Paragraph, listing: list[Paragraph]) -> bool:
        """Contents run until their first entry comes again, or words that are no entry."""
        if _TO_PAGE.match(block.text) or _PAGE_NUMBER.match(block.text):
            return True
        if len(block.text) > 80:
            return False
        return all(fold(block.text) != fold(entry.text) for entry in listing)

    def _end_listing(self, listing: list[Paragraph], block: object) -> None:
        """Keep what was contents; what had no page number and never came again was text."""
        again = isinstance(block, Paragraph) and len(block.text) <= 80
        for entry in listing:
            paged = _TO_PAGE.match(entry.text)
            if paged or (again and block is not None):
                self._list_entry(paged[1] if paged else entry.text)
            else:
                self._paragraph(entry)

    def _list_entry(self, text: str) -> None:
        text = re.sub(r"[\s.…·．_]+$", "", text)
        if text and not _PAGE_NUMBER.match(text):
            self.contents.append(text)

    def _grid(self, grid: Grid) -> None:
        if self.section in (None, *_SECTION_KEYS) and self.tables.expects_table:
            self.section = "part_two"
        drafts = len(self.tables.drafts)
        self.tables.read(grid)
        if len(self.tables.drafts) > drafts:
            self.section = "part_two"

    def _paragraph(self, block: Paragraph) -> None:
        text = block.text
        if _PAGE_NUMBER.match(text):
            return
        paged = _TO_PAGE.match(text) if len(text) < 120 else None
        if paged and (section_of(paged[1]) or title_of(paged[1]) is not None):
            self._list_entry(paged[1])
            return
        found = section_of(text)
        if found is not None:
            self._heading(*found, block)
            return
        title = title_of(text)
        if title is not None:
            self._title(title, block)
            return
        if self.section in _SECTION_KEYS and not self.tables.expects_table:
            self.sections[self.section].append(block)
            return
        self._between(block)

    def _heading(self, role: str, rest: str, block: Paragraph) -> None:
        dropped = self.tables.drop_title()
        if dropped and dropped[0]:
            self.contents.append(dropped[0])
        self.tables.interrupt()
        if role == "part_one" and (found := _TITLE_YEAR.search(block.text)):
            self.year_hints.append(found[1])
        if role == "contents":
            return
        if role not in _SECTION_KEYS:
            self.section = role if role != "part" or self.section else self.section
            return
        if self.tables.drafts and role == "overall" and self.sections.get(role):
            # A second 总体绩效目标 stands inside a table's words, not over part one.
            self._between(block)
            return
        self.section = role
        self.headings[role] = block.place
        self.sections.setdefault(role, [])
        if rest:
            self.sections[role].append(Paragraph(rest, block.number, block.page))

    def _title(self, name: str, block: Paragraph) -> None:
        """Take a table's title; a bare one may have its project's name on the line before it."""
        if not name and (found := _TITLE_YEAR.search(block.text)):
            self.year_hints.append(found[1])
        if is_whole_department_title(block.text):
            self.whole_department = True
            name = ""
        place = block.place
        if not without_number(name):
            above = self._line_above(block)
            if above is not None:
                name, place = above.text, above.place
        self._close_section()
        self.tables.title(_plain_title(name), place)

    def _line_above(self, block: Paragraph) -> Paragraph | None:
        """Take back the line right above a bare 项目绩效目标表 where it can be a project's name."""
        pool = self.loose
        if self.section in _SECTION_KEYS and not self.tables.expects_table:
            pool = self.sections[self.section]
        elif self.section is None and not pool:
            pool = self.cover
        if not pool or pool[-1].number < block.number - 2:
            return None
        text = pool[-1].text
        if len(text) > 80 or text.endswith(("。", "；", "：", ":")) or _COVER_TITLE.search(text):
            return None
        return pool.pop()

    def _close_section(self) -> None:
        if self.section in (None, *_SECTION_KEYS):
            self.section = "titles"

    def _between(self, block: Paragraph) -> None:
        """Place a paragraph that stands outside part one's sections."""
        text = block.text
        label = label_of(text)
        if label is not None and label.money_unit and not label.field:
            self.money_unit = label.money_unit
            return
        if found := _BRACKET_YEAR.match(text):
            self.year_hints.append(found[1])
            return
        if label is not None and label.inline and label.field and self.section is not None:
            self.tables.before(label.field, label.inline, block.place)
            return
        if (both := coded_unit(text)) and self.section is not None and len(text) < 50:
            money = re.search(r"[\s\t]+(?:金额)?单位\s*[：:]\s*(亿元|万元|千元|元)\s*$", both[1])
            if money:
                self.money_unit = money[1]
            name = both[1][: money.start()] if money else both[1]
            self.tables.before("unit_code", both[0], block.place)
            self.tables.before("unit", name.strip(), block.place)
            return
        if self.section is None:
            self.cover.append(block)
        else:
            self.loose.append(block)

    # ── putting it together ────────────────────────────────────────────────
    def _finish(self, source: str) -> PerformanceText:
        tables = self.tables
        if (dropped := tables.drop_title()) and dropped[0]:
            self.loose.append(Paragraph(dropped[0], dropped[1].paragraph or 0))
        department = [d for d in tables.drafts if d.is_department or self._is_whole(d)]
        drafts = [d for d in tables.drafts if d not in department and not d.is_empty]
        projects = _without_listed([(d, d.finish(self.money_unit)) for d in drafts])
        whole = [d.finish(self.money_unit) for d in department]
        warnings = [
            *(ReadingWarning(note) for note in self.blocks.notes),
            *tables.warnings,
            *(warning for draft in tables.drafts for warning in draft.warnings),
        ]
        for number, project in enumerate(projects):
            if project.budget.total and not project.budget.money_unit:
                warnings.append(
                    ReadingWarning(
                        f"第{number + 1}个项目没有写明金额单位（元、万元）",
                        project.place.get("total"),
                    )
                )
        unit = self._unit(projects, whole)
        overall = "\n".join(p.text for p in self.sections.get("overall", ())) or None
        if overall is None and whole and whole[0].goals:
            overall = "\n".join(whole[0].goals)
        measures = safeguards(self.sections.get("safeguards", []))
        objectives = [*sub_objectives(self.sections.get("sub_objectives", [])), *tables.sub_objectives]
        place = dict(self.headings)
        for number, (_, where) in enumerate(measures):
            place[f"safeguards.{number}"] = where
        if not (projects or whole or overall or objectives or measures):
            raise self._nothing()
        return PerformanceText(
            source=source,
            year=self._year(projects),
            region=_region(projects, unit),
            unit=unit,
            draft=any("草案" in p.text or "征求意见" in p.text for p in self.cover),
            overall=overall,
            sub_objectives=tuple(objectives),
            safeguards=tuple(text for text, _ in measures),
            tasks=tuple(tables.tasks),
            budget=tables.budget,
            indicators=tuple(i for d in whole for i in d.indicators),
            projects=tuple(projects),
            contents=tuple(self.contents),
            unread=tuple(self._unread()),
            warnings=tuple(warnings),
            place=place,
        )

    def _is_whole(self, draft: object) -> bool:
        """The one table under a 整体支出绩效目标 title is the department's own."""
        return self.whole_department and len(self.tables.drafts) == 1

    def _unread(self) -> list[Unread]:
        loose = [
            Unread(p.text, p.place, "不在文本的任何一部分")
            for p in [*(p for p in self.cover if not _is_cover(p.text)), *self.loose]
        ]
        return [*loose, *self.tables.unread]

    def _unit(self, projects: list[Project], whole: list[Project]) -> BudgetUnit:
        named = Counter(p.unit for p in [*projects, *whole] if p.unit.name)
        if named:
            common = named.most_common(1)[0][0]
            if len(named) == 1 or common.code:
                return common
        for paragraph in self.cover:
            found = _COVER_UNIT.match(paragraph.text) or _COMPILED.match(fold(paragraph.text))
            if found:
                code, name = coded_unit(found[1]) or (None, found[1].strip())
                return BudgetUnit(code, name)
        for paragraph in self.cover:
            if _UNIT_END.search(paragraph.text) and len(paragraph.text) < 40:
                code, name = coded_unit(paragraph.text) or (None, paragraph.text)
                return BudgetUnit(code, name)
        return named.most_common(1)[0][0] if named else BudgetUnit()

    def _year(self, projects: list[Project]) -> int | None:
        for paragraph in self.cover:
            if found := _TITLE_YEAR.search(paragraph.text):
                return _to_year(found[1])
        if self.year_hints:
            return _to_year(Counter(self.year_hints).most_common(1)[0][0])
        years = Counter(
            found[1] for p in projects if p.code and (found := _CODE_YEAR.match(p.code))
        )
        if years:
            return 2000 + int(years.most_common(1)[0][0])
        for paragraph in self.cover:
            if found := _YEAR.search(paragraph.text):
                return _to_year(found[1])
        return None

    def _nothing(self) -> ReadError:
        if not self.blocks.blocks:
            if self.blocks.pictures:
                return ReadError(
                    f"文件里没有文字，只有图片（{self.blocks.pictures} 张），可能是扫描件",
                    "请用文字识别软件转成 Word 文档再试",
                )
            return ReadError("文件里没有文字", "请确认文件保存完整")
        grids = sum(isinstance(block, Grid) for block in self.blocks.blocks)
        return ReadError(
            f"没有认出绩效文本的内容（读到 {grids} 个表、"
            f"{len(self.blocks.blocks) - grids} 段文字，没有绩效目标，也没有项目绩效目标表）",
            "请确认选对了文件；如果表的栏目名与通行的不同，可在标签表 labels.toml 中补充",
        )


def _is_cover(text: str) -> bool:
    """Tell whether a paragraph is of a cover: title, unit, date, what state the text is in."""
    return len(text) < 60 and bool(
        _COVER_TITLE.search(text)
        or _COVER_UNIT.match(text)
        or _COMPILED.match(fold(text))
        or _UNIT_END.search(text)
        or _DATE.match(fold(text))
        or _BRACKET_YEAR.match(text)
        or _YEAR.match(text)
        or "草案" in text
        or "审核" in text[:6]
    )


def _plain_title(name: str) -> str:
    return re.sub(r"^20\d\d年度?(?:部门)?预算?项目?(?=$)", "", name)


def _to_year(text: str) -> int | None:
    return int(text) if text.isdecimal() else numeral(text.replace("○", "〇"))


def _region(projects: list[Project], unit: BudgetUnit) -> Region:
    codes = Counter(p.code[:6] for p in projects if p.code and _CODE_YEAR.match(p.code))
    name = _REGION.match(unit.name) if unit.name else None
    return Region(codes.most_common(1)[0][0] if codes else None, name[1] if name else None)


def _without_listed(projects: list[tuple[object, Project]]) -> list[Project]:
    """Leave out what a list of the projects only names again."""
    full = {p.name for draft, p in projects if p.indicators}
    return [
        p
        for draft, p in projects
        if p.indicators or not getattr(draft, "is_listed", False) or p.name not in full
    ]
