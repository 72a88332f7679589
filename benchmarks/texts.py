"""Texts to measure with, made by laying a sample's tables out again."""

from __future__ import annotations

import zipfile
from pathlib import Path

SAMPLES = Path(__file__).parents[1] / "samples"


def large_docx(path: Path, times: int = 3, sample: str = "sannvhe-2023") -> Path:
    """Write a docx with a sample's project tables several times over (3 × 8 projects)."""
    with zipfile.ZipFile(SAMPLES / f"{sample}.docx") as source:
        document = source.read("word/document.xml").decode("utf-8")
        head = document.index("<w:tbl>")
        tail = document.rindex("<w:sectPr")
        document = document[:head] + document[head:tail] * times + document[tail:]
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
            for name in source.namelist():
                changed = document.encode("utf-8") if name == "word/document.xml" else None
                target.writestr(name, changed or source.read(name))
    return path
