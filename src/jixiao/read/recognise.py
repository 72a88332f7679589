"""Recognition: blocks of any format into a performance text. It knows the forms, no formats."""

from __future__ import annotations

import re

from jixiao.model import (
    BudgetUnit,
    PerformanceText,
    Place,
    Project,
    ReadingWarning,
    Unread,
)
from jixiao.model.errors import ReadError
from jixiao.read.blocks import Block, Blocks, Grid, Paragraph
from jixiao.read.cover import (
    BRACKET_YEAR,
    COVER_TITLE,
    is_cover,
    is_unit,
    plain_title,
    region_of,
    title_unit,
    title_year,
    unit_of,
    year_of,
)
from jixiao.read.entry_layout import is_entry_form
from jixiao.read.labels import (
    Label,
    coded_unit,
    fold,
    is_page_number,
    is_whole_department_title,
    label_of,
    labelled_parts,
    section_of,
    title_of,
    without_number,
)
from jixiao.read.part_one import safeguards, sub_objectives
from jixiao.read.tables import Tables

_TO_PAGE = re.compile(
    r"^(.*?\S)(?:[\s.…·．。_-]{2,}|\t+|\s|(?<=绩效目标表))"
    r"(?:\d{1,4}|[-—]\s*\d{1,4}\s*[-—]|错误\s*[!！]\s*未(?:定义书签|找到引用源)。?"
    r"|Error: Reference source not found)$",
    re.DOTALL,
)
_MONEY_AT_END = re.compile(r"[\s（(]*(?:金额)?单位\s*[：:]\s*(亿元|万元|千元|元)\s*[)）]?$")
_CONTINUED = re.compile(r"^[(（]?(?:续表?|接上页|接上表|转下页)")
_CONTINUED_ALONE = re.compile(r"^[(（]?(?:续表?[\d-]*|接上页|接上表|转下页)[)）]?$")
_HEADING = 12
_SECTION_KEYS = ("overall", "sub_objectives", "safeguards")


