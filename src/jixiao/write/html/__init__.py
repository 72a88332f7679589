"""The report as one HTML page that loads nothing: it opens with a double click, without a network.

Everything is there without JavaScript; the script only filters and unfolds. A policy in the page
(CSP) lets no other script run and nothing be loaded, whatever a text may have in its cells.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from jixiao import __version__
from jixiao.check import Finding, Severity, rules
from jixiao.check.review import Review, severity_key
from jixiao.check.review_form import form
from jixiao.model import PerformanceText, Unreadable
from jixiao.write.overview import Overview, RuleCount, Said, TextPart, overview
from jixiao.write.plain import number, one_line
from jixiao.write.review.words import grounds, judged
from jixiao.write.subject import WHOLE

_MANY_PROJECTS = 60
"""From so many projects on, the page shows texts first and folds them."""
_TOP = 30
"""So many projects of the ranking are shown unfolded."""
_PLACES = 6
"""So many places of a finding are shown unfolded."""
_QUOTED = 3
"""So many different originals of a finding are quoted."""
_LEVELS = (1, 3, 6)
"""A cell of the heat map is darker from more findings than these on."""


def report(
    findings: Iterable[Finding],
    texts: Sequence[PerformanceText],
    ran: Collection[str] | None = None,
    made: date | None = None,
    unreadable: Iterable[Unreadable] = (),
) -> str:
    """Return the report; ``ran`` as in ``check.review``, ``made`` is the date that it shows."""
    return page(overview(findings, texts, ran, unreadable), made)


def page(seen: Overview, made: date | None = None) -> str:
    """Return the report of what was found."""
    anchors = {
        (id(text), part.number): f"t{number}p{part.number}"
        for number, text in enumerate(seen.texts)
        for part in text.projects
    }
    by_text = [_totals(text) for text in seen.texts]
    by = form()
    return (
        environment()
        .get_template("report.j2")
        .render(
            seen=seen,
            made=made.isoformat() if made else "",
            years="、".join(str(year) for year in sorted({t.year for t in seen.texts if t.year})),
            ranking=[(text, part, anchors[id(text), part.number]) for text, part in seen.ranking],
            top=_TOP,
            many_projects=seen.projects > _MANY_PROJECTS and len(seen.texts) > 1,
            by_text=by_text,
            columns_of=lambda place: [rule for rule in seen.rules if rule.code in by_text[place]],
            all_rules=_all_rules(seen),
            legend=_legend(seen),
            title=by.title,
            notice=by.notice,
            source=by.source,
            items=by.items,
            grades={grade.name: place for place, grade in enumerate(by.grades)},
            **inlined("script.js"),
        )
    )


def review_page(reviews: Sequence[Review]) -> str:
    """Return the review sheets of some texts as a page: the ranking, then each sheet to print."""
    ranking = [
        (text, text.projects[place], f"t{number}p{place + 1}")
        for number, text in enumerate(reviews)
        for place in text.ranking
    ]
    by = form()
    return (
        environment()
        .get_template("review.j2")
        .render(
            reviews=reviews,
            ranking=sorted(ranking, key=lambda each: severity_key(each[1])),
            whole=WHOLE,
            title=by.title,
            notice=by.notice,
            source=by.source,
            items=by.items,
            grades={grade.name: place for place, grade in enumerate(by.grades)},
            style=inlined("script.js")["style"],
        )
    )


@cache
def environment() -> Environment:
    """Return what makes pages: every value is escaped, and a name that is not there is an error."""
    made = Environment(
        loader=PackageLoader("jixiao.write", "html"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(num=number, line=one_line, judged=judged, grounds=grounds)
    made.globals.update(
        severities=tuple(Severity),
        version=__version__,
        level=_level,
        quotes=_quotes,
        many=_PLACES,
    )
    return made


@cache
def inlined(script: str) -> dict[str, Any]:
    """Return the style and a script as they stand in a page, and the script's hash for its policy."""
    folder = resources.files("jixiao.write") / "html"
    code = (folder / script).read_text("utf-8")
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    # Our own files, no text of a user's.
    return {
        "style": Markup((folder / "style.css").read_text("utf-8")),  # noqa: S704
        "script": Markup(code),  # noqa: S704
        "script_hash": f"sha256-{digest}",
    }


def _level(count: int) -> int:
    return 1 + sum(count > each for each in _LEVELS)


def _quotes(said: Said) -> list[str]:
    """Return what is written at the places, where the message does not quote it already."""
    written = dict.fromkeys(spot.evidence for spot in said.spots if spot.evidence)
    return [each for each in written if each not in said.message][:_QUOTED]


def _totals(text: TextPart) -> dict[str, int]:
    totals: dict[str, int] = {}
    for part in text.parts:
        for code, count in part.by_rule.items():
            totals[code] = totals.get(code, 0) + count
    return totals


def _all_rules(seen: Overview) -> list[RuleCount]:
    """Return the rules that something was found by, waived or not."""
    known = {each.code: each for each in seen.rules}
    for text in seen.texts:
        for part in text.parts:
            for fold in part.waived:
                known.setdefault(fold.code, RuleCount(fold.code, fold.title, fold.severity, 0))
    order = {code: place for place, code in enumerate(rules())}
    return sorted(known.values(), key=lambda each: (order.get(each.code, len(order)), each.code))


def _legend(seen: Overview) -> list[tuple[RuleCount, str, str]]:
    documented = rules()
    told = []
    for each in _all_rules(seen):
        rule = documented.get(each.code)
        claim = (rule.__doc__ or "").partition("\n\n")[0] if rule else ""
        told.append((each, one_line(claim), rule.policy if rule else ""))
    return told
