"""What all tests share."""

from __future__ import annotations

import os
from functools import cache

import pytest

from jixiao.read import libreoffice


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out what needs LibreOffice where there is none, unless the run requires it."""
    if item.get_closest_marker("libreoffice") and libreoffice.program() is None:
        if os.environ.get("JIXIAO_REQUIRE_LIBREOFFICE"):
            pytest.fail("LibreOffice is required by this run, and not installed", pytrace=False)
        pytest.skip("LibreOffice is not installed")
    if item.get_closest_marker("fonts") and not _has_chinese_font():
        pytest.skip("no font with Chinese letters is installed")


@cache
def _has_chinese_font() -> bool:
    import typst

    return any("CJK" in name or name in ("SimSun", "宋体") for name in typst.Fonts().families())
