"""``python -m jixiao.web.api.reader``: reads one file from standard input, and checks it.

It knows neither Django nor the database, and writes nothing but its answer: the findings, or with
exit code 3 why there are none.
"""

from __future__ import annotations

import contextlib
import signal
import sys
from types import FrameType

import msgspec

TOLD = 3
"""Exit code of a file that cannot be read for a reason that can be told."""

_MOST = 64 * 1024 * 1024
"""Bytes of the longest answer; a text of 100 projects has findings of about 0.5 MB."""


class Refusal(msgspec.Struct):
    """Why a file cannot be checked, and what to do."""

    what: str
    how: str


def main(seconds: int, memory: int, profile: str, name: str) -> int:
    """Check what comes in; return the exit code."""
    signal.signal(signal.SIGTERM, _leave)
    _limit(seconds, memory)
    data = sys.stdin.buffer.read()
    from jixiao.model.errors import JixiaoError

    try:
        answer = _checked(data, profile, name)
    except JixiaoError as error:
        return _refuse(error.what, error.how)
    except MemoryError:
        return _refuse("太大，内存不够", "请把文件拆小后再试")
    if len(answer) > _MOST:
        return _refuse("里的问题太多", "请确认它是部门预算绩效文本")
    sys.stdout.buffer.write(answer)
    return 0


def _checked(data: bytes, profile: str, name: str) -> bytes:
    from jixiao.check import Checker, load_profile
    from jixiao.check.finding import SCHEMA
    from jixiao.exchange import Envelope, dump_json
    from jixiao.read import read_bytes

    checker = Checker(load_profile(profile))
    pieces: list[bytes] = []
    envelope = Envelope(pieces.append, "json", SCHEMA, "findings", ("unreadable",))
    for finding in checker.check(read_bytes(data, name)):
        envelope.add(dump_json(finding))
    envelope.close()
    return b"".join(pieces)


def _refuse(what: str, how: str) -> int:
    sys.stdout.buffer.write(msgspec.json.encode(Refusal(what, how)))
    return TOLD


def _limit(seconds: int, memory: int) -> None:
    """Keep this process, and LibreOffice that it may start, within bounds.

    It ends by itself even where the server that started it is gone.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limits; the server's own limit of time holds there
        return
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGALRM, _leave)
    signal.alarm(seconds + 1)


def _leave(_signal: int, _frame: FrameType | None) -> None:
    """Leave by an exception, so that LibreOffice is ended and temporary files are removed."""
    raise SystemExit(1)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4]))
