"""``jixiao monitor``, ``evaluate`` and ``recheck``: from what was done to lamps, scores and a draw."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jixiao.cli.chinese import CommandError
from jixiao.cli.printable import one_line

if TYPE_CHECKING:
    from jixiao.check.finding import Finding
    from jixiao.cli.evaluating_inputs import Given
    from jixiao.cli.show_findings import Line
    from jixiao.model import PerformanceText
    from jixiao.score.profile import Scoring
    from jixiao.write.reports.forms import Form

FORMATS = ("text", "json", "docx", "pdf", "xlsx")
_BY_ENDING = {f".{each}": each for each in ("json", "docx", "pdf", "xlsx")}
_TABLES = (".xlsx", ".csv")
_FOUND = 1
_LISTED = 20

CODES = """先用 --template 生成填报表，填好后作为“填报内容”读入；监控表、自评表（docx、xlsx 等）也能直接读。

退出码：
  0  做好了，填报内容没有错误级的问题
  1  做好了，填报内容有错误级的问题
  2  有文件读不出来、填报表有填错的格子，或命令写得不对"""
RECHECK_CODES = """同一种子、同一批项目，不论次序，抽出的相同。

退出码：
  0  抽好了
  2  有文件读不出来，或命令写得不对"""

Text = Annotated[
    str, typer.Argument(metavar="绩效文本", help="批复的绩效文本，任何能读的格式或 json")
]
Actuals = Annotated[
    list[str] | None,
    typer.Argument(metavar="填报内容…", help="填好的填报表（xlsx、csv），或监控表、自评表"),
]
Profile = Annotated[
    str,
    typer.Option(
        "--profile", "-p", metavar="名称", help="评分口径的名称（base、cost-first……）或 .toml 文件"
    ),
]
Template = Annotated[
    str | None,
    typer.Option("--template", metavar="文件", help="写出要填的表，.xlsx 或 .csv"),
]
Format = Annotated[
    str | None,
    typer.Option(
        "--format", "-f", metavar="格式",
        help="text 文字、json、docx、pdf、xlsx；不写时看 --out 的扩展名，都没有则为 text",
    ),
]  # fmt: skip
Out = Annotated[
    str | None, typer.Option("--out", "-o", metavar="文件", help="把结果写进文件，全部写好后才出现")
]
Explain = Annotated[bool, typer.Option("--explain", help="每一项都写出算式、依据和要注意的")]


def monitor(
    text: Text,
    actuals: Actuals = None,
    month: Annotated[
        str | None,
        typer.Option("--month", "-m", metavar="月份", help="截至几月底；不写时用填报内容里的"),
    ] = None,
    profile: Profile = "base",
    template: Template = None,
    format_: Format = None,
    out: Out = None,
    explain: Explain = False,
) -> int:
    """绩效运行监控：截至某月，资金和目标各到哪一步，亮什么灯，要不要处理。"""
    at = _month(month)
    if template is not None:
        if at is None:
            raise CommandError("没有写填到几月底", "请加上 --month，如 --month 6")
        return _template(text, actuals, template, at)
    kind, place = _where(format_, out)
    scoring = _scoring(profile)
    source, given = _read(text, actuals, place)
    reports = given.reports
    from jixiao.cli.evaluating_inputs import audited, paired
    from jixiao.score.monitoring import monitor_text, monitoring_settings

    if reports.kind != "monitoring" and at is None:
        raise CommandError(
            "填报内容没有写截至几月，不像监控的", "请加上 --month，或用 jixiao evaluate"
        )
    if at is not None and reports.month not in (None, at):
        raise CommandError(
            f"填报内容是截至 {reports.month} 月的，--month 写的是 {at}", "请改正其中一个"
        )
    import msgspec

    reports = msgspec.structs.replace(reports, kind="monitoring", month=at or reports.month)
    found = monitor_text(source, reports, monitoring_settings(scoring), at)
    paired(some=bool(found.projects))
    findings = audited(reports, source)
    if kind == "json":
        from jixiao.write.reports.contract import MonitoringResult

        _write(place, _json(MonitoringResult(found, reports, findings)))
    elif kind == "text":
        from jixiao.cli.show_evaluation import show_monitoring

        unit = source.unit.name or reports.unit.name
        _show(place, [*show_monitoring(found, unit, explain=explain)], given, findings)
    else:
        from jixiao.write.reports.monitoring import monitoring_forms

        single = kind == "xlsx"
        _forms(place, kind, monitoring_forms(source, reports, found, single=single))
    return _ended(kind, given, findings)


def evaluate(
    text: Text,
    actuals: Actuals = None,
    profile: Profile = "base",
    template: Template = None,
    format_: Format = None,
    out: Out = None,
    explain: Explain = False,
) -> int:
    """绩效自评：按填报的完成值给各项测算得分，写出自评表和自评报告。

    得分是系统测算的，供单位确认；算不出来的留给人评定。"""
    if template is not None:
        return _template(text, actuals, template, None)
    kind, place = _where(format_, out)
    scoring = _scoring(profile)
    source, given = _read(text, actuals, place)
    reports = given.reports
    if reports.kind == "monitoring":
        raise CommandError("填报内容是监控的，不是全年的", "请用 jixiao monitor，或填自评的填报表")
    from jixiao.cli.evaluating_inputs import audited, paired
    from jixiao.write.reports.evaluated import evaluated

    unit = evaluated(source, reports, scoring)
    paired(some=bool(unit.projects or reports.department))
    findings = audited(reports, source)
    if kind == "json":
        from jixiao.write.reports.contract import EvaluationResult

        _write(place, _json(EvaluationResult(unit.evaluation, reports, findings, unit.department)))
    elif kind == "text":
        from jixiao.cli.show_evaluation import show_evaluation

        _show(
            place,
            [*show_evaluation(unit.evaluation, unit.department, explain=explain)],
            given,
            findings,
        )
    else:
        from jixiao.write.reports.narrative import evaluation_forms

        _forms(place, kind, evaluation_forms(unit, single=kind == "xlsx"))
    return _ended(kind, given, findings)


def recheck(
    evaluations: Annotated[
        list[str],
        typer.Argument(metavar="自评结果…", help="evaluate 写的 json，或自评表；可以是文件夹"),
    ],
    seed: Annotated[
        str | None,
        typer.Option("--seed", metavar="种子", help="抽签种子；不写则现取一个，写在结果里"),
    ] = None,
    share: Annotated[
        str | None,
        typer.Option("--share", metavar="百分比", help="每一层抽百分之几，默认按口径（15）"),
    ] = None,
    filled: Annotated[
        str | None,
        typer.Option("--filled", metavar="文件", help="填好的复核评分表：列出与自评的差异"),
    ] = None,
    profile: Profile = "base",
    template: Template = None,
    format_: Format = None,
    out: Out = None,
) -> int:
    """抽查复核：按等级和金额分层、层内各单位轮流，随机抽取自评项目，写出复核清单和评分表。"""
    kind, place = _where(format_, out)
    table = _table_place(template)
    scoring = _scoring(profile)
    from jixiao.cli.rechecking import drawn

    if filled is not None and seed is None:
        raise CommandError("没有写抽取时的种子", "请用 --seed 写上抽查清单里的种子")
    made = drawn(evaluations, place, scoring, seed, _share(share), filled)
    for note in made.notes:
        _note(note)
    if table is not None:
        from jixiao.write.reports.recheck import write_recheck_csv, write_recheck_xlsx

        csv = table.suffix.lower() == ".csv"
        _write(table, (write_recheck_csv if csv else write_recheck_xlsx)(made.result.rows))
        _note(f"复核评分表写在 {one_line(str(table))}")
        if out is None and format_ is None:
            kind = "text"
    if kind == "json":
        _write(place, _json(made.result))
    elif kind == "text":
        from jixiao.cli.show_evaluation import show_draw, show_statistics

        _show(place, [*show_draw(made.result.draw), *show_statistics(made.result.statistics)])
    else:
        from jixiao.write.reports.recheck import recheck_forms

        _forms(place, kind, recheck_forms(made.result.draw, made.result.rows, made.year))
    return 0


# ── what is asked ────────────────────────────────────────────────────────────
def _where(format_: str | None, out: str | None) -> tuple[str, Path | None]:
    """Return the format (asked for, or of the ending of the file to write) and the file."""
    from jixiao.cli.output import target

    ending = Path(out).suffix.lower() if out else ""
    kind = format_.lower() if format_ is not None else _BY_ENDING.get(ending, "text")
    if kind not in FORMATS:
        raise CommandError(
            f"--format 不能是“{one_line(str(format_))}”", f"可选 {'、'.join(FORMATS)}"
        )
    place = target(out)
    if place is None and kind in ("docx", "pdf", "xlsx"):
        raise CommandError(f"{kind} 不能显示在屏幕上", "请用 --out 指定写到哪个文件")
    return kind, place


def _month(text: str | None) -> int | None:
    if text is None:
        return None
    plain = text.strip().removesuffix("月")
    if plain.isascii() and plain.isdecimal() and 1 <= int(plain) <= 12:
        return int(plain)
    raise CommandError(f"--month 不能是“{one_line(text)}”", "请写 1 到 12")


def _share(text: str | None) -> Decimal | None:
    if text is None:
        return None
    try:
        share = Decimal(text.strip().rstrip("%％"))
    except InvalidOperation:
        share = Decimal(0)
    if share.is_finite() and 0 < share <= 100:
        return share
    raise CommandError(
        f"--share 不能是“{one_line(text)}”", "请写大于 0、不超过 100 的百分比，如 15"
    )


def _scoring(profile: str) -> Scoring:
    from jixiao.score.profile import load_scoring

    return load_scoring(profile)


def _table_place(template: str | None) -> Path | None:
    from jixiao.cli.output import target

    place = target(template)
    if place is not None and place.suffix.lower() not in _TABLES:
        raise CommandError(
            f"--template 不能写成“{one_line(place.suffix)}”", "请用 .xlsx 或 .csv 的文件名"
        )
    return place


def _template(text: str, actuals: Sequence[str] | None, template: str, month: int | None) -> int:
    """Write the table to fill in."""
    if actuals:
        raise CommandError("--template 是写出要填的表，不能同时给填报内容", "请去掉其中一个")
    place = _table_place(template)
    from jixiao.cli.evaluating_inputs import text_of
    from jixiao.write.reports.actuals import blank_reports, write_csv, write_xlsx

    source = text_of(text, place)
    blank = blank_reports(source, month)
    if not blank.projects and blank.department is None:
        raise CommandError(f"{one_line(text)} 里没有项目，没有可填的", "请确认选对了文件")
    csv = place is not None and place.suffix.lower() == ".csv"
    _write(place, (write_csv if csv else write_xlsx)(blank))
    _note(f"填报表写在 {one_line(template)}：{len(blank.projects)} 个项目")
    return 0


def _read(
    text: str, actuals: Sequence[str] | None, out: Path | None
) -> tuple[PerformanceText, Given]:
    if not actuals:
        raise CommandError("没有写填报内容", "请写上填好的文件；还没有填报表的，用 --template 生成")
    from jixiao.cli.evaluating_inputs import reports_of, text_of

    source, given = text_of(text, out), reports_of(actuals, out)
    reports = given.reports
    if source.year and reports.year and source.year != reports.year:
        _note(
            f"绩效文本是 {source.year} 年的，填报内容是 {reports.year} 年的，请核对是不是同一年度"
        )
    return source, given


# ── what is written ──────────────────────────────────────────────────────────
def _write(place: Path | None, content: bytes) -> None:
    from jixiao.cli.output import opened

    with opened(place) as output:
        output.write(content)


def _json(result: object) -> bytes:
    from jixiao.exchange import dump_json

    return dump_json(result) + b"\n"


def _forms(place: Path | None, kind: str, forms: Sequence[Form]) -> None:
    """Write forms; those that lie are printed on lying pages, which all of a file's are."""
    from jixiao.write.reports.document import write_forms
    from jixiao.write.reports.pdf import write_forms_pdf
    from jixiao.write.reports.workbook import workbook

    if kind == "xlsx":
        _write(place, workbook(forms))
        return
    blocks = [block for form in forms for block in form.blocks]
    landscape = any(form.landscape for form in forms)
    made: Callable[..., bytes] = write_forms if kind == "docx" else write_forms_pdf
    _write(place, made(blocks, landscape=landscape))


