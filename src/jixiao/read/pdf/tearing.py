"""Rows that a page's end tore in two: which they are, and what their cells say in all."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from jixiao.read.labels import label_of
from jixiao.read.pdf.cells import FilledCell
from jixiao.read.pdf.lines import is_wide
from jixiao.read.pdf.wrapping import are_sentences_apart, between, is_full, item_number

_BRACKETED = re.compile(r"[（(][^（()）]*[)）]")
_CATEGORY = re.compile(r"[\u4e00-\u9fff]{2,12}指标")
_END_OF_CATEGORY = re.compile(r"[\u4e00-\u9fff]?指?标")

_ENDS = ("。", "；", ";", "！", "：", ":")
_OPERATORS = ("≥", "≤", "＝", "=", ">", "<", "＞", "＜")

Pairs = list[tuple[FilledCell, FilledCell]]


def is_torn(upper: Sequence[FilledCell], lower: Sequence[FilledCell], is_open: bool) -> bool:
    """Tell whether a page's first row goes on the last one of the page before.

    Every text that goes on must have run full on the page before. A row of which only one cell
    says anything, and none that begins a row, goes on even so: its text was ended there by its
    writer. ``is_open`` tells that no line closes the lower row at its top.
    """
    if [(c.column, c.end) for c in upper] != [(c.column, c.end) for c in lower]:
        return False
    if any(cell.hangs for cell in upper):  # the page's end closes cells that end there
        return is_open and all(cell.hangs for cell in upper)
    pairs = [(a, b) for a, b in zip(upper, lower, strict=True) if b.text]
    if not pairs:
        return False
    silent = [a for a, b in zip(upper, lower, strict=True) if a.text and not b.text]
    both = [(a, b) for a, b in pairs if a.text]
    if any(_are_categories(a, b) or _are_values(a, b) for a, b in both if _is_own(a, b)):
        return False
    single = [a for a in silent if a.rowspan == 1]
    if len(both) == len(pairs) and _is_cut_short(both, single):
        return True
    if (
        len(both) > 1
        and _is_label_row(both)
        and not any(label_of(a.text + b.text) for a, b in both)
    ):
        return False
    if len(both) == len(pairs) and _begins_silent(upper, lower) and not _is_label_row(both):
        return True
    if not both:
        return bool(single)
    if _is_unfinished(upper, lower):
        return True
    return all(_goes_on(a, b) or _is_next(a, b) for a, b in both) and (
        any(_goes_on(a, b) for a, b in both)
    )


def _is_own(upper: FilledCell, lower: FilledCell) -> bool:
    """Tell cells of one row alone, merged with none above or below."""
    return upper.rowspan == lower.rowspan == 1


def _is_cut_short(both: Pairs, silent: Sequence[FilledCell]) -> bool:
    """Tell a row that can be none by itself.

    Its first words only end a label or a category, or it has no label where labels stand above.
    """
    ends = [_ends_category(a, b) or is_torn_label(a, b) for a, b in both]
    rest = [pair for pair, is_end in zip(both, ends, strict=True) if not is_end]
    if _is_label_row(rest) or not all(_is_filled(a, b) for a, b in rest):
        return False
    if any(_is_own(a, b) for (a, b), is_end in zip(both, ends, strict=True) if is_end):
        return bool(rest) or not silent
    if not silent or any(label_of(b.text) is not None for _, b in both):
        return False
    return all(label_of(a.text) is not None for a in silent)


def _is_unfinished(upper: Sequence[FilledCell], lower: Sequence[FilledCell]) -> bool:
    """Tell a row of one cell beside a merged one, whose sentence has no end on the page before."""
    own = [(a, b) for a, b in zip(upper, lower, strict=True) if _is_own(a, b)]
    if len(own) != 1 or len(upper) == 1:
        return False
    said, more = own[0]
    return (
        bool(said.text and more.text)
        and not said.text.endswith(_ENDS)
        and item_number(more.text) is None
        and label_of(said.text) is None
        and label_of(more.text) is None
        and _is_filled(said, more)
    )


def _ends_category(upper: FilledCell, lower: FilledCell) -> bool:
    """Tell the last letters of a category: 服务对象满意度指│标."""
    return (
        _END_OF_CATEGORY.fullmatch(lower.text) is not None
        and not upper.text.endswith("指标")
        and _CATEGORY.fullmatch(upper.text + lower.text) is not None
    )


def _are_categories(upper: FilledCell, lower: FilledCell) -> bool:
    """Tell two categories, of which neither goes on the other: 经济效益指标│可持续影响指标."""
    return all(_CATEGORY.fullmatch(cell.text) is not None for cell in (upper, lower))


def _are_values(upper: FilledCell, lower: FilledCell) -> bool:
    """Tell two target values: each begins with a sign that none has in its middle."""
    return upper.text.startswith(_OPERATORS) and lower.text.startswith(_OPERATORS)


def _begins_silent(upper: Sequence[FilledCell], lower: Sequence[FilledCell]) -> bool:
    """Tell whether a row's first cell says nothing, and what it says goes on full cells above.

    A row of its own begins with words, or says more than it leaves out.
    """
    first = next(
        ((a, b) for a, b in zip(upper, lower, strict=True) if _is_own(a, b) and (a.text or b.text)),
        None,
    )
    if first is None or not first[0].text or first[1].text:
        return False
    said = [(a, b) for a, b in zip(upper, lower, strict=True) if b.text]
    silent = sum(
        bool(a.text) and not b.text and _is_own(a, b) for a, b in zip(upper, lower, strict=True)
    )
    own = sum(_is_own(a, b) for a, b in said)
    if own > 1 and own >= silent:
        return False
    return all(_is_filled(a, b) for a, b in said) and any(
        map(str.isalnum, "".join(b.text for _, b in said))
    )


def _is_label_row(pairs: Sequence[tuple[FilledCell, FilledCell]]) -> bool:
    """Tell the heads of columns, which no words of a row go on."""
    return all(label_of(a.text) is not None for a, _ in pairs)


def _goes_on(upper: FilledCell, lower: FilledCell) -> bool:
    """Tell whether a text may have been torn: its cell was full."""
    return upper.spare < 1.0 and _ran_full(upper, lower)


def _is_filled(upper: FilledCell, lower: FilledCell) -> bool:
    """Tell whether no further line stood in a cell.

    Programs leave one out so that no line of a paragraph stands alone at a page's end or top.
    """
    alone = upper.head is upper.tail or lower.head is lower.tail
    return upper.spare < (1.0 if alone else 2.0)


def _ran_full(upper: FilledCell, lower: FilledCell) -> bool:
    """Tell whether a text's last line ran full, or is a label in two."""
    if upper.tail is None or lower.head is None:
        return False
    if _is_stack(upper) and _is_stack(lower) and (upper.tail.is_stacked or lower.head.is_stacked):
        return True
    if is_full(upper.tail, lower.head, upper.left, upper.right):
        return True
    joined = label_of(upper.text + lower.text)
    return joined is not None and joined.inline is None and joined.names


