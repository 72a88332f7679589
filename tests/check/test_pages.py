"""The manual's pages of the rules say what the rules say."""

from __future__ import annotations

from pathlib import Path

from jixiao.check import rules
from jixiao.check.pages import pages

FOLDER = Path(__file__).parents[2] / "docs" / "rules"


def test_every_rule_has_its_page_and_the_page_is_the_rules_own():
    made = dict(pages())
    assert set(made) == set(rules())
    written = {path.stem: path.read_text("utf-8") for path in FOLDER.glob("???.md")}
    # After a change of a rule: .venv/bin/python scripts/make_rule_pages.py
    assert written == made


def test_a_page_tells_what_can_be_set():
    made = dict(pages())
    assert "rules.F02.parameters.least`（60）" in made["F02"]
    assert "parameters" not in made["F01"]
