"""kill -9 in the middle of saving, submitting, importing and downloading: nothing lost or doubled."""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import random
import re
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from jixiao.web.jobs import workplace
from web_running import Running, Session, serve

HERE = Path(__file__).parent
SAMPLES = HERE.parents[1] / "samples"
DATABASE = os.environ.get("DATABASE_URL")

YES, NO, UNKNOWN = "yes", "no", "unknown"
"""What became of a request: done and said so, refused, or no answer."""


class Told:
    """What each request was told, by what it did."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()
        self.uploads: dict[str, str] = {}
        self.fields: dict[str, list[tuple[str, str]]] = {}
        self.lock = threading.Lock()

    def add(self, what: str, outcome: str) -> str:
        with self.lock:
            self.counts[what, outcome] += 1
        return outcome

    def between(self, what: str, found: int) -> None:
        """Everything that was accepted is there once; beyond it at most what nobody was told of."""
        least = self.counts[what, YES]
        most = least + self.counts[what, UNKNOWN]
        assert least <= found <= most, (what, least, found, most)


def tried(call: Callable[[], tuple[int, Any]]) -> tuple[str, Any]:
    """Return the outcome of a request, and the page where there is one."""
    try:
        status, page = call()
    except (OSError, http.client.HTTPException):
        return UNKNOWN, ""
    if status >= 500:
        raise AssertionError(page)
    return (YES if status == 200 else NO), page


class People:
    """The clerk and her superior at work, until the server is gone or they are told to stop."""

    def __init__(self, running: Running, told: Told, place: str, other: str, mark: str) -> None:
        self.told, self.mark, self.place, self.other = told, mark, place, other
        self.clerk, self.head = Session(running, "tianbao"), Session(running, "danwei")
        self.stop = threading.Event()
        self.faults: list[Exception] = []
        self.threads = [
            threading.Thread(target=self._loop, args=(work,), daemon=True)
            for work in (self.fill, self.submit, self.upload, self.download)
        ]

    def __enter__(self) -> People:
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join(30)
        assert not self.faults, self.faults

    def go_on(self, more: int) -> None:
        """Wait until so many more requests were done, each kind once more at least."""
        before = Counter(self.told.counts)

        def done() -> bool:
            new = self.told.counts - before
            kinds = {what for what, outcome in new if outcome == YES}
            return len(kinds) == 5 and sum(n for (_, o), n in new.items() if o == YES) >= more

        wait_for(lambda: bool(self.faults) or done(), "people get on with their work")

    def _loop(self, work: Callable[[int], None]) -> None:
        number = 0
        while not self.stop.is_set():
            try:
                work(number)
            except (OSError, http.client.HTTPException):
                self.stop.wait(0.1)  # the server is gone, or another is on its way
            except Exception as error:  # noqa: BLE001 - told at the end
                self.faults.append(error)
                return
            number += 1

    def fill(self, number: int) -> None:
        value = f"{self.mark}第{number}次写的描述"
        sheet, row, before = a_cell(self.clerk, self.other)
        with self.told.lock:
            mine = self.told.fields.setdefault(f"{sheet} {row}", [])
        told = {"row": row, "field": "description", "revision": "0", "before": before}
        outcome, _ = tried(lambda: self.clerk.post(f"{sheet}field/", {**told, "value": value}))
        mine.append((value, self.told.add("text.field", outcome)))

    def submit(self, _: int) -> None:
        told = {"shared": "与上年口径一致"}
        outcome, _page = tried(lambda: self.clerk.post(f"{self.place}submit/", told))
        self.told.add("submit", outcome)
        outcome, _page = tried(
            lambda: self.head.post(f"{self.place}return/", {"opinion": "请再改"})
        )
        self.told.add("return", outcome)

    def upload(self, number: int) -> None:
        name = f"{self.mark}-{number}.html"
        data = (SAMPLES / "sannvhe-2023.html").read_bytes() + f"<!-- {name} -->".encode()
        outcome, _ = tried(lambda: self.clerk.upload(f"{self.other}imports/add/", name, data))
        self.told.uploads[name] = self.told.add("text.import", outcome)
        time.sleep(0.2)

    def download(self, number: int) -> None:
        kind = ("docx", "xlsx", "pdf")[number % 3]
        outcome, _ = tried(lambda: self.clerk.get(f"{self.place}download/{kind}/"))
        self.told.add("text.download", outcome)


def a_cell(session: Session, text: str) -> tuple[str, str, str]:
    """Return a project of a text, its first indicator's row, and what its description says."""
    _, page = session.get(text)
    found = re.search(rf"{text}projects/\d+/", page)
    assert found is not None
    _, page = session.get(found[0])
    row = re.search(r'id="line-(\w+)"', page)
    assert row is not None
    pattern = rf'id="f-description{row[1]}".*?data-saved="([^"]*)"'
    before = re.search(pattern, page, re.DOTALL)
    assert before is not None
    return found[0], row[1], before[1]


def of(pid: int) -> list[tuple[int, str]]:
    """Return the children of a process with their commands."""
    told = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(pid)], capture_output=True, text=True
    ).stdout
    return [(int(line.split()[0]), line) for line in told.splitlines()]


def kill(running: Running, whom: str) -> None:
    """End processes as a power cut does: the background worker, the web processes, or all."""
    children = of(running.process.pid)
    workers = [pid for pid, line in children if "jixiao.web.jobs" in line]
    if whom == "all":
        running.process.kill()
    for pid in workers if whom == "worker" else [pid for pid, _ in children]:
        if whom == "web" and pid in workers:
            continue
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def facts(folder: Path) -> dict[str, Any]:
    """Return what the database says."""
    known = {**os.environ, "JIXIAO_DATA": str(folder)}
    known.pop("JIXIAO_SECRET_KEY", None)
    told = subprocess.run(
        [sys.executable, str(HERE / "crash_facts.py")], capture_output=True, text=True, env=known
    )
    assert told.returncode == 0, told.stderr
    found: dict[str, Any] = json.loads(told.stdout)
    return found


