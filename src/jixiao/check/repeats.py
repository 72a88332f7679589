"""Whether one field of an indicator only says another again."""

from __future__ import annotations

import re
from functools import lru_cache

from jixiao.check.wording import key
from jixiao.model import Indicator, Kind

# Words that change nothing where a value is held against a name: 会议筹备 is 会议筹备情况.
_FILLERS = re.compile(
    "情况|程度|水平|状况|工作|任务|指标|目标|内容|完成|实现|达到|做好|进行|开展|的|了|是否|已|得到|予以|有|反映|体现|衡量"
)
# What a value that is a question ends with, and what it may add to a name and still be none.
_ASKING = ("情况", "程度", "状况", "力度", "进展")
_ACTIVITIES = frozenset(("发放", "实施", "落实", "推进", "拨付", "支付", "组织", "运行"))
_HEAD = 3
_MEASURED = ("度", "率", "数", "量", "额", "性", "感", "力")
_MOST_FILLERS = 8
_MOST_ASIDE = 16  # with blanks and punctuation
_SHORTEST = 4
_SHORTEST_IN_DESCRIPTION = 6


def repeated(indicator: Indicator) -> str | None:
    """Return the field (name or description) that a qualitative value repeats, or None."""
    if indicator.value.kind is not Kind.QUALITATIVE:
        return None
    return _repeated(indicator.value.text, indicator.name or "", indicator.description or "")


@lru_cache(maxsize=512)
def _repeated(value: str, name: str, description: str) -> str | None:
    said = key(value)
    core = _core(value)
    for field, text, shortest in (
        ("name", name, _SHORTEST),
        ("description", description, _SHORTEST_IN_DESCRIPTION),
    ):
        whole = key(text)
        if not whole:
            continue
        same = (said == whole and len(said) > 1) or (bool(core) and core == _core(text))
        part = len(said) >= shortest and said in whole
        if same or part or _names_the_head(said, whole) or _only_asks(said, whole):
            return field
    return None


def _names_the_head(said: str, whole: str) -> bool:
    """Tell whether a value is the word that the name measures by: 使用人满意度 → 满意度."""
    return len(said) == _HEAD and said.endswith(_MEASURED) and whole.endswith(said)


def _only_asks(said: str, whole: str) -> bool:
    """Tell whether a value names what is asked and no answer: 理论水平 → 理论水平的提高程度.

    So does a bare activity: 医疗补助 → 医疗补助发放.
    """
    asked, core = _core(whole), _core(said)
    if not asked or not core.startswith(asked):
        return False
    more = core[len(asked) :]
    if said.endswith(_ASKING):
        return len(more) <= _MOST_FILLERS
    return more in _ACTIVITIES and len(asked) >= _SHORTEST


@lru_cache(maxsize=512)
def _core(text: str) -> str:
    core = _FILLERS.sub("", key(text))
    return core if len(core) > 1 else ""


@lru_cache(maxsize=512)
def describes_nothing(description: str | None, name: str | None) -> bool:
    """Tell whether a description says no more than its indicator's name does, or less."""
    said = key(description)
    return len(said) > 1 and (said in key(name) or says_nothing_new(description, name))


def says_nothing_new(text: str | None, name: str | None) -> bool:
    """Tell whether a text only repeats a name, but for words that change nothing."""
    if not text or not name or abs(len(text) - len(name)) > _MOST_ASIDE:
        return False
    said, known = key(text), key(name)
    if said == known:
        return True
    if abs(len(said) - len(known)) > _MOST_FILLERS:
        return False
    core = _core(text)
    return core != "" and core == _core(name)
