"""Every rule finds what its cases say it must, and stays quiet where they say it must."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from check.build import HERE, expand, reports, text, texts
from jixiao.check import Checker, Finding, digest, load_profile, rules
from jixiao.check.rule import OfReports
from jixiao.library import indicators

CASES = {
    path.stem: {
        kind: [expand(case, of_reports=path.stem.startswith("S")) for case in listed]
        for kind, listed in yaml.safe_load(path.read_text("utf-8")).items()
    }
    for path in sorted((HERE / "cases").glob("*.yml"))
}


def cases(kind: str) -> list[Any]:
    return [
        pytest.param(code, case, id=f"{code}-{case['name']}")
        for code, content in CASES.items()
        for case in content[kind]
    ]


def findings(code: str, case: dict[str, Any]) -> list[Finding]:
    checker = Checker(load_profile(case.get("profile", "base")), select=[code])
    if issubclass(rules()[code], OfReports):
        return checker.check_reports(reports(case), None if case.get("alone") else text(case))
    together = texts(case)
    alone = [finding for text in together for finding in checker.check(text)]
    return alone + checker.check_together([digest(text) for text in together])


def test_every_rule_has_its_cases():
    assert set(CASES) == set(rules())
    for content in CASES.values():
        assert min(len(content["find"]), len(content["clean"])) >= 6


def test_a_sound_report_has_no_finding_and_a_text_alone_none_of_reports():
    checker = Checker(load_profile())
    assert checker.check_reports(reports({}), text({})) == []
    assert checker.check_reports(reports({})) == []
    assert checker.report_codes
    assert not set(checker.codes) & set(checker.report_codes)
    assert Checker(load_profile(), select=["S"]).check(text({"project": {"goals": []}})) == []


@pytest.mark.parametrize(("code", "case"), cases("find"))
def test_finds(code, case):
    found = findings(code, case)
    assert found, "应当查出，没有查出"
    assert {finding.code for finding in found} == {code}
    if "fields" in case:
        assert [finding.field for finding in found] == case["fields"]
    if "says" in case:
        said = "\n".join(f"{f.message}\n{f.evidence}\n{f.suggestion}" for f in found)
        assert case["says"] in said
    for finding in found:
        assert finding.message
        assert finding.suggestion
        assert finding.policy


@pytest.mark.parametrize(("code", "case"), cases("clean"))
def test_stays_quiet(code, case):
    found = findings(code, case)
    assert [(finding.field, finding.message) for finding in found] == []


_OF_ONE_INDICATOR = ("A03", "C05", "C06", "Q01", "Q02", "Q04", "Q05", "Q06", "Q07", "Q08", "R01")


@pytest.mark.parametrize("field", sorted({one.field for one in indicators()}))
def test_the_librarys_own_indicators_are_well_formed(field):
    here = [one for one in indicators() if one.field == field]
    rows = [f"{one.level2} | {one.name} | {one.description} | {one.value}" for one in here]
    found = Checker(load_profile()).check(text({"indicators": rows}))
    assert [one.message for one in found if one.code in _OF_ONE_INDICATOR] == []
