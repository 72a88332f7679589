"""R05 goal-restates-name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from operator import add

import msgspec

from jixiao.check.finding import Severity
from jixiao.check.goals import has_quantity
from jixiao.check.lexicon import one_of, words
from jixiao.check.rule import Hit, ProjectRule
from jixiao.check.wording import is_missing, key, quoted
from jixiao.model import Project

_RESULTS: tuple[str, ...] = tuple(words("goals")["results"])
_EMPTY = one_of(words("goals")["empty"])
_FRAME = one_of(words("goals")["frame"])
_NOUN = re.compile(rf"(?:{'|'.join(words('goals')['nouns'])})[。；;.]?$")
# 日常运行经费: the verbs of a sum of money's name do nothing.
_VERBS_ASIDE = re.compile(
    r"^(?:(?:19|20)\d\d年度?)?\w{0,10}?(?:运行|运转|维护|维修|保障|管理|发展|服务|建设|补助|补贴|工作|业务|宣传|培训|专项)*(?:经费|资金|费用?|款)[。；;]?$"
)
_DOCUMENT = re.compile(r"[\u4e00-\u9fff]{2,8}[〔\[【(（]\s*(?:19|20)\d\d\s*[〕\]】)）]\s*第?\d+号?")
# In each of them; looking for it alone is several times faster.
_YEAR_IN_BRACKETS = re.compile(r"[〔\[【(（]\s*(?:19|20)\d\d")
_SHORTEST = 3


class R05(ProjectRule):
    """绩效目标只是重复项目名称或用途，没有说出结果。

    目标应说用这笔钱做成什么、达到什么效果。把项目名称、资金用途换个说法再写一遍，或只有一个名词，
    都没有说出结果；带有数量、期限的不算。

    为什么：没有结果，年底就无法说达到没有。

    反例：

        项目 办公经费，目标 2024年度日常运行经费；用途与目标都写 支持贫困地区发展，衔接乡村振兴

    正例：

        目标 保障32名职工全年办公，政务服务事项按时办结率达到98%以上
    """

    code = "R05"
    slug = "goal-restates-name"
    title = "绩效目标没有结果"
    severity = Severity.WARNING
    subject = "绩效目标"
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》完整性·明确清晰性、相关性·目标相关性"

    class Parameters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
        """``share``: part of a goal's pairs of characters that name and purpose have already."""

        share: Decimal

    parameters: Parameters

    def find(self, project: Project) -> Iterator[Hit]:
        """Yield each goal that says nothing beyond name and purpose, or no result."""
        known: str | None = None
        for number, goal in enumerate(project.goals):
            if is_missing(goal) or has_quantity(goal):
                continue
            said = key(_without_documents(goal))
            if len(said) < _SHORTEST:
                continue
            if known is None:
                known = f"{key(_without_documents(project.name))}\n{key(project.purpose)}"
            core = _core(said)
            if self._is_known(said, known) or (core != said and self._is_known(core, known)):
                why = "只是重复项目名称或资金用途"
            elif len(core) <= 1 or _is_empty(goal):
                why = "没有说出要做成什么"
            else:
                continue
            yield Hit(
                f"goals.{number}",
                f"绩效目标{quoted(goal)}{why}",
                goal,
                "写明完成什么、多少、何时完成，达到什么效果，如“×月底前完成……，使……达到……%”".replace(
                    "×", "11"
                ),
            )

    def _is_known(self, said: str, known: str) -> bool:
        """Tell whether enough of a text's different pairs of characters are in another."""
        share = self.parameters.share
        # Most goals say much that is new: when so much is, the rest need not be looked at.
        most = int((1 - share) * (len(said) - 1))
        new: set[str] = set()
        for pair in map(add, said, said[1:]):
            if pair not in known:
                new.add(pair)
                if len(new) > most:
                    return False
        pairs = len(set(map(add, said, said[1:])))
        return pairs > 0 and pairs - len(new) >= share * pairs


@lru_cache(maxsize=512)
def _core(said: str) -> str:
    return _FRAME.sub("", said)


@lru_cache(maxsize=512)
def _is_empty(goal: str) -> bool:
    """Tell whether a goal is a phrase that says nothing, or a noun with no verb of result."""
    if _EMPTY.search(goal):
        return True
    if not _NOUN.search(goal):
        return False
    rest = _VERBS_ASIDE.sub("", goal)
    return not any(word in rest for word in _RESULTS)


def _without_documents(text: str | None) -> str:
    if not text or not _YEAR_IN_BRACKETS.search(text):
        return text or ""
    return _DOCUMENT.sub("", text)
