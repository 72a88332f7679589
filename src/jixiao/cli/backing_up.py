"""``jixiao backup``: a copy of the web application's data, while it runs."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Annotated

import typer

from jixiao.cli.chinese import CommandError
from jixiao.cli.printable import one_line
from jixiao.model.errors import reason

CODES = """退出码：
  0  备份好了
  2  没有备份成"""

_DATABASE, _SECRETS = "jixiao.sqlite3", ("secret-key", "demo-password")


def backup(
    goal: Annotated[str, typer.Argument(metavar="文件夹", help="备份放在哪里；要是空的或还没有")],
    data: Annotated[
        str | None, typer.Option("--data", metavar="文件夹", help="数据文件夹，同 jixiao serve")
    ] = None,
) -> int:
    """备份网页应用的数据，不用停下服务。恢复时把备份的文件夹作为 --data 启动。

    只备份数据文件夹里的 SQLite；用 PostgreSQL 的请用 pg_dump。"""
    from jixiao.web import environment

    if data is not None:
        os.environ["JIXIAO_DATA"] = str(Path(data).absolute())
    folder, there = environment.data_folder(), Path(goal)
    if not (folder / _DATABASE).is_file():
        raise CommandError(f"{one_line(str(folder))} 里没有数据", "请用 --data 写明数据文件夹")
    try:
        there.mkdir(mode=0o700, parents=True, exist_ok=True)
        if any(there.iterdir()):
            raise CommandError(f"{one_line(goal)} 不是空的", "请换一个文件夹，免得盖掉以前的备份")
        _copy(folder / _DATABASE, there / _DATABASE)
        for name in _SECRETS:
            if (folder / name).is_file():
                shutil.copy2(folder / name, there / name)
    except (OSError, sqlite3.Error) as error:
        told = reason(error) if isinstance(error, OSError) else str(error)
        raise CommandError(f"备份到 {one_line(goal)} 没有成：{told}", "请检查磁盘和权限") from error
    print(f"已备份到 {one_line(str(there))}。")
    return 0


def _copy(source: Path, goal: Path) -> None:
    """Copy a database as it stands at one moment, whoever writes to it meanwhile; and check the copy."""
    os.close(os.open(goal, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    with (
        closing(sqlite3.connect(f"file:{source}?mode=ro", uri=True)) as here,
        closing(sqlite3.connect(goal)) as there,
    ):
        here.backup(there)
        if there.execute("PRAGMA quick_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("副本核对不上")
