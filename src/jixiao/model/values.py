"""指标值 and money: what is written, and what it means.

``parse_value("≥95%")`` keeps the words and says what they mean: operator, number, unit, kind.
No float ever touches a number: all are ``Decimal``. The words that it knows are data
(``data/values.toml``, ``data/measures.toml``).
"""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache
from importlib import resources
from typing import Annotated, Any

import msgspec
from msgspec import Meta


class Kind(StrEnum):
    """How a target can be judged."""

    QUANTITATIVE = "quantitative"
    DEADLINE = "deadline"
    QUALITATIVE = "qualitative"


class Nature(StrEnum):
    """What is measured."""

    COUNT = "count"
    RATE = "rate"
    MONEY = "money"
    TIME = "time"
    SATISFACTION = "satisfaction"


class Direction(StrEnum):
    """Which side is better for what is measured (正向、反向指标)."""

    HIGHER = "higher"
    LOWER = "lower"


class TargetValue(msgspec.Struct, frozen=True, gc=False):
    """指标值: ``text`` as written, the rest what it means, as far as it can be told."""

    text: Annotated[str, Meta(description="原文")]
    operator: Annotated[str | None, Meta(description="≥ ≤ = > < ≈；区间与没有运算符的为 null")] = (
        None
    )
    number: Annotated[Decimal | None, Meta(description="数；区间的下限")] = None
    upper: Annotated[Decimal | None, Meta(description="区间的上限")] = None
    unit: Annotated[str | None, Meta(description="单位的统一写法，如百分比写作 %")] = None
    kind: Annotated[Kind | None, Meta(description="定量、期限、定性；空白为 null")] = None
    nature: Annotated[Nature | None, Meta(description="量的是什么")] = None
    direction: Annotated[Direction | None, Meta(description="越高越好还是越低越好")] = None


MONEY_UNITS: dict[str, Decimal] = {
    "元": Decimal(1),
    "千元": Decimal(1000),
    "万元": Decimal(10_000),
    "亿元": Decimal(100_000_000),
}
"""How many 元 one unit of money is."""


class Money(msgspec.Struct, frozen=True, gc=False):
    """An amount of money with its unit (元, 千元, 万元, 亿元)."""

    amount: Decimal
    unit: str

    def to(self, unit: str) -> Decimal:
        """Return the amount in another unit, exactly.

        Raises KeyError for a unit that is none of money.
        """
        return self.amount * MONEY_UNITS[self.unit] / MONEY_UNITS[unit]


_DATA = resources.files("jixiao.model") / "data"


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / name).read_text(encoding="utf-8"))


_VALUES = _load("values.toml")
_MEASURES = _load("measures.toml")

# Only what a keyboard in full-width mode produces; a unit such as ㎡ must stay as written.
_FULL_WIDTH = str.maketrans(
    "０１２３４５６７８９．，％＞＜＝～（）／－﹣−＋：",
    "0123456789.,%><=~()/---+:",
)
_SPACE = re.compile(r"\s+")
_OPERATOR_OF = {word: op for op, words in _VALUES["operators"].items() for word in words}
_SUFFIX_OF = {word: op for op, words in _VALUES["suffixes"].items() for word in words}


def _one_of(words: Any) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _unit_key(word: str) -> str:
    """Latin units are written in either case: kW, KW."""
    return word.lower() if word.isascii() else word


_UNIT_OF: dict[str, str] = {}
_NATURE_OF: dict[str, Nature] = {}
for _unit, _about in _VALUES["units"].items():
    _NATURE_OF[_unit] = Nature(_about["nature"])
    for _word in (_unit, *_about.get("also", ())):
        _UNIT_OF[_unit_key(_word)] = _unit
for _word in _VALUES["counts"]["words"]:
    _UNIT_OF.setdefault(_unit_key(_word), _word)
    _NATURE_OF.setdefault(_word, Nature.COUNT)

