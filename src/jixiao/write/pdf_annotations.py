"""审核意见 as highlights in the user's own PDF, over the words that they are about.

What is drawn on the pages stays as it is, byte for byte: annotations lie over it.
"""

from __future__ import annotations

import io
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import lru_cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jixiao.check import Finding, rules
from jixiao.model.errors import JixiaoError, ReadError
from jixiao.model.place import Box
from jixiao.read import Format, detect
from jixiao.read import _load as load_file
from jixiao.read.pdf.bombs import refuse_bombs
from jixiao.write.pdf_places import box_in_file, frame_of_page, parts

if TYPE_CHECKING:
    import pikepdf

MOST_FIELDS = 20_000
"""Fields of a form that are looked through for a signature; more is refused as hostile."""

_APPEND_ONLY = 2
"""The bit of /SigFlags that says a change would break signatures (ISO 32000-1, table 219)."""

_PRINTED = 4
_PRINTED_UPRIGHT = 4 | 8 | 16  # at one size, however the page is turned or enlarged
_NOTE = 20.0
"""Points: how wide a note's sign is, and how far it keeps from the corner of the page."""


class AnnotateError(JixiaoError):
    """A PDF file that nothing can be marked in."""


def annotatable(path: Path) -> bytes:
    """Return the PDF file to mark findings in. Raises ReadError, AnnotateError."""
    data = load_file(path)
    kind = detect(data)
    if kind is not Format.PDF:
        raise AnnotateError(
            f"这是 {kind.value} 文件，不能用 --annotate 标注",
            "Word 文档请改用 --format docx 写批注，其他格式请先另存为 PDF",
        )
    return data


def annotated(pdf: bytes, findings: Sequence[Finding], date: datetime | None = None) -> bytes:
    """Return a PDF file with a highlight over the box of each finding.

    Its title is the rule's code, its contents the message and the suggestion, its colour the
    severity. Findings of one box share it from top to bottom, the worst first. Those without a
    box stand together in a note on the first page.

    Raises ReadError for a damaged or hostile file, AnnotateError for one that is encrypted or
    digitally signed.
    """
    refuse_bombs(pdf)
    with _opened(pdf) as document:
        marks = _Marks(document, date or datetime.now(UTC))
        placed, homeless = _by_place(findings, len(document.pages))
        for (number, box), found in placed.items():
            for finding, part in zip(found, parts(box, len(found)), strict=True):
                marks.highlight(number, part, finding)
        if homeless:
            marks.note(homeless)
        marks.lay()
        return _saved(document)


@contextmanager
def _opened(pdf: bytes) -> Iterator[pikepdf.Pdf]:
    """Open a file that may be marked; what the library cannot do with it is damage."""
    import pikepdf

    damaged = ReadError(
        "PDF 文件不完整或已损坏，不能标注", "请用 PDF 阅读器打开后另存一份，再对它标注"
    )
    try:
        with pikepdf.open(io.BytesIO(pdf)) as document:
            if document.is_encrypted:
                raise _encrypted()
            if not len(document.pages):
                raise damaged
            if _is_signed(document.Root):
                raise AnnotateError(
                    "PDF 文件有数字签名，加上标注会使签名失效，没有标注",
                    "请对没有签名的文件标注，或用 --format html 把审核意见写成报告",
                )
            yield document
    except pikepdf.PasswordError as error:
        raise _encrypted() from error
    except (
        pikepdf.PdfError,
        RuntimeError,
        ValueError,
        TypeError,
        AttributeError,
        KeyError,
        RecursionError,
    ) as error:
        raise damaged from error


def _encrypted() -> AnnotateError:
    return AnnotateError(
        "PDF 文件设有密码或限制了修改，不能标注", "请用 PDF 阅读器取消密码和限制，另存一份再试"
    )


def _is_signed(root: Any) -> bool:
    """Tell whether a field of the file's form, or the file as a whole, bears a signature."""
    import pikepdf

    perms = root.get("/Perms")
    if isinstance(perms, pikepdf.Dictionary) and perms.keys() & {"/DocMDP", "/UR3"}:
        return True
    form = root.get("/AcroForm")
    if not isinstance(form, pikepdf.Dictionary):
        return False
    flags = form.get("/SigFlags", 0)
    if isinstance(flags, int) and flags & _APPEND_ONLY:
        return True
    return any(
        field.get("/FT") == pikepdf.Name.Sig and field.get("/V") is not None
        for field in _fields(form)
    )


def _fields(form: Any) -> Iterator[Any]:
    """Yield the fields of a form with those below them; a field may name itself as its own."""
    import pikepdf

    waiting, count = [form.get("/Fields")], 0
    while waiting:
        below = waiting.pop()
        if not isinstance(below, pikepdf.Array):
            continue
        for field in below:
            count += 1
            if count > MOST_FIELDS:
                raise AnnotateError("PDF 文件里的表单项多得不正常，没有标注", "请确认文件来源")
            if isinstance(field, pikepdf.Dictionary):
                yield field
                waiting.append(field.get("/Kids"))


def _by_place(
    findings: Sequence[Finding], pages: int
) -> tuple[dict[tuple[int, Box], list[Finding]], list[Finding]]:
    """Return the findings by page and box, and those that have none, the worst first."""
    placed: dict[tuple[int, Box], list[Finding]] = {}
    homeless = []
    for finding in sorted(findings, key=lambda finding: finding.severity.rank):
        at = finding.place
        if at is None or at.box is None or at.page is None or not 1 <= at.page <= pages:
            homeless.append(finding)
        else:
            placed.setdefault((at.page, at.box), []).append(finding)
    return placed, homeless


