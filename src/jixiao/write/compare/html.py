"""A comparison as one HTML page, old and new side by side; it loads nothing and has no script."""

from __future__ import annotations

from functools import cache
from importlib import resources

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from jixiao import __version__
from jixiao.compare import Comparison, Kind
from jixiao.write.compare.marking import Piece, pieces
from jixiao.write.compare.rows import Row, groups
from jixiao.write.compare.text import summary
from jixiao.write.compare.words import count_words, kind_word, side_words, signed, wan
from jixiao.write.plain import one_line

_MANY = 12
"""From so many projects on, the page folds them."""


def page(comparison: Comparison) -> str:
    """Return the page."""
    found = groups(comparison)
    return (
        _environment()
        .get_template("page.j2")
        .render(
            seen=comparison,
            groups=found,
            anchors=[f"p{number}" for number, _ in enumerate(comparison.projects, 1)],
            minor=sum(not row.kind.matters for group in found for row in group.rows),
            unfolded=len(found) <= _MANY,
            same=comparison.kind is Kind.SAME,
            sentences=list(summary(comparison)),
            style=_style(),
            version=__version__,
        )
    )


def cells(row: Row) -> tuple[list[Piece], list[Piece]]:
    """Return the pieces of the old and of the new cell, those of the other left out."""
    if not row.before or not row.after:
        return [Piece("both", row.before)], [Piece("both", row.after)]
    found = pieces(row.before, row.after)
    return (
        [piece for piece in found if piece.which != "after"],
        [piece for piece in found if piece.which != "before"],
    )


@cache
def _environment() -> Environment:
    """Return what makes the page: every value is escaped, a missing name is an error."""
    made = Environment(
        loader=PackageLoader("jixiao.write", "compare"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        line=one_line, kind=kind_word, side=side_words, wan=wan, signed=signed, counts=count_words
    )
    made.globals.update(cells=cells)
    return made


@cache
def _style() -> Markup:
    # Our own file, no text of a user's.
    return Markup(  # noqa: S704
        (resources.files("jixiao.write.compare") / "style.css").read_text("utf-8")
    )
