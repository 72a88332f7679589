"""What the labels on the forms mean. The labels themselves are data: ``data/labels.toml``."""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib import resources

import msgspec

_LABELS = tomllib.loads(
    (resources.files("jixiao.read") / "data" / "labels.toml").read_text(encoding="utf-8")
)

LONGEST = 24
"""No label has more characters than this once folded; a longer cell is content."""

# the gap before a label that follows another on its line
_NEXT_LABEL = re.compile(r"(?:[ \xa0]{2,}|[\t\u3000])[ \t\xa0\u3000]*(?=[^\s:：]{2,12}[:：])")
_COLON = re.compile("[:：]")
_LABEL_YEAR = re.compile(r"^(?:20\d\d)年?度?(?=[^底末])")
_BLANKS = re.compile(r"[\s\u3000]+")
_WIDTH = str.maketrans("（）：％－—–／【】［］", "():%---/[][]")
_BRACKETS = re.compile(r"[(\[][^()\[\]]*[)\]]")
_MONEY_IN_LABEL = re.compile(
    r"[(\[](?:单位:?|金额:?|金额单位:?)?(亿元|万元|千元|元)[^()\[\]]{0,6}[)\]]"
)
_ENUMERATION = re.compile(
    r"^(?:第[一二三四五六七八九十\d]{1,3}(?:部分|章|篇)[、:]?|[一二三四五六七八九十]{1,3}[、.．:]|[(][一二三四五六七八九十\d]{1,3}[)]、?|\d{1,2}[、.．)])"
)
_MONEY_UNIT = re.compile(r"^[(\[]?(?:金额)?(?:计量)?单位:?(?:人民币)?:?(亿元|万元|千元|元)[)\]]?$")
_CHECKPOINT = re.compile(
    r"^(?:截至|截止|至|到)?(?:\d{4}年)?(?:1[-至到~])?(\d{1,2})月(?:份)?(?:底|末|底前|末前)?(?:前)?"
    r"(?:累计)?(?:支出|支付|执行)?(?:进度|比例|计划)?$"
)
_QUARTERS = {
    "一季度": "03", "第一季度": "03", "1季度": "03", "第1季度": "03", "一季度末": "03",
    "二季度": "06", "第二季度": "06", "2季度": "06", "第2季度": "06", "上半年": "06", "二季度末": "06", "半年": "06",
    "三季度": "09", "第三季度": "09", "3季度": "09", "第3季度": "09", "三季度末": "09",
    "四季度": "12", "第四季度": "12", "4季度": "12", "第4季度": "12", "全年": "12", "年底": "12", "四季度末": "12",
}  # fmt: skip
_PAGE_NUMBER = re.compile(
    r"^[-—–－\s]*\d{1,3}[-—–－\s]*$|^第\s*\d{1,4}\s*页(?:\s*[,，/]?\s*共\s*\d+\s*页)?$|^\d+\s*/\s*\d+$"
)
# LibreOffice leaves an X where a Word document marks an entry of the contents (field TC).
_LEFT_MARK = re.compile(r"(?<=[\u4e00-\u9fff])X$")
_GOAL = re.compile(
    r"^(?:年度|绩效|总体|分项)?目标(?:内容)?(?:[\d一二三四五六七八九十]{1,3}|[(][\d一二三四五六七八九十]{1,3}[)])$"
)
_CODED_UNIT = re.compile(r"^\[?(\d{3,12})\]?[-—_ ]{0,3}([\u4e00-\u9fff].*)$", re.DOTALL)


class Label(msgspec.Struct, frozen=True, gc=False):
    """What a cell's text says as a label.

    ``columns`` are the roles that it can head as a column, the wanted one first; ``field`` is the
    project field that it names; ``money_unit`` a unit of money it states; ``checkpoint`` a month
    of the plan ("06"); ``goal`` tells a numbered goal label (目标1); ``inline`` is the value where
    label and value share the cell (项目名称：…), ``title`` the label there.
    """

    columns: tuple[str, ...] = ()
    sure: bool = True
    field: str | None = None
    money_unit: str | None = None
    checkpoint: str | None = None
    goal: bool = False
    inline: str | None = None
    title: str = ""

    @property
    def names(self) -> bool:
        """Whether it names something, rather than only stating a unit of money."""
        return bool(self.field or self.columns or self.checkpoint or self.goal)

    @property
    def name(self) -> str:
        """The label that shares its cell with a value, on one line."""
        return "".join(self.title.split())


