"""规则说明: the page of a rule, made from the rule itself."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

import msgspec

from jixiao.check.profile import load_profile
from jixiao.check.registry import rules
from jixiao.check.rule import Rule


def page(rule: type[Rule]) -> str:
    """Return a rule's page in Markdown: what it claims, why, examples, and what can be set."""
    parts = [
        f"# {rule.code} {rule.title}",
        "\n".join(f"- {label}：{words}" for label, words in _facts(rule)),
        inspect.getdoc(rule) or "",
    ]
    if settings := _settings(rule):
        parts.append(f"可以在审核口径里改（括号内是通用口径的值）：\n\n{settings}")
    return "\n\n".join(parts) + "\n"


def pages() -> Iterator[tuple[str, str]]:
    """Yield the code and the page of every rule."""
    for code, rule in rules().items():
        yield code, page(rule)


def _facts(rule: type[Rule]) -> list[tuple[str, str]]:
    return [
        ("名称", f"`{rule.slug}`"),
        ("级别", f"{rule.severity.chinese}（{rule.severity.asks}）"),
        ("对象", rule.subject),
        ("依据", rule.policy),
    ]


def _settings(rule: type[Rule]) -> str:
    given = load_profile().of(rule.code).parameters
    return "\n".join(
        f"- `rules.{rule.code}.parameters.{field.encode_name}`（{_shown(given.get(field.name))}）"
        for field in msgspec.structs.fields(rule.Parameters)
    )


def _shown(value: object) -> str:
    return "、".join(map(str, value)) if isinstance(value, list) else str(value)
