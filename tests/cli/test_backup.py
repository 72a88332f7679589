"""``jixiao backup``: a copy that is whole, though someone writes meanwhile; nothing is overwritten."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest


def backup(goal: Path, data: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "jixiao", "backup", str(goal), "--data", str(data)]
    return subprocess.run(command, capture_output=True, text=True)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    folder = tmp_path / "data"
    folder.mkdir()
    database = sqlite3.connect(folder / "jixiao.sqlite3")
    database.executescript("PRAGMA journal_mode=WAL; CREATE TABLE words (word TEXT);")
    database.executemany("INSERT INTO words VALUES (?)", [("写过的话",)] * 500)
    database.commit()
    database.close()
    (folder / "secret-key").write_text("s" * 40)
    return folder


def words(folder: Path) -> int:
    database = sqlite3.connect(folder / "jixiao.sqlite3")
    try:
        count: int = database.execute("SELECT count(*) FROM words").fetchone()[0]
        return count
    finally:
        database.close()


def test_the_copy_is_whole_and_its_owners_alone(data: Path, tmp_path: Path) -> None:
    writer = sqlite3.connect(data / "jixiao.sqlite3")
    writer.execute("INSERT INTO words VALUES ('已经提交')")
    writer.commit()
    writer.execute("INSERT INTO words VALUES ('正在写')")
    done = backup(tmp_path / "copy", data)
    writer.rollback()
    writer.close()
    assert done.returncode == 0, done.stderr
    assert words(tmp_path / "copy") == 501
    assert (tmp_path / "copy" / "secret-key").read_text() == "s" * 40
    assert stat.S_IMODE((tmp_path / "copy" / "jixiao.sqlite3").stat().st_mode) == 0o600
    assert backup(tmp_path / "second", data).returncode == 0, "with no server running, too"


def test_an_older_backup_is_not_overwritten(data: Path, tmp_path: Path) -> None:
    assert backup(tmp_path / "copy", data).returncode == 0
    again = backup(tmp_path / "copy", data)
    assert again.returncode == 2 and "不是空的" in again.stderr


def test_a_folder_without_data_is_told(tmp_path: Path) -> None:
    done = backup(tmp_path / "copy", tmp_path)
    assert done.returncode == 2 and "没有数据" in done.stderr
