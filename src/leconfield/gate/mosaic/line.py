"""How many people still fit, as a falling line: places of an SVG drawing, by the logarithm of their number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log10
from typing import Final

WIDTH: Final = 640
HEIGHT: Final = 220
_LEFT: Final = 44
_RIGHT: Final = 624
_TOP: Final = 16
_BOTTOM: Final = 188


@dataclass(frozen=True, slots=True)
class Mark:
    """One saying on the line."""

    number: int
    """Which saying; 0 is before the first."""
    k: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """What is drawn."""

    marks: tuple[Mark, ...]
    way: str
    """Points of a line that falls in steps."""
    least: float
    """The height at which too few people fit."""
    ticks: tuple[tuple[int, float], ...]
    """Numbers of people, each with its height."""


def line_of(ks: Sequence[int], least: int) -> Line | None:
    """The line through how many people fitted, the whole register first; None if there is nothing to draw.

    `least`: how many must fit, at the least.
    """
    if len(ks) < 1 + 1 or ks[0] < 1:
        return None
    across = (_RIGHT - _LEFT) / (len(ks) - 1)
    marks = tuple(Mark(n, k, round(_LEFT + n * across, 1), _height(k, ks[0])) for n, k in enumerate(ks))
    points = [f"{marks[0].x},{marks[0].y}"]
    for one, other in pairwise(marks):
        points += [f"{other.x},{one.y}", f"{other.x},{other.y}"]
    powers = [10**n for n in range(len(str(ks[0])))]
    ticks = tuple((each, _height(each, ks[0])) for each in (*powers, ks[0]) if each in (1, ks[0]) or each * 2 <= ks[0])
    return Line(marks, " ".join(points), _height(least, ks[0]), ticks)


def _height(k: int, whole: int) -> float:
    """Nobody stands at the bottom, everybody at the top."""
    share = (log10(k) + 0.3) / (log10(max(whole, 2)) + 0.3) if k else 0.0
    return round(_BOTTOM - min(share, 1.0) * (_BOTTOM - _TOP), 1)
