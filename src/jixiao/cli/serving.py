"""``jixiao serve``: the web application, its worker and its database, in one command."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import Annotated, Any

import typer

from jixiao.cli import serving_data as opening
from jixiao.cli.chinese import CommandError
from jixiao.cli.printable import one_line

CODES = """退出码：
  0  正常结束（按 Ctrl-C）
  2  启动不了，或命令写得不对"""
LOG_CODES = """退出码：
  0  操作记录完整
  1  操作记录被改动过
  2  没有查成"""

_PORT, _PORTS = 8000, 20
"""The port without --port, and how many are tried from there on."""

_MOST_PROCESSES = 4
"""Without --processes; each takes some 150 MB."""

_THREADS = 4
"""Of a process: one computes while others wait for the database; more would hold each other up."""

_GRACE = 10
"""Seconds that the worker is given to end its job."""


def serve(
    host: Annotated[
        str, typer.Option("--host", metavar="地址", help="监听的地址；0.0.0.0 让局域网里都能用")
    ] = "127.0.0.1",
    port: Annotated[
        str | None,
        typer.Option("--port", metavar="端口", help="端口；不写则用 8000，有人用了就用下一个"),
    ] = None,
    data: Annotated[
        str | None,
        typer.Option("--data", metavar="文件夹", help="数据放在哪里，默认 ~/.local/share/jixiao"),
    ] = None,
    demo: Annotated[
        bool, typer.Option("--demo", help="装入演示县：各种角色的账号，各种状态的文本")
    ] = False,
    organisation: Annotated[
        str | None,
        typer.Option(
            "--organisation",
            metavar="文件",
            help="机构和账号的清单（TOML）；新账号的密码写进数据文件夹的 new-passwords.csv",
        ),
    ] = None,
    processes: Annotated[
        str | None,
        typer.Option(
            "--processes",
            metavar="个数",
            help="网页服务的进程数；不写则 SQLite 用 1 个，PostgreSQL 每个核 1 个，至多 4 个",
        ),
    ] = None,
) -> int:
    """启动网页应用：填报、审核、批复。按 Ctrl-C 结束。

    默认用 SQLite；环境变量 DATABASE_URL 指定 PostgreSQL，如 postgres://用户:密码@主机/库名。"""
    asked = port and _whole("--port", port, 65535)
    count = _whole("--processes", processes, 64) if processes else None
    if data is not None:
        os.environ["JIXIAO_DATA"] = str(Path(data).absolute())
    _answer_to(host)
    number = _port(host, asked or None)
    _set_up()
    from django.core.management import call_command

    from jixiao.web import environment

    call_command("migrate", verbosity=0, interactive=False)
    told = opening.demo() if demo else ""
    if organisation is not None:
        told = "\n".join(filter(None, (told, opening.organisation(organisation))))
    worker = _Worker()
    worker.start()
    if asked is None and number != _PORT:
        print(f"端口 {_PORT} 有别的程序在用，改用 {number}。")
    print(f"绩效管理：http://{_shown(host)}:{number}/")
    print(told or opening.accounts())
    print(
        f"数据在 {environment.data_folder()}。按 Ctrl-C 结束；再启动接着用同一份数据。", flush=True
    )
    try:
        _server(host, number, count or _processes()).serve()
    finally:
        worker.stop()
    return 0


def verify_log(
    data: Annotated[
        str | None, typer.Option("--data", metavar="文件夹", help="数据文件夹，同 jixiao serve")
    ] = None,
    expect: Annotated[
        str | None,
        typer.Option("--expect", metavar="散列", help="以前记下的最后一条的散列，应当还在记录里"),
    ] = None,
) -> int:
    """核对网页应用的操作记录：每一条都含前一条的散列，改动或删去都查得出。

    把显示的最后一条散列记在别处，以后用 --expect 核对，连整个重写过的记录也能查出。"""
    if data is not None:
        os.environ["JIXIAO_DATA"] = str(Path(data).absolute())
    _set_up()
    from jixiao.web.journal.chain import verify
    from jixiao.web.journal.models import Entry

    found = verify()
    if found.broken:
        print(f"操作记录第 {found.broken.number} 条起不可信：{found.broken.reason}。")
        return 1
    if expect and not Entry.objects.filter(hash=expect.strip().lower()).exists():
        print(f"操作记录里没有散列是 {one_line(expect)} 的一条：记录被重写过，或不是这一份。")
        return 1
    print(f"操作记录完整，共 {found.entries} 条。最后一条的散列：{found.last or '（没有记录）'}")
    return 0


