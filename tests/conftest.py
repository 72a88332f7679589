"""What all tests share."""

from __future__ import annotations

import os

import pytest

from jixiao.read import libreoffice


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Leave out what needs LibreOffice where there is none, unless the run requires it."""
    if item.get_closest_marker("libreoffice") and libreoffice.program() is None:
        if os.environ.get("JIXIAO_REQUIRE_LIBREOFFICE"):
            pytest.fail("LibreOffice is required by this run, and not installed", pytrace=False)
        pytest.skip("LibreOffice is not installed")
