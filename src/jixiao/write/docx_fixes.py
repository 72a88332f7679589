"""Fixes made in the user's own Word file: the faulty characters, and not a byte beside them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from jixiao.write.docx_markup import Edit, edited
from jixiao.write.docx_package import DocxPackage
from jixiao.write.docx_places import DocxPlaces, Letter, Spot

if TYPE_CHECKING:
    from jixiao.write.fix import Fix

# A character as XML writes it; a line's end is one, however it is written.
_WRITTEN = re.compile(r"&[^;&<]{1,12};|\r\n|.", re.DOTALL)


def apply(docx: bytes, fixes: Sequence[Fix]) -> tuple[bytes, list[Fix]]:
    """Return a Word file with fixes made in it, and the fixes that could not be made.

    A fix is made where its words stand at its place and nowhere else; where they do not, or where
    what is to change is not written in the file (a number that Word puts before a line), the text
    stays as it is. New characters go into the run of the first that they stand for, and look
    as that looks. Raises ReadError for a damaged or hostile file, WriteError for one with a
    digital signature.
    """
    if not fixes:
        return docx, []
    with DocxPackage(docx) as package:
        sheet = _Sheet(DocxPlaces(package))
        left = Counter(map(_kind, fixes))
        missed = []
        for fix in fixes:
            if not sheet.make(fix, left[_kind(fix)]):
                missed.append(fix)
            left[_kind(fix)] -= 1
        edits = sheet.edits()
        if edits:
            package.change(package.main, edited(sheet.places.xml, edits))
        return package.packed(), missed


def _kind(fix: Fix) -> tuple[object, ...]:
    """Return what is the same in fixes of goals that say the same in one cell."""
    return fix.code, fix.place, fix.before, fix.after


class _Character:
    """A character of a place's text, new or as it was, and the letter of the file it stands at."""

    def __init__(self, text: str, letter: Letter, *, new: bool = False) -> None:
        self.text = text
        self.letter = letter
        self.new = new


class _Sheet:
    """The texts of the places that are being changed."""

    def __init__(self, places: DocxPlaces) -> None:
        self.places = places
        self._texts: dict[int, list[_Character]] = {}
        # What stands in each letter of a w:t that was touched, in order.
        self._letters: dict[int, dict[int, list[_Character]]] = {}

    def make(self, fix: Fix, same: int) -> bool:
        """Make a fix; ``same`` is how many places its words are to be found at."""
        spot = None if fix.place is None else self.places.find(fix.place)
        if spot is None or not fix.before:
            return False
        characters = self._characters(spot)
        text = "".join(character.text for character in characters)
        is_whole = text == fix.before
        if not is_whole and (fix.field.startswith("plan.") or text.count(fix.before) != same):
            return False
        start = text.index(fix.before)
        return self._change(characters, start, fix)

    def _characters(self, spot: Spot) -> list[_Character]:
        """Return a spot's text as it is by now: a cell may be reached from several places."""
        mark = spot.cell or spot.begin
        key = -1 if mark is None else mark.start
        if key not in self._texts:
            self._texts[key] = [
                _Character(character, letter)
                for character, letter in zip(spot.text, spot.letters, strict=True)
            ]
            for character in self._texts[key]:
                if character.letter.word is not None:
                    word = self._letters.setdefault(character.letter.word, {})
                    word[character.letter.at] = [character]
        return self._texts[key]

    def _change(self, characters: list[_Character], start: int, fix: Fix) -> bool:
        steps = _steps(fix.before, fix.after)
        for begin, end, _ in steps:
            touched = characters[start + begin : start + end]
            touched = touched or [characters[start + max(begin - 1, 0)]]
            if any(character.letter.word is None for character in touched):
                return False
        for begin, end, new in reversed(steps):
            self._replace(characters, start + begin, start + end, new, start)
        return True

    def _replace(
        self, characters: list[_Character], begin: int, end: int, new: str, first: int
    ) -> None:
        """Put new characters in the place of others, or behind the one before."""
        touched = characters[begin:end]
        anchor = touched[0] if touched else characters[max(begin - 1, first)]
        made = [_Character(each, anchor.letter, new=True) for each in new]
        stack = self._letters[anchor.letter.word or 0][anchor.letter.at]
        # Before the first character of all there is none to stand behind.
        position = stack.index(anchor) + (0 if touched or begin == first else 1)
        stack[position:position] = made
        for character in touched:
            self._letters[character.letter.word or 0][character.letter.at].remove(character)
        characters[begin:end] = made

    def edits(self) -> list[Edit]:
        """Return what the changes are in the bytes."""
        found = []
        for number, letters in sorted(self._letters.items()):
            mark = self.places.markup.words[number]
            before = self.places.xml[mark.inner : mark.end].decode()
            text = self.places.texts[number]
            pieces = _WRITTEN.findall(before)
            if len(pieces) != len(text):  # CDATA, a comment: no one writes so, but one may
                pieces = [escape(character) for character in text]
            after = "".join(
                "".join(escape(one.text) if one.new else piece for one in letters[at])
                if at in letters
                else piece
                for at, piece in enumerate(pieces)
            )
            if after != "".join(pieces):
                found.append(Edit(mark.inner, mark.end, after.encode()))
        return found


def _steps(before: str, after: str) -> list[tuple[int, int, str]]:
    """Return what to change in a text to get another: from where, up to where, into what.

    What both begin with stays before all else: of a word typed twice, the second goes.
    """
    pairs = enumerate(zip(before, after, strict=False))
    same = next((at for at, (one, other) in pairs if one != other), min(len(before), len(after)))
    matcher = SequenceMatcher(None, before[same:], after[same:], autojunk=False)
    return [
        (same + begin, same + end, after[same + left : same + right])
        for tag, begin, end, left, right in matcher.get_opcodes()
        if tag != "equal"
    ]
