"""C05 placeholder-text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from jixiao.check.finding import Severity
from jixiao.check.lexicon import one_of, words
from jixiao.check.looks import INSIDE_HAS, STOPS, WHOLE
from jixiao.check.rule import Hit, ProjectRule
from jixiao.check.wording import fold, is_missing, quoted
from jixiao.check.written import written
from jixiao.model import Project

_BLANKS = words("blanks")
_LONGEST = 24
_INSIDE = one_of(_BLANKS["placeholder"]["inside"])
_NO_WORDS = re.compile(_BLANKS["placeholder"]["no_words"])
_LABELS = {
    "name": ("指标名称", "项目名称"),
    "purpose": ("", "资金用途"),
    "goals": ("", "绩效目标"),
    "description": ("指标描述", ""),
    "value": ("指标值", ""),
    "basis": ("指标值确定依据", ""),
}


class C05(ProjectRule):
    """留着表样文字，或填了应付的文字。

    “目标内容1”“XX”“待定”“测试”“请填写”这样的文字不是内容，是没有改掉的表样，或为了能提交而填的。
    查项目名称、资金用途、绩效目标和每项指标的名称、描述、指标值、依据。

    为什么：表面上填满了，实际上什么也没有说；公开出去，是最先被人看到的笑话。

    反例：

        绩效目标 目标内容1；指标值 XX人；资金用途 待定

    正例：

        绩效目标 完成3个村120户电代煤改造；指标值 ≥120户
    """

    code = "C05"
    slug = "placeholder-text"
    title = "表样文字或占位文字"
    severity = Severity.ERROR
    subject = "绩效目标、指标、项目"
    policy = "财预〔2015〕88号《项目支出绩效目标审核表》完整性·明确清晰性"
    for_department = True

    def find(self, project: Project) -> Iterator[Hit]:
        """Yield each field that holds such a text."""
        said = written(project)
        if not said.looks.placeholder and not _any_without_words(project):
            return
        for field, number, text in said.fields:
            label = _LABELS[field.partition(".")[0]][number is None]
            if found := _placeholder(text, number is None or field == "name"):
                yield _hit(field, label, text, found, number)


def _any_without_words(project: Project) -> bool:
    """Tell whether something that must have words may have none.

    A project's own texts must, and an indicator's name; a value or a basis may be a bare number.
    """
    named = [one.name for one in project.indicators]
    texts = [text for text in (project.name, project.purpose, *project.goals, *named) if text]
    if "".join([text[0] for text in texts]).isalpha():
        return False
    return any(_NO_WORDS.fullmatch(fold(text)) for text in texts if not text[0].isalpha())


def _hit(field: str, label: str, text: str, found: str, indicator: int | None) -> Hit:
    rest = "" if found == fold(text) else f"，其中的{quoted(found)}没有替换"
    message = f"{label}{quoted(text)}是占位文字{rest}"
    return Hit(field, message, text, f"换成本项目实际的{label}", indicator)


@lru_cache(maxsize=512)
def _placeholder(text: str, must_have_words: bool) -> str | None:
    """Return what of a text stands in for a content, None if nothing does."""
    plain = fold(text)
    found = _said_instead(plain, must_have_words)
    return None if found is None or is_missing(plain) else found


def _said_instead(plain: str, must_have_words: bool) -> str | None:
    if len(plain) < _LONGEST and WHOLE.fullmatch(plain.rstrip(STOPS)):
        return plain
    if must_have_words and _NO_WORDS.fullmatch(plain):
        return plain
    if not INSIDE_HAS.search(plain):
        return None
    found = _INSIDE.search(plain)
    return found[0] if found else None
