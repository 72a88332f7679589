"""期限: kept is full marks; late costs a share of the points for each begun month (or day)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from jixiao.model.scores import Score
from jixiao.score.dates import Deadline, Span, deadline_of, last_mention, months_late
from jixiao.score.matching import folded
from jixiao.score.outcome import Outcome, told, undecided
from jixiao.score.points import rounded, shown
from jixiao.score.profile import Scoring

KEPT = "期限：按期完成得满分"
LATE = "期限：逾期按口径扣分"
NOT_DONE = "期限：没有完成不得分"
RULE = "期限指标"
_NO_YEAR = 2000  # a leap year, so that 2月29日 is a day
_NOT = ("未", "没", "不")


def scored(full: Decimal, target: str, actual: str, year: int | None, profile: Scoring) -> Outcome:
    """Score a date (or words for one) against a deadline of the year."""
    source = profile.deadline.source
    plain = folded(actual)
    if plain == folded(target):
        return _kept_by_words(full, actual, profile)
    done = last_mention(actual, year or _NO_YEAR)
    undone = any(word in plain for word in profile.deadline.not_done)
    if done is None:
        return _in_words(full, actual, plain, undone, profile)
    if undone:
        note = f"实际完成值“{told(actual)}”又有日期又说没有完成，请人工确定"
        return undecided(full, RULE, source, note)
    due = deadline_of(target, year or _NO_YEAR)
    if due is None:
        return undecided(full, RULE, source, f"指标值“{told(target)}”定不到一个日期，请人工确定")
    notes: list[str] = []
    # a year that only one of the two names is the year of both
    if due.year and not done.year:
        done = last_mention(actual, due.mild.year)
    elif year is None and done.year and not due.year:
        due = deadline_of(target, done.last.year)
    if done is None or due is None:
        return undecided(full, RULE, source, f"实际完成值“{told(actual)}”不是能用的日期")
    if due.year and not done.year:
        notes.append(f"实际完成值没有写年份，按 {done.last.year} 年计")
    return _compared(full, due, done, notes, profile)


def _in_words(full: Decimal, actual: str, plain: str, undone: bool, profile: Scoring) -> Outcome:
    rules = profile.deadline
    if undone:
        formula = f"实际“{told(actual)}”，得 0"
        return Outcome(None, Score(full, rounded(Decimal(0)), formula, NOT_DONE, rules.source))
    kept = any(word in plain for word in rules.on_time) and not any(w in plain for w in _NOT)
    if kept:
        return _kept_by_words(full, actual, profile)
    return undecided(
        full, RULE, rules.source, f"实际完成值“{told(actual)}”里没有完成日期，请写明日期"
    )


def _kept_by_words(full: Decimal, actual: str, profile: Scoring) -> Outcome:
    formula = f"实际“{told(actual)}”，得满分 {shown(full)}"
    note = "没有写实际完成的日期，请凭佐证资料核实"
    score = Score(full, rounded(full), formula, KEPT, profile.deadline.source, (note,))
    return Outcome(None, score)


def _compared(
    full: Decimal, due: Deadline, done: Span, notes: list[str], profile: Scoring
) -> Outcome:
    source = profile.deadline.source
    if done.last <= due.strict:
        if done.before:
            notes.append("没有写实际完成的日期，请凭佐证资料核实")
        formula = f"{_day(done)} 不晚于 {due.mild.isoformat()}，得满分 {shown(full)}"
        return Outcome(None, Score(full, rounded(full), formula, KEPT, source, tuple(notes)))
    if done.first > due.mild and not done.before:
        least, most = _late(due.mild, done.first, profile), _late(due.strict, done.last, profile)
        step = Fraction(profile.deadline.percent) / 100
        shares = {max(1 - step * each, Fraction(0)) for each in (least, most)}
        if len(shares) == 1:
            points, said = _fallen(full, shares.pop(), least, due.mild, done, profile)
            return Outcome(None, Score(full, points, said, LATE, source, tuple(notes)))
    note = f"完成于 {_day(done)}，期限 {due.mild.isoformat()}，看不出迟了多少，请写明到日"
    return undecided(full, RULE, source, *notes, note)


def _fallen(
    full: Decimal, share: Fraction, late: int, due: date, done: Span, profile: Scoring
) -> tuple[Decimal, str]:
    points = rounded(Fraction(full) * share)
    unit = "个月" if profile.deadline.per == "month" else "天"
    said = f"{_day(done)} 比 {due.isoformat()} 迟 {late} {unit}"
    if not share:
        return points, f"{said}，得 0"
    percent = shown(profile.deadline.percent)
    return points, f"{said}：{shown(full)} ×（1 − {late} × {percent}%）= {shown(points)}"


def _late(due: date, done: date, profile: Scoring) -> int:
    return months_late(due, done) if profile.deadline.per == "month" else (done - due).days


def _day(span: Span) -> str:
    if span.first == span.last:
        return span.first.isoformat()
    return f"{span.first.isoformat()} 至 {span.last.isoformat()}"
