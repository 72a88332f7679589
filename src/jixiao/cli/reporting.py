"""``jixiao check`` as a report, ``jixiao review`` and ``jixiao stats``: all texts at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import msgspec

from jixiao.check import Finding
from jixiao.check.review import is_internal
from jixiao.cli.checking import Audit, Checked, Tally, checked
from jixiao.cli.chinese import CommandError
from jixiao.cli.inputs import Inputs
from jixiao.cli.output import Output
from jixiao.cli.progress import Bar
from jixiao.model import PerformanceText, Unreadable


class Gathered(msgspec.Struct):
    """All texts of a check with all that was found in them."""

    texts: list[PerformanceText]
    findings: list[Finding]
    tally: Tally
    unreadable: list[Unreadable]


def gather(inputs: Inputs, progress: Bar, audit: Audit, jobs: int | None) -> Gathered:
    """Check all files and keep what was found, texts held against each other included."""
    texts: list[PerformanceText] = []
    findings: list[Finding] = []

    def keep(one: Checked) -> None:
        if one.text is not None:
            texts.append(one.text)
        findings.extend(one.kept)

    tally, unreadable = checked(inputs, progress, audit, jobs, keep)
    progress.end()
    together = audit.together(tally.digests)
    tally.add_together(together)
    findings += together
    failed = (one for one in findings if is_internal(one))
    tally.notes += (f"{one.file}：{one.message}。{one.suggestion}。" for one in failed)
    return Gathered(texts, findings, tally, unreadable)


def one_file(kind: str, paths: Sequence[Path]) -> None:
    """Raise CommandError where comments are asked for in more than one file."""
    if kind == "docx" and len(paths) != 1:
        raise CommandError(
            f"批注要写进一个 Word 文件，给了 {len(paths)} 个文件", "请一次指定一个文件"
        )


def write(
    kind: str,
    all_: Gathered,
    audit: Audit,
    paths: Sequence[Path],
    output: Output,
    place: Path | None = None,
) -> None:
    """Write the report: sarif, markdown, html, xlsx, or docx with the findings as comments.

    ``place`` is where the output goes, for a file whose name must fit what is in it.
    """
    if kind == "docx":
        from jixiao.cli.fixing import check_name
        from jixiao.write.docx_comments import commentable, with_comments

        open_ = [finding for finding in all_.findings if finding.waiver is None]
        docx = commentable(paths[0])
        check_name(docx, place)
        output.write(with_comments(docx, open_))
    else:
        output.write(_REPORTS[kind](all_, audit.checker.codes))


def write_review(kind: str, all_: Gathered, audit: Audit, output: Output) -> None:
    """Write the review sheets of all texts: markdown, html, json, xlsx or pdf."""
    from jixiao.check.review import SCHEMA, review
    from jixiao.exchange import dump_json
    from jixiao.write.review import sheets

    by_file: dict[str, list[Finding]] = {}
    for finding in all_.findings:
        by_file.setdefault(finding.file, []).append(finding)
    reviews = [
        review(text, by_file.get(text.source, []), ran=audit.checker.codes) for text in all_.texts
    ]
    if kind == "xlsx":
        output.write(sheets.workbook(reviews))
    elif kind == "pdf":
        from jixiao.write.review.pdf import review_pdf

        texts = {text.source: text for text in all_.texts}
        output.write(review_pdf(reviews, texts, all_.findings))
    elif kind == "html":
        from jixiao.write.html import review_page

        output.write(review_page(reviews).encode())
    elif kind == "json":
        output.write(dump_json({"schema": SCHEMA, "reviews": reviews}) + b"\n")
    else:
        output.text(sheets.markdown(reviews))


def write_stats(kind: str, all_: Gathered, audit: Audit, output: Output) -> None:  # noqa: ARG001 - as write_review
    """Write how often each rule found something, and in which units: text or json."""
    from jixiao.exchange import dump_json
    from jixiao.write.stats import as_text, stats

    numbers = stats(all_.findings, all_.texts)
    if kind == "json":
        output.write(dump_json(numbers) + b"\n")
    else:
        output.text(as_text(numbers))


def _sarif(all_: Gathered, _: Sequence[str]) -> bytes:
    from jixiao.exchange import dump_json
    from jixiao.write.sarif import sarif

    return dump_json(sarif(all_.findings, all_.texts, all_.unreadable)) + b"\n"


def _markdown(all_: Gathered, ran: Sequence[str]) -> bytes:
    from jixiao.write.markdown import markdown

    return markdown(all_.findings, all_.texts, ran, all_.unreadable).encode()


def _html(all_: Gathered, ran: Sequence[str]) -> bytes:
    from jixiao.write.html import report

    return report(all_.findings, all_.texts, ran, unreadable=all_.unreadable).encode()


def _xlsx(all_: Gathered, ran: Sequence[str]) -> bytes:
    from jixiao.write.xlsx_findings import workbook

    return workbook(all_.findings, all_.texts, ran, all_.unreadable)


_REPORTS: dict[str, Callable[[Gathered, Sequence[str]], bytes]] = {
    "sarif": _sarif,
    "markdown": _markdown,
    "html": _html,
    "xlsx": _xlsx,
}
