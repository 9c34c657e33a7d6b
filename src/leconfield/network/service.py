"""What a view answers about its network: pictures for the chart, their tables, and files to take along."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from leconfield.errors import BadInputError
from leconfield.ledger.model import SubjectId
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.network.expansion import expand
from leconfield.network.exports import Heading, chart_json, csv_table, gexf, graphml
from leconfield.network.graph import Graph
from leconfield.network.model import EVERYTHING, NAMED_TOGETHER, Filter, Picture
from leconfield.registry.chips import shown
from leconfield.registry.resolution import Partition

MOST_DRAWN: Final = 400
"""Subjects that one expansion brings on to the chart."""

Writer = Callable[[Picture, Heading], bytes]
FORMATS: Final[dict[str, tuple[Writer, str]]] = {
    "graphml": (graphml, "application/xml"),
    "gexf": (gexf, "application/xml"),
    "csv": (csv_table, "text/csv; charset=utf-8"),
    "json": (chart_json, "application/json"),
}
"""File ending to what writes it and its media type."""


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


def written(view: View, picture: Picture, ending: str) -> tuple[bytes, str]:
    """The picture as a file, and its media type.

    Raises:
        BadInputError: for a kind of file that is not written.
    """
    known = FORMATS.get(ending)
    if known is None:
        raise BadInputError(f'"{ending}" is no kind of file we write; choose {", ".join(sorted(FORMATS))}')
    writer, media_type = known
    made = stamp(view.as_of) if view.as_of else ""
    return writer(picture, Heading(view.marking.words, made)), media_type
