"""The characters of a scanned page, recognised by rapidocr with the models that come with it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

from jixiao.model.errors import ReadError
from jixiao.read.pdf.glyphs import Glyph
from jixiao.read.pdf.lines import is_wide

_NARROW = 0.55
"""How wide a Latin letter or figure is, against a Chinese character."""

MISSING = ReadError(
    "PDF 文件是扫描件，识别其中的文字要另装组件",
    "请运行 pip install 'jixiao[ocr]' 后再试，或找原来的 Word 文件",
)


@lru_cache(maxsize=1)
def engine() -> Any:
    """Return the recogniser; nothing is downloaded. Raises ReadError where it is not installed."""
    try:
        import rapidocr
        from rapidocr import RapidOCR
    except ImportError as error:
        raise MISSING from error
    models = Path(rapidocr.__file__).parent / "models"
    paths = {
        f"{part}.model_path": next(iter(sorted(models.glob(f"*_{part.lower()}_*.onnx"))), None)
        for part in ("Det", "Cls", "Rec")
    }
    if None in paths.values():
        raise MISSING
    given = {name: str(path) for name, path in paths.items()}
    return RapidOCR(params={**given, "Global.log_level": "error", "Global.max_side_len": 4000})


def words_in(grey: Any, dpi: float) -> list[tuple[list[Glyph], float]]:
    """Return the words of an upright picture: their characters, in points, and how sure they are.

    Characters are set evenly over the box of their word; a share of 1 is certain.
    """
    import cv2

    found = engine()(cv2.cvtColor(grey, cv2.COLOR_GRAY2BGR), use_cls=False)
    if found.boxes is None or found.txts is None:
        return []
    point = 72 / dpi
    words = []
    for box, text, score in zip(found.boxes.tolist(), found.txts, found.scores, strict=True):
        xs, ys = [x * point for x, _ in box], [y * point for _, y in box]
        words.append((_spread(str(text), min(xs), min(ys), max(xs), max(ys)), float(score)))
    return words


def _spread(text: str, x0: float, y0: float, x1: float, y1: float) -> list[Glyph]:
    shares = [1.0 if is_wide(one) else _NARROW for one in text]
    step = (x1 - x0) / max(sum(shares), _NARROW)
    glyphs, at = [], x0
    for one, share in zip(text, shares, strict=True):
        glyphs.append(Glyph(one, at, y0, at + share * step, y1))
        at += share * step
    return glyphs
