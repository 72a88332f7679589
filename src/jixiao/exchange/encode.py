"""One value of the contract as bytes of JSON or YAML."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

import msgspec

# Rubbish in a text must not drive the terminal that shows it: JSON escapes the controls below
# U+0020 by itself, but not DEL and the C1 controls, of which U+009B begins a command.
_CONTROLS = re.compile(rb"\x7f|\xc2[\x80-\x9f]")


def dump_json(value: object) -> bytes:
    """Return a value as JSON on one line, encoded in UTF-8."""
    return _CONTROLS.sub(_escaped, msgspec.json.encode(value))


def dump_yaml(value: object) -> bytes:
    """Return a value as YAML, with the same keys and strings as in JSON, encoded in UTF-8."""
    import yaml

    text = yaml.dump(
        msgspec.to_builtins(value),
        Dumper=_dumper(),
        allow_unicode=True,
        sort_keys=False,
        default_flow_style=False,
        width=1_000_000,
    )
    return str(text).encode("utf-8")


def _escaped(match: re.Match[bytes]) -> bytes:
    return b"\\u%04x" % ord(match.group().decode("utf-8"))


@cache
def _dumper() -> Any:
    """Return a dumper that writes words of several lines as a block, as a person would."""
    import yaml

    base = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
    dumper: Any = type("Dumper", (base,), {})

    def text(dumper: Any, words: str) -> Any:
        return dumper.represent_scalar(
            "tag:yaml.org,2002:str", words, style="|" if "\n" in words else None
        )

    dumper.add_representer(str, text)
    return dumper
