"""R02 off-topic-indicator."""

from __future__ import annotations

import re
from functools import cache

from jixiao.check.directions import BAD
from jixiao.check.finding import Severity
from jixiao.check.lexicon import one_of, words
from jixiao.check.measures import category_of, measure
from jixiao.check.rule import Hit, IndicatorRule
from jixiao.check.suggest import instead
from jixiao.check.topics import Topic, of_project, of_words
from jixiao.check.wording import fold, quoted
from jixiao.library import fields, is_at_home
from jixiao.model import Indicator, Nature, Project
from jixiao.model.values import unit_nature

_OUTPUTS = frozenset(("数量", "质量", "时效", "成本"))
_WORDS = words("topics")
_ANYONE = one_of(_WORDS["anyone"])
_MARKS = re.compile(_WORDS["anyone_marks"])
_CHANGES = re.compile(_WORDS["changes"])


class R02(IndicatorRule):
    """指标与项目不是一回事。

    指标的用词明确属于某个领域，项目的名称、用途、目标和单位明确属于另一个领域，两个领域又不相邻。
    满意度、完成率、执行率这样哪个项目都能用的指标不算。领域和各领域的用词见指标库。

    为什么：多是从别的项目复制来的，完成得再好也说明不了这笔钱用得好不好。

    反例：

        防汛项目用“新增粮食产能”；垃圾清运项目用“社保费征缴率”

    正例：

        防汛项目用“堤防加固长度”；垃圾清运项目用“生活垃圾无害化处理率”
    """

    code = "R02"
    slug = "off-topic-indicator"
    title = "指标与项目无关"
    severity = Severity.ERROR
    subject = "指标"
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》相关性·指标科学性：指标应与目标高度关联"

    def find(self, indicator: Indicator, project: Project) -> tuple[Hit, ...]:
        """Return a hit where the fields of the two do not meet."""
        mine = of_words(indicator.name or "")
        if not mine.fields or measure(indicator.name).nature == "satisfaction":
            return ()
        mine = of_words(_its_own(indicator.name or ""))
        if not mine.fields:
            return ()
        if _is_common(mine) or _says(project, mine):
            return ()
        theirs = of_project(project)
        if not _is_about_something(theirs) or _meet(mine, theirs, indicator):
            return ()
        if _is_effect(indicator, mine, theirs):
            return ()
        if _meet(of_words(indicator.description or ""), theirs, indicator):
            return ()
        other = instead(indicator, project)
        return (
            Hit(
                "name",
                f"{quoted(indicator.name)}与项目无关：指标属于{mine.shown()}；项目属于{theirs.shown()}",
                indicator.name or "",
                f"换成反映本项目产出和效果的指标{f'，{other}' if other else ''}",
            ),
        )


@cache
def _anyone() -> re.Pattern[str]:
    return one_of([*_WORDS["anyone"], *_WORDS["anyone_before"]])


def _its_own(name: str) -> str:
    """Return a name without what an indicator of any field may say."""
    pattern = _anyone() if _MARKS.search(name) else _ANYONE
    return pattern.sub("，", name)


def _is_common(mine: Topic) -> bool:
    """Tell whether an indicator is about something that every project may have."""
    known = fields()
    return any(known[field].common for field in mine.fields)


def _is_effect(indicator: Indicator, mine: Topic, theirs: Topic) -> bool:
    """Tell whether an indicator is an effect that projects of other fields often have, too.

    What becomes better or does not happen (减少燃煤, 学生溺水 0起) may do so by any project;
    户厕改造数量 is none, wherever it stands; work with papers has none on nature.
    """
    category, name = category_of(indicator), indicator.name or ""
    if category not in _OUTPUTS and (_CHANGES.search(name) or _keeps_off(indicator)):
        return True
    known = fields()
    if category == "生态效益" and all(known[field].indoors for field in theirs.fields):
        return False
    return any(
        category in known[field].outcomes and any(word in name for word in known[field].effects)
        for field in mine.first
    )


def _keeps_off(indicator: Indicator) -> bool:
    """Tell whether something bad is not to happen, or seldom: 失学人数 0人, 违停车辆数 ≤5辆."""
    value = indicator.value
    counted = unit_nature(value.unit) is Nature.COUNT
    few = value.operator in ("≤", "<") or value.number == 0
    return counted and few and BAD.search(indicator.name or "") is not None


def _is_about_something(theirs: Topic) -> bool:
    """Tell whether a project is about something that not every project may be about.

    What every project may be about is told of it where its unit does nothing else: 档案馆.
    """
    known = fields()
    return theirs.of_unit or any(not known[field].common for field in theirs.fields)


def _meet(mine: Topic, theirs: Topic, indicator: Indicator) -> bool:
    """Tell whether the fields of two topics are the same, or near to each other.

    What both only share a word with is no meeting. A field that is only near shares its benefits,
    not its outputs: 村容整洁 in a project of 生态环境, but not 粪肥还田面积.
    """
    if not (mine.first.isdisjoint(theirs.words) and theirs.first.isdisjoint(mine.words)):
        return True
    if _is_at_home(mine, theirs):
        return True
    known = fields()
    if category_of(indicator) in _OUTPUTS:
        return any(known[field].overlaps & theirs.core for field in mine.first)
    return any(known[field].near & theirs.core for field in mine.first)


def _is_at_home(mine: Topic, theirs: Topic) -> bool:
    """Tell whether each word of an indicator is one that projects of a field have, too: 校舍的危房."""
    telling = {word for field in mine.first for word in mine.words[field]}
    return bool(telling) and any(
        all(is_at_home(word, field) for word in telling) for field in theirs.core
    )


def _says(project: Project, mine: Topic) -> bool:
    """Tell whether the project itself says one of the words that make the indicator's field."""
    text = fold("".join(filter(None, (project.name, project.purpose, *project.goals))))
    return any(word in text for words in mine.words.values() for word in words)
