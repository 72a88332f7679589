"""What ``jixiao serve`` puts into the database before it begins: the demo county, an office's list."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from jixiao.cli.chinese import CommandError
from jixiao.cli.printable import one_line, width
from jixiao.model.errors import reason


def demo() -> str:
    """Build the demo county if it is not there; return the accounts to print."""
    from jixiao.web.demo import build
    from jixiao.web.environment import kept_secret

    password = kept_secret("demo-password", 9)
    if not build.is_there():
        build.build(password)
    return "\n".join(("演示账号：", *_table(build.plan(), password)))


def _table(plan: dict[str, Any], password: str) -> list[str]:
    """Return the accounts of the demo county to begin with, one a line."""
    from jixiao.web.accounts.roles import Role

    places = {each["code"]: each["name"] for each in (*plan["departments"], *plan["units"])}
    known = {each["username"]: each for each in plan["users"]}
    rows = [("角色", "姓名", "账号", "密码", "所在")]
    for username in plan["shown"]:
        user = known[username]
        code = user.get("unit") or user.get("department") or ""
        place = places.get(code, user.get("section", plan["region"]["name"]))
        rows.append((Role(user["role"]).label, user["name"], username, password, place))
    widths = [max(map(width, column)) for column in zip(*rows, strict=True)]
    return ["  " + "  ".join(map(_padded, row, widths)).rstrip() for row in rows]


def _padded(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))


def organisation(file: str) -> str:
    """Bring an office's list into the database; return where the new passwords are."""
    import csv

    from jixiao.exchange.cells import guard
    from jixiao.web.accounts.organisation import read
    from jixiao.web.accounts.passwords import one_time
    from jixiao.web.accounts.setting_up import set_up
    from jixiao.web.environment import data_folder

    try:
        data = Path(file).read_bytes()
    except OSError as error:
        raise CommandError(f"{one_line(file)} 读不出来：{reason(error)}", "请检查文件名") from error
    given: list[str] = []

    def password() -> str:
        word, hashed = one_time()
        given.append(word)
        return hashed

    made = set_up(read(data, Path(file).name), password, must_change=True)
    if not made.new:
        return "清单里没有新账号。"
    path = data_folder() / "new-passwords.csv"
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8-sig", newline="") as out:
        rows = zip(made.new, given, strict=True)
        csv.writer(out).writerows(
            (guard(user.username), guard(user.name), password) for user, password in rows
        )
    return f"新建了 {len(made.new)} 个账号，初始密码在 {path}；发给本人后请删去这个文件，首次登录要先改密码。"


def accounts() -> str:
    """Return what to say of accounts where none were asked for."""
    from jixiao.web.accounts.models import User

    if User.objects.exists():
        return ""
    return "还没有账号：用 --organisation 清单.toml 建立，或用 --demo --data 新文件夹 先看看演示。"
