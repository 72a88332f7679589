"""``jixiao read``: what the files say, as tables, JSON or YAML."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from jixiao.batch import run
from jixiao.batch.outcome import name_of
from jixiao.cli.inputs import Inputs
from jixiao.cli.output import Output, View
from jixiao.cli.progress import Bar
from jixiao.exchange import Envelope, Syntax
from jixiao.exchange.envelope import encode_item
from jixiao.model import PerformanceText, SourcedUnread, SourcedWarning, Unreadable
from jixiao.model.errors import ReadError
from jixiao.model.text import SCHEMA
from jixiao.read import Blocks, read_blocks, read_many


class Encoded(msgspec.Struct, frozen=True):
    """A text, and once more its unread pieces and warnings, ready to be written."""

    text: bytes
    unread: tuple[bytes, ...]
    warnings: tuple[bytes, ...]


def encoded(text: PerformanceText, syntax: Syntax) -> Encoded:
    """Encode a text, in the process that read it: so the parent only copies bytes."""
    source = text.source
    return Encoded(
        encode_item(text, syntax),
        tuple(
            encode_item(SourcedUnread(each.text, each.place, each.reason, source=source), syntax)
            for each in text.unread
        ),
        tuple(
            encode_item(SourcedWarning(each.message, each.place, source=source), syntax)
            for each in text.warnings
        ),
    )


def as_data(
    inputs: Inputs, output: Output, progress: Bar, syntax: Syntax, jobs: int | None
) -> list[Unreadable]:
    """Write all texts as one object; return what could not be read."""
    envelope = Envelope(output.write, syntax, SCHEMA, "texts", ("unread", "warnings", "unreadable"))
    unreadable = list(inputs.unreadable)
    for _, result in run(inputs.paths, partial(encoded, syntax=syntax), jobs=jobs, reader=named):
        progress.advance()
        if isinstance(result, Unreadable):
            unreadable.append(result)
            continue
        with progress.aside():
            envelope.add(result.text)
        for name, items in (("unread", result.unread), ("warnings", result.warnings)):
            for item in items:
                envelope.follow(name, item)
    progress.end()
    for each in unreadable:
        envelope.follow("unreadable", envelope.encode(each))
    envelope.close()
    return unreadable


def as_tables(
    inputs: Inputs, output: Output, progress: Bar, view: View, jobs: int | None, *, blocks: bool
) -> list[Unreadable]:
    """Write texts, or the blocks that they are recognised from, as tables for people."""
    # Laying tables out takes longer than reading them: it is done where the file was read.
    from jixiao.cli.show_blocks import show_blocks
    from jixiao.cli.show_text import show_text

    unreadable = list(inputs.unreadable)
    work: Any = partial(show_blocks if blocks else show_text, view=view)
    reader: Any = blocks_of if blocks else named
    for _, result in run(inputs.paths, work, jobs=jobs, reader=reader):
        progress.advance()
        if isinstance(result, Unreadable):
            unreadable.append(result)
            continue
        with progress.aside():
            output.text(result)
    return unreadable


def named(paths: Sequence[Path]) -> Iterator[tuple[Path, PerformanceText | ReadError]]:
    """Read files as ``read_many`` does, with sources that can be shown and encoded."""
    for path, content in read_many(paths):
        name = name_of(path)
        if isinstance(content, PerformanceText) and content.source != name:
            content = msgspec.structs.replace(content, source=name)
        yield path, content


def blocks_of(
    paths: Sequence[Path],
) -> Iterator[tuple[Path, tuple[str, Blocks] | ReadError]]:
    """Read the blocks of files, with the name of each."""
    for path in paths:
        try:
            yield path, (name_of(path), read_blocks(path))
        except ReadError as error:
            yield path, error
