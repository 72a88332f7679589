"""An empty text to fill: each project with a blank row for each category it must have."""

from __future__ import annotations

import msgspec

from jixiao.check.profile import Category, Profile
from jixiao.model import Indicator, PerformanceText, TargetValue


def with_blank_rows(text: PerformanceText, profile: Profile) -> PerformanceText:
    """Return a text whose projects without indicators have blank ones to fill.

    There is one for each second-level category that the profile requires, and one for a required
    first level of which any will do.
    """
    rows = tuple(
        Indicator(first.name, second, "", "", TargetValue(""), "")
        for first in profile.categories
        if first.required
        for second in _seconds(first)
    )
    return msgspec.structs.replace(
        text,
        projects=tuple(
            project if project.indicators else msgspec.structs.replace(project, indicators=rows)
            for project in text.projects
        ),
    )


def _seconds(first: Category) -> list[str]:
    required = [one.name for one in first.second if one.required]
    if required:
        return required
    return [first.second[0].name] if len(first.second) == 1 else [""]
