"""What stands around the tables: cover, table of contents, part one in varied writing."""

from __future__ import annotations

from typing import Any

from forms.blocks import Block, Para

NUMERALS = "一二三四五六七八九十"


def cover(text: dict[str, Any], style: str) -> tuple[list[Block], list[str]]:
    """Return the cover and what on it may come back unread."""
    name, year = text["unit"]["name"], text["year"]
    draft = "（草案）" if style == "draft" else ""
    if style == "letter":
        # The system's print: year and title with blanks between letters, unit under it.
        lines = [
            f"{year} 年 部 门 预 算 绩 效 文 本",
            f"编制单位：{name}",
            f"编制日期：{year}年1月15日",
        ]
    else:
        lines = [
            name,
            f"{year}年部门预算绩效文本{draft}",
            f"{name}编制",
            f"二〇{_digits(year)}年一月",
        ]
    return [Para(line, "cover") for line in lines], lines


def _digits(year: int) -> str:
    return "".join("〇一二三四五六七八九"[int(one)] for one in str(year)[2:])


def contents(text: dict[str, Any], style: str) -> list[Block]:
    """Return a table of contents: ``dots`` or ``tab`` before the page number."""
    entries = [
        "第一部分  部门整体绩效目标",
        "一、总体绩效目标",
        "二、分项绩效目标",
        "三、工作保障措施",
        "第二部分  预算项目绩效目标",
    ]
    entries += [
        f"{at}.{' '.join(one['name'].split())}绩效目标表"
        for at, one in enumerate(text["projects"], 1)
    ]
    lead = "…………………………" if style == "dots" else "\t"
    lines = [f"{entry}{lead}{at // 2 + 1}" for at, entry in enumerate(entries, 1)]
    return [Para("目    录", "title"), *(Para(line, "toc") for line in lines)]


def part_one(text: dict[str, Any], style: str) -> tuple[list[Block], dict[str, Any]]:
    """Write part one; return its blocks and what must be read of it.

    ``labels``: （一）title with 职责描述：绩效目标：绩效指标： below; ``split``: indicator lines
    numbered below their label; ``numbers``: 1. 2. 3. with the objective only; ``first``: 一是…二是…
    in one paragraph; ``tight``: headings without number.
    """
    heads = ("总体绩效目标", "分项绩效目标", "工作保障措施")
    marks = ("", "", "") if style == "tight" else ("一、", "二、", "三、")
    shown = [Para(m + h, "heading", mark=True, code=h) for m, h in zip(marks, heads, strict=True)]
    blocks: list[Block] = [Para("第一部分", "title"), Para("部门整体绩效目标", "title"), shown[0]]
    blocks += [Para(line) for line in text["overall"].split("\n")]
    blocks.append(shown[1])
    lines, subs = _objectives(text["sub_objectives"], style)
    blocks += [*lines, shown[2]]
    measures = _measures(text["safeguards"], style)
    blocks += [Para("".join(measures))] if style == "first" else map(Para, measures)
    blocks += [Para("第二部分", "title"), Para("预算项目绩效目标", "title")]
    return blocks, {"overall": text["overall"], "sub_objectives": subs, "safeguards": measures}


def _objectives(subs: list[dict[str, Any]], style: str) -> tuple[list[Block], list[dict[str, Any]]]:
    """Write 分项绩效目标; every word is kept as written, the number before it too."""
    if style in ("labels", "split", "tight"):
        blocks = [block for at, sub in enumerate(subs) for block in _sub(sub, at, style)]
        return blocks, [_expected_sub(sub, at, style) for at, sub in enumerate(subs)]
    if style == "numbers":
        lines = [f"{at}.{sub['objective']}" for at, sub in enumerate(subs, 1)]
        return [Para(line) for line in lines], [{"objective": line} for line in lines]
    lines = [f"{NUMERALS[at]}是{sub['objective']}" for at, sub in enumerate(subs)]
    return [Para("".join(lines))], [{"objective": line} for line in lines]


def _measures(safeguards: list[str], style: str) -> list[str]:
    if style == "first":
        return [f"{NUMERALS[at]}是{one}" for at, one in enumerate(safeguards)]
    if style == "numbers":
        return [f"{at}、{one}" for at, one in enumerate(safeguards, 1)]
    return [f"（{NUMERALS[at]}）{one}" for at, one in enumerate(safeguards)]


def _expected_sub(sub: dict[str, Any], at: int, style: str) -> dict[str, Any]:
    lines = sub["indicators"] if style == "split" else [f"{'；'.join(sub['indicators'])}。"]
    return {**sub, "title": f"（{NUMERALS[at]}）{sub['title']}", "indicators": lines}


def _sub(sub: dict[str, Any], at: int, style: str) -> list[Block]:
    blocks: list[Block] = [Para(f"（{NUMERALS[at]}）{sub['title']}", "heading")]
    blocks.append(Para(f"职责描述：{sub['duty']}"))
    blocks.append(Para(f"绩效目标：{sub['objective']}"))
    if style == "split":
        blocks.append(Para("绩效指标："))
        blocks += [Para(line) for line in sub["indicators"]]
    else:
        blocks.append(Para(f"绩效指标：{'；'.join(sub['indicators'])}。"))
    return blocks