_NUMBER = r"[-+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
_NUMERAL_CHARS = "".join(
    [
        *_VALUES["numerals"]["digits"],
        *_VALUES["numerals"]["places"],
        *_VALUES["numerals"]["myriads"],
    ]
)
_LEAST = _one_of([*_VALUES["operators"]["≥"], *_VALUES["operators"][">"]])
_MOST = _one_of([*_VALUES["operators"]["≤"], *_VALUES["operators"]["<"]])
_KEEPS = re.compile("进入|保持|跻身|稳居")
_LEAD = re.compile(f"(?:{_one_of(_VALUES['leads']['words'])})")
_OPERATOR = re.compile(f"({_one_of(_OPERATOR_OF)})")
# 节约, 签约, 履约 end in 约 and bound nothing.
_OPERATOR_AT_END = re.compile(f"(?<![节签履违预制集解])({_one_of(_OPERATOR_OF)})$")
_SUFFIX = re.compile(f"({_one_of(_SUFFIX_OF)})$")
_SUFFIX_INSIDE = re.compile(f"({_one_of(_SUFFIX_OF)})(?=/)")  # 4次以上/年
_TAILS: tuple[str, ...] = tuple(_VALUES["tails"]["words"])
_CLOSING = "。;；,，、!！"
_NOTE = re.compile(r"(?<=[^(])\([^()]*\)$")
_BRACKETED_UNIT = re.compile(r"(?<=\d)\(([^()\d]{1,6})\)$")
_UNIT_IN_NAME = re.compile(r"[(（]([^()（）\d]{1,6})[)）]$")  # 改造座数（座）
_CURRENCY = re.compile(r"[¥￥](?=\d)")
_VAGUE = re.compile(rf"({_NUMBER}[万亿]?)[余多](?=[^\d余多]{{1,6}}$)")  # 100余人, 1.2万多户
_UNIT = r"[^\d\s,，。；;、：:~≥≤<>=]{0,12}?"
_PLAIN = re.compile(rf"({_NUMBER})({_UNIT}(?:(?<=[A-Za-z])\d(?![\d.]))?(?:/{_UNIT})?)$")
_INTERVAL = re.compile(
    rf"({_NUMBER})({_UNIT})(?:--?|—+|–|~|至|到)({_NUMBER})({_UNIT}(?:/{_UNIT})?)$"
)
_BETWEEN = re.compile(rf"({_NUMBER})({_UNIT})(?:≤|<)[xX]?(?:≤|<)?({_NUMBER})({_UNIT})$")
_BOUNDS = re.compile(
    rf"(?:{_LEAST})({_NUMBER})({_UNIT})[,且并和而]?(?:{_MOST})({_NUMBER})({_UNIT}(?:/{_UNIT})?)$"
)
_PER_MANY = re.compile(
    rf"({_NUMBER})({_UNIT})/(10+|\d*[十百千万亿]+|\d+(?=\D))({_UNIT})$"
)  # 人/10万
_RANK = re.compile(
    rf"(?:[^\d<>≤≥=]{{0,12}}?)(第|前)(\d{{1,3}}|[{_NUMERAL_CHARS}]{{1,3}})(名|位|次)?$"
)
_TOLERANCE = re.compile(rf"±({_NUMBER})({_UNIT})$")
_PART_WORDS = re.compile(rf"([百千])分之(?:({_NUMBER})|([{_NUMERAL_CHARS}]+))$")
_TENTHS = re.compile(rf"([{_NUMERAL_CHARS}]|\d)成$")
_CHINESE = re.compile(rf"([{_NUMERAL_CHARS}]+)(.*)$")
_SINGLE = re.compile(rf"^[^\d]{{1,12}}?({_NUMBER})([^\d]{{1,8}})$")
_MONTH = "(?:1[0-2]|0?[1-9])"
_HAS_DATE = re.compile(
    # 2023-12-31, 2023.12前; 41943.01% and 2000-5人 are numbers
    r"(?<![\d.])(?:19|20)\d\d(?:年|[-./](?:1[0-2]|0?[1-9])(?=$|[-/.]\d|[日前底末止完，,；;。、~至到—–)]|[之以]前))"
    r"|(?<!\d)(?:1[0-2]|0?[1-9])月(?:(?:3[01]|[12]\d|0?[1-9])(?:日|号)|底|末|份|初|中旬|上旬|下旬|前|之前|以前)"
    rf"|^{_MONTH}月份?(?:[、,和至到~—–-]+{_MONTH}月份?)*$|^{_MONTH}[至到~—–-]+{_MONTH}月份?$"
    rf"|(?<![\d.])2\d年{_MONTH}月|(?<![\d.]){_MONTH}\.(?:3[01]|[12]\d|0?[1-9])日?之?前"
    r"|^20\d\d[至到~—–-]+20\d\d年?度?$"
    r"|每(?:年|季度|季|月|周).{0,6}?\d+[日号](?:前|之前)|^每月\d+[日号]|^每周[一二三四五六日天]"
)
_DEADLINE_WORD = re.compile(
    f"^(?:{_one_of(_VALUES['deadlines']['words'])})[初底末]?(?:之?前|以前)?(?:完成)?$"
)


