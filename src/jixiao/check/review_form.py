"""The form that a review fills: its items, points, grades and deductions, as TOML."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Literal

import msgspec

from jixiao.model.errors import ProfileError
from jixiao.model.office_toml import TomlError, parse, told

_HUNDRED = 100


class Item(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """审核内容 of the form; see ``review.toml``."""

    dimension: str
    name: str
    points: Decimal
    asks: str
    rules: frozenset[str]
    also: frozenset[str]
    human: str
    evidence: Literal["safeguards"] | None = None


class Grade(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """等级: from how many points of a hundred, and what becomes of the targets."""

    name: str
    least: Decimal
    outcome: str


class Scale(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What findings of one severity take off: the first of a rule, each further, at most."""

    first: Decimal
    further: Decimal
    most: Decimal

    def points(self, count: int) -> Decimal:
        """Return what so many findings of one rule take off."""
        return min(self.first + self.further * (count - 1), self.most)


class Ceiling(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The best grade from so many errors on."""

    errors: int
    grade: str


class Safeguards(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the text's 工作保障措施 say of the conditions."""

    present: str
    absent: str
    unknown: str
    absent_deduction: Decimal


class Form(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """审核表 to be filled; ``grades`` are the best first."""

    title: str
    source: str
    notice: str
    grades: tuple[Grade, ...]
    ceilings: tuple[Ceiling, ...]
    deductions: dict[str, Scale]
    items: tuple[Item, ...]
    fallback: dict[str, str]
    safeguards: Safeguards

    def item_of(self, code: str) -> str:
        """Return the name of the item that a rule costs points in."""
        for item in self.items:
            if code in item.rules:
                return item.name
        return self.fallback.get(code[:1], self.items[0].name)

    def judgement(self, score: Decimal, points: Decimal) -> str:
        """Return the grade of one item."""
        return self._grade(score * _HUNDRED / points).name

    def grade(self, score: Decimal, errors: int) -> tuple[Grade, str]:
        """Return the grade of a sheet, and why it is lower than its score would have it."""
        names = [grade.name for grade in self.grades]
        grade = self._grade(score)
        worst = max(
            [names.index(each.grade) for each in self.ceilings if errors >= each.errors], default=0
        )
        if worst <= names.index(grade.name):
            return grade, ""
        best = self.grades[worst]
        return best, f"还有错误须改正，建议等级不高于“{best.name}”"

    def _grade(self, score: Decimal) -> Grade:
        return next(each for each in self.grades if score >= each.least or each.least <= 0)


@cache
def form() -> Form:
    """Return the form that comes with jixiao."""
    return _made((resources.files("jixiao.check") / "review.toml").read_bytes(), "review")


def load_form(path: Path) -> Form:
    """Return an office's own form. Raises ProfileError where it does not say what it must."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ProfileError(f"审核表文件 {path} 打不开", "请检查文件名和读取权限") from error
    return _made(content, str(path))


def _made(content: bytes, name: str) -> Form:
    try:
        made = msgspec.convert(parse(content), Form)
    except (TomlError, msgspec.ValidationError) as error:
        what = told(error) if isinstance(error, msgspec.ValidationError) else error
        raise ProfileError(
            f"审核表“{name}”写得不对：{what}", "请对照自带的 review.toml 改正"
        ) from error
    for wrong, what in _faults(made):
        if wrong:
            raise ProfileError(f"审核表“{name}”{what}", "请对照自带的 review.toml 改正")
    return made


def _faults(made: Form) -> list[tuple[bool, str]]:
    names = [item.name for item in made.items]
    codes = [code for item in made.items for code in item.rules]
    least = [grade.least for grade in made.grades]
    scales = made.deductions.values()
    return [
        (sum(item.points for item in made.items) != _HUNDRED, "各项分值合计不是100"),
        (any(item.points <= 0 for item in made.items), "有分值不大于0的项"),
        (len(set(names)) < len(names), "有重名的项"),
        (len(set(codes)) < len(codes), "有规则在两项扣分"),
        (not set(made.fallback.values()) <= set(names), "的 fallback 指到没有的项"),
        (
            not least or least != sorted(least, reverse=True) or least[-1] > 0,
            "的等级没有从高到低排到0分",
        ),
        (
            not {each.grade for each in made.ceilings} <= {each.name for each in made.grades},
            "的 ceilings 指到没有的等级",
        ),
        (set(made.deductions) != {"E", "W", "I"}, "的扣分没有写全 E、W、I"),
        (any(min(s.first, s.further, s.most) < 0 for s in scales), "的扣分有负数"),
        (made.safeguards.absent_deduction < 0, "的扣分有负数"),
    ]
