"""A sketch of where lines were written, at the scale of streets: it takes no map to see who went where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians
from typing import Final

from leconfield.surveillance.rows import Row, Spot, spots

WIDTH: Final = 640
HEIGHT: Final = 320
_MARGIN: Final = 36
_DEGREE: Final = 111_320.0
"""Metres of a degree of latitude, and of longitude at the equator."""
_LEAST: Final = 60.0
MOST: Final = 60_000.0
"""Metres across: what is wider is for the map."""
_BAR: Final = WIDTH / 4


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the sketch."""

    number: int
    """From 1, by when it was first written of."""
    x: float
    y: float
    spot: Spot
    anchor: str
    """The line that wrote of it last."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """Places and the way between them, in units of the drawing: from the left, and from the top."""

    marks: tuple[Mark, ...]
    way: str
    """The points of the way, in the order of the log, as SVG writes them."""
    bar: float
    """How long the bar of the scale is drawn."""
    metres: int
    """How long it is."""

    @property
    def scale(self) -> str:
        """What the bar is, in words."""
        return f"{self.metres // 1000:,} km" if self.metres >= 1000 else f"{self.metres} m"


def sketch_of(told: Sequence[Row]) -> Sketch | None:
    """The sketch of lines, the newest first; None if they were written in fewer than two places, or too far apart."""
    found = spots(list(reversed(told)))
    if len(found) < 2:
        return None
    flat = _metres([(float(each.latitude), float(each.longitude)) for each in found])
    across = max(max(x for x, _ in flat) - min(x for x, _ in flat), _LEAST)
    down = max(max(y for _, y in flat) - min(y for _, y in flat), _LEAST)
    if max(across, down) > MOST:
        return None
    unit = min((WIDTH - 2 * _MARGIN) / across, (HEIGHT - 2 * _MARGIN) / down)
    left, top = min(x for x, _ in flat), max(y for _, y in flat)
    shift_x = (WIDTH - (max(x for x, _ in flat) - left) * unit) / 2
    shift_y = (HEIGHT - (top - min(y for _, y in flat)) * unit) / 2
    drawn = [(round(shift_x + (x - left) * unit, 1), round(shift_y + (top - y) * unit, 1)) for x, y in flat]
    marks = tuple(
        Mark(number, *drawn[number - 1], spot, f"line-{spot.lines[-1].line.written.seal[:12]}")
        for number, spot in enumerate(found, 1)
    )
    metres = _round_number(_BAR / unit)
    return Sketch(marks, _way(told, marks), round(metres * unit, 1), metres)


def _metres(where: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Places as metres east and north of the first, good enough for a town; across the date line, too."""
    latitude, longitude = where[0]
    shrunk = _DEGREE * cos(radians(latitude))
    return [(((lon - longitude + 180) % 360 - 180) * shrunk, (lat - latitude) * _DEGREE) for lat, lon in where]


def _way(told: Sequence[Row], marks: Sequence[Mark]) -> str:
    """From place to place in the order in which lines were written."""
    at = {each.line.written.seal: mark for mark in marks for each in mark.spot.lines}
    visited = [mark for each in reversed(told) if (mark := at.get(each.line.written.seal)) is not None]
    turns = [visited[0], *(there for here, there in pairwise(visited) if there is not here)]
    return " ".join(f"{each.x},{each.y}" for each in turns)


def _round_number(most: float) -> int:
    """The largest of 1, 2, 5, 10, 20 ... that is no more than that."""
    step = 1
    while step * 10 <= most:
        step *= 10
    return next((step * each for each in (5, 2) if step * each <= most), step)
