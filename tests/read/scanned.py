"""Makes scans of PDF pages: pictures with noise, askew or turned, and no text."""

from __future__ import annotations

import io
from pathlib import Path


def scan_of(
    pdf: Path, pages: list[int], *, skew: float = 2.0, quarters: int = 0, noise: float = 12.0
) -> bytes:
    """Return a PDF of pictures (200 dpi) of some pages, counted from 0.

    ``skew`` in degrees; ``quarters`` turns each page; ``noise`` is its deviation of 255 greys.
    """
    import cv2
    import numpy as np
    import pypdfium2
    from PIL import Image

    document = pypdfium2.PdfDocument(pdf)
    made = []
    for number in pages:
        grey = np.asarray(document[number].render(scale=200 / 72).to_pil().convert("L"))
        height, width = grey.shape
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), skew, 1)
        grey = cv2.warpAffine(grey, turn, (width, height), borderValue=255)
        rough = grey + np.random.default_rng(number).normal(0, noise, grey.shape)
        picture = np.rot90(np.clip(rough, 0, 255).astype("uint8"), quarters)
        made.append(Image.fromarray(np.ascontiguousarray(picture)))
    out = io.BytesIO()
    made[0].save(out, "PDF", resolution=200, save_all=True, append_images=made[1:])
    return out.getvalue()
