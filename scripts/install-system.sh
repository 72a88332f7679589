#!/bin/sh
# Installs LibreOffice, through which doc, wps, odt and rtf files are read; the rest does without.
# Ends with 1, and says what does not work, where it cannot be installed.
set -u

say() { printf '%s\n' "$*"; }

has_libreoffice() {
    [ -n "${JIXIAO_SOFFICE:-}" ] && [ -f "$JIXIAO_SOFFICE" ] && return 0
    command -v soffice >/dev/null 2>&1 || command -v libreoffice >/dev/null 2>&1
}

give_up() {
    say "$1"
    say '没有 LibreOffice，读不了 doc、wps、odt、rtf 文件；docx、xlsx、xls、html、txt 照常。'
    say '要装时：sudo apt-get install libreoffice-writer-nogui libreoffice-calc-nogui'
    exit 1
}

has_libreoffice && exit 0

command -v apt-get >/dev/null 2>&1 || give_up '这个系统没有 apt-get，LibreOffice 请自行安装。'

if [ "$(id -u)" -eq 0 ]; then
    as_root=''
elif command -v sudo >/dev/null 2>&1; then
    # Asks for the password where somebody sits there, and otherwise does not wait for one.
    if [ -t 0 ]; then as_root='sudo'; else as_root='sudo -n'; fi
    $as_root true 2>/dev/null || give_up '没有管理员权限，装不了 LibreOffice。'
else
    give_up '没有管理员权限，装不了 LibreOffice。'
fi

say '没有 LibreOffice，用 apt-get 安装其中读文档的部分（writer、calc，不带界面，约 400 MB）…'
export DEBIAN_FRONTEND=noninteractive
install() { $as_root apt-get install --yes --no-install-recommends -qq "$@" >/dev/null; }

$as_root apt-get update -qq || say 'apt-get update 没有成功，用已有的软件目录再试。'
install libreoffice-writer-nogui libreoffice-calc-nogui ||
    install libreoffice-writer libreoffice-calc ||
    give_up 'LibreOffice 没有装成。'
has_libreoffice || give_up 'LibreOffice 装了却找不到。'
