"""Lines of writing in a picture turned into characters, by the model that rapidocr brings along."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import msgspec

from jixiao.read.pdf.scan_settings import twins

HEIGHT = 48
"""Picture points that the model wants a line to be high."""

STEP = 32
"""Lines are filled up to a multiple of so many picture points, so that like ones go together."""

LONGEST = 3200
"""Picture points; a line of 60 characters. What is longer is narrowed to it."""

AT_ONCE = 1300
"""Picture points over all lines that are recognised in one go: what the processor's cache holds."""

_NEEDED = ("rapidocr", "cv2", "onnxruntime")


class Said(msgspec.Struct):
    """What a line says: characters, how sure each is (to 1), its middle as a share of the line."""

    text: str
    sure: list[float]
    middles: list[float]

    @property
    def sureness(self) -> float:
        """How sure the line is, by the mean of its characters; 0 where it says nothing."""
        return sum(self.sure) / len(self.sure) if self.sure else 0.0


def is_installed() -> bool:
    """Tell whether the extra ``jixiao[ocr]`` is there, with its model."""
    return all(find_spec(name) is not None for name in _NEEDED) and _model() is not None


def _model() -> Path | None:
    """Return the model that came with rapidocr: nothing is ever downloaded."""
    spec = find_spec("rapidocr")
    if spec is None or spec.origin is None:
        return None
    return next(iter(sorted((Path(spec.origin).parent / "models").glob("*_rec_*.onnx"))), None)


class _Recogniser:
    def __init__(self, model: Path) -> None:
        import onnxruntime

        options = onnxruntime.SessionOptions()
        options.log_severity_level = 3
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        if multiprocessing.parent_process() is not None:
            options.intra_op_num_threads = 1  # a batch has a process on each processor already
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self._session = onnxruntime.InferenceSession(
            str(model), options, providers=["CPUExecutionProvider"]
        )
        self._input = self._session.get_inputs()[0].name
        signs = self._session.get_modelmeta().custom_metadata_map["character"].splitlines()
        self._signs = ["", *signs, " "]
        places = {sign: number for number, sign in enumerate(self._signs)}
        pairs = [pair for pair in twins().items() if pair[0] in places and pair[1] in places]
        self._twins = [
            (places[one], places[other]) for pair in pairs for one, other in (pair, pair[::-1])
        ]

    def run(self, pictures: Any, widths: Sequence[int]) -> list[Said]:
        """Recognise pictures of one size; ``widths`` is how much of each is no filling."""
        (shares,) = self._session.run(None, {self._input: pictures})
        best, sure = shares.argmax(axis=2), shares.max(axis=2)
        for sign, twin in self._twins:
            lines, steps = (best == sign).nonzero()
            sure[lines, steps] += shares[lines, steps, twin]
        full = pictures.shape[3] / shares.shape[1]
        return [
            self._said(one.tolist(), how.tolist(), full / width)
            for one, how, width in zip(best, sure, widths, strict=True)
        ]

    def _said(self, best: list[int], sure: list[float], step: float) -> Said:
        """Join the steps that show the same character (CTC); ``step`` is a step's share of a line."""
        said = Said("", [], [])
        at = 0
        while at < len(best):
            end = at + 1
            while end < len(best) and best[end] == best[at]:
                end += 1
            if best[at] and best[at] < len(self._signs):
                said.text += self._signs[best[at]]
                said.sure.append(max(sure[at:end]))
                said.middles.append((at + end) / 2 * step)
            at = end
        return said


@lru_cache(maxsize=1)
def _recogniser() -> _Recogniser:
    model = _model()
    assert model is not None
    return _Recogniser(model)


def recognised(pictures: Sequence[Any]) -> list[Said]:
    """Return what grey pictures of lines say, in their order; each is cut close to its line."""
    import cv2
    import numpy as np

    found = [Said("", [], [])] * len(pictures)
    for numbers, width in _batches(pictures):
        filled = np.zeros((len(numbers), 3, HEIGHT, width), dtype=np.float32)
        widths = []
        for place, number in enumerate(numbers):
            wide = _width(pictures[number])
            shrinks = pictures[number].shape[0] > HEIGHT
            kind = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
            line = cv2.resize(pictures[number], (wide, HEIGHT), interpolation=kind)
            filled[place, :, :, :wide] = line.astype(np.float32) / 127.5 - 1
            widths.append(wide)
        for number, said in zip(numbers, _recogniser().run(filled, widths), strict=True):
            found[number] = said
    return found


def _width(picture: Any) -> int:
    height, width = picture.shape
    return int(min(LONGEST, max(8, round(width * HEIGHT / height))))


def _batches(pictures: Sequence[Any]) -> Iterator[tuple[list[int], int]]:
    """Yield the numbers of lines that go together, with the width that they are filled up to."""
    batch: list[int] = []
    width = 0
    order = sorted(range(len(pictures)), key=lambda number: _width(pictures[number]))
    for number in order:
        wide = -(-_width(pictures[number]) // STEP) * STEP
        if batch and (wide != width or wide * (len(batch) + 1) > AT_ONCE):
            yield batch, width
            batch = []
        width = wide
        batch.append(number)
    if batch:
        yield batch, width
