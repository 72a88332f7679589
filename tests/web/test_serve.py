"""``jixiao serve`` as it begins: what it says, a port in use, a second start on the same data."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.db.models import Count

from jixiao.cli import serving
from jixiao.cli.chinese import CommandError
from jixiao.cli.serving_data import _table
from jixiao.web.accounts.models import Unit, User
from jixiao.web.accounts.roles import Role
from jixiao.web.demo import build
from jixiao.web.targets.models import Sheet, Text
from jixiao.web.targets.states import State


def started(folder: Path, *options: str) -> tuple[subprocess.Popen[str], str]:
    """Start the demo county; return the process and what it said until it was ready."""
    known = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"}
    command = [sys.executable, "-m", "jixiao", "serve", "--demo", "--data", str(folder), *options]
    with (folder / "told").open("w") as told:
        process = subprocess.Popen(command, stdout=told, stderr=told, env=known, text=True)
    for _ in range(300):
        said = (folder / "told").read_text()
        address = re.search(r"http://127\.0\.0\.1:\d+/", said)
        if process.poll() is not None or (address and answers(address[0])):
            return process, said
        time.sleep(0.1)
    raise AssertionError(said)


def answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5):
            return True
    except OSError:
        return False


def ended(process: subprocess.Popen[str]) -> int:
    process.send_signal(signal.SIGINT)
    return process.wait(20)


def test_it_says_where_it_is_who_may_log_in_and_how_to_stop_and_does_so_again(
    tmp_path: Path,
) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        taken = other.getsockname()[1]
        process, said = started(tmp_path, "--port", str(taken))
        assert process.wait(20) == 2
        assert f"端口 {taken} 用不了" in said
    told = []
    for _ in range(2):
        process, said = started(tmp_path)
        told.append(said)
        assert ended(process) == 0
    password = (tmp_path / "demo-password").read_text()
    for said in told:
        assert "http://127.0.0.1:80" in said
        assert re.search(rf"填报 +张敏 +tianbao +{password}", said)
        assert str(tmp_path) in said


def test_a_port_in_use_leads_to_the_next_free_one(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = other.getsockname()[1]
        monkeypatch.setattr(serving, "_PORT", taken)
        assert taken < serving._port("127.0.0.1", None) < taken + 20
        with pytest.raises(CommandError, match="用不了"):
            serving._port("127.0.0.1", taken)


def test_the_table_of_accounts_has_every_role_in_columns() -> None:
    lines = _table(build.plan(), "secret-word")
    assert all(any(role.label in line for line in lines) for role in Role)
    assert sum("secret-word" in line for line in lines) == len(build.plan()["shown"])


@pytest.mark.django_db
def test_the_demo_county_is_alive() -> None:
    assert Unit.objects.count() >= 12
    assert Sheet.objects.count() >= 40
    # 二上 has opened: nothing waits for it at 一下.
    there = set(Text.objects.values_list("state", flat=True))
    assert there == set(State.values) - {State.ISSUED.value}
    assert Unit.objects.annotate(n=Count("texts")).filter(n__gte=2).count() >= 5
    assert set(User.objects.values_list("role", flat=True)) == set(Role.values)
