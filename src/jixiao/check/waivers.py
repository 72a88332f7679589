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

import tomllib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec

from jixiao.check.finding import Finding, Waiver
from jixiao.check.wording import fold
from jixiao.model import PerformanceText
from jixiao.model.errors import JixiaoError

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
        content = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except (OSError, UnicodeDecodeError) as error:
        raise WaiverError(f"豁免文件 {path} 打不开", "请检查读取权限，并存为 UTF-8 编码") from error
    try:
        found = msgspec.convert(tomllib.loads(content), _File).waivers
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise WaiverError(
            f"豁免文件 {path} 写得不对：{error}", "每条豁免要有 rule、reason、person 和 date"
        ) from error
    for entry in found:
        if not entry.reason.strip() or not entry.person.strip():
            raise WaiverError(
                f"豁免文件 {path} 里规则 {entry.rule} 的豁免没有写理由或经办人",
                "请补写 reason 和 person",
            )
    return found


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


def _applies(entry: WaiverEntry, finding: Finding, text: PerformanceText) -> bool:
    if entry.rule != finding.code or (entry.field and entry.field != finding.field):
        return False
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
