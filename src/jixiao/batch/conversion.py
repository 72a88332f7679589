"""Texts from one form into another: what a file holds, written as the ending of another says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, get_args

import msgspec

from jixiao.model import PerformanceText, Reading, SourcedUnread, SourcedWarning
from jixiao.model.errors import JixiaoError
from jixiao.write.text.layout import Offices, Shape

Kind = Literal["docx", "pdf", "xlsx", "json", "yaml", "csv", "parquet", "package", "mof"]
KINDS: tuple[Kind, ...] = get_args(Kind)
"""What can be written: printed text, entry form, the contract, tables, the ministry's tables."""

ONE_EACH: tuple[Kind, ...] = ("docx", "pdf", "xlsx")
"""Kinds of which each text is a file of its own."""

_BY_ENDING: dict[str, Kind] = {
    ".docx": "docx", ".pdf": "pdf", ".xlsx": "xlsx", ".json": "json", ".yaml": "yaml",
    ".yml": "yaml", ".csv": "csv", ".parquet": "parquet", ".zip": "package",
}  # fmt: skip
_DESCRIPTOR = "datapackage.json"
_LONGEST_NAME = 180
"""Bytes of a file name without its ending; file systems take 255, some of them for a copy's."""

# What no file may be called on some system (Naming Files, Microsoft).
_UNNAMED = re.compile(r'[\x00-\x1f\x7f<>:"|?*]')
_DEVICE = re.compile(r"(?i:con|prn|aux|nul|com\d|lpt\d)")
_SHOWN = 12
"""Lines of differences that a note has; the others it counts."""


class How(msgspec.Struct, frozen=True):
    """How texts are to be written."""

    shape: Shape = "split"
    template: Path | None = None
    offices: Offices = Offices()
    profile: str = "base"
    mapping: Path | None = None


def kind_of(target: Path) -> Kind | None:
    """Return what a file's ending asks for, a data package where it has none."""
    return _BY_ENDING.get(target.suffix.lower(), None if target.suffix else "package")


def is_data(source: Path) -> bool:
    """Tell whether a source holds texts as data already: JSON, tables, a data package."""
    return source.suffix.lower() in (".json", ".csv", ".parquet", ".zip") or (
        (source / _DESCRIPTOR).is_file()
    )


def load_data(source: Path, mapping: Path | None = None, *, mof: bool = False) -> Reading:
    """Return the texts of a source of data. Raises ExchangeError.

    What a person should look at in the ministry's tables stands in the reading's ``warnings``.
    """
    if mof:
        from jixiao.exchange import mof as standard
        from jixiao.exchange.problems import folded

        loaded = standard.load(source, mapping)
        told = (SourcedWarning(each, source=source.name) for each in folded(loaded.problems))
        return Reading(texts=loaded.texts, warnings=tuple(told))
    if source.suffix.lower() == ".json" and source.name != _DESCRIPTOR:
        from jixiao.exchange.load import load_json

        return load_json(source)
    from jixiao.exchange.tidy import read_tables

    return Reading(texts=tuple(read_tables(source)))


def file_of(text: PerformanceText, kind: Kind, how: How) -> bytes:
    """Return one text as a file. Raises JixiaoError where the text or the template does not fit."""
    if kind == "docx":
        from jixiao.write.text import write_docx

        return write_docx(text, folder=how.template, shape=how.shape, offices=how.offices)
    if kind == "pdf":
        from jixiao.write.text.pdf import write_pdf

        return write_pdf(text, folder=how.template, shape=how.shape, offices=how.offices)
    from jixiao.write.entry import write_entry_form

    return write_entry_form(text, how.profile)


def write_data(texts: Sequence[PerformanceText], target: Path, kind: Kind, how: How) -> list[str]:
    """Write texts as one set of data, and return what a person should know about it.

    Raises ExchangeError. JSON and YAML are not written here but by ``data_of``.
    """
    if kind == "mof":
        from jixiao.exchange import mof
        from jixiao.exchange.problems import folded

        return folded(mof.export(texts, target, how.mapping).problems)
    if kind == "package":
        from jixiao.exchange.package import write_package

        write_package(texts, target)
    elif kind in ("csv", "parquet"):
        from jixiao.exchange.tidy import write_tables

        write_tables(texts, target, kind)
    return []


def data_of(texts: Sequence[PerformanceText], kind: Kind) -> bytes:
    """Return texts as JSON or YAML, by the contract of ``jixiao read``."""
    from jixiao.exchange import dump_json, dump_yaml

    made = Reading(
        texts=tuple(texts),
        unread=tuple(
            SourcedUnread(each.text, each.place, each.reason, source=text.source)
            for text in texts
            for each in text.unread
        ),
        warnings=tuple(
            SourcedWarning(each.message, each.place, source=text.source)
            for text in texts
            for each in text.warnings
        ),
    )
    return dump_json(made) + b"\n" if kind == "json" else dump_yaml(made)


def names(texts: Sequence[PerformanceText], kind: Kind) -> Iterator[str]:
    """Yield a file name for each text, after its source; no two are alike."""
    taken: set[str] = set()
    for number, text in enumerate(texts, 1):
        stem = _UNNAMED.sub("", Path(text.source.replace("\\", "/")).stem)
        stem = stem.encode("utf-8", "ignore")[:_LONGEST_NAME].decode("utf-8", "ignore").strip(". ")
        if not stem or _DEVICE.fullmatch(stem):
            stem = f"文本{number}"
        name, again = f"{stem}.{kind}", 1
        while name.casefold() in taken:
            again += 1
            name = f"{stem}-{again}.{kind}"
        taken.add(name.casefold())
        yield name


def lost(text: PerformanceText, path: Path) -> list[str]:
    """Return what a file that was just written does not say as its text does.

    A form has no place for everything that data may hold; reading the file back shows it.
    """
    from jixiao.batch.unsaid import unsaid
    from jixiao.compare import Kind as Change
    from jixiao.compare import compare
    from jixiao.read import read
    from jixiao.write.compare.text import text as told

    try:
        back = read(path)
    except JixiaoError as error:
        return [f"写出的文件读不回来：{error}"]
    made = compare(text, back)
    if made.kind is Change.SAME:
        return unsaid(text, back)
    lines = told(made).splitlines()
    first = next((at for at, line in enumerate(lines) if line.startswith("【")), 0)
    found = [line for line in lines[first:] if line.strip()]
    return found[:_SHOWN] + ([f"……共 {len(found)} 行"] if len(found) > _SHOWN else [])