def _by_label(table: dict[str, list[str]]) -> dict[str, str]:
    return {fold(label): role for role, labels in table.items() for label in labels}


@lru_cache(maxsize=8192)
def fold(text: str) -> str:
    """Return a label without white space, in half-width brackets and colons, bare of its colon."""
    return _BLANKS.sub("", text).translate(_WIDTH).rstrip(":").removeprefix("*")


_COLUMNS = _by_label(_LABELS["columns"])
_EITHER = {fold(label): tuple(roles) for label, roles in _LABELS["columns_either"].items()}
_FIELDS = _by_label(_LABELS["fields"])
_SECTIONS = _by_label(_LABELS["sections"])
_PARTS = _by_label(_LABELS["parts"])
_TITLES = sorted((fold(suffix) for suffix in _LABELS["titles"]["suffixes"]), key=len, reverse=True)
_WHOLE = tuple(fold(title) for title in _LABELS["titles"]["whole"])
_SUMS = frozenset(map(fold, _LABELS["titles"]["sums"]))
_GROUPS = frozenset(role for role in _LABELS["fields"] if role.endswith("_group"))


def is_group(field: str | None) -> bool:
    """Tell whether a field only names a group of others (资金支出计划)."""
    return field in _GROUPS


def is_page_number(text: str) -> bool:
    """Tell whether words are only the number of a page: - 3 -, 第3页 共9页."""
    return _PAGE_NUMBER.match(text) is not None


def is_sum(text: str) -> bool:
    """Tell whether a row's label says that the row adds others up (合计)."""
    return len(text) <= LONGEST and fold(text) in _SUMS


@lru_cache(maxsize=16_384)
def label_of(text: str) -> Label | None:
    """Return what a cell's text means as a label, None where it is content."""
    if not text:
        return None
    if len(text) > 3 * LONGEST:
        return _inline(text)
    folded = fold(text)
    if not folded or len(folded) > 2 * LONGEST:
        return _inline(text)
    unit = _MONEY_UNIT.match(folded)
    if unit:
        return Label(money_unit=unit[1])
    money = _MONEY_IN_LABEL.search(folded)
    money_unit = money[1] if money else None
    bare = folded.replace(":", "")
    plain = _BRACKETS.sub("", bare)
    numberless = _ENUMERATION.sub("", plain)
    for key in dict.fromkeys((folded, bare, plain, numberless, _LABEL_YEAR.sub("", numberless))):
        found = _exact(key, money_unit)
        if found:
            return found
    return _inline(text)


def _exact(key: str, money_unit: str | None) -> Label | None:
    if not key or len(key) > LONGEST:
        return None
    if checkpoint := _QUARTERS.get(key):
        return Label(checkpoint=checkpoint)
    if (month := _CHECKPOINT.match(key)) and 1 <= int(month[1]) <= 12:
        return Label(checkpoint=f"{int(month[1]):02}")
    if _GOAL.match(key):
        return Label(goal=True)
    column, either, field = _COLUMNS.get(key), _EITHER.get(key), _FIELDS.get(key)
    if column or either or field:
        columns = (column,) if column else either or ()
        return Label(columns, column is not None, field, money_unit)
    return None


def _inline(text: str) -> Label | None:
    """项目名称：村道维修 says label and value in one cell; 其中：财政拨款：500 has two colons."""
    for found in _COLON.finditer(text, 0, 2 * LONGEST):
        head, rest = text[: found.start()], text[found.end() :].strip()
        if not rest or len(head) > LONGEST:
            return None
        label = _exact(_BRACKETS.sub("", fold(head).replace(":", "")), None)
        if label is not None and label.field and not is_group(label.field):
            return Label(field=label.field, inline=rest, title=head)
    return None


