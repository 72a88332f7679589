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

# Common Chinese stands in these; bytes decoded the wrong way fall outside or into rare blocks.
_EXPECTED = re.compile(
    r"[\t\n\r -~\xa0\u3000-\u303f\u4e00-\u9fa5\uff00-\uffef“”‘’—…·×÷±≤≥％℃㎡①-⑳Ⅰ-Ⅻ■-◿─-╿]"
)


def decode(data: bytes, declared: str | None = None) -> str:
    """Return the text of a file: by its byte order mark, declaration, or what it can be.

    Tries UTF-8, then the Chinese national standards, UTF-16 and Big5. Raises ReadError where no
    reading gives Chinese text.
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
    raise _unknown()


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
