"""状态: where a text is on its way, and what is done to move it."""

from __future__ import annotations

from django.db.models import TextChoices


class State(TextChoices):
    """草稿 → 单位审核 → 主管部门审核 → 财政审核 → 批复, or 退回 from any of the three reviews."""

    DRAFT = "draft", "草稿"
    RETURNED = "returned", "退回"
    UNIT = "unit", "单位审核"
    DEPARTMENT = "department", "主管部门审核"
    FINANCE = "finance", "财政审核"
    APPROVED = "approved", "批复"


OPEN = frozenset({State.DRAFT, State.RETURNED})
"""States in which the unit fills in."""

REVIEWS = (State.UNIT, State.DEPARTMENT, State.FINANCE)
"""The reviews in their order."""


class Step(TextChoices):
    """What moves a text."""

    SUBMIT = "submit", "提交"
    PASS = "pass", "审核通过"
    RETURN = "return", "退回"
    APPROVE = "approve", "批复"


class Reason(TextChoices):
    """Why a version was kept."""

    SUBMIT = "submit", "提交"
    BEFORE_IMPORT = "before_import", "导入前"
    APPROVE = "approve", "批复"


class ImportStatus(TextChoices):
    """What became of a file that was uploaded."""

    WAITING = "waiting", "等待读取"
    READ = "read", "读好了，等待确认"
    FAILED = "failed", "读不出来"
    ACCEPTED = "accepted", "已采用"
    DISCARDED = "discarded", "已放弃"