def _show(
    place: Path | None,
    lines: Sequence[Line],
    given: Given | None = None,
    findings: Sequence[Finding] = (),
) -> None:
    """Write lines for people, then what the audit found in the reports."""
    from jixiao.cli.output import opened, view
    from jixiao.cli.show_findings import painter, show_findings

    shown = view(place)
    with opened(place) as output:
        output.text(painter(shown)(lines))
        if given is not None and findings:
            output.text(painter(shown)([[("填报内容的审核意见", "bold")]]))
            told = show_findings(given.shown(), list(findings), shown)
            output.text(painter(shown)(told))


def _ended(kind: str, given: Given, findings: Sequence[Finding]) -> int:
    """Say what was not read and what the audit found; return the exit code."""
    from jixiao.check.finding import Severity

    reports = given.reports
    sys.stdout.flush()
    for warning in reports.warnings:
        _note(f"{one_line(reports.source)}：{one_line(warning.message)}")
    if reports.unread:
        _note(f"{one_line(reports.source)}：有 {len(reports.unread)} 处没有归类的内容，没有读入：")
        for each in reports.unread[:_LISTED]:
            _note(f"  {each.place}：{one_line(each.text)[:60]}（{one_line(each.reason)}）")
    errors = [one for one in findings if one.severity is Severity.ERROR]
    if kind not in ("text", "json") and findings:
        _note(f"填报内容有 {len(findings)} 条审核意见，其中错误 {len(errors)} 条：")
        for one in sorted(findings, key=lambda one: one.severity.rank)[:_LISTED]:
            place = f"{one.place}：" if one.place else ""
            if given.files:
                place = f"{one_line(given.file(one.project))} {place}"
            _note(f"  {one.severity.chinese} {one.code} {place}{one_line(one.message)}")
        if len(findings) > _LISTED:
            _note(f"  ……另有 {len(findings) - _LISTED} 条，不写 --out 时全部列出")
    return _FOUND if errors else 0


def _note(line: str) -> None:
    with contextlib.suppress(OSError):
        print(line, file=sys.stderr, flush=True)
