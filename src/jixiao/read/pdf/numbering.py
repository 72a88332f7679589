"""Pages named as people do."""

from __future__ import annotations

from collections.abc import Iterable


def numbers(pages: Iterable[int]) -> str:
    """Name pages: 第1、3—5页."""
    ranges: list[list[int]] = []
    for page in pages:
        if ranges and page == ranges[-1][1] + 1:
            ranges[-1][1] = page
        else:
            ranges.append([page, page])
    shown = [f"{first}" if first == last else f"{first}—{last}" for first, last in ranges[:20]]
    return f"第{'、'.join(shown)}{'等' if len(ranges) > 20 else ''}页"
