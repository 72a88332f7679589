"""The examples in README and the documentation show what the commands really give."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_SPEC = importlib.util.spec_from_file_location("examples", ROOT / "scripts/refresh_examples.py")
examples = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(examples)

BLOCKS = [
    pytest.param(block["command"], block["output"], id=f"{page.name}-{number}")
    for page in examples.pages()
    for number, block in enumerate(examples.BLOCK.finditer(page.read_text("utf-8")))
]


@pytest.mark.parametrize(("command", "shown"), BLOCKS)
def test_an_example_shows_what_the_command_gives(command, shown):
    assert examples.output(command) == shown


def test_there_are_examples_in_the_readme_and_in_the_documentation():
    assert any(block.id.startswith("README") for block in BLOCKS)
    assert len(BLOCKS) >= 5
