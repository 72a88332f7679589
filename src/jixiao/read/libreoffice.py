"""Old and foreign Word formats (.doc, .wps, .odt, .rtf) by way of LibreOffice."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from jixiao.model.errors import ReadError, reason
from jixiao.read.doc_repair import with_last_paragraph

START_SECONDS = 90
"""How long LibreOffice may take to start, on a slow office computer, before it is given up."""

FILE_SECONDS = 30
"""How long one file may take on top of that."""

_PLACES = (
    "/usr/bin/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    "C:/Program Files/LibreOffice/program/soffice.exe",
)

# Documents are strangers': no macro runs, no link in them is followed.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>2</value></prop></item>
</oor:items>
"""

_FILTERS = {
    "docx": "docx:MS Word 2007 XML",
    "xlsx": "xlsx:Calc MS Excel 2007 XML",
    "pdf": "pdf",  # a document is printed by the filter of its own kind
}


def program() -> str | None:
    """Return LibreOffice's program, None where it is not installed.

    ``JIXIAO_SOFFICE`` in the environment names it where it stands in an unusual place.
    """
    named = os.environ.get("JIXIAO_SOFFICE")
    if named:
        return named if Path(named).is_file() else None
    for name in ("soffice", "libreoffice"):
        found = shutil.which(name)
        if found:
            return found
    return next((place for place in _PLACES if Path(place).is_file()), None)


def convert(sources: Sequence[tuple[bytes, str]], target: str = "docx") -> list[bytes | ReadError]:
    """Convert documents, all in one start of LibreOffice.

    ``sources`` are the documents with the ending that says their kind ("doc"). The answer has, in
    the same order, the converted document or the error for each. One that makes LibreOffice fall
    does not take the others with it: those that are missing are tried again one by one.
    """
    soffice = program()
    if soffice is None:
        return [_not_installed(kind) for _, kind in sources]
    try:
        results = _start(soffice, sources, target)
    except OSError as error:
        raise ReadError(
            f"临时文件写不了：{reason(error)}",
            "请检查临时文件夹（环境变量 TMPDIR 可另行指定）的空间和权限",
        ) from error
    if len(sources) > 1:
        for number, result in enumerate(results):
            if isinstance(result, ReadError):
                results[number] = _start(soffice, [sources[number]], target)[0]
    return results


def _start(
    soffice: str, sources: Sequence[tuple[bytes, str]], target: str
) -> list[bytes | ReadError]:
    with tempfile.TemporaryDirectory(prefix="jixiao-", ignore_cleanup_errors=True) as folder:
        base = Path(folder)
        profile = base / "profile" / "user"
        profile.mkdir(parents=True)
        (profile / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
        inputs = []
        for number, (data, kind) in enumerate(sources):
            path = base / f"{number:05}.{kind}"
            path.write_bytes(with_last_paragraph(data) if kind in ("doc", "wps") else data)
            inputs.append(path)
        output = base / "out"
        command = [
            soffice,
            f"-env:UserInstallation={(base / 'profile').as_uri()}",
            "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nologo",
            "--convert-to", _FILTERS[target],
            "--outdir", str(output),
            *map(str, inputs),
        ]  # fmt: skip
        in_time = _run(command, base, START_SECONDS + FILE_SECONDS * len(sources))
        results: list[bytes | ReadError] = []
        for path in inputs:
            made = output / f"{path.stem}.{target}"
            if made.is_file():
                results.append(made.read_bytes())
            else:
                results.append(_failed() if in_time else _too_slow())
        return results


def _run(command: list[str], folder: Path, seconds: float) -> bool:
    """Run LibreOffice; return False where it had to be ended for want of time."""
    environment = {**os.environ, "HOME": str(folder), "TMPDIR": str(folder)}
    try:
        process = subprocess.Popen(  # noqa: S603  the program is LibreOffice, the names are ours
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=environment,
            start_new_session=True,
        )
    except OSError as error:
        raise ReadError(
            f"LibreOffice 启动不了：{reason(error)}",
            "请检查它的安装，或设置环境变量 JIXIAO_SOFFICE",
        ) from error
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        return False
    finally:
        if process.poll() is None:
            _end(process)
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    """End LibreOffice with the child that does its work."""
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()


def _not_installed(kind: str) -> ReadError:
    return ReadError(
        f"读 .{kind} 文件要用 LibreOffice，本机没有装",
        "请安装 LibreOffice（Debian、Ubuntu：sudo apt-get install libreoffice-writer-nogui"
        " libreoffice-calc-nogui），或用 Word、WPS 打开后另存为 docx 再试",
    )


def _failed() -> ReadError:
    return ReadError(
        "文件打不开：可能已损坏、设有密码，或者不是文档",
        "请用 Word 或 WPS 打开确认，取消密码后另存为 docx 再试",
    )


def _too_slow() -> ReadError:
    return ReadError("LibreOffice 太久没有读完这个文件", "请用 Word 或 WPS 打开后另存为 docx 再试")
