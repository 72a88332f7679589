"""C06 truncated-text."""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

from jixiao.check.finding import Severity
from jixiao.check.lexicon import one_of, words
from jixiao.check.measures import measure
from jixiao.check.rule import Hit, IndicatorRule
from jixiao.check.wording import fold, is_missing, quoted
from jixiao.model import Indicator, Project

_WORDS = words("endings")
_STOPS = tuple(_WORDS["stops"])
_HANGING = one_of(f"{pattern}$" for pattern in _WORDS["hanging"])
_COMPLETE = tuple(_WORDS["complete"])
_TAILS = frozenset(_WORDS["tails"])
_PAIRS = (
    ("（", "）"),
    ("(", ")"),
    ("《", "》"),
    ("〔", "〕"),
    ("[", "]"),
    ("【", "】"),
    ("“", "”"),
)
_HANGING_LAST = frozenset(_WORDS["hanging_last"])
_BRACKET = re.compile("[（(《〔\\[【“]")
_LONGEST_ENDING = 8
_PASTED = 4  # letters more than where the description goes on
_CHINESE = re.compile(r"[\u4e00-\u9fff、]")


class C06(IndicatorRule):
    """指标名称没有写完，被截断了。

    名称以顿号、逗号结尾，括号没有合上，停在“及”“对”这样的词上，或者只是描述、目标里一句话的开头。

    为什么：多是名称超过系统的字数限制，后面的被切掉了；公开出去读不通。

    反例：

        逐步促进了解河势变化及对防洪、

    正例：

        河势变化监测报告数
    """

    code = "C06"
    slug = "truncated-text"
    title = "名称被截断"
    severity = Severity.WARNING
    subject = "指标"
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》完整性·明确清晰性；财预〔2021〕101号：指标名称应简明"

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """``least``: letters that a name has at least where it is only its description's beginning."""

        least: int

    parameters: Parameters

    def find(self, indicator: Indicator, project: Project) -> tuple[Hit, ...]:
        """Return a hit for a name that breaks off."""
        name = indicator.name
        if not name or is_missing(name):
            return ()
        least = self.parameters.least
        why = _why(name, indicator.description or "", least) or _cut_from(project, name, least)
        if why:
            return (
                Hit(
                    "name",
                    f"指标名称{quoted(name)}没有写完：{why}",
                    name,
                    "改成简短完整的名称（一般不超过20字），说明放到描述里",
                ),
            )
        return ()


@lru_cache(maxsize=512)
def _why(name: str, description: str, least: int) -> str | None:
    plain = fold(name)
    return _broken(plain) or _cut(plain, fold(description), least)


def _broken(plain: str) -> str | None:
    if plain.endswith(_STOPS):
        return f"停在“{plain[-1]}”上"
    for opening, closing in _PAIRS if _BRACKET.search(plain) else ():
        if plain.count(opening) > plain.count(closing):
            return f"“{opening}”没有合上"
    if plain[-1:] in _HANGING_LAST and (found := _HANGING.search(plain[-_LONGEST_ENDING:])):
        return f"停在“{found[0]}”上"
    return None


def _cut_from(project: Project, name: str, least: int) -> str | None:
    """Tell whether a long name is the beginning of a goal or of the purpose, pasted and cut off."""
    if len(name) < least + _PASTED:
        return None
    plain = fold(name)
    for text in (*project.goals, project.purpose):
        whole = fold(text)
        if (at := whole.find(plain)) >= 0 and (why := _cut(plain, whole[at:], least)):
            return why.replace("描述", "目标或用途")
    return None


def _cut(plain: str, whole: str, least: int) -> str | None:
    if len(plain) < least or len(whole) <= len(plain) or not whole.startswith(plain):
        return None
    rest = whole[len(plain) :]
    if (
        rest in _TAILS
        or not _CHINESE.match(rest)
        or plain.endswith(_COMPLETE)
        or measure(plain).nature
    ):
        return None
    return f"描述接着写的是{quoted(rest)}"
