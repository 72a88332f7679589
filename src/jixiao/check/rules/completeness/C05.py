"""C05 placeholder-text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from jixiao.check.finding import Severity
from jixiao.check.lexicon import one_of, words
from jixiao.check.rule import Hit, ProjectRule
from jixiao.check.wording import fold, is_missing, quoted
from jixiao.model import Project

_BLANKS = words("blanks")
_WHOLE = [re.compile(pattern) for pattern in _BLANKS["placeholder"]["whole"]]
_INSIDE = one_of(_BLANKS["placeholder"]["inside"])
_STOPS = "。．.；;，,！!"
_NO_WORDS = re.compile(_BLANKS["placeholder"]["no_words"])


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
        yield from _hit("name", "项目名称", project.name, None, strict=True)
        yield from _hit("purpose", "资金用途", project.purpose, None, strict=True)
        for number, goal in enumerate(project.goals):
            yield from _hit(f"goals.{number}", "绩效目标", goal, None, strict=True)
        for number, indicator in enumerate(project.indicators):
            yield from _hit("name", "指标名称", indicator.name, number, strict=True)
            yield from _hit("description", "指标描述", indicator.description, number, strict=False)
            yield from _hit("value", "指标值", indicator.value.text, number, strict=False)
            yield from _hit("basis", "指标值确定依据", indicator.basis, number, strict=False)


def _hit(
    field: str, label: str, text: str | None, indicator: int | None, *, strict: bool
) -> Iterator[Hit]:
    """``strict``: a text without a single word cannot be right here, as it can in a value."""
    if not text or (found := _placeholder(text, strict)) is None:
        return
    rest = "" if found == fold(text) else f"，其中的{quoted(found)}没有替换"
    yield Hit(
        field,
        f"{label}{quoted(text)}是占位文字{rest}",
        text,
        f"换成本项目实际的{label.removeprefix('指标') if label != '指标值' else label}",
        indicator,
    )


@lru_cache(maxsize=65_536)
def _placeholder(text: str, strict: bool) -> str | None:
    """Return what of a text stands in for a content, None if nothing does."""
    plain = fold(text)
    if is_missing(plain):
        return None
    if any(pattern.fullmatch(plain.rstrip(_STOPS)) for pattern in _WHOLE):
        return plain
    if strict and _NO_WORDS.fullmatch(plain):
        return plain
    found = _INSIDE.search(plain)
    return found[0] if found else None
