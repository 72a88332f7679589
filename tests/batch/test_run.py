"""Many files: in order, with all processors, and no file brings another down."""

from __future__ import annotations

import multiprocessing
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from batch import works
from jixiao.batch import processors, run
from jixiao.batch.outcome import name_of
from jixiao.model import Unreadable

SAMPLES = Path(__file__).parents[2] / "samples"


@pytest.fixture
def files(tmp_path):
    """Return a maker of files with a word in each."""

    def make(*words: str, suffix: str = ".txt") -> list[Path]:
        paths = [tmp_path / f"{number:03}{suffix}" for number in range(len(words))]
        for path, word in zip(paths, words, strict=True):
            path.write_text(word, "utf-8")
        return paths

    return make


def results(paths, work=works.shout, **options):
    options.setdefault("reader", works.contents)
    found = list(run(paths, work, **options))
    assert [path for path, _ in found] == list(paths)
    return [result for _, result in found]


@pytest.mark.parametrize("jobs", [1, 2, 5])
def test_results_come_in_the_order_of_the_files(files, jobs):
    words = ["slow" if number % 7 == 0 else f"w{number}" for number in range(40)]
    assert results(files(*words), jobs=jobs) == [word.upper() for word in words]


def test_no_file_is_no_work():
    assert results([], jobs=3) == []


def test_one_file_and_one_job_stay_in_this_process(files):
    here = os.getpid()
    assert results(files("a"), works.process, jobs=4) == [here]
    assert results(files("a", "b"), works.process, jobs=1) == [here, here]


def test_several_files_go_to_several_processes(files):
    found = set(results(files(*["slow"] * 8), works.process, jobs=2))
    assert len(found) == 2
    assert os.getpid() not in found


def test_processors_are_those_that_this_process_may_use():
    assert 1 <= processors() <= (os.cpu_count() or 1)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("reader", [works.contents, works.together])
def test_a_reader_that_falls_costs_one_file(files, jobs, reader):
    paths = files("a", "fall", "b", "bad", "c", "memory", "d")
    found = results(paths, jobs=jobs, reader=reader)
    assert [found[number] for number in (0, 2, 4, 6)] == ["A", "B", "C", "D"]
    assert found[1].file == str(paths[1])
    assert found[1].message.startswith("内部错误（KeyError：'fall'，works.py 第")
    assert found[3] == Unreadable(str(paths[3]), "文件不好。请换一个。")
    assert "内存不够" in found[5].message


@pytest.mark.parametrize("jobs", [1, 2])
def test_work_that_fails_costs_one_file(files, jobs):
    found = results(files("a", "stone", "b"), works.stumble, jobs=jobs)
    assert (found[0], found[2]) == ("a", "b")
    assert "内部错误（ValueError：stone" in found[1].message


@pytest.mark.parametrize("reader", [works.contents, works.together])
@pytest.mark.parametrize("death", ["die", "kill"])
def test_a_process_that_dies_costs_the_file_it_died_of(files, reader, death):
    words = ["a", "b", death, "c", "d", "e", death, "f", "g", "h"]
    found = results(files(*words), jobs=2, reader=reader)
    for word, result in zip(words, found, strict=True):
        if word == death:
            assert "意外退出" in result.message
        else:
            assert result == word.upper()


def test_all_files_may_kill(files):
    found = results(files(*["die"] * 6), jobs=2)
    assert all(isinstance(result, Unreadable) for result in found)


def test_a_result_that_cannot_be_sent_is_told(files):
    found = results(files("a", "b"), works.unsendable, jobs=2)
    assert all("内部错误" in result.message for result in found)


def test_no_process_is_left_after_the_last_file(files):
    results(files("a", "b", "c"), jobs=2)
    assert multiprocessing.active_children() == []


def test_no_process_is_left_when_the_caller_stops_early(files):
    found = run(files(*["slow"] * 30), works.shout, jobs=2, reader=works.contents)
    next(found)
    begun = time.monotonic()
    found.close()
    assert multiprocessing.active_children() == []
    assert time.monotonic() - begun < 60


def test_a_slow_caller_is_not_run_ahead_of(files, tmp_path):
    paths = files(*["w"] * 600)
    found = run(paths, works.heavy, jobs=2, reader=works.logged_contents)
    next(found)
    time.sleep(1)
    begun = sum(len(line.split()) - 1 for line in (tmp_path / "log").read_text().splitlines())
    found.close()
    assert begun <= 32


def test_with_much_waiting_for_a_slow_file_no_more_is_begun(files, tmp_path, monkeypatch):
    monkeypatch.setattr("jixiao.batch.runner.HELD", 1)
    words = ["slow", *["w"] * 200]
    found = run(files(*words), works.shout, jobs=2, reader=works.logged_contents)
    assert next(found)[1] == "SLOW"
    begun = sum(len(line.split()) - 1 for line in (tmp_path / "log").read_text().splitlines())
    assert begun <= 24
    assert [result for _, result in found] == ["W"] * 200


def test_real_texts_are_read_as_one_by_one():
    paths = sorted(SAMPLES.glob("*.docx")) + sorted(SAMPLES.glob("*.txt"))
    found = list(run(paths, works.projects, jobs=2))
    assert [result for _, result in found] == [4, 8, 7, 4, 8, 7]


@pytest.mark.libreoffice
def test_files_for_libreoffice_are_read_in_their_places():
    paths = sorted(SAMPLES.glob("sannvhe*.doc*")) + sorted(SAMPLES.glob("huailai*.rtf"))
    assert [result for _, result in run(paths, works.projects, jobs=2)] == [8, 8, 4]


def test_the_processes_end_with_a_parent_that_is_killed(files):
    """A batch that is killed outright leaves nothing running."""
    paths = files(*["slow"] * 40)
    code = (
        "import sys, pathlib\n"
        "from batch import works\n"
        "from jixiao.batch import run\n"
        "if __name__ == '__main__':\n"
        "    for _, pid in run([pathlib.Path(p) for p in sys.argv[1:]], works.process, jobs=2,"
        " reader=works.contents):\n"
        "        print(pid, flush=True)\n"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code, *map(str, paths)],
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(SAMPLES.parent / "tests"), *sys.path]),
        },
        stdout=subprocess.PIPE,
        text=True,
    )
    worker = int(process.stdout.readline())
    process.kill()
    process.communicate()
    deadline = time.monotonic() + 20
    while Path(f"/proc/{worker}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{worker}").exists()


def test_a_path_is_named_so_that_it_can_be_encoded():
    raw = "绩效.txt".encode("gb18030")
    assert name_of(Path(os.fsdecode(raw))) == "绩效.txt"
    assert name_of(Path("绩效.txt")) == "绩效.txt"
    name_of(Path(os.fsdecode(b"\xff\xfe"))).encode("utf-8")
