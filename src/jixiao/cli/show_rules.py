"""The rules for people: all of them in a list, or one with what it says, why, and examples."""

from __future__ import annotations

from itertools import groupby

from jixiao.check import Rule, rules
from jixiao.check.pages import page
from jixiao.check.registry import dimensions
from jixiao.cli.chinese import CommandError
from jixiao.cli.output import View
from jixiao.cli.printable import one_line
from jixiao.cli.show_findings import Line


def rule_list() -> list[Line]:
    """Return all rules, a line each, by dimension."""
    lines: list[Line] = []
    named = dimensions()
    for letter, group in groupby(rules().values(), lambda rule: rule.code[0]):
        lines += [[(f"{letter} {named[letter]}", "bold cyan")]]
        lines += [
            [
                (f"  {rule.code}  ", "bold"),
                (f"{rule.severity.chinese}  ", ""),
                (rule.title, ""),
                (f"　{rule.slug}", "dim"),
            ]
            for rule in group
        ]
        lines.append([])
    return [*lines, [("查看某一条的说明：jixiao rules C02", "dim")]]


def rule_page(name: str, view: View) -> str:
    """Return what one rule says, by its code or slug, in any case. Raises CommandError."""
    document = page(_find(name))
    if view.colours is None:
        return document
    from rich.markdown import Markdown

    from jixiao.cli.show_text import console

    screen, paper = console(view)
    screen.print(Markdown(document))
    return paper.getvalue()


def _find(name: str) -> type[Rule]:
    wanted = name.strip().lower().replace("_", "-")
    for rule in rules().values():
        if wanted in (rule.code.lower(), rule.slug):
            return rule
    raise CommandError(f"没有规则“{one_line(name)}”", "可用 jixiao rules 查看全部规则")
