"""Which report is of which project."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence

from jixiao.model.reports import ProjectReport
from jixiao.model.text import Project

_NOT_WORDS = re.compile(r"[\W_]+")


def key(text: str | None) -> str:
    """Return the letters and digits of a text, all that counts when two are compared."""
    return _NOT_WORDS.sub("", text) if text else ""


def pair_projects(
    projects: Sequence[Project], reports: Sequence[ProjectReport]
) -> tuple[list[ProjectReport | None], list[ProjectReport]]:
    """Return for each project its report, by code, then by name; and the reports of none."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    for key_of in (_by_code, _by_name):
        waiting: dict[str, list[int]] = defaultdict(list)
        for number, report in enumerate(reports):
            if number not in taken:
                waiting[key_of(report)].append(number)
        for position, project in enumerate(projects):
            known = key_of(project)
            if position not in found and known and waiting.get(known):
                found[position] = waiting[known].pop(0)
                taken.add(found[position])
    return (
        [reports[found[at]] if at in found else None for at in range(len(projects))],
        [report for number, report in enumerate(reports) if number not in taken],
    )


def _by_code(one: Project | ProjectReport) -> str:
    return code_key(_plain(one.code))


def _by_name(one: Project | ProjectReport) -> str:
    return key(_plain(one.name))


def _plain(text: str | None) -> str:
    """Return a text with letters and digits of one width, whichever they are typed in."""
    return unicodedata.normalize("NFKC", text or "")


def same_code(one: str | None, other: str | None) -> bool:
    """Tell whether two project codes do not contradict each other: alike, or one is none."""
    ours, theirs = code_key(_plain(one)), code_key(_plain(other))
    return not ours or not theirs or ours == theirs


def code_key(text: str | None) -> str:
    """Return a project code's letters and digits, "" for 无 and dashes."""
    code = key(text).upper()
    return code if any(each.isdigit() for each in code) else ""
