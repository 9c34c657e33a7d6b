"""Boxes as people draw them: a kind, and a place in hundredths of the picture, whatever its size."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from leconfield.errors import BadInputError
from leconfield.gate.files.pictures import MOST_BOXES, Box

_WHOLE: Final = 100.0
_DIGITS: Final = 2


class Kind(StrEnum):
    """What is boxed."""

    FACE = "face"
    PLATE = "plate"
    SCREEN = "screen"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Drawn:
    """A box somebody drew: left, top, width and height in hundredths of the picture's width and height."""

    kind: Kind
    left: float
    top: float
    width: float
    height: float

    @property
    def words(self) -> str:
        """As it stands in an address or a record: `face 10 20 5.5 8`."""
        return " ".join((self.kind.value, *(f"{each:g}" for each in self.numbers)))

    @property
    def numbers(self) -> tuple[float, float, float, float]:
        """Left, top, width and height."""
        return self.left, self.top, self.width, self.height

    def on(self, size: tuple[int, int]) -> Box:
        """The box in pixels of a picture of that size, rather a pixel too large than one too small."""
        across, down = size
        left, top = math.floor(self.left * across / _WHOLE), math.floor(self.top * down / _WHOLE)
        right = math.ceil((self.left + self.width) * across / _WHOLE)
        bottom = math.ceil((self.top + self.height) * down / _WHOLE)
        return Box(left, top, right - left, bottom - top)


def drawn(kind: str, left: str, top: str, width: str, height: str, place: str) -> Drawn:
    """The box that a form's fields write; `place` is what errors call it.

    Raises:
        BadInputError: if a field is no number, or the box has no part in the picture.
    """
    if kind not in set(Kind):
        raise BadInputError(f'{place}: "{kind[:20]}" is no kind of box; choose {", ".join(Kind)}')
    told = {"left": left, "top": top, "width": width, "height": height}
    numbers = [_number(words, f"{place}, {name}") for name, words in told.items()]
    made = Drawn(Kind(kind), *numbers)
    if made.width <= 0 or made.height <= 0:
        raise BadInputError(f"{place}: it has no width or no height; draw it anew or leave its fields empty")
    if made.left >= _WHOLE or made.top >= _WHOLE or made.left + made.width <= 0 or made.top + made.height <= 0:
        raise BadInputError(f"{place}: it lies outside the picture; left and top are from 0 to 100")
    return made


def _number(words: str, place: str) -> float:
    try:
        found = float(words.strip().rstrip("%").replace(",", "."))
    except ValueError:
        found = math.nan
    if not -_WHOLE <= found <= 2 * _WHOLE:
        raise BadInputError(f'{place}: "{words[:20]}" is no number of hundredths; write one from 0 to 100')
    return round(found, _DIGITS)


def drawn_in(words: Iterable[str]) -> tuple[Drawn, ...]:
    """The boxes that addresses write, see `Drawn.words`.

    Raises:
        BadInputError: if one is none, or there are too many.
    """
    found = []
    for number, each in enumerate(words, 1):
        try:
            kind, left, top, width, height = each.split()
        except ValueError as error:
            raise BadInputError(f"box {number}: write its kind, left, top, width and height") from error
        found.append(drawn(kind, left, top, width, height, f"box {number}"))
        if number > MOST_BOXES:
            raise BadInputError(f"more than {MOST_BOXES} boxes; {MOST_BOXES} at most")
    return tuple(found)


def written(boxes: Iterable[Drawn]) -> str:
    """The boxes as an entry keeps them."""
    return json.dumps([each.words for each in boxes])


def read_back(text: str) -> tuple[Drawn, ...]:
    """The boxes that an entry keeps; none if it keeps none that will do."""
    try:
        found = json.loads(text or "[]")
        return drawn_in(each for each in found if isinstance(each, str)) if isinstance(found, list) else ()
    except (ValueError, BadInputError):
        return ()