_MOST_DIGITS = 40
"""Of a number that means anything; with millions of them, no more than counting is to be done."""


def to_decimal(text: str) -> Decimal | None:
    """Return the number that a cell states, with thousands separators or none; None if none."""
    plain = _SPACE.sub("", text.translate(_FULL_WIDTH)).replace(",", "")
    try:
        number = Decimal(plain)
    except InvalidOperation:
        return None
    return number if number.is_finite() and abs(number.adjusted()) <= _MOST_DIGITS else None


def numeral(text: str) -> int | None:
    """Return the number of a Chinese numeral (三, 十五, 一百二十, 二〇二三), None if it is none."""
    digits: dict[str, int] = _VALUES["numerals"]["digits"]
    places: dict[str, int] = _VALUES["numerals"]["places"]
    myriads: dict[str, int] = _VALUES["numerals"]["myriads"]
    if not text or len(text) > _MOST_DIGITS:
        return None
    if all(char in digits for char in text):
        return int("".join(str(digits[char]) for char in text))
    total = section = digit = 0
    for char in text:
        if char in digits:
            digit = digits[char]
        elif char in places:
            # 十五 says 15: a place with nothing before it counts once.
            section += (digit or 1) * places[char]
            digit = 0
        elif char in myriads:
            if total >= myriads[char]:  # 一亿二千万: only what has come since 亿
                total += (section + digit) * myriads[char]
            elif total + section + digit:
                total = (total + section + digit) * myriads[char]
            else:
                return None  # 万元 is a unit, no number
            section = digit = 0
        else:
            return None
    return total + section + digit


def canonical_unit(unit: str) -> str:
    """Return the usual way to write a unit: 百分比 → %, 万元/每月 → 万元/月."""
    head, slash, per = unit.partition("/")
    head = _UNIT_OF.get(_unit_key(head), head)
    return f"{head}/{per.removeprefix('每')}" if slash else head


@lru_cache(maxsize=512)
def unit_nature(unit: str | None) -> Nature | None:
    """Return what a unit measures (万元 → money), None where it measures nothing known.

    A unit per something (万元/月) measures what stands before the stroke.
    """
    if not unit:
        return None
    head = canonical_unit(unit).partition("/")[0]
    known = _NATURE_OF.get(head)
    if known is None and len(head) > 1:
        if head[0] == "个":
            return Nature.COUNT
        if head[0] in ("万", "亿", "每"):
            return _NATURE_OF.get(head[1:])
    return known


def measure_of(name: str) -> tuple[Nature | None, Direction | None]:
    """Return what an indicator's name says it measures and which side is better.

    The words are those of ``data/measures.toml``; None where the name does not tell.
    """
    nature = None
    if any(word in name for word in _MEASURES["nature"]["satisfaction"]):
        return Nature.SATISFACTION, Direction.HIGHER
    words = _MEASURES["direction"]
    if name.endswith(tuple(words["lower_endings"])):
        return nature, Direction.LOWER
    if any(word in name for word in words["reversed"]) and not name.endswith(("成本", "费用")):
        return nature, Direction.HIGHER
    if any(word in name for word in words["lower"]):
        return nature, Direction.LOWER
    if any(word in name for word in words["higher"]):
        return nature, Direction.HIGHER
    return nature, None


def parse_value(text: str, name: str = "") -> TargetValue:
    """Return what a target value means, given the name of what it measures.

    ``text`` is kept as written. A text without a number that can be told is qualitative, a date
    or a period is a deadline, an empty one has no kind.
    """
    return _parse(text, name)


