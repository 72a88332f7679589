"""``jixiao rules`` and ``jixiao schema``."""

from __future__ import annotations

import json

import pytest

from cli.command import jixiao, on_terminal
from jixiao.check import rules
from jixiao.cli import main
from jixiao.exchange import schema


def test_every_rule_is_listed_with_its_severity_and_title(capfd):
    assert main(("rules",)) == 0
    lines = capfd.readouterr().out.splitlines()
    for rule in rules().values():
        (line,) = [line for line in lines if line.strip().startswith(rule.code)]
        assert rule.severity.chinese in line
        assert rule.title in line
        assert rule.slug in line


@pytest.mark.parametrize("name", ["C02", "c02", "missing-project-field", "Missing_Project_Field"])
def test_a_rule_is_explained_by_code_or_name(name, capfd):
    assert main(("rules", name)) == 0
    out = capfd.readouterr().out
    assert out.startswith(f"# C02 {rules()['C02'].title}\n")
    for part in ("为什么", "反例", "正例", "依据：财预"):
        assert part in out


def test_on_a_terminal_it_is_set_for_reading():
    shown = on_terminal("rules", "C02").err
    assert "\033[" in shown
    assert "C02" in shown
    assert "# C02" not in shown


@pytest.mark.parametrize("name", ["read", "check"])
def test_the_schema_is_printed(name):
    assert json.loads(jixiao("schema", name).out) == schema(name)


def test_the_schema_of_read_by_default():
    assert json.loads(jixiao("schema").out) == schema("read")
