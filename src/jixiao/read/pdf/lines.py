"""Lines of writing: characters put in order, blanks where the writing leaves room for one."""

from __future__ import annotations

import itertools
import string
from collections.abc import Sequence
from operator import sub

import msgspec

from jixiao.read.pdf.characters import BARE, is_bare
from jixiao.read.pdf.writing import PARTED, Writing, rows_of, together

NO_START = frozenset("，。、；：？！）》〉」』】〕］｝”’％‰℃,.;:?!)]}%·…—～")
"""Signs that no line begins with: they stay with the character before them."""

NO_END = frozenset("（《〈「『【〔［｛“‘([{¥￥$")
"""Signs that no line ends with."""

_QUOTES = frozenset("“”‘’\"'")

_RUN = frozenset((*string.ascii_letters, *string.digits, *"-./_", ""))
"""What a run of figures and Latin letters is made of."""

LATIN_GAP = 0.18
"""Ems between two Latin letters or figures that are two words; within one they are under 0.1."""

WIDE_GAP = 0.7
"""Ems between any two characters that a blank was left between. Between Chinese and figures
programs leave a quarter, and justified lines stretch up to half an em."""

COLUMN_GAP = 1.6
"""Ems from which on two things stand beside each other: a tab, or columns of a list."""


BESIDE = 0.25
"""The share of characters set under one another that stand beside the one before them at most."""


class Line(msgspec.Struct, gc=False):
    """A line: its words and box, and what tells whether it ran full.

    ``em`` is the size of its writing. ``head`` is how wide that is which must stay together at
    its beginning, ``first`` its first character; ``is_run`` tells a line of one unbroken run of
    figures and Latin letters at its end from the beginning on; ``parts`` are the places from
    where to where its words stand between wide gaps.
    """

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    em: float
    head: float
    first: float
    is_run: bool
    is_stacked: bool = False
    sure: float = 1.0


def is_latin(character: str) -> bool:
    """Tell a Latin letter or a figure of the half-width alphabet."""
    return character.isascii() and character.isalnum()


def is_chinese(character: str) -> bool:
    """Tell a Chinese character."""
    return "\u3400" <= character <= "\u9fff"


def is_wide(character: str) -> bool:
    """Tell a character of the full width: Chinese, or its punctuation."""
    return character > "\u2e7f" or character in "“”‘’…—·"


def lines_of(runs: Sequence[Writing]) -> list[Line]:
    """Return the lines that characters make, from top to bottom.

    Writing that is turned is read in its own direction; characters set under one another are one
    line.
    """
    if len(runs) == 1 and not runs[0].turn:
        line = line_of(runs[0])  # what was written on without a gap is one
        return [] if line is None else [line]
    runs = _upright(runs)
    rows = rows_of(runs)
    # Columns of upright writing are few; lines of words have more characters.
    count = sum([len(run.texts) for run in runs])
    if len(rows) > 1 and count < 4 * len(rows) and (stacked := _stacked(runs)) is not None:
        return stacked
    return [line for row in rows if (line := line_of(row)) is not None]


def _upright(runs: Sequence[Writing]) -> Sequence[Writing]:
    """Turn writing the right way up, by the direction that most of it has."""
    for run in runs:
        if run.turn:
            break
    else:
        return runs
    turns = [0, 0, 0, 0]
    for run in runs:
        turns[run.turn] += len(run.texts)
    turn = turns.index(max(turns))
    if turn == 0 or 2 * turns[turn] < sum(turns):
        return runs
    return [run.turned(turn) for run in runs]


def _stacked(runs: Sequence[Writing]) -> list[Line] | None:
    """Return the columns of upright writing that runs from top to bottom, right to left."""
    if _stand_beside(runs):
        return None
    said = together(runs).said()
    count = len(said.texts)
    if count < 2 or not _run_down(said):
        return None
    if sum(map(is_wide, said.texts)) * 2 < count:
        return None
    rows = rows_of([said])
    if len(rows) > 1 and max(len(row.texts) for row in rows) * len(rows) > 3 * count:
        return None
    if count > 1.6 * len(rows):  # several columns, from right to left
        rows = rows_of([said.turned(1)])
    text = "".join(itertools.chain.from_iterable(row.texts for row in rows))
    em = max(map(sub, said.y1s, said.y0s))
    x0, y0, x1, y1 = min(said.x0s), min(said.y0s), max(said.x1s), max(said.y1s)
    return [Line(text, x0, y0, x1, y1, em, em, em, False, is_stacked=True)]


def _stand_beside(runs: Sequence[Writing]) -> bool:
    """Tell at a look that many characters stand beside the one before: they were written on."""
    beside = sum(
        len(run.texts) - 1
        for run in runs
        if run.is_run and run.blanks is None and min(run.widths) > 2 * PARTED
    )
    return beside > BESIDE * (sum(len(run.texts) for run in runs) - 1)


def _run_down(said: Writing) -> bool:
    """Tell whether nearly all characters stand below the one before them."""
    beside = BESIDE * (len(said.texts) - 1)
    boxes = zip(said.x0s, said.y0s, said.x1s, said.y1s, strict=True)
    for (ax0, ay0, ax1, ay1), (bx0, by0, bx1, by1) in itertools.pairwise(boxes):
        shared = min(ax1, bx1) - max(ax0, bx0)
        is_under = (by0 + by1) / 2 > (ay0 + ay1) / 2 + 0.3 * (ay1 - ay0)
        if not is_under or shared <= 0.5 * min(ax1 - ax0, bx1 - bx0):
            beside -= 1
            if beside < 0:
                return False
    return True


