"""A Word 97 document that ends in a table, made readable for LibreOffice.

Word always ends a document with a paragraph. LibreOffice itself writes some that end with the last
table's row mark, and then reads that table back as one run of words, its cells lost. Such a file
gets the missing paragraph mark; nothing else of it changes. Offsets are those of [MS-DOC].
"""

from __future__ import annotations

import struct
from io import BytesIO

_ROW_MARK, _PARAGRAPH_MARK = b"\x07\x00", b"\x0d\x00"
_FLAGS, _CCP_TEXT, _CCP_OTHERS, _FC_CLX = 0x0A, 0x4C, range(0x50, 0x6C, 4), 0x01A2
_FC_PAPX = 0x0102
_TABLE_BIT = 0x0200  # fWhichTblStm: the table stream is 1Table


def with_last_paragraph(data: bytes) -> bytes:
    """Return a .doc whose text ends in a paragraph; the same bytes where it does already."""
    import olefile  # takes as long to load as a small text to read, and few files need it

    buffer = BytesIO(data)
    try:
        with olefile.OleFileIO(buffer, write_mode=True) as container:
            main = bytearray(container.openstream("WordDocument").read())
            name = f"{int(bool(_u16(main, _FLAGS) & _TABLE_BIT))}Table"
            table = bytearray(container.openstream(name).read())
            if not _mend(main, table):
                return data
            container.write_stream("WordDocument", bytes(main))
            container.write_stream(name, bytes(table))
    except (OSError, ValueError, IndexError, struct.error):
        return data  # LibreOffice will say what is wrong with it
    return buffer.getvalue()


def _mend(main: bytearray, table: bytearray) -> bool:
    """Add the mark to the main text; tell whether it was missing and there was room for it."""
    if any(_u32(main, offset) for offset in _CCP_OTHERS):
        return False  # notes or headers follow the main text; then it has its paragraph
    begin, size = _u32(main, _FC_CLX), _u32(main, _FC_CLX + 4)
    at = begin
    while at < begin + size and table[at] == 1:  # property runs before the piece table
        at += 3 + _u16(table, at + 1)
    if at >= begin + size or table[at] != 2:
        return False
    pieces = (_u32(table, at + 1) - 4) // 12
    first = at + 5
    last_cp = first + 4 * pieces
    last = _u32(table, last_cp - 4), _u32(table, last_cp)
    position = _u32(table, last_cp + 4 + 8 * (pieces - 1) + 2)
    if position & 0x40000000 or last[1] != _u32(main, _CCP_TEXT):
        return False  # eight-bit text holds no Chinese
    end = position + 2 * (last[1] - last[0])
    if main[end - 2 : end] != _ROW_MARK or main[end : end + 2] != b"\x00\x00":
        return False
    if not _add_plain_run(main, table, end):
        return False
    main[end : end + 2] = _PARAGRAPH_MARK
    struct.pack_into("<I", main, _CCP_TEXT, last[1] + 1)
    struct.pack_into("<I", table, last_cp, last[1] + 1)
    return True


def _add_plain_run(main: bytearray, table: bytearray, end: int) -> bool:
    """Say that the paragraph at ``end`` is plain: one more run in the last page of properties.

    A page (PapxFkp, 2.9.175) is 512 bytes: where its runs begin, 13 bytes a run that point at its
    properties (0: none), room, the properties, and the number of runs in the last byte.
    """
    begin, size = _u32(main, _FC_PAPX), _u32(main, _FC_PAPX + 4)
    pages = (size - 4) // 8
    if pages < 1 or _u32(table, begin + 4 * pages) != end:
        return False
    page = 512 * (_u32(table, begin + 4 * (pages + 1) + 4 * (pages - 1)) & 0x3FFFFF)
    runs = main[page + 511]
    pointers = page + 4 * (runs + 1)
    after = pointers + 13 * runs
    used = [main[pointers + 13 * run] * 2 for run in range(runs)]
    room = min((offset for offset in used if offset), default=511)
    if _u32(main, pointers - 4) != end or after + 17 - page > room:
        return False
    main[pointers + 4 : after + 4] = main[pointers:after]
    struct.pack_into("<I", main, pointers, end + 2)
    main[after + 4 : after + 17] = bytes(13)
    main[page + 511] = runs + 1
    struct.pack_into("<I", table, begin + 4 * pages, end + 2)
    return True


def _u16(data: bytearray, offset: int) -> int:
    return int(struct.unpack_from("<H", data, offset)[0])


def _u32(data: bytearray, offset: int) -> int:
    return int(struct.unpack_from("<I", data, offset)[0])
