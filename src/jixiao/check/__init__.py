"""审核: what is wrong with a performance text, where, why, and what would be right."""

from jixiao.check.corpus import Digest, digest
from jixiao.check.engine import Checker, check
from jixiao.check.finding import Finding, Report, Severity, Unreadable, Waiver
from jixiao.check.profile import Profile, list_profiles, load_profile
from jixiao.check.registry import dimensions, rule_of, rules
from jixiao.check.report_subjects import outline
from jixiao.check.rule import (
    CorpusRule,
    Hit,
    IndicatorRule,
    ProjectRule,
    ReportRule,
    ReportsRule,
    Rule,
    TextRule,
)
from jixiao.check.waivers import WaiverEntry, WaiverError, beside, load_waivers, waive

__all__ = [
    "Checker",
    "CorpusRule",
    "Digest",
    "Finding",
    "Hit",
    "IndicatorRule",
    "Profile",
    "ProjectRule",
    "Report",
    "ReportRule",
    "ReportsRule",
    "Rule",
    "Severity",
    "TextRule",
    "Unreadable",
    "Waiver",
    "WaiverEntry",
    "WaiverError",
    "beside",
    "check",
    "digest",
    "dimensions",
    "list_profiles",
    "load_profile",
    "load_waivers",
    "outline",
    "rule_of",
    "rules",
    "waive",
]
