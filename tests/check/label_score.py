"""Holds what the rules find in the samples against what reviewers found there.

``python -m check.label_score`` in ``tests/`` prints a line a rule: of what reviewers call certain
("must") how much is found, and of what is found how much they agree with ("must" or "may").
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from jixiao.check import Checker, load_profile
from jixiao.read import read

SAMPLES = Path(__file__).parents[2] / "samples"
Spot = tuple[str, int | None, int | None]


@dataclass
class Score:
    """Counts of one rule."""

    must: int = 0
    recalled: int = 0
    found: int = 0
    agreed: int = 0

    @property
    def recall(self) -> float:
        """Share of the certain defects that are found."""
        return self.recalled / self.must if self.must else 1.0

    @property
    def precision(self) -> float:
        """Share of the findings that reviewers agree with."""
        return self.agreed / self.found if self.found else 1.0


def scores(profile: str = "base") -> dict[str, Score]:
    """Return the score of each rule that reviewers judged, by code; "" for all of them."""
    table = json.loads((SAMPLES / "labels.json").read_text(encoding="utf-8"))
    must: dict[str, set[Spot]] = defaultdict(set)
    may: dict[str, set[Spot]] = defaultdict(set)
    for label in table["labels"]:
        spot = (label["file"], label["p"], label["i"])
        (must if label["certainty"] == "must" else may)[label["rule"]].add(spot)
    found = _found(profile)
    result = {"": Score()}
    for code in table["judged"]:
        agreed = found[code] & (must[code] | may[code])
        result[code] = Score(
            len(must[code]), len(must[code] & found[code]), len(found[code]), len(agreed)
        )
        for field in ("must", "recalled", "found", "agreed"):
            setattr(result[""], field, getattr(result[""], field) + getattr(result[code], field))
    return result


def _found(profile: str) -> dict[str, set[Spot]]:
    checker = Checker(load_profile(profile))
    found: dict[str, set[Spot]] = defaultdict(set)
    for path in sorted(SAMPLES.glob("*.docx")):
        for finding in checker.check(read(path)):
            found[finding.code].add((path.stem, finding.project, finding.indicator))
    return found


def main() -> None:
    """Print the table."""
    print("规则   应查  查到  查全率   查出  认可  准确率")
    for code, one in sorted(scores().items()):
        print(
            f"{code or '合计':<5} {one.must:>5} {one.recalled:>5} {one.recall:>7.0%}"
            f" {one.found:>6} {one.agreed:>5} {one.precision:>7.0%}"
        )


if __name__ == "__main__":
    main()
