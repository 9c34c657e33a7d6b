"""A picture as it is drawn on paper: who stands where, and an SVG of it, with the marking above and below.

Colour by kind and shape by schema, thickness by independent origins, dashes for what is alleged or denied: as on the
page. The same picture gives the same bytes.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

import rustworkx

from leconfield.ledger.model import SubjectId
from leconfield.ledger.vocabulary import (
    ACCOUNT,
    DOCUMENT,
    EVENT,
    ONLINE,
    ORGANISATION,
    PERSON,
    PHONE,
    PLACE,
    SCHEMATA,
    VEHICLE,
    WEAPON,
)
from leconfield.network.charts import Spot
from leconfield.network.exports import Heading
from leconfield.network.model import NAMED_TOGETHER, Link, Node, Picture

Point = tuple[float, float]
Box = tuple[float, float, float, float]

INK: Final = "#1c1b19"
LINE: Final = "#8a8780"
AMBER: Final = "#96600a"
_COLOURS: Final = {
    PERSON: "#0a5f96",
    ORGANISATION: "#9a4a06",
    PLACE: "#4c6a12",
    VEHICLE: "#6b4596",
    PHONE: "#066e78",
    ACCOUNT: "#775c00",
    ONLINE: "#3a55b4",
    EVENT: "#97296f",
    WEAPON: "#74461f",
    DOCUMENT: "#4f5866",
}
_OTHER: Final = "#66625a"
"""By day, as the pages have them."""
_SIDES: Final = {PLACE: (3, math.pi / 2), PHONE: (5, -math.pi / 2), ACCOUNT: (6, 0.0), ONLINE: (4, 0.0)}
"""Corners of a schema's shape and the angle of the first, y downwards; the rest are boxes, stars and circles."""
_BOXES: Final = {ORGANISATION: (0.9, 0.9), VEHICLE: (1.15, 0.68), DOCUMENT: (0.75, 1.1)}
WIDE: Final = 1400
HIGH: Final = 900
MARGIN: Final = 70
STRIP: Final = 34
"""Of the marking, above and below."""
_FORCED: Final = 1200
"""Of more subjects than so many the places are not worked out by their ties but on a circle."""
_LEGEND: Final = 26
LONGEST: Final = 32
"""Letters of a name."""
_LETTER: Final = 5.9
"""Width of a letter, on average."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A subject on the paper."""

    node: Node
    at: Point
    radius: float
    outline: tuple[Point, ...]
    """Empty: a circle."""
    colour: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything on the paper, in points, y downwards."""

    heading: Heading
    subjects: tuple[Drawn, ...]
    links: tuple[tuple[Link, Point, Point], ...]
    names: Mapping[SubjectId, Point]
    """Where the names begin for which there is room."""
    schemata: tuple[str, ...]
    """What the legend tells."""


def sheet(picture: Picture, heading: Heading, spots: Mapping[SubjectId, Spot] | None = None) -> Sheet:
    """The picture laid out: where its spots say, or by its ties; who is hidden there is left out."""
    spots = spots or {}
    nodes = [each for each in picture.nodes if not (each.id in spots and spots[each.id].hidden)]
    places = _fitted(_places(nodes, picture.links, spots))
    scale = max(0.35, min(1.0, math.sqrt(WIDE * HIGH / max(1, len(nodes)) / 5200)))
    drawn = tuple(_drawn(each, places[each.id], scale) for each in nodes)
    links = tuple(
        (each, places[each.left], places[each.right])
        for each in picture.links
        if each.left in places and each.right in places
    )
    return Sheet(heading, drawn, links, _named(drawn), tuple(sorted({each.schema for each in nodes})))


def _places(nodes: list[Node], links: tuple[Link, ...], spots: Mapping[SubjectId, Spot]) -> dict[SubjectId, Point]:
    put = {which: (spot.x, -spot.y) for which, spot in spots.items() if spot.x is not None and spot.y is not None}
    if nodes and all(each.id in put for each in nodes):
        return {each.id: put[each.id] for each in nodes}
    index = {each.id: at for at, each in enumerate(nodes)}
    graph: rustworkx.PyGraph[SubjectId, None] = rustworkx.PyGraph()
    graph.add_nodes_from([each.id for each in nodes])
    pairs = [(index[each.left], index[each.right]) for each in links if each.left in index and each.right in index]
    graph.add_edges_from_no_data(sorted({(min(each), max(each)) for each in pairs}))
    by_ties = len(nodes) <= _FORCED
    found = rustworkx.spring_layout(graph, seed=1, num_iter=80) if by_ties else rustworkx.circular_layout(graph)
    return {each.id: (float(found[at][0]), float(found[at][1])) for at, each in enumerate(nodes)}


def _fitted(places: dict[SubjectId, Point]) -> dict[SubjectId, Point]:
    """The places brought into the middle of the paper, in their own proportion."""
    if not places:
        return {}
    xs, ys = [x for x, _ in places.values()], [y for _, y in places.values()]
    wide, high = max(xs) - min(xs), max(ys) - min(ys)
    room = (WIDE - 2 * MARGIN, HIGH - 2 * MARGIN - 2 * STRIP - _LEGEND)
    scale = min(room[0] / wide if wide > 1e-9 else math.inf, room[1] / high if high > 1e-9 else math.inf)
    scale = 1.0 if math.isinf(scale) else scale
    middle = ((max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2)
    return {
        which: (WIDE / 2 + (x - middle[0]) * scale, (HIGH - _LEGEND) / 2 + (y - middle[1]) * scale)
        for which, (x, y) in places.items()
    }


def _drawn(node: Node, at: Point, scale: float) -> Drawn:
    radius = min(15.0, 4.5 + 2.1 * math.log2(1 + node.reports)) * scale
    return Drawn(node, at, radius, outline(node.schema, at, radius), colour_of(node.schema))


def colour_of(schema: str) -> str:
    """The colour of a kind of subject on white paper."""
    return _COLOURS.get(schema, _OTHER)


def outline(schema: str, at: Point, radius: float) -> tuple[Point, ...]:
    """The corners of the shape of a kind of subject; empty: a circle."""
    x, y = at
    if schema == PERSON:
        return ()
    if schema in _BOXES:
        wide, high = (each * radius for each in _BOXES[schema])
        return ((x - wide, y - high), (x + wide, y - high), (x + wide, y + high), (x - wide, y + high))
    if schema in (EVENT, WEAPON):
        corners, reach = (10, (1.3, 0.62)) if schema == EVENT else (3, (1.2, 1.2))
        return _ring(at, radius, corners, -math.pi / 2, reach)
    corners, first = _SIDES.get(schema, (8, math.pi / 8))
    return _ring(at, radius, corners, first, (1.15, 1.15))


def _ring(at: Point, radius: float, corners: int, first: float, reach: tuple[float, float]) -> tuple[Point, ...]:
    angles = [first + 2 * math.pi * corner / corners for corner in range(corners)]
    return tuple(
        (at[0] + radius * reach[corner % 2] * math.cos(angle), at[1] + radius * reach[corner % 2] * math.sin(angle))
        for corner, angle in enumerate(angles)
    )


def _named(drawn: tuple[Drawn, ...]) -> dict[SubjectId, Point]:
    """Where names fit, the most spoken of first: right of its subject, left, below or above, on no other name."""
    taken: dict[tuple[int, int], list[Box]] = {}
    named: dict[SubjectId, Point] = {}
    for each in sorted(drawn, key=lambda one: (-one.node.reports, one.node.id)):
        for x, y in _beside(each):
            box = (x, y - 10, x + _width(each), y + 4)
            cells = _cells(box)
            if box[0] > 0 and box[2] < WIDE and not any(_overlap(box, it) for at in cells for it in taken.get(at, ())):
                named[each.node.id] = (x, y)
                for at in cells:
                    taken.setdefault(at, []).append(box)
                break
    return named


def _width(drawn: Drawn) -> float:
    return _LETTER * min(len(drawn.node.label), LONGEST)


def _beside(drawn: Drawn) -> tuple[Point, ...]:
    (x, y), away, half = drawn.at, drawn.radius + 4, _width(drawn) / 2
    return (
        (x + away, y + 4),
        (x - away - 2 * half, y + 4),
        (x - half, y + away + 10),
        (x - half, y - away - 4),
    )


def _cells(box: Box) -> list[tuple[int, int]]:
    columns, rows = range(int(box[0] // 64), int(box[2] // 64) + 1), range(int(box[1] // 64), int(box[3] // 64) + 1)
    return [(column, row) for column in columns for row in rows]


def _overlap(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def look_of(link: Link) -> tuple[str, float, tuple[float, ...]]:
    """Colour, width and dashes of a link."""
    width = 1.0 if link.prop == NAMED_TOGETHER else min(5.0, 0.9 + 0.9 * math.log2(max(1, len(link.origins))))
    if link.denied:
        return AMBER, width, (8, 4)
    return LINE, width, (4, 3) if link.alleged else ()


def name_on(drawn: Drawn) -> str:
    """The name as it stands beside the subject."""
    label = drawn.node.label
    return label if len(label) <= LONGEST else label[: LONGEST - 1].rstrip() + "…"


def svg(made: Sheet) -> bytes:
    """The sheet as an SVG."""
    face = 'font-family="IBM Plex Sans, DejaVu Sans, sans-serif" font-size="11"'
    size = f'viewBox="0 0 {WIDE} {HIGH}" width="{WIDE}" height="{HIGH}"'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {face} fill="{INK}">',
        f"<title>{_text(made.heading.banner)}</title>",
        f'<rect width="{WIDE}" height="{HIGH}" fill="#ffffff"/>',
    ]
    for link, (x0, y0), (x1, y1) in made.links:
        colour, width, dash = look_of(link)
        dashes = f' stroke-dasharray="{" ".join(f"{each:g}" for each in dash)}"' if dash else ""
        parts.append(
            f'<line x1="{x0:.1f}" y1="{y0:.1f}" x2="{x1:.1f}" y2="{y1:.1f}" stroke="{colour}" '
            f'stroke-width="{width:.1f}"{dashes}><title>{_text(link.words)}</title></line>'
        )
    parts += [_shape(each) for each in made.subjects]
    parts += [
        f'<text x="{made.names[which][0]:.1f}" y="{made.names[which][1]:.1f}" stroke="#ffffff" stroke-width="3" '
        f'paint-order="stroke">{_text(name_on(each))}</text>'
        for each in made.subjects
        if (which := each.node.id) in made.names
    ]
    parts += _legend(made)
    for y in (STRIP / 2, HIGH - STRIP / 2):
        parts.append(
            f'<text x="{WIDE / 2:g}" y="{y + 5:g}" text-anchor="middle" font-size="14" font-weight="600">'
            f"{_text(made.heading.words)}</text>"
        )
    return "\n".join([*parts, "</svg>\n"]).encode(errors="replace")


def legend(made: Sheet) -> list[tuple[str, Point, str]]:
    """What the legend tells: schema, where its shape stands, and its words."""
    y = HIGH - STRIP - _LEGEND / 2
    return [
        (schema, (MARGIN + 130.0 * place, y), SCHEMATA.get(schema, schema))
        for place, schema in enumerate(made.schemata)
    ]


def _legend(made: Sheet) -> list[str]:
    found = []
    for schema, (x, y), words in legend(made):
        found += [
            _body(outline(schema, (x, y), 6), (x, y), 6, colour_of(schema), filled=True),
            f'<text x="{x + 12:g}" y="{y + 4:g}">{_text(words)}</text>',
        ]
    return found


def _shape(drawn: Drawn) -> str:
    inner = f"<title>{_text(drawn.node.label)}</title>"
    return _body(drawn.outline, drawn.at, drawn.radius, drawn.colour, filled=drawn.node.registered, inner=inner)


def _body(corners: tuple[Point, ...], at: Point, radius: float, colour: str, *, filled: bool, inner: str = "") -> str:
    look = f'fill={quoteattr(colour if filled else "#ffffff")} stroke="{colour}" stroke-width="1.6"'
    if not corners:
        return f'<circle cx="{at[0]:.1f}" cy="{at[1]:.1f}" r="{radius:.1f}" {look}>{inner}</circle>'
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in corners)
    return f'<polygon points="{points}" {look}>{inner}</polygon>'


def _text(words: str) -> str:
    """Text that XML can hold."""
    return escape("".join(each if each.isprintable() else "\ufffd" for each in words))
