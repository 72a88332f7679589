"""审核意见: all that was said of texts in a review, as a register and as a Word document.

One line is one finding, one comment of a reviewer, or one decision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import msgspec

from jixiao.write.plain import one_line
from jixiao.write.reports.document import write_forms
from jixiao.write.review.document import table
from jixiao.write.review.register import Register, workbook
from jixiao.write.text.blocks import Block, Heading, Line

_COLUMNS = (
    ("序号", 6), ("主管部门", 16), ("预算单位", 20), ("年度", 7), ("项目", 26), ("哪一处", 20), ("类别", 10),
    ("级别", 7), ("规则", 8), ("意见", 44), ("建议或理由", 36), ("谁", 14), ("时间", 16), ("情况", 12),
)  # fmt: skip
_DECISIONS = (("办理", 9), ("谁", 20), ("时间", 14), ("意见", 50))
_COMMENTS = (("哪一处", 30), ("意见", 46), ("谁", 14), ("情况", 10))
_FINDINGS = (("哪一处", 26), ("级别", 7), ("意见", 36), ("建议或理由", 34), ("规则", 7))


class Opinion(msgspec.Struct, frozen=True):
    """One thing said; what does not apply to it is ""."""

    kind: str
    """系统意见, 审核意见 or 办理."""

    what: str
    project: str = ""
    place: str = ""
    severity: str = ""
    code: str = ""
    more: str = ""
    person: str = ""
    at: str = ""
    status: str = ""


class Said(msgspec.Struct, frozen=True):
    """All that was said of one text."""

    department: str
    unit: str
    year: int
    state: str
    opinions: tuple[Opinion, ...]

    def of(self, kind: str) -> list[Opinion]:
        """Return what is of one kind."""
        return [each for each in self.opinions if each.kind == kind]


FINDING, COMMENT, DECISION = "系统意见", "审核意见", "办理"


def register(texts: Iterable[Said]) -> bytes:
    """Return 审核意见汇总 as a workbook, one row an opinion."""
    return workbook("审核意见汇总", [Register("审核意见汇总", _COLUMNS, _rows(texts))])


def _rows(texts: Iterable[Said]) -> Iterator[tuple[str | int, ...]]:
    at = 0
    for text in texts:
        for each in text.opinions:
            at += 1
            yield (
                at, text.department, text.unit, text.year, each.project, each.place, each.kind,
                each.severity, each.code, each.what, each.more, each.person, each.at, each.status,
            )  # fmt: skip


def write_docx(title: str, texts: Sequence[Said]) -> bytes:
    """Return 审核意见 of some texts as a Word document, a text on a page of its own.

    Raises TemplateError.
    """
    return write_forms(list(_blocks(title, texts)), landscape=True)


def _blocks(title: str, texts: Sequence[Said]) -> Iterator[Block]:
    yield Heading(2, one_line(title))
    if not texts:
        yield Line("没有审核意见。")
    for number, text in enumerate(texts):
        yield Heading(3, f"{one_line(text.unit)}　{text.year} 年", number > 0)
        yield Line(f"主管部门：{one_line(text.department)}　　现在：{text.state}")
        yield from _text(text)


def _text(text: Said) -> Iterator[Block]:
    decisions, comments, findings = map(text.of, (DECISION, COMMENT, FINDING))
    if decisions:
        yield Line("办理过程", title=True)
        yield table(_DECISIONS, [(e.status, e.person, e.at, e.what) for e in decisions])
    yield Line("审核人的意见", title=True)
    if comments:
        rows = [(_place(e), e.what, f"{e.person} {e.at}", e.status) for e in comments]
        yield table(_COMMENTS, rows)
    else:
        yield Line("没有。")
    if findings:
        yield Line("系统意见（错误、警告；供参考）", title=True)
        yield table(
            _FINDINGS,
            [(_place(e), e.status or e.severity, e.what, e.more, e.code) for e in findings],
        )


def _place(each: Opinion) -> str:
    return "　".join(word for word in (each.project, each.place) if word)
