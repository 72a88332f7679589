"""What was recognised in a picture and is not certain, for a person to hold against the original."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from jixiao.model import Place, ReadingWarning
from jixiao.read.blocks import Block, Paragraph
from jixiao.read.pdf.scan_settings import settings

_LONGEST = 30


def doubts_in(blocks: Iterable[Block]) -> tuple[ReadingWarning, ...]:
    """Return a warning for each cell and paragraph with an uncertain character, with its place.

    Of very many only the first are told one by one.
    """
    low, most = settings()["low_confidence"], settings()["most_notes"]
    found = [(text, place) for text, place, sure in _recognised(blocks) if sure < low]
    told = [
        ReadingWarning(f"“{_short(text)}”是识别出来的，没有把握，请对照原件核对", place)
        for text, place in found[:most]
    ]
    if len(found) > most:
        rest = f"另有 {len(found) - most} 处识别没有把握，请全部对照原件核对"
        told.append(ReadingWarning(rest, found[most][1]))
    return tuple(told)


def _recognised(blocks: Iterable[Block]) -> Iterator[tuple[str, Place, float]]:
    """Yield the texts of blocks with their places and how sure they are."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield block.text, block.place, block.sure
        elif block.sure:
            for cell in (cell for row in block.rows for cell in row):
                yield cell.text, block.place(cell), block.sure.get((cell.row, cell.column), 1.0)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}……"
