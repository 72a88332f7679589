"""角色: what a person is in the cycle."""

from __future__ import annotations

from django.db.models import TextChoices


class Role(TextChoices):
    """Each user has one."""

    CLERK = "clerk", "填报"
    UNIT_HEAD = "unit_head", "单位审核"
    DEPARTMENT = "department", "主管部门审核"
    BUSINESS = "business", "业务股"
    PERFORMANCE = "performance", "绩效股"
    OBSERVER = "observer", "观察（人大、审计）"
    ADMINISTRATOR = "administrator", "管理员"


OF_UNIT = frozenset({Role.CLERK, Role.UNIT_HEAD})
"""Roles that belong to one budget unit."""

OF_REGION = frozenset({Role.PERFORMANCE, Role.OBSERVER, Role.ADMINISTRATOR})
"""Roles that belong to a region, and can be given those below it."""

OF_BUREAU = frozenset({Role.BUSINESS, Role.PERFORMANCE})
"""Roles of the finance bureau that review."""
