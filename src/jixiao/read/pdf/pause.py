"""Reading without the cycle collector, which would go through all that is alive again and again."""

from __future__ import annotations

import gc
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_lock = threading.Lock()
_readers = 0
_was_on = False


@contextmanager
def collector_paused() -> Iterator[None]:
    """Keep Python's cycle collector off for the while.

    A page makes thousands of lists and no cycle, so that there is nothing to find, at the price
    of a twentieth of the time; in a web server, whose heap is large, of much more. The last of
    several threads that read at a time turns it on again.
    """
    global _readers, _was_on
    with _lock:
        if _readers == 0:
            _was_on = gc.isenabled()
            gc.disable()
        _readers += 1
    try:
        yield
    finally:
        with _lock:
            _readers -= 1
            if _readers == 0 and _was_on:
                gc.enable()
