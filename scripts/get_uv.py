"""Fetches uv from the Python package index, where there is neither uv nor pip nor curl.

``python3 scripts/get_uv.py FOLDER`` puts the program into the folder. Uses only the standard
library. ``UV_DEFAULT_INDEX`` or ``PIP_INDEX_URL`` names another index.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import platform
import re
import ssl
import sys
import urllib.parse
import urllib.request
import zipfile
from pathlib import Path

INDEX = "https://pypi.org/simple"
SECONDS = 120

# How the wheels name the systems; uv is one static program a system.
MACHINES = {"amd64": "x86_64", "arm64": "aarch64"}


def main() -> int:
    """Fetch the newest uv for this system."""
    folder = Path(sys.argv[1])
    index = os.environ.get("UV_DEFAULT_INDEX") or os.environ.get("PIP_INDEX_URL") or INDEX
    page = f"{index.rstrip('/')}/uv/"
    try:
        wheels = _wheels(page)
        name, url, digest = max(wheels, key=lambda wheel: _version(wheel[0]))
        data = _get(urllib.parse.urljoin(page, url))
    except (OSError, ValueError) as error:
        print(f"从 {page} 取不到 uv：{error}", file=sys.stderr)
        return 1
    if digest and hashlib.sha256(data).hexdigest() != digest:
        print(f"{name} 的校验值不对，没有使用", file=sys.stderr)
        return 1
    with zipfile.ZipFile(io.BytesIO(data)) as wheel:
        inside = next(each for each in wheel.namelist() if each.endswith(".data/scripts/uv"))
        folder.mkdir(parents=True, exist_ok=True)
        program = folder / "uv"
        program.write_bytes(wheel.read(inside))
    program.chmod(0o755)
    return 0


def _wheels(page: str) -> list[tuple[str, str, str]]:
    """Return the released wheels for this system: name, address, SHA-256."""
    machine = platform.machine().lower()
    machine = MACHINES.get(machine, machine)
    libc = "musllinux" if Path(f"/lib/ld-musl-{machine}.so.1").exists() else "manylinux"
    system = re.compile(rf"uv-[\d.]+-py3-none-.*{libc}.*_{machine}(\.|$)")
    text = _get(page).decode("utf-8")
    if text.lstrip().startswith("{"):
        files = [
            (each["filename"], each["url"], each.get("hashes", {}).get("sha256", ""))
            for each in json.loads(text)["files"]
            if not each.get("yanked")
        ]
    else:
        files = [
            (urllib.parse.unquote(url.partition("#")[0].rsplit("/", 1)[-1]), *_parts(url))
            for url in re.findall(r'<a[^>]*\shref="([^"]+)"', text)
        ]
    found = [each for each in files if each[0].endswith(".whl") and system.match(each[0])]
    if not found:
        raise ValueError(f"没有适合这个系统（{machine}）的版本")
    return found


def _parts(url: str) -> tuple[str, str]:
    address, _, fragment = url.partition("#")
    return address, fragment.removeprefix("sha256=") if fragment.startswith("sha256=") else ""


def _version(name: str) -> tuple[int, ...]:
    return tuple(map(int, name.split("-")[1].split(".")))


def _get(url: str) -> bytes:
    wanted = "application/vnd.pypi.simple.v1+json, text/html;q=0.1, */*;q=0.01"
    request = urllib.request.Request(url, headers={"Accept": wanted})  # noqa: S310
    certificates = os.environ.get("PIP_CERT") or os.environ.get("SSL_CERT_FILE")
    context = ssl.create_default_context(cafile=certificates)
    with urllib.request.urlopen(request, timeout=SECONDS, context=context) as answer:  # noqa: S310
        return bytes(answer.read())


if __name__ == "__main__":
    sys.exit(main())
