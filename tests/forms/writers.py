"""Every format that a form can be written in, by name."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from forms.blocks import Form
from forms.write_docx import write_docx
from forms.write_excel import write_excel
from forms.write_html import write_html
from forms.write_text import write_text

Writer = Callable[[Form, Path], object]

WRITERS: dict[str, tuple[str, Writer]] = {
    "docx": ("docx", write_docx),
    "docx-br": ("docx", partial(write_docx, breaks=True)),
    "html": ("html", write_html),
    "html-word": ("htm", partial(write_html, style="word")),
    "html-office": ("html", partial(write_html, style="office")),
    "html-web": ("htm", partial(write_html, style="web")),
    "xlsx": ("xlsx", write_excel),
    "xlsx-num": ("xlsx", partial(write_excel, numbers=True)),
    "xlsx-sheets": ("xlsx", partial(write_excel, sheets=True)),
    "txt": ("txt", write_text),
    "txt-loose": ("txt", partial(write_text, loose=True)),
    "txt-gbk": ("txt", partial(write_text, encoding="gb18030")),
}

OFFICE = ("doc", "odt", "rtf")
"""Formats that LibreOffice makes of the docx."""


def write(form: Form, folder: Path, name: str, fmt: str) -> tuple[Path, Form]:
    """Write a form into a folder; return the file and the form with the format's own noise."""
    suffix, writer = WRITERS[fmt]
    path = folder / f"{name}.{fmt}.{suffix}"
    added = writer(form, path)
    noise = [*form.noise, *added] if isinstance(added, list) else form.noise
    return path, Form(form.blocks, form.expect, form.unread, noise)


def convert(files: Sequence[Path], to: str, folder: Path) -> list[Path]:
    """Convert docx files to doc, odt or rtf in one start of LibreOffice."""
    soffice = shutil.which("soffice")
    if soffice is None:
        raise FileNotFoundError("soffice")
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run(
        [
            soffice, f"-env:UserInstallation=file://{folder.resolve()}/.profile", "--headless",
            "--convert-to", to, "--outdir", str(folder), *map(str, files),
        ],
        check=True, capture_output=True, timeout=150,
    )  # fmt: skip
    return [folder / f"{path.stem}.{to}" for path in files]