def settled(folder: Path, seconds: float = 90) -> dict[str, Any]:
    """Return what the database says when no job waits or runs any more."""
    end = time.monotonic() + seconds
    while True:
        found = facts(folder)
        if not found["jobs"].get("READY") and not found["jobs"].get("RUNNING"):
            return found
        assert time.monotonic() < end, found["jobs"]
        time.sleep(0.5)


def drafts(running: Running) -> tuple[str, str]:
    """Return two texts of the clerk: one that is submitted again and again, one that is filled in."""
    session = Session(running, "tianbao")
    _, page = session.get("/")
    for path in re.findall(r'href="(/texts/\d+/)"', page):
        _, page = session.get(path)
        if "提交</a>" in page:
            break
    year = re.search(r'<option[^>]*value="(\d{4})"|<option[^>]*>(\d{4})', session.get("/")[1])
    assert year is not None
    session.post("/texts/new/", {"year": year[1] or year[2]})
    other = session.place.removeprefix(session.address)
    session.post(f"{other}projects/add/", {})
    sheet = re.search(rf"{other}projects/\d+/", session.get(other)[1])
    assert sheet is not None
    session.post(f"{sheet[0]}rows/add/", {})
    return path, other


def test_nothing_is_lost_or_doubled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    monkeypatch.setenv("JIXIAO_SOFFICE", "/none")
    told, places = Told(), ("", "")
    start: Counter[str] = Counter()
    dice = random.Random()
    for number, deaths in enumerate((("worker", "web", "all"), ("all",))):
        with serve(tmp_path, DATABASE) as running:
            if not number:
                places = drafts(running)
                start = Counter(facts(tmp_path)["actions"])
            with People(running, told, *places, mark=f"甲{number}") as people:
                for whom in deaths:
                    people.go_on(dice.randint(8, 14))
                    time.sleep(dice.uniform(0, 0.3))
                    kill(running, whom)
    with serve(tmp_path, DATABASE) as running:
        found = settled(tmp_path)
        _, _, description = a_cell(Session(running, "tianbao"), places[1])
    check(found, told, start, description)
    assert [each.name for each in scratch.iterdir()] == [], "no half-written file is left behind"
    assert left(tmp_path) == []


def check(found: dict[str, Any], told: Told, start: Counter[str], description: str) -> None:
    """Hold what is there against what people were told."""
    assert found["intact"] == "ok"
    assert found["broken"] == ""
    by_text: dict[int, list[int]] = {}
    for text, number, _ in found["versions"]:
        by_text.setdefault(text, []).append(number)
    assert all(numbers == list(range(1, len(numbers) + 1)) for numbers in by_text.values())
    actions = Counter(found["actions"]) - start
    for action in ("text.field", "text.import", "text.download"):
        told.between(action, actions[action])
    told.between("submit", actions["text.submit"])
    told.between("return", actions["text.return"])
    submitted = sum(reason == "submit" for _, _, reason in found["versions"])
    assert submitted == found["decisions"]["submit"] == found["actions"]["text.submit"]
    names = Counter(name for name, _, _ in found["imports"])
    assert not [name for name, count in names.items() if count > 1]
    assert {name for name, outcome in told.uploads.items() if outcome == YES} <= set(names)
    assert {status for _, status, _ in found["imports"]} <= {"read"}
    assert len(found["pages"]) == len({tuple(each) for each in found["pages"]})
    (attempts,) = told.fields.values()
    last = max(n for n, (_, outcome) in enumerate(attempts) if outcome == YES)
    later = [value for value, outcome in attempts[last:] if outcome != NO]
    assert description in later


@pytest.mark.libreoffice
def test_a_worker_killed_while_it_converts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setenv("TMPDIR", str(scratch))
    with serve(tmp_path, DATABASE) as running:
        _, other = drafts(running)
        session = Session(running, "tianbao")
        data = (SAMPLES / "sannvhe-2023.doc").read_bytes()
        assert session.upload(f"{other}imports/add/", "a.doc", data)[0] == 200
        for _ in range(2):
            wait_for(lambda: converts(tmp_path), "LibreOffice is started")
            kill(running, "worker")
        found = settled(tmp_path)
        place = session.place
        assert "个项目</h2>" in session.get(place.removeprefix(session.address))[1]
    assert [status for _, status, _ in found["imports"]] == ["read"]
    assert found["pages"], "its pages are drawn"
    assert len(found["pages"]) == len({tuple(each) for each in found["pages"]})
    assert left(tmp_path) == []
    assert [each.name for each in scratch.iterdir()] == []


def converts(folder: Path) -> bool:
    """Tell whether a worker that lives has begun to convert a file."""
    begun = (folder / "work").glob("*/jixiao-*")
    return any(workplace.is_alive(each.parent.name) for each in begun)


def left(folder: Path) -> list[str]:
    """Return the folders of temporary files, but for that of a worker that is still on its way out."""
    dead = [each for each in (folder / "work").iterdir() if not workplace.is_alive(each.name)]
    return [each.name for each in dead if each.exists()]


def test_a_process_that_waits_to_be_buried_is_not_alive() -> None:
    with subprocess.Popen([sys.executable, "-c", "pass"]) as child:
        wait_for(lambda: not workplace.is_alive(str(child.pid)), "it has ended")
        assert child.returncode is None
    assert workplace.is_alive(str(os.getpid()))


def wait_for(condition: Callable[[], bool], what: str) -> None:
    """Wait until something is so."""
    end = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.02)
