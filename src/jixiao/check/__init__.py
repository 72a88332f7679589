"""审核: what is wrong with a performance text, where, why, and what would be right."""

from jixiao.check.engine import Checker, check
from jixiao.check.finding import Finding, Report, Severity, Unreadable
from jixiao.check.profile import Profile, list_profiles, load_profile
from jixiao.check.registry import rules
from jixiao.check.rule import Hit, IndicatorRule, ProjectRule, Rule, TextRule

__all__ = [
    "Checker",
    "Finding",
    "Hit",
    "IndicatorRule",
    "Profile",
    "ProjectRule",
    "Report",
    "Rule",
    "Severity",
    "TextRule",
    "Unreadable",
    "check",
    "list_profiles",
    "load_profile",
    "rules",
]
