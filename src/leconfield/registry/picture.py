"""How a subject came to be, as a small drawing: its records from top to bottom as they came, an arc for each edge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from leconfield.ledger.model import SubjectId
from leconfield.registry.clusters import Edge

MOST: Final = 40
"""Records that are drawn; a table tells of all of them."""
ROW: Final = 34
_MARGIN: Final = 18
_DEEPEST: Final = 84
WIDTH: Final = 360
_LONGEST: Final = 30


@dataclass(frozen=True, slots=True)
class Dot:
    """A record: where it stands, what it is called, and a line on where it comes from."""

    y: int
    name: str
    note: str


@dataclass(frozen=True, slots=True)
class Arc:
    """An edge: a curve from one record to another, at the left of both."""

    path: str
    judged: bool
    bridge: bool
    words: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The drawing, in the units of its view box."""

    x: int
    width: int
    height: int
    dots: tuple[Dot, ...]
    arcs: tuple[Arc, ...]


def picture(records: Sequence[SubjectId], told: Mapping[SubjectId, tuple[str, str]], edges: Sequence[Edge]) -> Picture:
    """The drawing of records in their order, given each one's name and note, and of the edges between them."""
    shown = records[:MOST]
    place = {each: _MARGIN + ROW * at for at, each in enumerate(shown)}
    drawn = [each for each in edges if each.left in place and each.right in place]
    spans = [abs(place[each.left] - place[each.right]) for each in drawn]
    x = min(_DEEPEST, _depth(max(spans, default=ROW))) + 14
    arcs = [
        Arc(_curve(x, place[each.left], place[each.right]), bool(each.by), each.bridge, each.words) for each in drawn
    ]
    dots = [Dot(place[each], told[each][0][:_LONGEST], told[each][1][:_LONGEST]) for each in shown]
    return Picture(x, WIDTH, 2 * _MARGIN + ROW * (len(shown) - 1), tuple(dots), tuple(arcs))


def _depth(span: int) -> int:
    return 24 + span // 4


def _curve(x: int, one: int, other: int) -> str:
    out = x - min(_DEEPEST, _depth(abs(one - other)))
    return f"M{x} {one}C{out} {one} {out} {other} {x} {other}"
