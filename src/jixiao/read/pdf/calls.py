"""Small functions of pdfium that are called once a character or once a thing on the page."""

from __future__ import annotations

import ctypes
from functools import lru_cache
from typing import Any


@lru_cache(maxsize=64)
def plain(name: str, result: Any, *arguments: Any) -> Any:
    """Return the function of pdfium of that name, which takes what it is given as it is.

    It takes half the time: no other thread is let in for the tenth of a microsecond that it
    takes, and nothing is looked up of what it is given. ``result`` and ``arguments`` are types of
    ctypes. Without ``arguments`` it is faster still, and numbers are handed on as C's int:
    addresses must then be given as things of ctypes (``c_void_p``, ``byref``), never as numbers.
    """
    import pypdfium2.raw as pdfium

    return ctypes.PYFUNCTYPE(result, *arguments)(_address(getattr(pdfium, name)))


def handle(pointer: Any) -> ctypes.c_void_p:
    """Return a thing of pdfium as the functions above take it."""
    return ctypes.cast(pointer, ctypes.c_void_p)


def _address(function: Any) -> int:
    return handle(function).value or 0
