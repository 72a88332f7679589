"""状态: where a text is on its way, and what is done to move it."""

from __future__ import annotations

from django.db.models import TextChoices


class State(TextChoices):
    """草稿 → 单位审核 → 主管部门审核 → 财政审核 → 批复, or 退回 from any of the three reviews.

    In 一上 the way ends at 一下, from where 二上 begins it anew. An adjustment (绩效目标调整) is a
    text of its own beside the approved one; it ends at 办结, approved or cancelled.
    """

    DRAFT = "draft", "草稿"
    RETURNED = "returned", "退回"
    UNIT = "unit", "单位审核"
    DEPARTMENT = "department", "主管部门审核"
    FINANCE = "finance", "财政审核"
    ISSUED = "issued", "一下"
    APPROVED = "approved", "批复"
    CLOSED = "closed", "办结"


class Stage(TextChoices):
    """Which round a text goes through; once where the region holds no rounds (一上、二上)."""

    ONCE = "once", "一次申报"
    FIRST = "first", "一上"
    SECOND = "second", "二上"


OPEN = frozenset({State.DRAFT, State.RETURNED})
"""States in which the unit fills in."""

REVIEWS = (State.UNIT, State.DEPARTMENT, State.FINANCE)
"""The reviews in their order."""


class Step(TextChoices):
    """What moves a text."""

    SUBMIT = "submit", "提交"
    PASS = "pass", "审核通过"
    RETURN = "return", "退回"
    ISSUE = "issue", "审核通过，下达审核意见（一下）"
    REOPEN = "reopen", "二上开始"
    APPROVE = "approve", "批复"
    APPLY = "request", "申请绩效目标调整"
    ADJUST = "adjust", "批复绩效目标调整"
    CANCEL = "cancel", "撤销绩效目标调整"


class Reason(TextChoices):
    """Why a version was kept."""

    SUBMIT = "submit", "提交"
    BEFORE_IMPORT = "before_import", "导入前"
    ISSUE = "issue", "一下"
    APPROVE = "approve", "批复"
    BEFORE_ADJUSTMENT = "before_adjust", "调整前"
    ADJUST = "adjust", "调整批复"


class ImportStatus(TextChoices):
    """What became of a file that was uploaded."""

    WAITING = "waiting", "等待读取"
    READ = "read", "读好了，等待确认"
    FAILED = "failed", "读不出来"
    ACCEPTED = "accepted", "已采用"
    DISCARDED = "discarded", "已放弃"
