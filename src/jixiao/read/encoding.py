"""Which characters a file's bytes stand for."""

from __future__ import annotations

import codecs
import re

from jixiao.model.errors import ReadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]{3,20})""", re.IGNORECASE)
_XML = re.compile(rb"""<\?xml[^>]{0,100}encoding\s*=\s*["']([\w-]{3,20})""", re.IGNORECASE)

# gb18030 holds GB2312 and GBK, whatever of the three a page declares.
_WIDER = {"gb2312": "gb18030", "gbk": "gb18030", "gb_2312-80": "gb18030", "cp936": "gb18030"}

_BAD = "\ufffd"
_SOUND = 1000
"""Characters for each damaged one that a text must have to be read all the same."""

# Common Chinese stands in these; bytes decoded the wrong way fall outside or into rare blocks.
_EXPECTED = re.compile(
    r"[\t\n\r -~\xa0\u3000-\u303f\u4e00-\u9fa5\uff00-\uffef“”‘’—…·×÷±≤≥％℃㎡①-⑳Ⅰ-Ⅻ■-◿─-╿]"
)


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the text of a file: by its byte order mark, declaration, or what it can be.

    Tries UTF-8, then the Chinese national standards, UTF-16 and Big5; a text with a few bad bytes
    is read with a mark in their place. Raises ReadError where no reading gives Chinese text.
    """
    for bom, name in _BOMS:
        if data.startswith(bom):
            try:
                return data.decode(name)
            except UnicodeDecodeError as error:
                raise _unknown() from error
    tried = [declared] if declared else []
    for name in (*tried, "utf-8", "gb18030", "utf-16-le", "utf-16-be", "big5"):
        try:
            text = data.decode(_WIDER.get(name.lower(), name))
        except (UnicodeDecodeError, LookupError):
            continue
        # Hardly any bytes but UTF-8 are valid UTF-8, whatever odd characters are among them.
        if plausible(text, 0.6 if name.lower() == "utf-8" else 0.9):
            return text
    for name in (*tried, "utf-8", "gb18030"):
        if mended := _mended(data, _WIDER.get(name.lower(), name)):
            return mended
    raise _unknown()


def damage(text: str) -> tuple[str, ...]:
    """Return what to tell the user of characters that were damaged, if any were."""
    bad = text.count(_BAD)
    return (f"文件里有 {bad} 处文字已损坏，读成“{_BAD}”，请与原件核对",) if bad else ()


def _mended(data: bytes, name: str) -> str | None:
    """Return a text that has a few bad bytes (a file cut off, a bad disk), None where it has more."""
    try:
        text = data.decode(name, "replace")
    except LookupError:
        return None
    return text if text.count(_BAD) <= 1 + len(text) // _SOUND and plausible(text) else None


def declared_encoding(data: bytes) -> str | None:
    """Return the encoding that an HTML or XML file declares, None if it declares none."""
    found = _META.search(data, 0, 8192) or _XML.search(data, 0, 256)
    return found[1].decode("ascii") if found else None


def plausible(text: str, least: float = 0.9) -> bool:
    """Tell whether a text is made of the characters that Chinese office texts are made of."""
    sample = text[:20_000]
    if not sample.strip():
        return True
    if "\x00" in sample:
        return False
    return len(_EXPECTED.findall(sample)) >= least * len(sample)


def _unknown() -> ReadError:
    return ReadError(
        "认不出文件的文字编码，读出来是乱码", "请用记事本或 WPS 打开后另存为 UTF-8 编码再试"
    )
