"""SARIF and Markdown: the same findings for programs and for pasting."""

from __future__ import annotations

import json

import msgspec

from jixiao.check import rules
from jixiao.exchange import dump_json
from jixiao.write.markdown import markdown
from jixiao.write.sarif import sarif
from write.reports import hostile, samples

LEVELS = {"E": "error", "W": "warning", "I": "note"}


def test_sarif_has_a_result_a_finding():
    texts, findings = samples()
    log = json.loads(dump_json(sarif(findings, texts)))
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    assert run["tool"]["driver"]["name"] == "jixiao"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == list(rules())
    assert len(run["results"]) == len(findings)
    ids = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    for result, finding in zip(run["results"], findings, strict=True):
        assert result["ruleId"] == finding.code == ids[result["ruleIndex"]]
        assert result["level"] == LEVELS[finding.severity]
        assert finding.message in result["message"]["text"]
        location = result["locations"][0]
        assert location["physicalLocation"]["artifactLocation"]["uri"].endswith(".docx")
        assert location["logicalLocations"]


def test_sarif_fingerprints_are_the_same_from_run_to_run_and_tell_findings_apart():
    texts, findings = samples()

    def prints():
        return [
            tuple(result["partialFingerprints"].values())
            for result in sarif(findings, texts)["runs"][0]["results"]
        ]

    assert prints() == prints()
    assert len(set(prints())) == len(findings)


def test_sarif_suppresses_what_is_waived():
    texts, findings = hostile()
    results = sarif(findings, texts)["runs"][0]["results"]
    assert [bool(result.get("suppressions")) for result in results] == [
        finding.waiver is not None for finding in findings
    ]


def test_markdown_tells_every_finding_and_no_text_becomes_markup():
    texts, findings = samples()
    page = markdown(findings, texts)
    for finding in findings:
        assert finding.code in page
    texts, findings = hostile()
    page = markdown(findings, texts)
    assert "<script>" not in page
    assert "\n## 标题" not in page


def test_sarif_names_a_place_once_and_a_finding_by_its_year():
    (text, *_), findings = samples()
    found = [finding for finding in findings if finding.file == text.source]
    last = msgspec.structs.replace(text, source="去年.docx", year=2023)
    older = [msgspec.structs.replace(finding, file=last.source) for finding in found]
    alone = sarif(found, [text])["runs"][0]
    both = sarif([*older, *found], [last, text])["runs"][0]
    places = [json.dumps(place, sort_keys=True) for place in both["logicalLocations"]]
    assert len(set(places)) == len(places) == len(alone["logicalLocations"])
    prints = [result["partialFingerprints"] for result in both["results"]]
    assert prints[len(older) :] == [result["partialFingerprints"] for result in alone["results"]]
    assert {json.dumps(each) for each in prints[: len(older)]}.isdisjoint(
        json.dumps(each) for each in prints[len(older) :]
    )