@lru_cache(maxsize=8192)
def _parse(text: str, name: str) -> TargetValue:
    operator, number, upper, unit, kind = _meaning(_SPACE.sub("", text.translate(_FULL_WIDTH)))
    if unit is None and kind is Kind.QUANTITATIVE and (named := _UNIT_IN_NAME.search(name)):
        unit = canonical_unit(named[1]) if canonical_unit(named[1]) in _NATURE_OF else None
    nature, direction = measure_of(name) if name else (None, None)
    if kind is Kind.DEADLINE:
        nature = nature or Nature.TIME
    elif kind is Kind.QUANTITATIVE:
        by_unit = unit_nature(unit)
        if nature is None or by_unit not in (None, Nature.RATE):
            nature = by_unit or nature
    if direction is None and operator:
        direction = {
            "≥": Direction.HIGHER,
            ">": Direction.HIGHER,
            "≤": Direction.LOWER,
            "<": Direction.LOWER,
        }.get(operator)
    return TargetValue(text, operator, number, upper, unit, kind, nature, direction)


_Meaning = tuple[str | None, Decimal | None, Decimal | None, str | None, Kind | None]


def _meaning(plain: str) -> _Meaning:
    """Return operator, number, upper bound, unit and kind of a text without spaces."""
    plain = plain.rstrip(_CLOSING)
    if not plain.strip("-—－–_/\\"):
        return None, None, None, None, None
    operator, rest = _take_operator(plain)
    if (
        _DEADLINE_WORD.match(rest)
        or (rest is not plain and _DEADLINE_WORD.match(plain))
        or (_HAS_DATE.search(plain) and not _duration(operator, rest))
    ):
        return operator, None, None, None, Kind.DEADLINE
    if operator and (found := _BOUNDS.fullmatch(plain)):
        unit = canonical_unit(found[4] or found[2]) or None
        return None, _decimal(found[1]), _decimal(found[3]), unit, Kind.QUANTITATIVE
    if rank := _rank(rest, operator):
        return rank
    quantity = _quantity(_without_note(rest)) or _quantity(rest)
    if quantity is None:
        return _in_words(plain, operator) or (
            operator if rest else None,
            *(None, None, None),
            Kind.QUALITATIVE,
        )
    suffix, number, upper, unit = quantity
    return operator or suffix if upper is None else None, number, upper, unit, Kind.QUANTITATIVE


def _rank(rest: str, operator: str | None) -> _Meaning | None:
    """Return what a place among others means: 全市前3名 the third or a better, 第1名 that very one.

    不低于第3名 is no worse a place, so at most the third.
    """
    if "第" not in rest and "前" not in rest:
        return None
    suffix, core = _take_suffix(rest)
    found = _RANK.fullmatch(core)
    place = found and (int(found[2]) if found[2].isdecimal() else numeral(found[2]))
    if not found or not place:
        return None
    exact = found[1] == "第" and operator in (None, "=") and suffix is None
    exact = exact and not _KEEPS.search(core)
    return "=" if exact else "≤", Decimal(place), None, "名", Kind.QUANTITATIVE


def _in_words(plain: str, operator: str | None) -> _Meaning | None:
    """培训人员50人: words, then one number with a unit that is known; None if it is not so."""
    single = _SINGLE.match(plain)
    if single is None:
        return None
    suffix, tail = _take_suffix(single[2])
    unit = canonical_unit(tail)
    if unit not in _NATURE_OF:
        return None
    if found := _OPERATOR_AT_END.search(plain[: single.start(1)]):
        operator = _OPERATOR_OF[found[1]]
    elif operator in (None, "≈"):
        operator = suffix  # 约谈 and 约束 begin as 约 does
    return operator, _decimal(single[1]), None, unit, Kind.QUANTITATIVE


def _without_note(rest: str) -> str:
    """Return a quantity bare of what stands in brackets behind it: ≥95%(问卷调查), 50(人)."""
    if not rest.endswith(")"):
        return rest
    unit = _BRACKETED_UNIT.search(rest)
    if unit and canonical_unit(unit[1]) in _NATURE_OF:
        return rest[: unit.start()] + unit[1]
    return _NOTE.sub("", rest)


