"""What a detector proposes to box: faces and plates by Haar cascades, screens as bright rectangles. It misses some.

Viola and Jones, "Rapid object detection using a boosted cascade of simple features" (2001); the cascades come with
OpenCV. Nothing is boxed by it: each proposal is one that a person takes or drops.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from leconfield.gate.files.drawing import Drawn, Kind
from leconfield.gate.files.pictures import pixels_of

LONGEST: Final = 960
"""Pixels of the longer side at which is looked; a face below some 24 of them is missed."""
MOST: Final = 60
_FACES: Final = ("haarcascade_frontalface_default.xml", "haarcascade_frontalface_alt2.xml")
_PROFILES: Final = "haarcascade_profileface.xml"
_PLATES: Final = ("haarcascade_russian_plate_number.xml", "haarcascade_license_plate_rus_16stages.xml")
_LEAST: Final = 24
"""Pixels of the shorter side of a face."""
_SCALE: Final = 1.1
_NEIGHBOURS: Final = 3
"""Few: a person looks at each, and drops what is none."""
_MARGIN: Final = 0.12
"""How much wider than found: chin, hair and ears tell who it is, too."""
_SCREEN: Final = (0.004, 0.6)
"""The share of the picture that a screen covers, at the least and at the most."""
_FILLED: Final = 0.85
"""How much of its upright rectangle a screen fills."""
_BRIGHT: Final = 60
"""Of 255: how much brighter than the picture's median a screen is."""
_SAME: Final = 0.4
"""From which share of common ground on two boxes are one."""
Grey = NDArray[np.uint8]
Rect = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Proposal:
    """Something that a person should look at: a box, and by what it was found."""

    box: Drawn
    by: str


def proposed(picture: bytes, where: str = "picture") -> tuple[Proposal, ...]:
    """What may be a face, a plate or a screen in a picture, the largest first; the same each time.

    Raises:
        BadInputError: if it is no picture that can be read, or too large (see `pictures.cleaned`).
    """
    grey = _grey(picture, where)
    found = [
        *((Kind.FACE, rect, "frontal face") for rect in _frontal(grey)),
        *((Kind.FACE, rect, "face in profile") for rect in _profiles(grey)),
        *((Kind.PLATE, rect, "number plate") for name in _PLATES for rect in _by_cascade(name, grey)),
        *((Kind.SCREEN, rect, "bright rectangle") for rect in _screens(grey)),
    ]
    found.sort(key=lambda each: (-each[1][2] * each[1][3], each[0], each[1]))
    kept: list[tuple[Kind, Rect, str]] = []
    for each in found:
        if not any(other[0] is each[0] and _common(other[1], each[1]) > _SAME for other in kept):
            kept.append(each)
    down, across = grey.shape
    return tuple(Proposal(_drawn(kind, rect, (across, down)), by) for kind, rect, by in kept[:MOST])


def _grey(picture: bytes, where: str) -> Grey:
    canvas = pixels_of(picture, LONGEST, where).convert("L")
    return np.ascontiguousarray(np.asarray(canvas, dtype=np.uint8))


@cache
def _cascade(name: str) -> cv2.CascadeClassifier:
    cv2.setNumThreads(1)
    return cv2.CascadeClassifier(str(Path(cv2.__file__).parent / "data" / name))


def _by_cascade(name: str, grey: Grey) -> Iterator[Rect]:
    found = _cascade(name).detectMultiScale(
        grey, scaleFactor=_SCALE, minNeighbors=_NEIGHBOURS, minSize=(_LEAST, _LEAST)
    )
    for left, top, width, height in found:
        yield int(left), int(top), int(width), int(height)


def _frontal(grey: Grey) -> Iterator[Rect]:
    """Faces that look at one, with the light as it is and evened out: each finds some that the other misses."""
    for name in _FACES:
        yield from _by_cascade(name, grey)
    yield from _by_cascade(_FACES[0], cv2.equalizeHist(grey).astype(np.uint8))


def _profiles(grey: Grey) -> Iterator[Rect]:
    """Faces that look to the left, and in the mirror those that look to the right."""
    yield from _by_cascade(_PROFILES, grey)
    across = grey.shape[1]
    for left, top, width, height in _by_cascade(_PROFILES, np.ascontiguousarray(grey[:, ::-1])):
        yield across - left - width, top, width, height


def _screens(grey: Grey) -> Iterator[Rect]:
    """Bright areas that fill an upright rectangle."""
    line = min(250.0, float(np.median(grey)) + _BRIGHT)
    lit = np.where(grey > line, np.uint8(255), np.uint8(0)).astype(np.uint8)
    closed = cv2.morphologyEx(lit, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    for outline in outlines:
        left, top, width, height = cv2.boundingRect(outline)
        share = width * height / grey.size
        filled = cv2.contourArea(outline) / max(1, width * height)
        if _SCREEN[0] <= share <= _SCREEN[1] and filled >= _FILLED:
            yield int(left), int(top), int(width), int(height)


def _common(one: Rect, other: Rect) -> float:
    """The share of the smaller of two boxes that lies in both."""
    across = min(one[0] + one[2], other[0] + other[2]) - max(one[0], other[0])
    down = min(one[1] + one[3], other[1] + other[3]) - max(one[1], other[1])
    return max(0, across) * max(0, down) / max(1, min(one[2] * one[3], other[2] * other[3]))


def _drawn(kind: Kind, rect: Rect, size: tuple[int, int]) -> Drawn:
    """The box in hundredths with its margin, within the picture."""
    edges = [*_widened(rect[0], rect[2], size[0]), *_widened(rect[1], rect[3], size[1])]
    return Drawn(kind, edges[0], edges[2], edges[1], edges[3])


def _widened(start: int, length: int, whole: int) -> Iterable[float]:
    first = max(0.0, start - length * _MARGIN)
    last = min(float(whole), start + length * (1 + _MARGIN))
    begin = math.floor(first / whole * 1000) / 10
    yield begin
    yield round(math.ceil(last / whole * 1000) / 10 - begin, 2)
