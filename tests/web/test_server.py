"""The server as it runs: many at once, and processes that are killed in the middle of their work."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from web_running import Running, Session, serve

SAMPLE = Path(__file__).parents[2] / "samples" / "huailai-resettlement-2024.docx"


def sheets_of(session: Session) -> tuple[str, list[str]]:
    """Return the path of the draft that a clerk has, and of its projects."""
    _, page = session.get("/")
    paths = re.findall(r'href="(/texts/\d+/)"', page)
    for path in paths:
        _, page = session.get(path)
        if "提交</a>" in page:
            return path, list(dict.fromkeys(re.findall(rf"{path}projects/\d+/", page)))
    raise AssertionError("no draft")


def test_many_at_once_lose_nothing(running: Running) -> None:
    """Eight people save at once, each another cell of one project: every word is there."""
    first = Session(running, "tianbao")
    _, sheets = sheets_of(first)
    _, page = first.get(sheets[0])
    rows = re.findall(r'id="line-(\w+)"', page)[:8]
    sessions = [first, *(Session(running, "tianbao") for _ in range(3))] * 2

    def fill(pair: tuple[Session, str]) -> list[int]:
        session, row = pair
        told = {"row": row, "field": "description", "revision": "1"}
        statuses, before = (
            [],
            re.search(rf'id="f-description{row}".*?data-saved="([^"]*)"', page, re.DOTALL),
        )
        seen = before[1] if before else ""
        for number in range(5):
            value = f"{row}第{number}次"
            status, _ = session.post(f"{sheets[0]}field/", {**told, "value": value, "before": seen})
            statuses.append(status)
            seen = value
        return statuses

    with ThreadPoolExecutor(8) as pool:
        statuses = [
            each for found in pool.map(fill, zip(sessions, rows, strict=True)) for each in found
        ]
    assert statuses == [200] * 40
    _, page = first.get(sheets[0])
    assert all(f"{row}第4次" in page for row in rows)


def test_one_place_many_hands(running: Running) -> None:
    """Of those who write into one cell at once one is first; each other one is told, none is lost."""
    sessions = [Session(running, "tianbao") for _ in range(4)]
    _, sheets = sheets_of(sessions[0])
    told = {"row": "", "field": "goals", "revision": "1", "before": "完成移民信息审核及机关运行费"}

    def write(number: int) -> int:
        value = f"第{number}个人写的目标"
        return sessions[number].post(f"{sheets[1]}field/", {**told, "value": value})[0]

    with ThreadPoolExecutor(4) as pool:
        statuses = sorted(pool.map(write, range(4)))
    assert statuses == [200, 409, 409, 409]


def test_a_worker_that_is_killed_is_replaced_and_its_work_done_once(running: Running) -> None:
    session = Session(running, "tianbao")
    path, _ = sheets_of(session)
    status, _ = session.upload(f"{path}imports/add/", "sample.docx", SAMPLE.read_bytes())
    assert status == 200
    place = session.place.removeprefix(session.address)
    for pid in workers(running):
        os.kill(pid, signal.SIGKILL)
    for _ in range(450):
        status, page = session.get(place)
        if "读出 4 个项目" in page:
            break
        time.sleep(0.1)
    assert "读出 4 个项目" in page
    assert workers(running), "another has taken its place"
    chosen = {"project": "0"}
    assert session.post(f"{place}accept/", chosen)[0] == 200
    assert session.post(f"{place}accept/", chosen)[0] == 422, "taken over once"


def workers(running: Running) -> list[int]:
    """Return the processes that do the background work of this server."""
    told = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(running.process.pid)],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    return [int(line.split()[0]) for line in told.splitlines() if "jixiao.web.jobs" in line]


def test_a_killed_server_loses_nothing_that_was_saved(tmp_path: Path) -> None:
    with serve(tmp_path) as first:
        session = Session(first, "tianbao")
        _, sheets = sheets_of(session)
        told = {
            "row": "",
            "field": "purpose",
            "revision": "0",
            "before": "完成移民信息审核及机关运行经费",
        }
        assert session.post(f"{sheets[0]}field/", {**told, "value": "杀不掉的话"})[0] == 200
        for pid in children(first.process.pid):
            os.kill(pid, signal.SIGKILL)
        first.process.kill()
    with serve(tmp_path) as second:
        _, page = Session(second, "tianbao").get(sheets[0])
        assert "杀不掉的话" in page
        assert second.password == first.password


def children(pid: int) -> list[int]:
    """Return the processes that a process started."""
    told = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True)
    return [int(line) for line in told.stdout.split()]
