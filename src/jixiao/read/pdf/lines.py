"""Lines of writing: characters put in order, blanks where the writing leaves room for one."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from operator import sub

import msgspec

from jixiao.read.pdf.glyphs import BARE, Glyph, is_bare

NO_START = frozenset("，。、；：？！）》〉」』】〕］｝”’％‰℃,.;:?!)]}%·…—～")
"""Signs that no line begins with: they stay with the character before them."""

NO_END = frozenset("（《〈「『【〔［｛“‘([{¥￥$")
"""Signs that no line ends with."""

_QUOTES = frozenset("“”‘’\"'")

LATIN_GAP = 0.18
"""Ems between two Latin letters or figures that are two words; within one they are under 0.1."""

WIDE_GAP = 0.7
"""Ems between any two characters that a blank was left between. Between Chinese and figures
programs leave a quarter, and justified lines stretch up to half an em."""

COLUMN_GAP = 1.6
"""Ems from which on two things stand beside each other: a tab, or columns of a list."""


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


def lines_of(glyphs: Sequence[Glyph]) -> list[Line]:
    """Return the lines that characters make, from top to bottom.

    Writing that is turned is read in its own direction; characters set under one another are one
    line.
    """
    if not glyphs:
        return []
    glyphs = _upright(glyphs)
    rows = rows_of(glyphs)
    # Columns of upright writing are few; lines of words have more characters.
    if len(rows) > 1 and len(glyphs) < 4 * len(rows) and (stacked := _stacked(glyphs)) is not None:
        return stacked
    return [line for row in rows if (line := line_of(row)) is not None]


def _upright(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """Turn writing the right way up, by the direction that most of it has."""
    if not any(glyph.turn for glyph in glyphs):
        return glyphs
    turns = [0, 0, 0, 0]
    for glyph in glyphs:
        turns[glyph.turn] += 1
    turn = turns.index(max(turns))
    if turn == 0 or 2 * turns[turn] < len(glyphs):
        return glyphs
    return [_turned(glyph, turn) for glyph in glyphs]


def _turned(g: Glyph, turn: int) -> Glyph:
    if turn == 1:
        return Glyph(g.text, g.y0, -g.x1, g.y1, -g.x0)
    if turn == 2:
        return Glyph(g.text, -g.x1, -g.y1, -g.x0, -g.y0)
    return Glyph(g.text, -g.y1, g.x0, -g.y0, g.x1)


def _stacked(glyphs: Sequence[Glyph]) -> list[Line] | None:
    """Return the columns of upright writing that runs from top to bottom, right to left."""
    said = [glyph for glyph in glyphs if not glyph.is_blank]
    if len(said) < 2:
        return None
    beside = 0.25 * (len(said) - 1)  # so many may stand beside the one before them
    for above, below in itertools.pairwise(said):
        shared = min(above.x1, below.x1) - max(above.x0, below.x0)
        is_under = below.y > above.y + 0.3 * (above.y1 - above.y0)
        if not is_under or shared <= 0.5 * min(above.x1 - above.x0, below.x1 - below.x0):
            beside -= 1
            if beside < 0:
                return None
    if sum(is_wide(glyph.text) for glyph in said) * 2 < len(said):
        return None
    rows = rows_of(said)
    if len(rows) > 1 and max(map(len, rows)) * len(rows) > 3 * len(said):
        return None
    if len(said) > 1.6 * len(rows):  # several columns, from right to left
        rows = rows_of([_turned(glyph, 1) for glyph in said])
    text = "".join(glyph.text for row in rows for glyph in row)
    x0, x1 = min(g.x0 for g in said), max(g.x1 for g in said)
    y0, y1 = min(g.y0 for g in said), max(g.y1 for g in said)
    em = max(g.y1 - g.y0 for g in said)
    return [Line(text, x0, y0, x1, y1, em, em, em, False, is_stacked=True)]


def rows_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Group characters that stand on one line, from top to bottom; each line from left to right."""
    rows: list[list[Glyph]] = []
    row: list[Glyph] = []
    top = bottom = 0.0
    for glyph in sorted(glyphs, key=_level):
        y0, y1 = glyph.y0, glyph.y1
        shared = (bottom if bottom < y1 else y1) - (top if top > y0 else y0)
        height = y1 - y0
        if row and 2 * shared >= (height if height < bottom - top else bottom - top):
            row.append(glyph)
            if height > bottom - top:
                top, bottom = y0, y1
        else:
            row = [glyph]
            rows.append(row)
            top, bottom = y0, y1
    for row in rows:
        if len(row) > 1:
            row.sort(key=_across)
    return rows


def _level(glyph: Glyph) -> float:
    return glyph.y0 + glyph.y1


def _across(glyph: Glyph) -> float:
    return glyph.x0 + glyph.x1


