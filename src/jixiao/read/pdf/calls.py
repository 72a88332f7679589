"""Small functions of pdfium that are called once a character or once a thing on the page."""

from __future__ import annotations

import ctypes
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=16)
def plain(name: str, result: Any, *arguments: Any) -> Any:
    """Return the function of pdfium of that name, which takes addresses and numbers as they are.

    It is a third faster: nothing is looked up of what it takes, and no other thread is let in for
    the tenth of a microsecond that it takes. ``result`` and ``arguments`` are types of ctypes.
    """
    import pypdfium2.raw as pdfium

    return ctypes.PYFUNCTYPE(result, *arguments)(address(getattr(pdfium, name)))


def address(pointer: Any) -> int:
    """Return where a thing of pdfium is."""
    return ctypes.cast(pointer, ctypes.c_void_p).value or 0