def line_of(row: Writing) -> Line | None:
    """Return the line of characters that stand from left to right, None where all are blanks."""
    said = row if row.blanks is None else row.said()
    texts = said.texts
    if not texts:
        return None
    em = _em(said)
    if said.is_run and LATIN_GAP * em > PARTED:  # most lines: no gap in it is a blank
        text, is_tight = "".join(texts), True
    else:
        text, is_tight = _spaced_out(row, said, em)
    head = first = said.widths[0]
    is_run = False
    if not is_chinese(texts[0]):
        is_run = is_tight and texts[0] < "\x7f" and _RUN.issuperset(texts)
        head = _head(said, em)
    elif len(texts) > 1 and not is_chinese(texts[1]):
        head = _head(said, em)
    x0, x1 = said.x0s[0], said.x1s[-1]
    return Line(text, x0, said.top, x1, said.bottom, em, head, first, is_run)


def _spaced_out(row: Writing, said: Writing, em: float) -> tuple[str, bool]:
    """Return what a line says that may have gaps, and whether it has none."""
    # From the left side of each to the right side of the one before it.
    gaps = list(map(sub, said.x0s[1:], said.x1s))
    widest = max(gaps) if gaps else 0.0
    if said is row and widest < LATIN_GAP * em:
        return "".join(said.texts), True
    text = _spaced(row, em, _spread(gaps, em), _stretch(said.texts, gaps))
    return text, widest <= LATIN_GAP * em


def _stretch(texts: Sequence[str], gaps: Sequence[float]) -> float:
    """Return the usual room between two Chinese characters of a line: more where it is justified."""
    chinese = sorted(
        gap
        for before, after, gap in zip(texts, texts[1:], gaps, strict=False)
        if is_chinese(before) and is_chinese(after)
    )
    return max(0.0, chinese[len(chinese) // 2]) if chinese else 0.0


def _spaced(row: Writing, em: float, spread: float, stretch: float) -> str:
    """Return the words of a line, with blanks where it has them or leaves room for them.

    Some programs draw no blanks. Between Chinese characters a gap is one that is wider than the
    line's others; between Chinese and figures programs leave such a gap of their own.
    """
    words: list[str] = []
    before, right = "", 0.0  # the last character that is no blank
    blanks: list[str] = []
    width = 0.0  # of the blanks
    is_blank = row.blanks or itertools.repeat(False)
    for text, x0, x1, blank in zip(row.texts, row.x0s, row.x1s, is_blank, strict=False):
        if blank:
            blanks.append(text)
            width += x1 - x0
            continue
        if words:
            gap = x0 - right - spread
            if blanks:
                blanks *= _times(blanks, gap, width)
            elif gap >= LATIN_GAP * em:
                words.append(_blank(before, text, gap / em, stretch / em))
        words += blanks
        words.append(text)
        before, right, width = text, x1, 0.0
        blanks = []
    return "".join(words + blanks[:1])


def _em(said: Writing) -> float:
    """Return the size of writing: a Chinese character is as wide as it is high."""
    texts, widths = said.texts, said.widths
    size = max(widths)
    if "\u4e00" <= texts[widths.index(size)] <= "\u9fff":
        return size if size > 1.0 else 1.0
    wide = [
        width for text, width in zip(texts, widths, strict=True) if "\u4e00" <= text <= "\u9fff"
    ]
    size = max(wide) if wide else max(map(sub, said.y1s, said.y0s)) / 1.25
    return size if size > 1.0 else 1.0


def _spread(gaps: Sequence[float], em: float) -> float:
    """Return the room between any two characters of a line that is drawn apart (分散对齐)."""
    if len(gaps) < 2:
        return 0.0
    least, most = min(gaps), max(gaps)
    return least if least > 0.3 * em and most - least < 0.6 * em else 0.0


def _blank(before: str, after: str, gap: float, stretch: float) -> str:
    if gap >= COLUMN_GAP:
        return "\t"
    if gap >= WIDE_GAP:
        return " "
    if is_chinese(before) and is_chinese(after):
        bare = BARE * (is_bare(before) + is_bare(after))
        return " " if gap - stretch >= LATIN_GAP + bare else ""
    latin = not is_wide(before) and not is_wide(after)
    return " " if latin and gap >= LATIN_GAP else ""


def _times(blanks: list[str], gap: float, width: float) -> int:
    """Return how many blanks stand where the file has one, drawn once for several."""
    if len(blanks) != 1 or width <= 0.5 or gap < 1.8 * width:
        return 1
    times = round(gap / width)
    return times if times <= 40 and abs(gap / width - times) < 0.12 else 1


def _head(said: Writing, em: float) -> float:
    """Return how wide that is which a line break may not part at the beginning of a line."""
    texts, x0s, x1s = said.texts, said.x0s, said.x1s
    end, last = 0, len(texts) - 1
    while end < last and _holds(texts[end], texts[end + 1], x0s[end + 1] - x1s[end], em):
        end += 1
    return x1s[end] - x0s[0]


def _holds(one: str, other: str, gap: float, em: float) -> bool:
    """Tell whether no line ends between two characters (Unicode Standard Annex 14, simplified)."""
    if other in NO_START or one in NO_END or one in _QUOTES or other in _QUOTES:
        return True
    if is_wide(one) or is_wide(other) or one in "-/":
        return False
    return gap < LATIN_GAP * em
