"""The page about tables says what is there, and its examples run."""

from __future__ import annotations

import re
from pathlib import Path

from jixiao.exchange.mof_mapping import Field, load_mapping
from jixiao.exchange.tables import tables

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "data.md").read_text("utf-8")


def test_examples_run(tmp_path, monkeypatch):
    (tmp_path / "samples").symlink_to(ROOT / "samples")
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    blocks = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) == 2
    for block in blocks:
        exec(block, names)


def test_every_table_is_named_with_its_key():
    for name, table in tables().items():
        row = re.search(rf"^\| `{name}` \|.*$", PAGE, re.MULTILINE)
        assert row, name
        assert "、".join(f"`{column}`" for column in table.key) in row[0]
        for of in table.foreign.values():
            assert f"`{of}`" in row[0] or name == "findings"


def test_every_table_and_key_of_the_mapping_is_named():
    for name in load_mapping():
        assert f"| `{name}` |" in PAGE
    for key in Field.__struct_encode_fields__:
        assert f"`{key}`" in PAGE
