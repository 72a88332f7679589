"""审核意见: what a check says, and the severities it says it with."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec
from msgspec import Meta

from jixiao.model import Place

SCHEMA = "jixiao/findings/1"
"""Name and version of the JSON contract; the number rises when a reader of it would break."""


class Severity(StrEnum):
    """What a finding asks for."""

    ERROR = "E"
    WARNING = "W"
    INFORMATION = "I"

    @property
    def chinese(self) -> str:
        """The word that a message uses."""
        return {"E": "错误", "W": "警告", "I": "提示"}[self.value]

    @property
    def asks(self) -> str:
        """What a reviewer does about it."""
        return {"E": "退回修改", "W": "审核人员判断", "I": "建议"}[self.value]

    @property
    def rank(self) -> int:
        """0 for the worst, to sort by."""
        return "EWI".index(self.value)


class Waiver(msgspec.Struct, frozen=True, gc=False):
    """豁免: why a reviewer lets a finding pass, who and when."""

    reason: Annotated[str, Meta(description="理由")]
    person: Annotated[str, Meta(description="经办人")]
    date: Annotated[date, Meta(description="日期")]


class Finding(msgspec.Struct, frozen=True, gc=False):
    """审核意见: what is wrong, where, why, by which rule and policy, and what would be right."""

    file: Annotated[str, Meta(description="来源文件")]
    project: Annotated[int | None, Meta(description="文本中的第几个项目，从 0 数；null 指文本本身")]
    indicator: Annotated[
        int | None, Meta(description="项目中的第几个指标，从 0 数；null 指项目本身")
    ]
    field: Annotated[str | None, Meta(description="哪一栏，同读取结果的字段名，如 value、goals.0")]
    code: Annotated[str, Meta(description="规则代码")]
    severity: Annotated[Severity, Meta(description="E 错误、W 警告、I 提示")]
    message: Annotated[str, Meta(description="什么不对")]
    evidence: Annotated[str, Meta(description="原文")]
    suggestion: Annotated[str, Meta(description="应当怎样")]
    policy: Annotated[str, Meta(description="依据")]
    place: Annotated[Place | None, Meta(description="在文件中的位置")]
    waiver: Annotated[Waiver | None, Meta(description="豁免；没有豁免的为 null")] = None


class Unreadable(msgspec.Struct, frozen=True, gc=False):
    """A file that could not be read, and why."""

    file: str
    message: str


class Report(msgspec.Struct, frozen=True, gc=False):
    """What ``jixiao check`` gives."""

    schema: str = SCHEMA
    findings: tuple[Finding, ...] = ()
    unreadable: tuple[Unreadable, ...] = ()