def _set_up() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "jixiao.web.settings")
    try:
        import django
    except ImportError as error:
        raise CommandError("没有安装网页应用", "请用 pip install 'jixiao[web]' 安装") from error
    from jixiao.web import environment

    environment.prepare()
    django.setup()


class _Worker:
    """A process that does the background work; one that dies is started anew."""

    def __init__(self) -> None:
        self._stopped = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._watch = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        """Start the process."""
        self._process = self._begun()
        self._watch.start()

    def stop(self) -> None:
        """End it, its job first if that is soon done."""
        self._stopped.set()
        process = self._process
        if process is None or process.poll() is not None:
            return
        process.terminate()
        try:
            process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            process.kill()  # the job is taken up again at the next start
            process.wait()

    def _keep(self) -> None:
        while not self._stopped.wait(1):
            if self._process is not None and self._process.poll() is not None:
                self._process = self._begun()

    def _begun(self) -> subprocess.Popen[bytes]:
        # In a group of its own: Ctrl-C reaches the server, which ends the worker in its turn.
        return subprocess.Popen([sys.executable, "-m", "jixiao.web.jobs"], start_new_session=True)


def _server(host: str, port: int, processes: int) -> Any:
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    return Granian(
        "jixiao.web.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=_THREADS,
        log_level=LogLevels.error,
        websockets=False,
        respawn_failed_workers=True,
    )


def _processes() -> int:
    """Return how many processes serve: writers of SQLite wait for each other anyway."""
    from django.db import connection

    return 1 if connection.vendor == "sqlite" else min(os.cpu_count() or 1, _MOST_PROCESSES)


def _answer_to(host: str) -> None:
    """Let the application answer to the names that this machine goes by at an address."""
    given = os.environ.get("JIXIAO_HOSTS", "")
    names = {host} if host != "0.0.0.0" else set()  # noqa: S104
    if host == "0.0.0.0":  # noqa: S104
        names.add(socket.gethostname())
        with suppress(OSError):
            names |= {str(each[4][0]) for each in socket.getaddrinfo(socket.gethostname(), None)}
        with suppress(OSError), socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))  # nothing is sent; it tells the address used outward
            names.add(probe.getsockname()[0])
    os.environ["JIXIAO_HOSTS"] = ",".join(filter(None, (given, *sorted(names))))


def _port(host: str, asked: int | None) -> int:
    """Return the port asked for; without one the first that is free. Raises CommandError."""
    if asked is not None:
        if not _is_free(host, asked):
            raise CommandError(
                f"{one_line(host)} 的端口 {asked} 用不了", "可能有别的程序在用，请用 --port 换一个"
            )
        return asked
    for number in range(_PORT, _PORT + _PORTS):
        if _is_free(host, number):
            return number
    raise CommandError(
        f"{one_line(host)} 的端口 {_PORT} 到 {_PORT + _PORTS - 1} 都用不了",
        "请检查 --host，或用 --port 指定一个",
    )


def _is_free(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _shown(host: str) -> str:
    if host == "0.0.0.0":  # noqa: S104
        return socket.gethostname()
    return f"[{host}]" if ":" in host else host


def _whole(option: str, value: str, most: int) -> int:
    if value.isascii() and value.isdecimal() and 1 <= int(value) <= most:
        return int(value)
    raise CommandError(f"{option} 不能是“{one_line(value)}”", f"请写 1 到 {most} 的整数")
