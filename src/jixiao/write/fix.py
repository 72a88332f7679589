"""更正: what can be put right without asking anyone, and a Word file with it put right.

Only faults of writing are fixes: a unit's spelling, a word typed twice, a stray mark or space, a
percentage without its sign among others that have it. What a number should be, a person decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import msgspec

from jixiao.check import Finding, Severity
from jixiao.check.cleaning import (
    Find,
    repeated_words,
    settled,
    stray_punctuation,
    stray_spacing,
)
from jixiao.check.rules.quantification.Q11 import standard_units
from jixiao.check.written import written
from jixiao.model import Indicator, Kind, PerformanceText, Place, Project, parse_value
from jixiao.model.text import Plan, to_percent
from jixiao.write.docx_fixes import apply
from jixiao.write.plain import clean
from jixiao.write.subject import field_label

__all__ = ["CODES", "Fix", "apply", "diff", "fixes", "headline"]

CODES = ("C12", "Q11", "W01", "W02", "W03")
"""The rules whose faults can be put right; C12 for how a share of the plan is written."""

_CLEANING: dict[str, Find] = {
    "W01": repeated_words,
    "W02": stray_punctuation,
    "W03": stray_spacing,
}
_NARROW = str.maketrans("０１２３４５６７８９．％﹪", "0123456789.%%")
_NUMBER = re.compile(r"\d{1,3}(\.\d+)?")
_WHOLE = 100


class Fix(msgspec.Struct, frozen=True):
    """A field's text as it is and as it should be.

    ``project`` and ``indicator`` are positions in the text, None as in a finding. Several fixes of
    one field follow each other: what one makes of it is what the next begins with.
    """

    code: str
    place: Place | None
    field: str
    before: str
    after: str
    project: int | None = None
    indicator: int | None = None


def fixes(text: PerformanceText, codes: Sequence[str] = CODES) -> list[Fix]:
    """Return what can be put right in a text, in its order; ``codes`` are the rules to look at."""
    found: list[Fix] = []
    if text.indicators:  # the department's own table; what it calls its goal is the overall one
        own = Project(goals=(text.overall,) if text.overall else (), indicators=text.indicators)
        for fix in _of_words(own, codes):
            field = "overall" if fix.field == "goals.0" else fix.field
            found.append(_placed(msgspec.structs.replace(fix, field=field), text))
    for number, project in enumerate(text.projects):
        for fix in (*_of_plan(project.plan, codes), *_of_words(project, codes)):
            found.append(_placed(msgspec.structs.replace(fix, project=number), text))
    return found


def _of_words(project: Project, codes: Sequence[str]) -> Iterator[Fix]:
    # Units last: of 95百分比百分比 only the first would become a sign. And all once more, since
    # what one puts right may lay bare what another does.
    order = [code for code in (*_CLEANING, "Q11") if code in codes] * 2
    for field, number, text in written(project).fields:
        indicator = None if number is None else project.indicators[number]
        for code in order:
            right = _right(code, field, text, indicator)
            if right != text:
                yield Fix(code, None, field, text, right, None, number)
                text = right


def _right(code: str, field: str, text: str, indicator: Indicator | None) -> str:
    if code == "Q11":
        if field != "value" or indicator is None:
            return text
        kind = indicator.value.kind
        if text != indicator.value.text:  # it reads otherwise by now
            kind = parse_value(text, indicator.name or "").kind
        return standard_units(text) if kind is Kind.QUANTITATIVE else text
    return settled(text, _CLEANING[code]) if code in _CLEANING else text


def _of_plan(plan: Plan, codes: Sequence[str]) -> Iterator[Fix]:
    """Yield the shares of a plan that are not written as its others are."""
    if "C12" not in codes:
        return
    cells = [(month, text) for month, text in plan.items() if text]
    right = [standard_units(text.translate(_NARROW)) for _, text in cells]
    if any(text.endswith("%") for text in right):
        signed = [f"{text}%" if _NUMBER.fullmatch(text) else text for text in right]
        # A lone 0.5 among percentages may be a half: it is a person's to say.
        shares = [share for share in map(to_percent, signed) if share is not None]
        bare = [to_percent(one) for one, text in zip(signed, right, strict=True) if one != text]
        if (
            len(shares) == len(signed)
            and shares == sorted(shares)
            and shares[-1] <= _WHOLE
            and all(share == 0 or (share is not None and share > 1) for share in bare)
        ):
            right = signed
    for (month, before), after in zip(cells, right, strict=True):
        if before != after:
            yield Fix("C12", None, f"plan.{month}", before, after)


def _placed(fix: Fix, text: PerformanceText) -> Fix:
    holder: PerformanceText | Project | Indicator = text
    indicators = text.indicators
    if fix.project is not None:
        holder = text.projects[fix.project]
        indicators = text.projects[fix.project].indicators
    if fix.indicator is not None:
        holder = indicators[fix.indicator]
    return msgspec.structs.replace(fix, place=holder.place.get(fix.field))


def diff(found: Sequence[Fix]) -> str:
    """Return what fixes change, each with where it stands, as it is and as it would be."""
    return "".join(
        f"@@ {headline(fix)}\n{_lines('-', fix.before)}{_lines('+', fix.after)}" for fix in found
    )


def headline(fix: Fix) -> str:
    """Return what a fix is about, on one line: 项目1 指标3 指标值（第3个表第5行第4列） Q11."""
    about = Finding(
        "", fix.project, fix.indicator, fix.field, fix.code,
        Severity.INFORMATION, "", "", "", "", fix.place,
    )  # fmt: skip
    words = [
        "文本整体" if fix.project is None else f"项目{fix.project + 1}",
        "" if fix.indicator is None else f"指标{fix.indicator + 1}",
        field_label(about) + (f"（{fix.place}）" if fix.place else ""),
        fix.code,
    ]
    return " ".join(word for word in words if word)


def _lines(sign: str, text: str) -> str:
    return "".join(f"{sign} {line}\n" for line in clean(text).split("\n"))
