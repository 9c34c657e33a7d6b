"""What a view answers about its network: pictures for the chart, their tables, and files to take along."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final

from leconfield.errors import BadInputError
from leconfield.ledger.model import SubjectId
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.network.charts import Look, Spot
from leconfield.network.drawing import sheet, svg
from leconfield.network.expansion import expand
from leconfield.network.exports import Heading, chart_json, csv_table, gexf, graphml
from leconfield.network.graph import Graph
from leconfield.network.model import EVERYTHING, NAMED_TOGETHER, Filter, Picture
from leconfield.registry.chips import shown
from leconfield.registry.resolution import Partition

MOST_DRAWN: Final = 400
"""Subjects that one expansion brings on to the chart."""

Spots = Mapping[SubjectId, Spot]
"""Who was put where."""
Writer = Callable[[Picture, Heading], bytes]
FORMATS: Final[dict[str, tuple[Writer, str]]] = {
    "graphml": (graphml, "application/xml"),
    "gexf": (gexf, "application/xml"),
    "csv": (csv_table, "text/csv; charset=utf-8"),
    "json": (chart_json, "application/json"),
}
"""File ending to what writes it and its media type; these say what there is."""


def _as_svg(picture: Picture, heading: Heading, spots: Spots | None) -> bytes:
    return svg(sheet(picture, heading, spots))


def _as_pdf(picture: Picture, heading: Heading, spots: Spots | None) -> bytes:
    from leconfield.network.paper import pdf  # noqa: PLC0415 - loads reportlab, where used

    return pdf(sheet(picture, heading, spots))


def _as_anx(picture: Picture, heading: Heading, spots: Spots | None) -> bytes:
    from leconfield.network.analyst import anx  # noqa: PLC0415 - loads anxwritter, where used

    return anx(picture, heading, spots)


DRAWN: Final[dict[str, tuple[Callable[[Picture, Heading, Spots | None], bytes], str]]] = {
    "svg": (_as_svg, "image/svg+xml"),
    "pdf": (_as_pdf, "application/pdf"),
    "anx": (_as_anx, "application/octet-stream"),
}
"""The same for files in which everybody has a place."""


def graph_of(view: View) -> Graph:
    """The graph of a view."""
    return Graph(view.world, view.derived(Partition))


def chosen(prop: str = "", schema: str = "", since: str = "", until: str = "", *, together: bool = False) -> Filter:
    """The filter for one kind of link and one kind of subject, either empty: all."""
    if prop == NAMED_TOGETHER:
        kinds: frozenset[str] | None = frozenset()
        together = True
    else:
        kinds = frozenset({prop}) if prop else None
    return Filter(kinds, frozenset({schema}) if schema else None, since, until, together)


def picture_of(
    view: View, ids: Iterable[str], hops: int = 1, wanted: Filter = EVERYTHING, limit: int = MOST_DRAWN
) -> Picture:
    """The subjects around `ids` with every link among them, under the names that pages show."""
    found = expand(graph_of(view), [SubjectId(each) for each in ids], hops, wanted, limit)
    return presented(found)


def presented(picture: Picture) -> Picture:
    """The picture with names as they are set on pages."""
    return replace(picture, nodes=tuple(replace(node, label=shown(node.label)) for node in picture.nodes))


def written(view: View, picture: Picture, ending: str, spots: Spots | None = None) -> tuple[bytes, str]:
    """The picture as a file, and its media type; `spots` say where everybody was put.

    Raises:
        BadInputError: for a kind of file that is not written.
    """
    head = heading(view)
    if ending in DRAWN:
        drawer, media_type = DRAWN[ending]
        return drawer(picture, replace(head, made=head.made or view.moment[:19]), spots), media_type
    known = FORMATS.get(ending)
    if known is None:
        there = ", ".join(sorted((*FORMATS, *DRAWN)))
        raise BadInputError(f'"{ending}" is no kind of file we write; choose {there}')
    writer, media_type = known
    return writer(picture, head), media_type


def heading(view: View) -> Heading:
    """What stands at the head of a file; no moment but that of *as of*, so that the same content is the same bytes."""
    return Heading(view.marking.words, stamp(view.as_of) if view.as_of else "")


def filtered(picture: Picture, look: Look) -> Picture:
    """The picture without what the legend leaves out."""
    nodes = tuple(each for each in picture.nodes if each.schema not in look.schemata)
    here = {each.id for each in nodes}
    links = (each for each in picture.links if each.prop not in look.props and {each.left, each.right} <= here)
    return replace(picture, nodes=nodes, links=tuple(links))
