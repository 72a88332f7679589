"""What a finding is about, in the words of the text: which project, indicator and field."""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib import resources

import msgspec

from jixiao.check import Finding
from jixiao.model import Indicator, PerformanceText, Project
from jixiao.write.plain import one_line

WHOLE = "文本整体"
"""What findings that concern no project are put under."""


class Subject(msgspec.Struct, frozen=True):
    """What a finding is about; texts are clean and on one line, numbers count from 1."""

    unit: str
    project_code: str = ""
    project: str = ""
    project_number: int | None = None
    indicator: str = ""
    indicator_number: int | None = None
    field: str = ""
    place: str = ""

    @property
    def project_label(self) -> str:
        """The project as a heading says it."""
        return self.project if self.project_number else WHOLE

    @property
    def indicator_label(self) -> str:
        """The indicator with its number in the table."""
        if self.indicator_number is None:
            return ""
        quoted = f"“{self.indicator}”" if self.indicator else ""
        return f"指标{self.indicator_number}{quoted}"

    @property
    def where(self) -> str:
        """The indicator or the field, and where it stands in the file."""
        what = self.indicator_label or self.field
        if not what:
            return self.place
        return f"{what}（{self.place}）" if self.place else what


def subject(finding: Finding, text: PerformanceText) -> Subject:
    """Return what a finding is about.

    A position that the text does not have is kept as a number without a name: a finding may come
    from an older reading of the file.
    """
    project = project_of(finding, text)
    indicator = indicator_of(finding, text)
    unit = one_line(text.unit.name)
    return Subject(
        unit=unit or (one_line(project.unit.name) if project else ""),
        project_code=one_line(project.code) if project else "",
        project=project_name(text, finding.project) if finding.project is not None else "",
        project_number=None if finding.project is None else finding.project + 1,
        indicator=one_line(indicator.name) if indicator else "",
        indicator_number=None if finding.indicator is None else finding.indicator + 1,
        field=field_label(finding),
        place=one_line(str(finding.place)) if finding.place else "",
    )


def project_of(finding: Finding, text: PerformanceText) -> Project | None:
    """Return the project that a finding concerns."""
    number = finding.project
    return text.projects[number] if number is not None and number < len(text.projects) else None


def indicator_of(finding: Finding, text: PerformanceText) -> Indicator | None:
    """Return the indicator that a finding concerns; without a project, the department's own."""
    project = project_of(finding, text)
    if finding.project is not None and project is None:
        return None
    indicators = text.indicators if project is None else project.indicators
    number = finding.indicator
    return indicators[number] if number is not None and number < len(indicators) else None


def project_name(text: PerformanceText, number: int) -> str:
    """Return a project's name, or what to call it without one."""
    name = one_line(text.projects[number].name) if number < len(text.projects) else ""
    return name or f"（第{number + 1}个项目，没有名称）"


def field_label(finding: Finding) -> str:
    """Return what the form calls the field of a finding: plan.03 → 资金支出计划·3月底.

    A field of a report that a form names as one is known by its whole name: funds.spent.total.
    """
    if finding.field is None:
        return ""
    kind = "indicator"
    if finding.indicator is None:
        kind = "document" if finding.project is None else "project"
    return _label(kind, finding.field)


@lru_cache(4096)
def _label(kind: str, field: str) -> str:
    labels = _labels()
    for table in (labels[kind], *labels.values()):
        if "." in field and field in table:
            return table[field]
    name, _, rest = field.partition(".")
    label = labels[kind].get(name) or next(
        (each[name] for each in labels.values() if name in each), ""
    )
    if name == "extra" and rest:
        return one_line(rest)
    if not label or not rest:
        return label
    number = rest.partition(".")[0]
    if not number.isascii() or not number.isdigit():
        return label
    return f"{label}·{int(number)}月底" if name == "plan" else f"{label}第{int(number) + 1}项"


@cache
def _labels() -> dict[str, dict[str, str]]:
    content = (resources.files("jixiao.write") / "data" / "fields.toml").read_text("utf-8")
    return tomllib.loads(content)
