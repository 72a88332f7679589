"""Forms as PDF, through the writer of printed pages."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from jixiao.write.plain import clean
from jixiao.write.text.blocks import Block, Heading
from jixiao.write.text.pdf import REPORT, blocks_as_data, set_pages


def write_forms_pdf(
    blocks: Sequence[Block], *, landscape: bool = False, folder: Path | None = None
) -> bytes:
    """Return blocks as PDF; the heading that they begin with is the title.

    Raises TemplateError, and JixiaoError where no font has Chinese letters.
    """
    first = blocks[0] if blocks else None
    title = clean(first.text) if isinstance(first, Heading) else ""
    rest = list(blocks[1:] if title else blocks)
    return set_pages(
        REPORT,
        {
            "title": title,
            "author": "",
            "cover": False,
            "landscape": landscape,
            "blocks": blocks_as_data(rest),
        },
        folder,
    )
