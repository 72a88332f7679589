"""Writing: a text of 23 projects as Word, PDF and entry form, beside what others need for less."""

from __future__ import annotations

import tempfile
import time
from io import BytesIO
from pathlib import Path

import docx
import msgspec
from docxtpl import DocxTemplate

from benchmarks.measure import Result, best
from benchmarks.texts import SAMPLES
from jixiao.model import PerformanceText
from jixiao.read import libreoffice, read
from jixiao.write.entry import write_entry_form
from jixiao.write.text import write_docx
from jixiao.write.text.pdf import write_pdf

PROJECTS = 23


def run() -> list[Result]:
    """Measure."""
    text = _text()
    rows = sum(len(project.indicators) for project in text.projects)
    ours = best(lambda: write_docx(text), 10)
    peer = best(lambda: _by_docxtpl(text), 3)
    start = time.perf_counter()
    write_pdf(text)
    first = time.perf_counter() - start
    pdf = best(lambda: write_pdf(_renamed(text)), 5)
    entry = best(lambda: write_entry_form(text), 5)
    results = [
        Result(
            f"docx，{PROJECTS} 个项目 {rows} 项指标",
            f"{ours * 1000:.0f} 毫秒；docxtpl 只写同样的行 {peer * 1000:.0f} 毫秒，{peer / ours:.1f} 倍",
            "少于 500 毫秒",
            ours < 0.5,
        ),
        Result(
            "PDF，同一份文本",
            f"{pdf * 1000:.0f} 毫秒（第一份 {first * 1000:.0f} 毫秒）",
            "少于 1 秒",
            max(pdf, first) < 1,
        ),
        Result("填报表（xlsx）", f"{entry * 1000:.0f} 毫秒", "少于 500 毫秒", entry < 0.5),
    ]
    if libreoffice.program():
        converted = _by_libreoffice(write_docx(text))
        results.append(
            Result(
                "PDF，与 LibreOffice 转换 docx 相比",
                f"{converted:.1f} 秒 ÷ {first:.2f} 秒 = {converted / first:.0f} 倍，都从头启动",
                "更快",
                converted > first,
            )
        )
    return results


def _text() -> PerformanceText:
    known = [read(path) for path in sorted(SAMPLES.glob("*.docx"))]
    projects = [project for text in known for project in text.projects]
    return msgspec.structs.replace(
        known[0], projects=tuple(projects[at % len(projects)] for at in range(PROJECTS))
    )


_times = 0


def _renamed(text: PerformanceText) -> PerformanceText:
    """Return a text that Typst has not set before: it remembers what it has."""
    global _times
    _times += 1
    return msgspec.structs.replace(
        text,
        projects=tuple(
            msgspec.structs.replace(project, name=f"{_times}号{project.name}")
            for project in text.projects
        ),
    )


def _by_docxtpl(text: PerformanceText) -> bytes:
    """Fill a template with a heading and an indicator table for each project."""
    form = DocxTemplate(BytesIO(_template()))
    form.render({"projects": [msgspec.to_builtins(project) for project in text.projects]})
    made = BytesIO()
    form.save(made)
    return made.getvalue()


def _template() -> bytes:
    document = docx.Document()
    document.add_paragraph("{%p for project in projects %}")
    document.add_heading("{{ project.name }}", 2)
    table = document.add_table(4, 6)
    fields = ("level1", "level2", "name", "description", "value.text", "basis")
    for cell, field in zip(table.rows[0].cells, fields, strict=True):
        cell.text = field
    table.rows[1].cells[0].text = "{%tr for row in project.indicators %}"
    for cell, field in zip(table.rows[2].cells, fields, strict=True):
        cell.text = f"{{{{ row.{field} }}}}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    document.add_paragraph("{%p endfor %}")
    made = BytesIO()
    document.save(made)
    return made.getvalue()


def _by_libreoffice(data: bytes) -> float:
    import subprocess

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.docx"
        path.write_bytes(data)
        start = time.perf_counter()
        subprocess.run(
            [str(libreoffice.program()), f"-env:UserInstallation=file://{folder}/profile",
             "--headless", "--convert-to", "pdf", "--outdir", folder, str(path)],
            capture_output=True, check=True, timeout=120,
        )  # fmt: skip
        return time.perf_counter() - start
