#!/bin/sh
# Makes .venv from the lock. Takes what is wanted: run (the program with its web application), dev (with what tests and
# checks it), docs (with what builds the documentation too).
#
# What is already in .venv stays (--inexact).
#
# Needs Python 3.11 or later and nothing else: uv is found, or fetched into .tools, by what is there.
set -eu

wanted=${1:-dev}
cd "$(dirname "$0")/.."

say() { printf '%s\n' "$*"; }

case $wanted in
run) groups='--no-dev --extra web --inexact' satisfied='run dev docs' ;;
dev) groups='--all-extras --inexact' satisfied='dev docs' ;;
docs) groups='--all-extras --group docs' satisfied='docs' ;;
*) say "setup.sh：不认识“$wanted”，只能是 run、dev 或 docs" >&2; exit 2 ;;
esac

# Nothing to do where the lock has not changed since. (A .venv that was moved does not start.)
for level in $satisfied; do
    stamp=.venv/.jixiao-$level
    if [ -f "$stamp" ] && [ ! uv.lock -nt "$stamp" ] && [ ! pyproject.toml -nt "$stamp" ] &&
        .venv/bin/python -c 'import jixiao, django, granian' 2>/dev/null; then
        exit 0
    fi
done

find_python() {
    for name in "${PYTHON:-}" python3.11 python3.12 python3.13 python3.14 python3; do
        if [ -n "$name" ] && "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            "$name" -c 'import sys; print(sys.executable)'
            return
        fi
    done
    return 1
}

find_uv() {
    for name in uv "$HOME/.local/bin/uv" "$HOME/.cargo/bin/uv" .tools/bin/uv; do
        if "$name" --version >/dev/null 2>&1; then
            printf '%s\n' "$name"
            return
        fi
    done
    return 1
}

python=$(find_python) || {
    say '没有找到 Python 3.11 或更新的版本。请先安装（Debian 12：apt-get install python3），再试。' >&2
    exit 1
}

if ! uv=$(find_uv); then
    say '没有 uv（Python 的包管理工具），下载到 .tools …'
    # By pip where there is one, for the sake of the mirror that it may be set to; else straight
    # from the index.
    "$python" -m pip install --quiet --disable-pip-version-check --target .tools uv 2>/dev/null ||
        "$python" scripts/get_uv.py .tools/bin ||
        true
    uv=$(find_uv) || uv=''
fi

if [ -n "$uv" ]; then
    say "按 uv.lock 安装 jixiao 及其依赖到 .venv（$wanted）…"
    # Offices often look into their traffic with a certificate of their own, which the system knows.
    export UV_SYSTEM_CERTS=1
    # shellcheck disable=SC2086  # groups are words
    "$uv" sync --quiet --frozen --compile-bytecode --python "$python" $groups || {
        say '依赖没有装成。请检查网络；没有网络的机器见 docs/install.md 的“离线安装”。' >&2
        exit 1
    }
else
    say '取不到 uv，改用 venv 和 pip 安装；版本不按 uv.lock，可能与测试过的不同 …'
    "$python" -m venv .venv || {
        say '连 venv 也没有。请安装后再试（Debian：apt-get install python3-venv），或连上网络。' >&2
        exit 1
    }
    .venv/bin/python -m pip install --quiet --upgrade pip
    case $wanted in
    run) .venv/bin/python -m pip install --quiet --editable '.[web]' ;;
    dev) .venv/bin/python -m pip install --quiet --editable '.[web,ocr]' --group dev ;;
    docs) .venv/bin/python -m pip install --quiet --editable '.[web,ocr]' --group dev --group docs ;;
    esac
fi

# Commands start in half the time when Python need not compile them first, which it would do at
# each start where it may not write beside the sources.
.venv/bin/python -m compileall -q src || true

rm -f .venv/.jixiao-*
: >".venv/.jixiao-$wanted"