def labelled_parts(text: str) -> list[str]:
    """Return the parts of a line that pairs labels with values: 填报人：张三    联系电话：….

    A line with any other part is one part.
    """
    parts = _NEXT_LABEL.split(text)
    return parts if len(parts) > 1 and all(map(_is_pair, parts)) else [text]


def _is_pair(text: str) -> bool:
    label = label_of(text)
    return label is not None and bool(label.field or label.money_unit)


@lru_cache(maxsize=8192)
def section_of(text: str) -> tuple[str, str] | None:
    """Return the section that a paragraph opens and what follows the heading in it, or None."""
    text = _LEFT_MARK.sub("", text)
    if len(text) <= 3 * LONGEST:
        folded = _BRACKETS.sub("", _plain_heading(text))
        if folded in _SECTIONS:
            return _SECTIONS[folded], ""
        if not folded and fold(text).startswith("第"):
            return "part", ""  # 第一部分 alone on its line
    head, colon, rest = text.replace(":", "：", 1).partition("：")
    if colon and len(head) <= LONGEST and rest.strip():
        role = _SECTIONS.get(_plain_heading(head))
        if role in ("overall", "sub_objectives", "safeguards"):
            return role, rest.strip()
    return None


def _plain_heading(text: str) -> str:
    folded = fold(text)
    for _ in range(2):  # 第一部分 一、总体绩效目标
        folded = _ENUMERATION.sub("", folded)
    return folded.rstrip("。.;；")


def part_of(text: str) -> tuple[str, str] | None:
    """Return the part of a sub-objective that a paragraph opens (绩效目标：…) and the rest of it."""
    head, colon, rest = text.replace(":", "：", 1).partition("：")
    role = _PARTS.get(_ENUMERATION.sub("", fold(head))) if len(head) <= LONGEST else None
    if role and (colon or not _ENUMERATION.match(fold(head))):
        return role, rest.strip()
    return None


@lru_cache(maxsize=8192)
def title_of(text: str) -> str | None:
    """Return the project name in a table's title, "" where it has none, None where it is no title.

    1.村道维修项目绩效目标表 → 村道维修项目; 项目支出绩效目标表（2024年度） → "".
    """
    if len(text) > 200 or ("绩效" not in text and "效" not in text[-12:]):
        return None
    folded = fold(_LEFT_MARK.sub("", text))
    core = re.sub(r"(?:[(\[][^()\[\]]*[)\]])+$", "", folded)
    for suffix in _TITLES:
        if core.endswith(suffix):
            words = len(core) - len(suffix)
            return _take(text, words).strip()
    return None


@lru_cache(maxsize=8192)
def is_whole_department_title(text: str) -> bool:
    """Tell whether a title is that of a 部门（单位）整体支出绩效目标申报表."""
    folded = _BRACKETS.sub("", fold(text))
    return any(title in folded for title in _WHOLE)


def _take(text: str, count: int) -> str:
    """Return the start of a text that holds ``count`` characters besides white space."""
    for end, char in enumerate(text):
        if count == 0:
            return text[:end]
        if not char.isspace() and char != "\u3000":
            count -= 1
    return text


def without_number(title: str) -> str:
    """Return a title without the number before it: 1.村道维修 → 村道维修."""
    return re.sub(
        r"^\s*(?:\d{1,3}\s*[、.．)）](?!\d{1,3}\D)|[(（]\d{1,3}[)）]|[一二三四五六七八九十]{1,3}、)\s*",
        "",
        title,
    )


def coded_unit(text: str) -> tuple[str, str] | None:
    """Return code and name of a cell such as 976001怀来县官厅库区建设管理中心, None if it is none."""
    if len(text) > 80:
        return None
    found = _CODED_UNIT.match(text.strip())
    if not found or found[2][0] in "年月日个人元万亿项次条":
        return None
    return found[1], found[2].strip()
