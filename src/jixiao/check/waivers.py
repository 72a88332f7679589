"""豁免: findings that a reviewer lets pass, with the reason, the person and the date.

They stand in a TOML file beside the text, named as the text with ``.waivers.toml`` after it
(``某局2024.docx.waivers.toml``), so that they go where the text goes and anyone can read them::

    [[waivers]]
    rule = "A02"
    project = "13073024P000433100036"   # 项目编码或名称；不写为整份文本
    indicator = "总成本"                 # 指标名称；不写为项目的全部指标
    reason = "分两年支付，合同已附"
    person = "张三"
    date = 2024-01-15
"""

from __future__ import annotations

import errno
from collections.abc import Collection, Sequence
from datetime import date
from pathlib import Path

import msgspec

from jixiao.check.finding import Finding, Waiver
from jixiao.check.registry import codes
from jixiao.check.review import is_internal
from jixiao.check.wording import fold, quoted
from jixiao.model import PerformanceText
from jixiao.model.errors import JixiaoError
from jixiao.model.office_toml import TomlError, parse, told

SUFFIX = ".waivers.toml"


class WaiverError(JixiaoError):
    """A waiver file that does not say what it must."""


class WaiverEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a waiver file says of one waiver: which findings, why, who and when."""

    rule: str
    reason: str
    person: str
    date: date
    project: str | None = None
    indicator: str | None = None
    field: str | None = None


class _File(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    waivers: tuple[WaiverEntry, ...] = ()


def beside(text_file: Path) -> Path:
    """Return the name of a text's waiver file."""
    return text_file.with_name(text_file.name + SUFFIX)


def load_waivers(path: Path) -> tuple[WaiverEntry, ...]:
    """Return the waivers of a file, none where there is no such file. Raises WaiverError."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return ()
    except OSError as error:
        if error.errno == errno.ENAMETOOLONG:  # so there can be none
            return ()
        raise WaiverError(f"豁免文件 {path} 打不开", "请检查读取权限") from error
    try:
        found = msgspec.convert(parse(content), _File).waivers
    except (TomlError, msgspec.ValidationError) as error:
        what = told(error) if isinstance(error, msgspec.ValidationError) else error
        raise WaiverError(
            f"豁免文件 {path} 写得不对：{what}",
            "每条豁免以 [[waivers]] 开头，要有 rule、reason、person 和 date",
        ) from error
    return tuple(_sound(entry, number, path) for number, entry in enumerate(found, 1))


def _sound(entry: WaiverEntry, number: int, path: Path) -> WaiverEntry:
    """Return a waiver that says what it must, its code as rules write it. Raises WaiverError."""
    one = f"豁免文件 {path} 第 {number} 条"
    code = entry.rule.strip().upper()
    if code not in codes():
        raise WaiverError(
            f"{one}的 rule 是{quoted(entry.rule)}，没有这条规则", "请写一条规则的代码，如 A02"
        )
    if not entry.reason.strip() or not entry.person.strip():
        raise WaiverError(f"{one}（规则 {code}）没有写理由或经办人", "请补写 reason 和 person")
    for name in ("project", "indicator", "field"):
        said = getattr(entry, name)
        if said is not None and not said.strip():
            raise WaiverError(
                f"{one}（规则 {code}）的 {name} 是空的", "请写明；要豁免全部的，删去这一行"
            )
    return msgspec.structs.replace(entry, rule=code)


def waive(
    findings: Sequence[Finding], text: PerformanceText, entries: Sequence[WaiverEntry]
) -> list[Finding]:
    """Return findings with the waivers that apply to them; none is left out."""
    if not entries:
        return list(findings)
    waived = []
    for finding in findings:
        entry = next((one for one in entries if _applies(one, finding, text)), None)
        if entry is not None:
            waiver = Waiver(entry.reason, entry.person, entry.date)
            finding = msgspec.structs.replace(finding, waiver=waiver)
        waived.append(finding)
    return waived


def idle(
    entries: Sequence[WaiverEntry],
    findings: Sequence[Finding],
    text: PerformanceText,
    ran: Collection[str],
) -> list[str]:
    """Return, as clauses, the waivers of rules that ran that no finding of the text falls under."""
    return [
        f"第 {number} 条豁免（{_about(entry)}）没有用上：文本里没有这样的意见"
        for number, entry in enumerate(entries, 1)
        if entry.rule in ran and not any(_applies(entry, finding, text) for finding in findings)
    ]


def _about(entry: WaiverEntry) -> str:
    parts = (("项目", entry.project), ("指标", entry.indicator), ("栏目", entry.field))
    return "，".join(
        (f"规则 {entry.rule}", *(f"{name}{quoted(said)}" for name, said in parts if said))
    )


def _applies(entry: WaiverEntry, finding: Finding, text: PerformanceText) -> bool:
    if entry.rule != finding.code or (entry.field and entry.field != finding.field):
        return False
    if is_internal(finding):
        return False  # nothing against the text: there is nothing to let pass
    if entry.project is not None:
        if finding.project is None:
            return False
        project = text.projects[finding.project]
        if fold(entry.project) not in (fold(project.code), fold(project.name)):
            return False
    if entry.indicator is not None:
        if finding.indicator is None:
            return False
        holder = (
            text.indicators
            if finding.project is None
            else text.projects[finding.project].indicators
        )
        return fold(entry.indicator) == fold(holder[finding.indicator].name)
    return True
