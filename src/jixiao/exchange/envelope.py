"""Writes the object that holds all results piece by piece, so that memory does not grow."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from typing import Literal

from jixiao.exchange.encode import dump_json, dump_yaml

Syntax = Literal["json", "yaml"]

_IN_MEMORY = 4 * 1024 * 1024
"""Bytes of a list that waits for its turn in memory; more of it goes to a temporary file."""

_BLOCK = 1 << 20


class Envelope:
    """An object with a schema, a list that is written as it grows, and lists that follow it.

    Items are given encoded, as ``encode`` makes them, so that other processes can do that.
    """

    def __init__(
        self,
        write: Callable[[bytes], object],
        syntax: Syntax,
        schema: str,
        grows: str,
        follow: Sequence[str],
    ) -> None:
        """Begin the object: the list ``grows`` first, then the lists ``follow``."""
        self._write = write
        self._json = syntax == "json"
        self._grows = grows
        self._any = False
        self._follow = {
            name: tempfile.SpooledTemporaryFile(_IN_MEMORY)  # noqa: SIM115 - until close()
            for name in follow
        }
        if self._json:
            write(b'{"schema":' + dump_json(schema) + f',"{grows}":['.encode())
        else:
            write(b"schema: " + dump_yaml(schema).removesuffix(b"...\n"))

    def encode(self, value: object) -> bytes:
        """Return an item as it is given to ``add`` and ``follow``."""
        return encode_item(value, "json" if self._json else "yaml")

    def add(self, item: bytes) -> None:
        """Write an item of the list that grows."""
        if self._json:
            self._write(b",\n" if self._any else b"\n")
        elif not self._any:
            self._write(f"{self._grows}:\n".encode())
        self._any = True
        self._write(item)

    def follow(self, name: str, item: bytes) -> None:
        """Keep an item of a list that follows."""
        waiting = self._follow[name]
        if self._json:
            waiting.write(b",\n" if waiting.tell() else b"\n")
        waiting.write(item)

    def close(self) -> None:
        """Write the lists that follow, and end the object."""
        if self._json:
            self._write(b"\n]" if self._any else b"]")
        elif not self._any:
            self._write(f"{self._grows}: []\n".encode())
        for name, waiting in self._follow.items():
            any_ = bool(waiting.tell())
            waiting.seek(0)
            if self._json:
                self._write(f',"{name}":['.encode())
            else:
                self._write(f"{name}:{'' if any_ else ' []'}\n".encode())
            while block := waiting.read(_BLOCK):
                self._write(block)
            waiting.close()
            if self._json:
                self._write(b"\n]" if any_ else b"]")
        if self._json:
            self._write(b"}\n")


def encode_item(value: object, syntax: Syntax) -> bytes:
    """Return an item of a list: a line of JSON, or an entry of a YAML sequence."""
    return dump_json(value) if syntax == "json" else dump_yaml([value])