def _duration(operator: str | None, rest: str) -> bool:
    """≤12月 bounds a length of time, ≥2023.10 is a number; without operator they are dates."""
    return operator is not None and re.fullmatch(r"\d+月|\d{4}\.\d{1,2}", rest) is not None


def _take_operator(plain: str) -> tuple[str | None, str]:
    """Split the operator off the front, past words such as 达到 that change nothing."""
    while True:
        found = _OPERATOR.match(plain)
        if found:
            return _OPERATOR_OF[found[1]], plain[found.end() :]
        lead = _LEAD.match(plain)
        if not lead or lead.end() == len(plain):
            return None, plain
        plain = plain[lead.end() :]


def _take_suffix(plain: str) -> tuple[str | None, str]:
    """Split 以上, 以内, 左右 off the end, past words such as 完成 that change nothing."""
    if plain.endswith(_TAILS) and plain not in _TAILS:
        plain = plain.removesuffix(next(word for word in _TAILS if plain.endswith(word)))
    found = _SUFFIX.search(plain)
    if found and found.start():
        return _SUFFIX_OF[found[1]], plain[: found.start()]
    if "/" in plain and (inside := _SUFFIX_INSIDE.search(plain)):
        return _SUFFIX_OF[inside[1]], plain[: inside.start()] + plain[inside.end() :]
    if ("余" in plain or "多" in plain) and (vague := _VAGUE.match(plain)):
        return "≈", vague[1] + plain[vague.end() :]
    return None, plain


_Quantity = tuple[str | None, Decimal, Decimal | None, str | None]


def _quantity(rest: str) -> _Quantity | None:
    """Return suffix operator, number, upper bound and unit, or None if it is no quantity."""
    suffix, core = _take_suffix(rest)
    money = _CURRENCY.match(core)
    if money:
        core = core[money.end() :]
    if found := _PLAIN.fullmatch(core):
        unit = canonical_unit(found[2]) or ("元" if money else None)
        return suffix, _decimal(found[1]), None, unit
    if "/" in core and (found := _PER_MANY.fullmatch(core)):
        return suffix, _decimal(found[1]), None, f"{canonical_unit(found[2])}/{found[3]}{found[4]}"
    if found := _INTERVAL.fullmatch(core) or _BETWEEN.fullmatch(core):
        unit = canonical_unit(found[4] or found[2]) or None
        low, high = _decimal(found[1]), _decimal(found[3])
        return suffix, low, high, unit
    if found := _TOLERANCE.fullmatch(core):
        most = _decimal(found[1])
        return suffix, -most, most, canonical_unit(found[2]) or None
    if found := _PART_WORDS.fullmatch(core):
        whole = _decimal(found[2]) if found[2] else _numeral_decimal(found[3])
        return None if whole is None else (suffix, whole, None, "%" if found[1] == "百" else "‰")
    if core == "百分百":
        return suffix, Decimal(100), None, "%"
    if (found := _TENTHS.fullmatch(core)) and (tenths := _tenths(found[1])) is not None:
        return suffix, 10 * tenths, None, "%"
    if found := _CHINESE.fullmatch(core):
        return _chinese_quantity(suffix, found[1], found[2])
    return None


def _tenths(text: str) -> Decimal | None:
    return Decimal(text) if text.isdecimal() else _numeral_decimal(text)


def _chinese_quantity(suffix: str | None, digits: str, tail: str) -> _Quantity | None:
    """三个, 十五万元 (15 with 万元): the numeral ends where the longest known unit begins.

    A numeral that has gone past 万 goes on to its end: 三百万七千元 is no number of 千元.
    """
    for end in range(1, min(len(digits), _MOST_DIGITS) + 1):
        unit = digits[end:] + tail
        number = _numeral_decimal(digits[:end])
        if digits[end:] and any(char in _VALUES["numerals"]["myriads"] for char in digits[:end]):
            continue
        if number is not None and (unit in _UNIT_OF or unit.partition("/")[0] in _UNIT_OF):
            return suffix, number, None, canonical_unit(unit)
    return None


def _numeral_decimal(text: str) -> Decimal | None:
    number = numeral(text)
    return None if number is None else Decimal(number)


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))
