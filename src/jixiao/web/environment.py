"""What the machine says of where to keep data, which database to use and what the secret is."""

from __future__ import annotations

import os
import secrets
from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Any

from jixiao.model.errors import JixiaoError

DATA = "JIXIAO_DATA"
"""Variable that names the folder of data; without it the user's own data folder is used."""

SECRET = "JIXIAO_SECRET_KEY"  # noqa: S105 - the name of a variable
HOSTS = "JIXIAO_HOSTS"
HTTPS = "JIXIAO_HTTPS"
DATABASE = "DATABASE_URL"
PROXIES = "JIXIAO_PROXIES"
PASSWORD_DAYS = "JIXIAO_PASSWORD_DAYS"  # noqa: S105 - the name of a variable

_SECRET_FILE = "secret-key"  # noqa: S105 - the name of a file

_WAIT = 20
"""Seconds that a writer waits for another on SQLite."""


def data_folder() -> Path:
    """Return the folder of data; ``prepare`` makes it."""
    given = os.environ.get(DATA)
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return (Path(given) if given else Path(base) / "jixiao").absolute()


def prepare() -> None:
    """Make the folder of data, which only its owner may look into, and the secret in it."""
    data_folder().mkdir(mode=0o700, parents=True, exist_ok=True)
    if not os.environ.get(SECRET):
        kept_secret(_SECRET_FILE)


def secret_key() -> str:
    """Return the secret that signs sessions: from the environment, else this machine's own.

    Before ``prepare`` there is none, and Django refuses to sign anything.
    """
    path = data_folder() / _SECRET_FILE
    return os.environ.get(SECRET) or (path.read_text("ascii").strip() if path.is_file() else "")


def kept_secret(name: str, size: int = 48) -> str:
    """Return a random secret kept in the data folder (0600), made at its first use.

    Two processes that start at once agree on one: a file is linked into place only if there is none.
    """
    path = data_folder() / name
    if not path.exists():
        draft = path.with_name(f".{name}-{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(secrets.token_urlsafe(size))
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()


def database() -> dict[str, Any]:
    """Return Django's settings of the database: PostgreSQL by DATABASE_URL, else SQLite."""
    import dj_database_url

    url = os.environ.get(DATABASE)
    if url:
        found = dict(dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True))
        if found["ENGINE"] != "django.db.backends.sqlite3":
            return found
        return {**found, "OPTIONS": _sqlite()}
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(data_folder() / "jixiao.sqlite3"),
        "OPTIONS": _sqlite(),
    }


def _sqlite() -> dict[str, Any]:
    # A transaction takes the right to write when it begins: one that would need it later fails.
    return {
        "timeout": _WAIT,
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }


def hosts() -> list[str]:
    """Return the names that the server answers to."""
    given = [host.strip() for host in os.environ.get(HOSTS, "").split(",")]
    return ["localhost", "127.0.0.1", "[::1]", *filter(None, given)]


class ProxiesError(JixiaoError):
    """A reverse proxy that is named by no address."""


def proxies() -> list[IPv4Network | IPv6Network]:
    """Return the addresses and networks of the reverse proxies that are believed.

    Where https is asked for and no proxy is named, it is one on this machine. Raises ProxiesError.
    """
    given = os.environ.get(PROXIES, "") or ("127.0.0.1, ::1" if is_https() else "")
    found = []
    for each in filter(None, map(str.strip, given.split(","))):
        try:
            found.append(ip_network(each, strict=False))
        except ValueError as error:
            raise ProxiesError(
                f"环境变量 {PROXIES} 里的“{each}”不是地址",
                "请写 127.0.0.1 或 10.1.0.0/16，逗号隔开",
            ) from error
    return found


def is_https() -> bool:
    """Tell whether the pages are reached by https, through a proxy in front."""
    return os.environ.get(HTTPS, "") == "1"


def password_days() -> int:
    """Return after how many days a password is to be changed: 180 if nothing is said, 0 for never."""
    given = os.environ.get(PASSWORD_DAYS, "")
    return int(given) if given.isascii() and given.isdecimal() else 180
