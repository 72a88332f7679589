"""Two drafts of a real text: the second with changes made by hand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from msgspec.structs import replace

from jixiao.model import Indicator, PerformanceText, parse_value
from jixiao.read import read

SAMPLES = Path(__file__).parents[2] / "samples"
NAMES = ("huailai-resettlement-2024", "sannvhe-2023", "shunping-poverty-relief-2021")


@cache
def sample(name: str, ending: str = "docx") -> PerformanceText:
    """Return a sample as it is read."""
    return read(SAMPLES / f"{name}.{ending}")


def first() -> PerformanceText:
    """Return the first draft: four projects."""
    return sample(NAMES[0])


def second() -> PerformanceText:
    """Return the second: one project changed, one dropped, one added, one only moved."""
    text = first()
    changed, dropped, moved, same = text.projects
    lines = list(changed.indicators)
    lines[0] = replace(lines[0], value=parse_value("≥10次", lines[0].name))
    lines[1] = replace(lines[1], value=parse_value("≥100％", lines[1].name))
    lines[2] = replace(lines[2], name="办公费用成本控制")
    del lines[5]
    lines.append(
        Indicator("效益指标", "社会效益指标", "受益群众人数", "受益人数", parse_value("≥500人"))
    )
    changed = replace(
        changed,
        name="怀财字[2024]7号 公用经费",
        budget=replace(changed.budget, total="100.00"),
        purpose=f"{changed.purpose}，以及设备购置",
        plan=replace(changed.plan, march="25%"),
        indicators=tuple(lines),
    )
    added = replace(
        dropped,
        code="13073024P00099910009Z",
        name="信息化建设",
        indicators=dropped.indicators[:2],
    )
    return replace(
        text,
        source="第二稿.docx",
        projects=(moved, changed, added, same),
        safeguards=text.safeguards[::-1],
    )


def hostile() -> tuple[PerformanceText, PerformanceText]:
    """Return two texts with markup, formulas and controls in every cell that changed."""
    bad = '=HYPERLINK("http://x")<script>alert(1)</script>\x1b[2J\x00\u202e' + "长" * 40_000
    text = first()
    one = text.projects[0]
    line = replace(one.indicators[0], name=f"+{bad}", value=parse_value(f"@{bad}"), basis=f"-{bad}")
    worse = replace(
        one, name=bad, code=f"\t{bad}", purpose=bad, goals=(bad,), indicators=(line,),
        extra={bad: bad},
    )  # fmt: skip
    return text, replace(text, source=bad, overall=bad, safeguards=(bad,), projects=(worse,))
