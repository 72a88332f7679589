"""What ``jixiao monitor``, ``evaluate`` and ``recheck`` give as JSON, and evaluations read back."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from jixiao.check.finding import Finding
from jixiao.model.department import DepartmentEvaluation
from jixiao.model.errors import JixiaoError
from jixiao.model.monitoring import TextMonitoring
from jixiao.model.recheck import Draw, RecheckStatistics, SheetRow
from jixiao.model.reports import Reports
from jixiao.model.scores import UnitEvaluation

MONITORING, EVALUATION, RECHECK = "jixiao/monitoring/1", "jixiao/evaluation/1", "jixiao/recheck/1"
"""Names and versions of the contracts; the number rises when a reader of one would break."""


class MonitoringResult(msgspec.Struct, frozen=True, gc=False):
    """What ``jixiao monitor`` gives."""

    monitoring: TextMonitoring
    reports: Annotated[Reports, Meta(description="读到的填报内容")]
    findings: Annotated[tuple[Finding, ...], Meta(description="填报内容的审核意见")] = ()
    schema: str = MONITORING


class EvaluationResult(msgspec.Struct, frozen=True, gc=False):
    """What ``jixiao evaluate`` gives; every score in it is a proposal (系统测算)."""

    evaluation: UnitEvaluation
    reports: Annotated[Reports, Meta(description="读到的填报内容")]
    findings: Annotated[tuple[Finding, ...], Meta(description="填报内容的审核意见")] = ()
    department: Annotated[
        DepartmentEvaluation | None, Meta(description="部门整体：项目加权、整体指标、覆盖")
    ] = None
    schema: str = EVALUATION


class RecheckResult(msgspec.Struct, frozen=True, gc=False):
    """What ``jixiao recheck`` gives: the draw, and the lines to write new scores on."""

    draw: Draw
    rows: tuple[SheetRow, ...] = ()
    statistics: Annotated[
        RecheckStatistics | None, Meta(description="复核与自评的差异；没有填复核得分为 null")
    ] = None
    schema: str = RECHECK


class _Named(msgspec.Struct):
    schema: str = ""


def load_evaluation(data: bytes) -> EvaluationResult:
    """Return an evaluation from JSON. Raises JixiaoError where it is none."""
    how = "请用 jixiao evaluate --format json 生成的文件，或自评表"
    try:
        if msgspec.json.decode(data, type=_Named).schema != EVALUATION:
            raise JixiaoError("不是自评的结果", how)
        return msgspec.json.decode(data, type=EvaluationResult)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise JixiaoError("不是自评的结果", how) from error
