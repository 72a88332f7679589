"""Writes docs/rules/CODE.md for every rule, from the rule itself. A test keeps them in step."""

from __future__ import annotations

from pathlib import Path

from jixiao.check.pages import pages

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "rules"


def main() -> None:
    """Write all pages; take away those of rules that are no more."""
    made = dict(pages())
    for code, page in made.items():
        (FOLDER / f"{code}.md").write_text(page, "utf-8")
    for path in FOLDER.glob("???.md"):
        if path.stem not in made:
            path.unlink()


if __name__ == "__main__":
    main()