def recognise(blocks: Blocks, source: str) -> PerformanceText:
    """Return the performance text that the blocks of a file hold.

    Raises ReadError where nothing in the file is a part of one.
    """
    if is_entry_form(blocks):
        from jixiao.read.entry import read_entry

        return read_entry(blocks, source)
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
        self.year_hints: list[str] = []
        self.title_units: list[BudgetUnit] = []
        self.headless = 0  # headings of an indicator table that stand in no table

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
        """Contents run until one of their entries comes again, or words that are no entry."""
        if _TO_PAGE.match(block.text) or is_page_number(block.text):
            return True
        if len(block.text) > 80:
            return False
        section = section_of(block.text)
        for entry in listing:
            paged = _TO_PAGE.match(entry.text)
            text = paged[1] if paged else entry.text
            if fold(text) == fold(block.text) or (section and section_of(text) == section):
                return False
        return True

    def _end_listing(self, listing: list[Paragraph], block: Block | None) -> None:
        """Keep what was contents; what had no page number and never came again was text."""
        pages = [number for number, entry in enumerate(listing) if _TO_PAGE.match(entry.text)]
        again = isinstance(block, Paragraph) and len(block.text) <= 80
        last = pages[-1] + 1 if pages else len(listing) if again else 0
        for entry in listing[:last]:
            paged = _TO_PAGE.match(entry.text)
            self._list_entry(paged[1] if paged else entry.text)
        for entry in listing[last:]:
            self._paragraph(entry)

    def _list_entry(self, text: str) -> None:
        text = re.sub(r"[\s.…·．_]+$", "", text)
        if text and not is_page_number(text):
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
        if is_page_number(text):
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
        if _heads_indicators(text):
            self.headless += 1
            self._close_section()  # no objective goes on behind it
        if self.section in _SECTION_KEYS and not self.tables.expects_table:
            self.sections[self.section].append(block)
            return
        self._between(block)

    def _heading(self, role: str, rest: str, block: Paragraph) -> None:
        dropped = self.tables.drop_title()
        if dropped and dropped[0]:
            self.contents.append(dropped[0])
        self.tables.interrupt()
        if role == "part_one" and (found := title_year(block.text)):
            self.year_hints.append(found)
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
        name = plain_title(name)
        if not name and (found := title_year(block.text)):
            self.year_hints.append(found)
            if titled := title_unit(block.text):
                self.title_units.append(BudgetUnit(None, titled))
        whole = is_whole_department_title(block.text)
        if whole:
            name = ""
        place = block.place
        if not without_number(name) and not whole:
            above = self._line_above(block)
            if above is not None:
                name, place = above.text, above.place
        self._close_section()
        self.tables.title(name, place, whole=whole)

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
        if len(text) > 80 or text.endswith(("。", "；", "：", ":")) or COVER_TITLE.search(text):
            return None
        return pool.pop()

    def _close_section(self) -> None:
        if self.section in (None, *_SECTION_KEYS):
            self.section = "titles"

    def _between(self, block: Paragraph) -> None:
        """Place a paragraph that stands outside part one's sections."""
        text = block.text
        if _CONTINUED_ALONE.match(fold(text)):
            return
        parts = labelled_parts(text)
        if len(parts) > 1:
            for part in parts:
                self._between(Paragraph(part, block.number, block.page))
            return
        label = label_of(text)
        if label is not None and label.money_unit and not label.field:
            self._money(label.money_unit)
            return
        if label is not None and label.field and label.inline is None and self.section:
            return  # a label, and nothing said of it
        if found := BRACKET_YEAR.match(text):
            self.year_hints.append(found[1])
            return
        if self._is_unit_line(block):
            return
        if label is not None and label.inline and label.field and self.section is not None:
            self.tables.beside(label, block.place)
            return
        if self.section is None:
            self.cover.append(block)
        else:
            self.loose.append(block)
            if not _CONTINUED.match(fold(text)):
                self.tables.interrupt()

    def _money(self, unit: str) -> None:
        self.money_unit = self.money_unit or unit
        self.tables.money(unit)

    def _is_unit_line(self, block: Paragraph) -> bool:
        """Take the line over a table that names unit and money: 976001…中心      单位：万元."""
        text = block.text
        money = _MONEY_AT_END.search(text)
        name = text[: money.start()].strip() if money else text
        if len(name) > 50 or (money is None and self.section is None):
            return False
        label = label_of(name)
        if label is not None and label.field == "unit" and label.inline:
            name = label.inline
        both = coded_unit(name)
        if both is None and (money is None or not (_gap_before(money) or is_unit(name))):
            return False
        if money is not None:
            self._money(money[1])
        code, name = both or (None, name)
        if code:
            self.tables.beside(Label(field="unit_code", inline=code), block.place)
        self.tables.beside(Label(field="unit", inline=name), block.place)
        return True

    # ── putting it together ────────────────────────────────────────────────
    def _finish(self, source: str) -> PerformanceText:
        tables = self.tables
        tables.end()
        if (dropped := tables.drop_title()) and dropped[0]:
            self.loose.append(Paragraph(dropped[0], dropped[1].paragraph or 0))
        department = [d for d in tables.drafts if d.is_department]
        drafts = [d for d in tables.drafts if d not in department and not d.is_empty]
        projects = _without_listed([(d, d.finish(self.money_unit)) for d in drafts])
        whole = [d.finish(self.money_unit) for d in department]
        warnings = [
            *self.blocks.warnings,
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
        if self.headless > 1:
            warnings.append(
                ReadingWarning(
                    "一级指标、三级指标等栏目名不在表格里，可能转换格式时丢了表格，"
                    "其内容列为没有归类；请读原来的 Word、WPS 或网页文件"
                )
            )
        unit = unit_of(self.cover, [*(p.unit for p in [*projects, *whole]), tables.unit_before()])
        if not unit.name and self.title_units:
            unit = self.title_units[0]
        overall = "\n".join(p.text for p in self.sections.get("overall", ())) or None
        if overall is None and whole and whole[0].goals:
            overall = "\n".join(whole[0].goals)
        measures = safeguards(self.sections.get("safeguards", []))
        objectives = [
            *sub_objectives(self.sections.get("sub_objectives", [])),
            *tables.department.sub_objectives,
        ]
        place = dict(self.headings)
        for number, (_, where) in enumerate(measures):
            place[f"safeguards.{number}"] = where
        if not (projects or whole or overall or objectives or measures):
            raise self._nothing()
        return PerformanceText(
            source=source,
            year=year_of(self.cover, [*self.year_hints, *tables.years], projects),
            region=region_of(projects, unit),
            unit=unit,
            draft=any("草案" in p.text or "征求意见" in p.text for p in self.cover),
            overall=overall,
            sub_objectives=tuple(objectives),
            safeguards=tuple(text for text, _ in measures),
            tasks=tuple(tables.department.tasks),
            budget=tables.department.budget,
            indicators=tuple(i for d in whole for i in d.indicators),
            projects=tuple(projects),
            contents=tuple(self.contents),
            unread=tuple(self._unread()),
            warnings=tuple(warnings),
            place=place,
        )

    def _unread(self) -> list[Unread]:
        loose = [
            Unread(p.text, p.place, "不在文本的任何一部分")
            for p in [*(p for p in self.cover if not is_cover(p.text)), *self.loose]
        ]
        titles = [
            Unread(*draft.title, "标题下没有绩效目标表")
            for draft in self.tables.drafts
            if draft.is_empty and draft.title and draft.title[0]
        ]
        asides = [Unread(text, Place(), "脚注或尾注") for text in self.blocks.asides]
        return [*loose, *titles, *self.tables.unread, *asides]

    def _nothing(self) -> ReadError:
        if not self.blocks.blocks:
            if self.blocks.pictures:
                return ReadError(
                    f"文件里没有文字，只有图片（{self.blocks.pictures} 张），可能是扫描件",
                    "请用文字识别软件转成 Word 文档再试",
                )
            return ReadError("文件里没有文字", "请确认文件保存完整")
        if self.headless > 1:
            return ReadError(
                "文件里有一级指标、三级指标等栏目名，却没有表格，可能转成纯文本时丢了",
                "请读原来的 Word、WPS 或网页文件",
            )
        grids = sum(isinstance(block, Grid) for block in self.blocks.blocks)
        return ReadError(
            f"没有认出绩效文本的内容（读到 {grids} 个表、"
            f"{len(self.blocks.blocks) - grids} 段文字，没有绩效目标，也没有项目绩效目标表）",
            "请确认选对了文件；如果表的栏目名与通行的不同，可在标签表 labels.toml 中补充",
        )


def _gap_before(money: re.Match[str]) -> bool:
    """Tell whether 单位：万元 stands apart from what is before it, as 预算单位：… does not."""
    return not money[0].startswith(("单位", "金额"))


def _heads_indicators(text: str) -> bool:
    """Tell whether a paragraph is 一级, 二级 or 三级指标 and nothing more."""
    label = label_of(text) if len(text) <= _HEADING else None
    return (
        label is not None
        and label.inline is None
        and label.sure
        and not label.field
        and label.columns[:1] in (("level1",), ("level2",), ("name",))
    )


def _without_listed(projects: list[tuple[object, Project]]) -> list[Project]:
    """Leave out what a list of the projects only names again."""
    full = {fold(p.name or "") for draft, p in projects if p.indicators}
    return [
        p
        for draft, p in projects
        if p.indicators or not getattr(draft, "is_listed", False) or fold(p.name or "") not in full
    ]
