"""How files are shared out: LibreOffice's together, the first ones first, never too far ahead."""

from __future__ import annotations

from pathlib import Path

import pytest

from jixiao.batch.shares import CONVERTED, SHARE, Shares


def paths(*suffixes):
    return [Path(f"{number}.{suffix}") for number, suffix in enumerate(suffixes)]


def all_of(shares, awaited=lambda given: given):
    """Take all shares, the results of each arriving before the next is taken."""
    taken = []
    while (share := shares.take(awaited(sum(map(len, taken))))) is not None:
        taken.append(share)
    return taken


@pytest.mark.parametrize("processes", [1, 2, 7])
@pytest.mark.parametrize("count", [1, 2, 9, 400])
def test_every_file_is_given_once(processes, count):
    files = paths(*(("docx", "doc", "txt", "RTF")[number % 4] for number in range(count)))
    taken = all_of(Shares(files, processes))
    assert sorted(file for share in taken for file in share) == list(enumerate(files))
    assert all(share for share in taken)


def test_files_for_libreoffice_are_gathered_from_between_the_others():
    files = paths(*["docx", "doc"] * 100)
    taken = all_of(Shares(files, 1))
    kinds = [{path.suffix for _, path in share} for share in taken]
    assert all(len(kind) == 1 for kind in kinds)
    starts = [len(share) for share in taken if share[0][1].suffix == ".doc"]
    assert len(starts) <= 10
    assert max(starts) <= CONVERTED
    assert max(len(share) for share in taken if share[0][1].suffix == ".docx") <= SHARE


def test_few_files_are_spread_over_all_processes():
    assert len(all_of(Shares(paths(*["docx"] * 8), 4))) == 8
    assert len(all_of(Shares(paths(*["doc"] * 8), 4))) == 4


def test_nothing_is_given_beyond_the_window():
    shares = Shares(paths(*["txt"] * 10_000), 2)
    given = []
    while (share := shares.take(0)) is not None:
        given += [position for position, _ in share]
    assert max(given) < shares.window
    assert len(given) == shares.window
    assert shares.take(8) is not None


def test_with_too_much_waiting_only_the_awaited_file_is_given():
    shares = Shares(paths(*["txt"] * 100), 2)
    first = shares.take(0, ahead=False)
    assert [position for position, _ in first] == [0]
    assert shares.take(0, ahead=False) is None
    assert shares.take(1, ahead=False)[0][0] == 1


def test_what_comes_back_is_given_next_and_singly():
    shares = Shares(paths(*["txt"] * 40), 1)
    share = shares.take(0)
    shares.take_again(share[3:])
    assert [shares.take(3) for _ in share[3:]] == [(file,) for file in share[3:]]
    assert shares.take(3)[0][0] == len(share)
