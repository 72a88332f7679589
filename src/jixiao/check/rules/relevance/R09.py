"""R09 nonstandard-category."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from jixiao.check.finding import Severity
from jixiao.check.profile import Category, Profile, category_key
from jixiao.check.rule import Hit, IndicatorRule
from jixiao.check.wording import is_missing, quoted
from jixiao.model import Indicator, Project


class R09(IndicatorRule):
    """指标类别的名称不是口径规定的。

    一级、二级指标的名称应照口径写，“指标”二字可省。见过的别的叫法（效果指标）会指出该叫什么。

    为什么：名称不一，汇总时同一类指标会分成几类。

    反例：

        一级指标 效果指标；二级指标 可持续性影响

    正例：

        一级指标 效益指标；二级指标 可持续影响指标
    """

    code = "R09"
    slug = "nonstandard-category"
    title = "类别名称不规范"
    severity = Severity.INFORMATION
    subject = "指标"
    policy = "财预〔2015〕88号、财预〔2020〕10号、财预〔2021〕101号的指标框架"

    def __init__(self, profile: Profile) -> None:
        """Take the categories of the profile."""
        super().__init__(profile)
        self._first = _right_names(profile.categories)
        self._second = _right_names([two for one in profile.categories for two in one.second])
        # A county's texts have a few dozen pairs of names for their categories.
        self._known = lru_cache(maxsize=1024)(lambda *names: tuple(self._wrong(*names)))

    def find(self, indicator: Indicator, project: Project) -> tuple[Hit, ...]:
        """Return a hit for each category that goes by another name."""
        return self._known(indicator.level1, indicator.level2)

    def _wrong(self, level1: str | None, level2: str | None) -> Iterator[Hit]:
        for field, label, text, known in (
            ("level1", "一级指标", level1, self._first),
            ("level2", "二级指标", level2, self._second),
        ):
            if text is None or is_missing(text):
                continue
            right = known.get(category_key(text), "")
            if right is None:
                continue
            advice = (
                f"写作“{right}”"
                if right
                else f"改用口径规定的{label}名称：{'、'.join(_names(known))}"
            )
            yield Hit(field, f"{label}{quoted(text)}不是口径规定的名称", text, advice)


def _right_names(categories: tuple[Category, ...] | list[Category]) -> dict[str, str | None]:
    """Return known names → the right one, None where it is the right one."""
    names: dict[str, str | None] = {}
    for one in categories:
        names.update({category_key(seen): one.name for seen in one.seen})
    names.update({category_key(one.name): None for one in categories})
    return names


def _names(known: dict[str, str | None]) -> list[str]:
    return [name + "指标" for name, right in known.items() if right is None]
