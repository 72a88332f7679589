"""The commands and their options. What they do is in ``reading`` and ``checking``."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Literal

import typer

from jixiao import __version__
from jixiao.cli import backing_up, comparing, converting, evaluating, serving, starting
from jixiao.cli.chinese import Command, CommandError, Group
from jixiao.cli.options import BAD, Files, Jobs, Out, Profile, choice, chosen_profile, say
from jixiao.cli.options import codes as rule_codes
from jixiao.cli.options import number as processes
from jixiao.cli.printable import one_line
from jixiao.model import Unreadable

_READ_FORMATS: tuple[Literal["table", "json", "yaml"], ...] = ("table", "json", "yaml")
_CHECK_FORMATS: tuple[Literal["text", "json", "sarif", "markdown", "html", "xlsx", "docx"], ...] = (
    "text",
    "json",
    "sarif",
    "markdown",
    "html",
    "xlsx",
    "docx",
)
_REVIEW_FORMATS = ("markdown", "html", "json", "xlsx", "pdf")
_STATS_FORMATS = ("text", "json")
_SEVERITIES = ("E", "W", "I", "never")

_FOUND = 1

_CHECK_CODES = """退出码：
  0  没有发现 --fail-on 所指级别的问题
  1  发现了
  2  有文件读不出来，或命令写得不对"""

app = typer.Typer(
    cls=Group,
    add_completion=False,
    rich_markup_mode=None,
    help="绩效：读取、审核政府预算绩效文本。",
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"jixiao {__version__}")
        raise typer.Exit


@app.callback(invoke_without_command=True, epilog="每个命令的用法：jixiao 命令 --help")
def root(
    context: typer.Context,
    version: Annotated[  # noqa: ARG001 - its callback answers it
        bool, typer.Option("--version", "-V", is_eager=True, callback=_version, help="显示版本")
    ] = False,
) -> None:
    """绩效：读取、审核政府预算绩效文本。"""
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())


@app.command(cls=Command)
def read(
    files: Files,
    format_: Annotated[
        str,
        typer.Option(
            "--format", "-f", metavar="table|json|yaml", help="结果的格式，默认 table（表格）"
        ),
    ] = "table",
    blocks: Annotated[
        bool, typer.Option("--blocks", help="不辨认内容，只列出文件里的段落和表格")
    ] = False,
    out: Out = None,
    jobs: Jobs = None,
) -> int:
    """读出绩效文本的内容：目标、项目、指标。

    能读 docx、doc、wps、odt、rtf、html、txt、xlsx、xls、pdf 等格式。"""
    syntax = choice("--format", format_, _READ_FORMATS)
    if blocks and syntax != "table":
        raise CommandError("--blocks 只能列成表格，不能与 --format 同用", "请去掉其中一个")
    number = processes("--jobs", jobs)
    from jixiao.cli import reading
    from jixiao.cli.inputs import find
    from jixiao.cli.output import opened, target, view
    from jixiao.cli.progress import bar

    place = target(out)
    inputs = find(files, place)
    with opened(place) as output:
        with bar(len(inputs.paths)) as progress:
            if syntax == "table":
                unreadable = reading.as_tables(
                    inputs, output, progress, view(place), number, blocks=blocks
                )
            else:
                unreadable = reading.as_data(inputs, output, progress, syntax, number)
        if len(unreadable) == len(inputs.paths) + len(inputs.unreadable):
            output.discard()
    return _ended(unreadable, place, 0)


@app.command(cls=Command, epilog=_CHECK_CODES)
def check(
    files: Files,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="格式",
            help="text 文字（默认）、json、sarif、markdown、html 报告、xlsx 审核意见表、docx 在原文件上批注",
        ),
    ] = "text",
    profile: Profile = None,
    select: Annotated[
        list[str] | None,
        typer.Option(
            "--select", metavar="代码", help="只查这些规则，如 Q,C02（Q 指全部 Q 开头的）"
        ),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="代码", help="不查这些规则，写法同上")
    ] = None,
    fail_on: Annotated[
        str,
        typer.Option(
            "--fail-on",
            metavar="E|W|I|never",
            help="有这一级或更重的问题时退出码为 1：E 错误（默认）、W 警告、I 提示；never 总不",
        ),
    ] = "E",
    annotate: Annotated[
        str | None,
        typer.Option(
            "--annotate",
            metavar="文件",
            help="另写一份 PDF，在原来的各页上标出每条意见；只用于 PDF",
        ),
    ] = None,
    out: Out = None,
    jobs: Jobs = None,
) -> int:
    """审核绩效文本，指出哪里不对、依据什么、应当怎样。"""
    syntax = choice("--format", format_, _CHECK_FORMATS)
    worst = choice("--fail-on", fail_on, _SEVERITIES)
    number = processes("--jobs", jobs)
    from jixiao.cli import annotating, checking
    from jixiao.cli.inputs import find
    from jixiao.cli.output import opened, target, view
    from jixiao.cli.progress import bar

    place, marked = target(out), target(annotate, "--annotate")
    if place is None and syntax in ("xlsx", "docx"):
        raise CommandError(f"{syntax} 不能显示在屏幕上", "请用 --out 指定写到哪个文件")
    shown = view(place) if syntax == "text" else None
    audit = checking.Audit(
        chosen_profile(profile),
        rule_codes("--select", select),
        rule_codes("--ignore", ignore),
        shown,
        keep=syntax not in ("text", "json") or marked is not None,
    )
    audit.checker  # noqa: B018 - a profile that is wrong is told before any file is read
    inputs = find(files, place)
    annotating.one_pdf(inputs.paths, marked, place)
    with opened(place) as output:
        with bar(len(inputs.paths)) as progress:
            if shown is not None:
                tally, unreadable = checking.as_text(inputs, output, progress, audit, shown, number)
            elif syntax == "json":
                tally, unreadable = checking.as_json(inputs, output, progress, audit, number)
            else:
                from jixiao.cli import reporting

                reporting.one_file(syntax, inputs.paths)
                found = reporting.gather(inputs, progress, audit, number)
                tally, unreadable = found.tally, found.unreadable
                if tally.files:
                    reporting.write(syntax, found, audit, inputs.paths, output, place)
        if not tally.files:
            output.discard()
    if marked is not None and tally.files:
        annotating.write(inputs.paths[0], tally.kept, marked)
    return _ended(unreadable, place, _FOUND if tally.reaches(worst) else 0, tally.notes)


@app.command(cls=Command)
def fix(
    file: Annotated[
        str, typer.Argument(metavar="文件", help="Word 文件；doc、wps、odt、rtf 先转成 docx")
    ],
    out: Out = None,
    diff: Annotated[bool, typer.Option("--diff", help="只显示会改哪些地方，不写文件")] = False,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar="代码", help="只更正这些规则的问题，如 Q11,W"),
    ] = None,
) -> int:
    """更正写法上的问题：单位、重复的词、标点、空格、计划比例的写法。

    在原文件的副本里只改有问题的字；数量、金额和意思从不改动。"""
    if out is None and not diff:
        raise CommandError(
            "没有写更正后的文件放在哪里", "请用 --out 指定一个新文件，或用 --diff 先看会改什么"
        )
    from jixiao.cli import fixing
    from jixiao.cli.output import opened, target
    from jixiao.write.fix import diff as shown

    place = target(out)
    done = fixing.fixed(file, place, fixing.fixable(rule_codes("--select", select)))
    with opened(None if diff else place) as output:
        if diff:
            output.text(shown(done.made))
        else:
            output.write(done.docx)
    for line in fixing.summary(done, written=not diff):
        say(line)
    return 0


@app.command(cls=Command)
def review(
    files: Files,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="格式",
            help="markdown（默认）、html 网页、json，或 xlsx、pdf 可打印的审核表",
        ),
    ] = "markdown",
    profile: Profile = None,
    out: Out = None,
    jobs: Jobs = None,
) -> int:
    """按审核意见拟出项目支出绩效目标审核表：各项的建议意见、得分和等级，项目按问题轻重排序。

    这是系统建议，供审核人员参考。"""
    return _gathered(files, format_, _REVIEW_FORMATS, profile, out, jobs)


@app.command(cls=Command)
def stats(
    files: Files,
    format_: Annotated[
        str,
        typer.Option("--format", "-f", metavar="text|json", help="结果的格式，默认 text（文字）"),
    ] = "text",
    profile: Profile = None,
    out: Out = None,
    jobs: Jobs = None,
) -> int:
    """统计审核意见：每条规则查出多少，每个单位有多少。"""
    return _gathered(files, format_, _STATS_FORMATS, profile, out, jobs)


def _gathered(
    files: list[str],
    format_: str,
    formats: tuple[str, ...],
    profile: str | None,
    out: str | None,
    jobs: str | None,
) -> int:
    """Check all files and write what is made of it as a whole; return the exit code."""
    kind = choice("--format", format_, formats)
    number = processes("--jobs", jobs)
    from jixiao.cli import checking, reporting
    from jixiao.cli.inputs import find
    from jixiao.cli.output import opened, target
    from jixiao.cli.progress import bar

    place = target(out)
    if place is None and kind in ("xlsx", "pdf"):
        raise CommandError(f"{kind} 不能显示在屏幕上", "请用 --out 指定写到哪个文件")
    audit = checking.Audit(chosen_profile(profile), (), (), keep=True)
    audit.checker  # noqa: B018 - a profile that is wrong is told before any file is read
    inputs = find(files, place)
    with opened(place) as output:
        with bar(len(inputs.paths)) as progress:
            found = reporting.gather(inputs, progress, audit, number)
        if found.tally.files:
            write = reporting.write_stats if formats is _STATS_FORMATS else reporting.write_review
            write(kind, found, audit, output)
        else:
            output.discard()
    return _ended(found.unreadable, place, 0, found.tally.notes)


app.command(cls=Command, epilog=comparing.CODES)(comparing.compare)
app.command(cls=Command, epilog=converting.CODES)(converting.convert)
app.command(cls=Command)(converting.template)
app.command(cls=Command, epilog=starting.CODES)(starting.new)
app.command(cls=Command, epilog=evaluating.CODES)(evaluating.monitor)
app.command(cls=Command, epilog=evaluating.CODES)(evaluating.evaluate)
app.command(cls=Command, epilog=evaluating.RECHECK_CODES)(evaluating.recheck)
app.command(cls=Command, epilog=serving.CODES)(serving.serve)
app.command("verify-log", cls=Command, epilog=serving.LOG_CODES)(serving.verify_log)
app.command("backup", cls=Command, epilog=backing_up.CODES)(backing_up.backup)


@app.command(cls=Command)
def rules(
    code: Annotated[
        str | None, typer.Argument(metavar="代码", help="规则的代码或名称，如 C02；不写则列出全部")
    ] = None,
) -> int:
    """列出审核规则，或说明其中一条。"""
    from jixiao.cli.output import opened, view
    from jixiao.cli.show_findings import painter
    from jixiao.cli.show_rules import rule_list, rule_page

    shown = view(None)
    text = rule_page(code, shown) if code else painter(shown)(rule_list())
    with opened(None) as output:
        output.text(text)
    return 0


@app.command(cls=Command)
def schema(
    name: Annotated[
        str,
        typer.Argument(
            metavar="命令",
            help="哪个命令的结果：read、check、monitor、evaluate、recheck；默认 read",
        ),
    ] = "read",
) -> int:
    """输出 JSON 结果的 JSON Schema。"""
    import json

    from jixiao.cli.output import opened
    from jixiao.exchange import SCHEMAS
    from jixiao.exchange import schema as made

    shown = made(choice("jixiao schema", name, SCHEMAS))
    with opened(None) as output:
        output.write(json.dumps(shown, ensure_ascii=False, indent=2).encode() + b"\n")
    return 0


def _ended(
    unreadable: list[Unreadable], out: Path | None, code: int, also: Sequence[str] = ()
) -> int:
    """Say what else there is to say, name what could not be read, and return the exit code."""
    sys.stdout.flush()
    for sentence in also:
        say(one_line(sentence))
    if not unreadable:
        return code
    if len(unreadable) > 1:
        say(f"有 {len(unreadable)} 个读不出来：")
    for each in unreadable:
        say(f"{one_line(each.file)}：{one_line(each.message)}")
    if out is not None and not out.exists():
        say("没有读出任何文件，没有写结果。")
    return BAD