class _Marks:
    """Collects the annotations of each page, and lays them over it at the end."""

    def __init__(self, document: pikepdf.Pdf, date: datetime) -> None:
        self._document = document
        self._date = date.astimezone(UTC).strftime("D:%Y%m%d%H%M%SZ")
        self._by_page: dict[int, list[Any]] = {}
        self._titles = {code: rule.title for code, rule in rules().items()}

    def highlight(self, number: int, box: Box, finding: Finding) -> None:
        """Mark a box, as it is shown on a page counted from 1, with a finding."""
        import pikepdf

        page = self._document.pages[number - 1]
        left, bottom, right, top = box_in_file(frame_of_page(page), box)
        colour = _colour(finding.severity.value)
        self._add(
            number,
            {
                "Subtype": pikepdf.Name.Highlight,
                "Rect": [left, bottom, right, top],
                "QuadPoints": [left, top, right, top, left, bottom, right, bottom],
                "C": colour,
                "CA": _settings()["highlight"]["opacity"],
                "T": pikepdf.String(finding.code),
                "Subj": pikepdf.String(self._subject(finding)),
                "Contents": pikepdf.String(_said(finding)),
                "F": _PRINTED,
                "AP": pikepdf.Dictionary(N=self._appearance(right - left, top - bottom, colour)),
            },
        )

    def note(self, findings: Sequence[Finding]) -> None:
        """Put findings that no box holds into a note in the first page's corner."""
        import pikepdf

        words = _settings()["note"]
        said = [
            f"【{one.severity.value}·{self._subject(one)}】{one.place or ''}\n{_said(one)}"
            for one in findings
        ]
        corner = (_NOTE, _NOTE, 2 * _NOTE, 2 * _NOTE)
        self._add(
            1,
            {
                "Subtype": pikepdf.Name.Text,
                "Rect": list(box_in_file(frame_of_page(self._document.pages[0]), corner)),
                "Name": pikepdf.Name.Note,
                "C": _colour(findings[0].severity.value),
                "T": pikepdf.String(words["title"]),
                "Contents": pikepdf.String(_legal("\n\n".join([words["lead"], *said]))),
                "F": _PRINTED_UPRIGHT,
            },
        )

    def lay(self) -> None:
        """Add what was collected to the pages, after the annotations that are there."""
        import pikepdf

        for number, marks in self._by_page.items():
            page = self._document.pages[number - 1].obj
            there = page.get("/Annots")
            kept = list(there) if isinstance(there, pikepdf.Array) else []
            page.Annots = pikepdf.Array([*kept, *marks])

    def _subject(self, finding: Finding) -> str:
        title = self._titles.get(finding.code)
        return f"{finding.code} {title}" if title else finding.code

    def _add(self, number: int, mark: dict[str, Any]) -> None:
        import pikepdf

        marks = self._by_page.setdefault(number, [])
        name = f"jixiao-{number}-{len(marks) + 1}"
        page = self._document.pages[number - 1].obj
        whole = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot, NM=pikepdf.String(name), M=pikepdf.String(self._date), P=page
        )
        for key, value in mark.items():
            whole[f"/{key}"] = value
        marks.append(self._document.make_indirect(whole))

    def _appearance(self, width: float, height: float, colour: list[float]) -> Any:
        """Return the drawing of a highlight, for programs that make none of their own."""
        import pikepdf

        ink = " ".join(f"{part:.3f}" for part in colour)
        drawing = self._document.make_stream(
            f"/G gs {ink} rg 0 0 {width:.2f} {height:.2f} re f".encode()
        )
        drawing.Type, drawing.Subtype = pikepdf.Name.XObject, pikepdf.Name.Form
        drawing.BBox = [0, 0, round(width, 2), round(height, 2)]
        state = pikepdf.Dictionary(
            Type=pikepdf.Name.ExtGState,
            BM=pikepdf.Name.Multiply,
            ca=_settings()["highlight"]["opacity"],
        )
        drawing.Resources = pikepdf.Dictionary(ExtGState=pikepdf.Dictionary(G=state))
        return drawing


def _said(finding: Finding) -> str:
    lines = [finding.message]
    if finding.suggestion:
        lines.append(f"建议：{finding.suggestion}")
    if finding.policy:
        lines.append(f"依据：{finding.policy}")
    return _legal("\n".join(lines))


def _legal(text: str) -> str:
    """Return text without the control characters and halves of characters that none may hold."""
    return "".join(
        one for one in text if one in "\n\t" or (one >= " " and not "\ud800" <= one <= "\udfff")
    )


def _saved(document: pikepdf.Pdf) -> bytes:
    import pikepdf

    out = io.BytesIO()
    document.save(
        out,
        compress_streams=False,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.preserve,
        fix_metadata_version=False,
    )
    return out.getvalue()


def _colour(severity: str) -> list[float]:
    return [round(part / 255, 3) for part in _settings()["colours"][severity]]


@lru_cache(maxsize=1)
def _settings() -> dict[str, Any]:
    data = (resources.files("jixiao.write") / "data" / "annotations.toml").read_text("utf-8")
    return tomllib.loads(data)