def _is_stack(cell: FilledCell) -> bool:
    """Tell characters set under one another, be it the last of them alone."""
    if cell.tail is None:
        return False
    return cell.tail.is_stacked or (len(cell.text) == 1 and is_wide(cell.text))


def _is_next(upper: FilledCell, lower: FilledCell) -> bool:
    """Tell whether the next item of a list begins."""
    item = item_number(lower.text)
    numbers = [n for line in upper.text.split("\n") if (n := item_number(line)) is not None]
    return item is not None and bool(numbers) and item == numbers[-1] + 1


def torn_groups(
    above: Mapping[tuple[int, int], FilledCell], lower: Sequence[FilledCell]
) -> set[int]:
    """Return the columns of merged cells that go on although the row beside them is a new one.

    Cells merged over the same rows go on together. Some have said all they say: a new group of
    rows would say something there too.
    """
    groups: dict[tuple[int, int], list[tuple[FilledCell, FilledCell]]] = {}
    for cell in lower:
        upper = above.get((cell.column, cell.end))
        if upper is not None and (upper.rowspan > 1 or cell.rowspan > 1):
            key = (cell.rowspan, upper.rowspan if cell.rowspan == 1 else 0)
            groups.setdefault(key, []).append((upper, cell))
    found: set[int] = set()
    for pairs in groups.values():
        silent = sum(bool(upper.text) and not cell.text for upper, cell in pairs)
        said = [
            (upper, cell)
            for upper, cell in pairs
            if upper.text and cell.text and not _are_categories(upper, cell)
        ]
        going = [_goes_on(upper, cell) or _is_next(upper, cell) for upper, cell in said]
        if silent and said and (all(going) or any(going) or silent > 1):
            found.update(cell.column for _, cell in said)
    return found


def is_torn_label(upper: FilledCell, lower: FilledCell) -> bool:
    """Tell a merged cell's label that a page tore although it tore no row: 预算规模及资金用│途."""
    if _ends_category(upper, lower):
        return True
    if not upper.text or not lower.text or upper.column > 1:
        return False
    whole, first, second = map(label_of, (upper.text + lower.text, upper.text, lower.text))
    if whole is not None and whole.names and _BRACKETED.fullmatch(lower.text):
        return True  # 项目资金│（万元）
    is_whole = whole is not None and whole.names and whole.inline is None
    if is_whole and (first is None or second is None):
        return _goes_on(upper, lower)  # 绩效│指标
    if first is not None or second is not None or not _goes_on(upper, lower):
        return False
    if upper.tail is not None and (upper.tail.is_stacked or _is_stack(lower)):
        return True
    return len(lower.text) <= 2 and all(map(is_wide, lower.text))


def whole(upper: FilledCell, lower: FilledCell) -> str:
    """Return the text of a cell that a page tore."""
    if not upper.text or upper.tail is None or lower.head is None:
        return upper.text or lower.text
    if (
        _is_next(upper, lower)
        or not _ran_full(upper, lower)
        or (
            upper.text.endswith("。")
            and are_sentences_apart(f"{upper.text}\n{lower.text}".split("\n"))
        )
    ):
        return f"{upper.text}\n{lower.text}"
    gap = between(upper.tail, lower.head, upper.left, upper.right)
    return upper.text + gap + lower.text
