"""What LibreOffice sees in a Word file: its words, and its comments with what they stand at."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from jixiao.read import libreoffice

_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_NOTE = _OFFICE + "annotation"


class Note(NamedTuple):
    """A comment: what it says, the words of the cell or paragraph that it is in, who wrote it."""

    says: str
    at: str
    author: str


def opened(docx: bytes) -> etree._Element:
    """Return the body of a Word file as LibreOffice's own XML."""
    with tempfile.TemporaryDirectory(prefix="jixiao-test-") as folder:
        path = Path(folder, "one.docx")
        path.write_bytes(docx)
        subprocess.run(
            [
                libreoffice.program() or "",
                f"-env:UserInstallation={Path(folder, 'profile').as_uri()}",
                "--headless", "--convert-to", "fodt", "--outdir", folder, str(path),
            ],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
        document = etree.fromstring(
            Path(folder, "one.fodt").read_bytes(), etree.XMLParser(huge_tree=True)
        )
        return next(document.iter(_OFFICE + "body"))


def words(element: etree._Element) -> str:
    """Return an element's words without white space, and without those of comments."""
    said = [element.text or ""]
    for child in element:
        if child.tag != _NOTE:
            said.append(words(child))
        said.append(child.tail or "")
    return "".join("".join(said).split())


def notes(document: etree._Element) -> list[Note]:
    """Return the comments in the order of the document."""
    found = []
    for note in document.iter(_NOTE):
        holder = next(note.iterancestors(_TABLE + "table-cell"), None)
        if holder is None:
            holder = next(note.iterancestors(_TEXT + "p", _TEXT + "h"))
        says = "\n".join("".join(line.itertext()) for line in note.iter(_TEXT + "p"))
        author = note.findtext("{http://purl.org/dc/elements/1.1/}creator") or ""
        found.append(Note(says, words(holder), author))
    return found
