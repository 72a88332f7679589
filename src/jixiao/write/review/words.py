"""How every kind of review sheet says an item's judgement and what it rests on."""

from __future__ import annotations

from jixiao.check.review import ReviewedItem
from jixiao.write.overview import titles
from jixiao.write.plain import number

MANUAL = "需人工判断"


def judged(item: ReviewedItem) -> str:
    """Return an item's proposed judgement; 需人工判断 where no rule bears on it."""
    if item.judgement is None:
        return MANUAL
    return f"{item.judgement}（{MANUAL}）" if item.manual else item.judgement


def grounds(item: ReviewedItem) -> str:
    """Return what an item's points rest on: the rules that cost some, and what else bears on it."""
    named = titles()
    told = [
        f"{each.code} {named.get(each.code, '')} {each.count}处 扣{number(each.points)}分"
        for each in item.deductions
    ]
    if item.note:
        told.append(item.note)
    also = sorted({finding.code for finding in item.also})
    if also:
        told.append(f"另参考 {'、'.join(also)}")
    return "；".join(told)