def line_of(row: Sequence[Glyph]) -> Line | None:
    """Return the line of characters that stand from left to right, None where all are blanks."""
    said = [glyph for glyph in row if not glyph.is_blank]
    if not said:
        return None
    texts = [glyph.text for glyph in said]
    em = _em(said)
    # From the left side of each to the right side of the one before it.
    gaps = [*map(sub, [glyph.x0 for glyph in said[1:]], [glyph.x1 for glyph in said])]
    widest = max(gaps, default=0.0)
    if len(said) == len(row) and widest < LATIN_GAP * em:
        text = "".join(texts)
    else:
        text = _spaced(row, em, _spread(gaps, em), _stretch(said, gaps))
    first, last = said[0], said[-1]
    return Line(
        text,
        first.x0,
        min([glyph.y0 for glyph in said]),
        last.x1,
        max([glyph.y1 for glyph in said]),
        em,
        _head(said, em),
        first.x1 - first.x0,
        first.text < "\x7f"
        and widest <= LATIN_GAP * em
        and all(is_latin(text) or text in "-./_" for text in texts),
    )


def _stretch(said: Sequence[Glyph], gaps: Sequence[float]) -> float:
    """Return the usual room between two Chinese characters of a line: more where it is justified."""
    chinese = sorted(
        gap
        for (before, after), gap in zip(itertools.pairwise(said), gaps, strict=True)
        if is_chinese(before.text) and is_chinese(after.text)
    )
    return max(0.0, chinese[len(chinese) // 2]) if chinese else 0.0


def _spaced(row: Sequence[Glyph], em: float, spread: float, stretch: float) -> str:
    """Return the words of a line, with blanks where it has them or leaves room for them.

    Some programs draw no blanks. Between Chinese characters a gap is one that is wider than the
    line's others; between Chinese and figures programs leave such a gap of their own.
    """
    words: list[str] = []
    before: Glyph | None = None  # the last character that is no blank
    blanks: list[str] = []
    width = 0.0  # of the blanks
    for glyph in row:
        if glyph.is_blank:
            blanks.append(glyph.text)
            width += glyph.x1 - glyph.x0
            continue
        if before is not None:
            gap = glyph.x0 - before.x1 - spread
            if blanks:
                blanks *= _times(blanks, gap, width)
            elif gap >= LATIN_GAP * em:
                words.append(_blank(before, glyph, gap / em, stretch / em))
        words += blanks
        words.append(glyph.text)
        before, width = glyph, 0.0
        blanks = []
    return "".join(words + blanks[:1])


def _em(said: Sequence[Glyph]) -> float:
    """Return the size of writing: a Chinese character is as wide as it is high."""
    wide = [g.x1 - g.x0 for g in said if "\u4e00" <= g.text <= "\u9fff"]
    size = max(wide) if wide else max([g.y1 - g.y0 for g in said]) / 1.25
    return size if size > 1.0 else 1.0


def _spread(gaps: Sequence[float], em: float) -> float:
    """Return the room between any two characters of a line that is drawn apart (分散对齐)."""
    if len(gaps) < 2:
        return 0.0
    least, most = min(gaps), max(gaps)
    return least if least > 0.3 * em and most - least < 0.6 * em else 0.0


def _blank(before: Glyph, after: Glyph, gap: float, stretch: float) -> str:
    if gap >= COLUMN_GAP:
        return "\t"
    if gap >= WIDE_GAP:
        return " "
    if is_chinese(before.text) and is_chinese(after.text):
        bare = BARE * (is_bare(before.text) + is_bare(after.text))
        return " " if gap - stretch >= LATIN_GAP + bare else ""
    latin = not is_wide(before.text) and not is_wide(after.text)
    return " " if latin and gap >= LATIN_GAP else ""


def _times(blanks: list[str], gap: float, width: float) -> int:
    """Return how many blanks stand where the file has one, drawn once for several."""
    if len(blanks) != 1 or width <= 0.5 or gap < 1.8 * width:
        return 1
    times = round(gap / width)
    return times if times <= 40 and abs(gap / width - times) < 0.12 else 1


def _head(said: Sequence[Glyph], em: float) -> float:
    """Return how wide that is which a line break may not part at the beginning of a line."""
    end = 0
    while end < len(said) - 1 and _holds(said[end], said[end + 1], em):
        end += 1
    return said[end].x1 - said[0].x0


def _holds(one: Glyph, other: Glyph, em: float) -> bool:
    """Tell whether no line ends between two characters (Unicode Standard Annex 14, simplified)."""
    if other.text in NO_START or one.text in NO_END or one.text in _QUOTES or other.text in _QUOTES:
        return True
    if is_wide(one.text) or is_wide(other.text) or one.text in "-/":
        return False
    return other.x0 - one.x1 < LATIN_GAP * em
