#!/bin/sh
# Installs what is no Python package: sh scripts/install-system.sh [libreoffice] [fonts] [browser]
#   libreoffice  doc, wps, odt and rtf files are read through it
#   fonts        Chinese letters in PDF files, and Latin ones as wide as those of Times New Roman
#   browser      Chromium, for the tests that open pages
# Says what it does before it does it. Ends with 1, and says what does not work, where a part
# cannot be installed; what is there already is left alone.
set -u

say() { printf '%s\n' "$*"; }

has_libreoffice() {
    [ -n "${JIXIAO_SOFFICE:-}" ] && [ -f "$JIXIAO_SOFFICE" ] && return 0
    command -v soffice >/dev/null 2>&1 || command -v libreoffice >/dev/null 2>&1
}

has_fonts() {
    command -v fc-list >/dev/null 2>&1 || return 1
    [ -n "$(fc-list :lang=zh-cn family 2>/dev/null | head -n 1)" ] || return 1
    fc-list : family 2>/dev/null | grep -qE 'Liberation Serif|Times New Roman|Tinos'
}

has_browser() {
    command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1
}

without() {
    case $1 in
        libreoffice)
            say '没有 LibreOffice，读不了 doc、wps、odt、rtf 文件；docx、xlsx、xls、html、txt 照常。'
            say '要装时：sudo apt-get install libreoffice-writer-nogui libreoffice-calc-nogui' ;;
        fonts)
            say '没有中文字体，写不了 PDF；别的照常。要装时：sudo apt-get install fonts-noto-cjk fonts-liberation' ;;
        browser)
            say '没有 Chromium，打开网页的测试不跑；别的照常。要装时：sudo apt-get install chromium' ;;
    esac
}

# Sets as_root, or says why nothing can be installed.
find_root() {
    if ! command -v apt-get >/dev/null 2>&1; then
        say "这个系统没有 apt-get，$1 请自行安装。"
        return 1
    fi
    if [ "$(id -u)" -eq 0 ]; then
        as_root=''
    elif command -v sudo >/dev/null 2>&1; then
        # Asks for the password where somebody sits there, and otherwise does not wait for one.
        if [ -t 0 ]; then as_root='sudo'; else as_root='sudo -n'; fi
        $as_root true 2>/dev/null || { say "没有管理员权限，装不了 $1。"; return 1; }
    else
        say "没有管理员权限，装不了 $1。"
        return 1
    fi
}

updated=no
install() {
    if [ $updated = no ]; then
        $as_root apt-get update -qq || say 'apt-get update 没有成功，用已有的软件目录再试。'
        updated=yes
    fi
    $as_root apt-get install --yes --no-install-recommends -qq "$@" >/dev/null
}

add_libreoffice() {
    say '没有 LibreOffice，用 apt-get 安装其中读文档的部分（writer、calc，不带界面，约 400 MB）…'
    install libreoffice-writer-nogui libreoffice-calc-nogui ||
        install libreoffice-writer libreoffice-calc
}

add_fonts() {
    say '没有中文字体，用 apt-get 安装思源字体和 Liberation 字体（约 60 MB）…'
    install fonts-noto-cjk fonts-liberation fontconfig
}

add_browser() {
    say '没有 Chromium，用 apt-get 安装（测试用，约 250 MB）…'
    install chromium
}

export DEBIAN_FRONTEND=noninteractive
failed=0
for part in "${@:-libreoffice}"; do
    case $part in
        libreoffice) name='LibreOffice' ;;
        fonts) name='中文字体' ;;
        browser) name='Chromium' ;;
        *) say "不知道要装什么：$part（可以是 libreoffice、fonts、browser）"; exit 2 ;;
    esac
    "has_$part" && continue
    if find_root "$name" && "add_$part" && "has_$part"; then
        continue
    fi
    say "$name 没有装成。"
    without "$part"
    failed=1
done
exit $failed
