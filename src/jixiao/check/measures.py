"""What an indicator's name says that it measures, and where it belongs."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from jixiao.check.lexicon import words
from jixiao.check.wording import fold
from jixiao.model import Direction, Indicator

_BRACKETS = r"[(（\[【][^()（）\[\]【】]*[)）\]】]"


class Measure(NamedTuple):
    """What a name measures: its nature, better side, the categories it fits, and by which word.

    ``nature`` is one of count, rate, money, time, satisfaction and state; ``categories`` are
    second-level categories without 指标, empty where it fits any.
    """

    nature: str | None
    direction: Direction | None
    categories: frozenset[str]
    word: str


_NOT = ("不", "未", "非")
_LESS = re.compile(
    "降低|下降|减少|压减|压降|压缩|缩短|节约|节省|减轻|避免|[核审]减|挽回|追[缴回]|受理|处[理置]|查[处办]|调查|办[理结]|化解|督办|审[理结]|接[待办]"
)
_SHARES = frozenset(("比例", "比率", "占比", "比重", "百分比"))
_UNKNOWN = Measure(None, None, frozenset(), "")


class _Words(NamedTuple):
    """Words by the two letters at one end of them: how long those with these are, longest first.

    What ``lengths`` has for other ends are the words of one letter.
    """

    lengths: dict[str, tuple[int, ...]]
    measures: dict[str, Measure]


_ONE_LETTER = (1,)


def _words(measures: dict[str, Measure], end: slice) -> _Words:
    lengths: dict[str, set[int]] = {}
    for word in measures:
        if len(word) > 1:
            lengths.setdefault(word[end], set()).add(len(word))
    return _Words({two: (*sorted(of, reverse=True), 1) for two, of in lengths.items()}, measures)


@cache
def _endings() -> _Words:
    measures: dict[str, Measure] = {}
    for group in words("measures")["measures"]:
        direction = Direction(group["direction"]) if "direction" in group else None
        categories = frozenset(group.get("category", ()))
        for word in group["words"]:
            measures[word] = Measure(group["nature"], direction, categories, word)
    return _words(measures, slice(-2, None))


@cache
def _openings() -> _Words:
    measures = {
        word: Measure(None, None, frozenset((category,)), word)
        for category, known in words("measures")["openings"].items()
        for word in known
    }
    return _words(measures, slice(2))


@lru_cache(maxsize=512)
def measure(name: str | None) -> Measure:
    """Return what a name measures; nothing is known where its words do not tell."""
    plain = bare(name)
    if not plain:
        return _UNKNOWN
    found = _ending(plain)
    if found is not None:
        before = plain[: -len(found.word)]
        if found.word in _SHARES and (better := _ending(f"{before}率")):
            # As of the rate of the same: 就业比例 is 就业率.
            found = found._replace(direction=better.direction or found.direction)
        return _turned(found, before)
    lengths, openings = _openings()
    for length in lengths.get(plain[:2], _ONE_LETTER):
        if found := openings.get(plain[:length]):
            return found
    return _UNKNOWN


def _ending(plain: str) -> Measure | None:
    """Return the measure of the longest known word that a name ends with."""
    lengths, endings = _endings()
    for length in lengths.get(plain[-2:], _ONE_LETTER):
        if found := endings.get(plain[-length:]):
            return found
    return None


def _turned(found: Measure, before: str) -> Measure:
    """Return what a measure is after words that turn it: 不满意率, 减少事故数, 降低用电成本."""
    if found.direction is Direction.HIGHER and before.endswith(_NOT):
        nature = "rate" if found.nature == "satisfaction" else found.nature
        return found._replace(nature=nature, direction=Direction.LOWER)
    if found.direction is Direction.LOWER and _LESS.search(before):
        return found._replace(direction=None, categories=frozenset())
    return found


def bare(name: str | None) -> str:
    """Return a name without blanks, brackets at its end and words such as 情况."""
    plain = fold(name)
    pattern, last_letters = _loose()
    if plain[-1:] not in last_letters:
        return plain
    loose = pattern.search(plain)
    return plain[: loose.start()] if loose and loose.start() else plain


@cache
def _loose() -> tuple[re.Pattern[str], frozenset[str]]:
    """Return the pattern of what is loose at the end, and the letters that it can end with."""
    tails = words("measures")["loose"]["tails"]
    pattern = re.compile(rf"(?:{'|'.join(map(re.escape, tails))}|{_BRACKETS})+$")
    return pattern, frozenset("".join(tail[-1] for tail in tails) + ")）]】")


CATEGORIES = (
    "数量",
    "质量",
    "时效",
    "成本",
    "经济效益",
    "社会效益",
    "生态效益",
    "可持续影响",
    "满意度",
)


@lru_cache(maxsize=512)
def category(level1: str | None, level2: str | None) -> str | None:
    """Return which second-level category an indicator stands under, None where it is none known."""
    for text in (fold(level2), fold(level1)):
        if "满意" in text:
            return "满意度"
        if "社会成本" in text or "环境成本" in text:
            return None  # 对社会、环境的不利影响，不是花费
        for known in CATEGORIES:
            if known in text:
                return known
        if "可持续" in text:
            return "可持续影响"
        if "进度" in text or "时间" in text:
            return "时效"
        if "环境效益" in text:
            return "生态效益"
        if "效益" in text or "效果" in text:
            return "社会效益"
    return None


def category_of(indicator: Indicator) -> str | None:
    """Return which second-level category an indicator stands under."""
    return category(indicator.level1, indicator.level2)


def direction_of(indicator: Indicator) -> Direction | None:
    """Return which side is better, as the name tells or, where it does not, the form."""
    told = measure(indicator.name).direction
    if told is None and "指标方向" in indicator.extra:
        return indicator.value.direction
    return told
