"""Prints how exactly each layout is read in each format: ``python -m forms.report [NAME…]``.

Run it from ``tests``. Every layout is read with the text that the tests read it with; ``--all``
takes every text, which needs minutes. ``--libreoffice`` adds doc, odt and rtf.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from forms.compare import differences
from forms.layouts import LAYOUTS, truths
from forms.writers import OFFICE, WRITERS, convert, write
from jixiao.model.errors import ReadError
from jixiao.read import read, read_many


def main(arguments: list[str]) -> None:
    """Print a line for each layout and format that is not exact, and the sums."""
    names = [one for one in arguments if not one.startswith("--")]
    texts = truths()
    right: dict[str, list[int]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, (layout, make) in enumerate(LAYOUTS.items()):
            if names and not any(layout.startswith(name) for name in names):
                continue
            chosen = range(len(texts)) if "--all" in arguments else [number % len(texts)]
            for at in chosen:
                form = make(texts[at])
                made = {}
                for fmt in WRITERS:
                    path, own = write(form, Path(folder), f"{layout}-{at}", fmt)
                    try:
                        count, problems = differences(own, read(path))
                    except ReadError as error:
                        count, problems = 1, [str(error)]
                    _note(right, layout, fmt, count, problems, at)
                    made[fmt] = path
                if "--libreoffice" in arguments:
                    for ending in OFFICE:
                        path = convert([made["docx"]], ending, Path(folder) / "office")[0]
                        _, text = next(iter(read_many([path])))
                        count, problems = (
                            (1, [str(text)])
                            if isinstance(text, ReadError)
                            else differences(form, text)
                        )
                        _note(right, layout, ending, count, problems, at)
    for name, (cells, wrong) in sorted(right.items()):
        print(f"{name:24} {cells:7} cells  {max(0.0, 100 - 100 * wrong / cells):7.3f}%")


def _note(
    right: dict[str, list[int]], layout: str, fmt: str, count: int, problems: list[str], at: int
) -> None:
    for name in (layout, f"= {fmt}"):
        sums = right.setdefault(name, [0, 0])
        sums[0] += count
        sums[1] += len(problems)
    if problems:
        print(f"{layout} {fmt} {at}: {len(problems)} of {count} cells")
        for problem in problems[:3]:
            print(f"    {problem[:230]}")


if __name__ == "__main__":
    main(sys.argv[1:])
