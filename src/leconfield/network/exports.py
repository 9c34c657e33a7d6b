"""A picture as a file: GraphML, GEXF, a table, or what the chart on the page reads.

Every file carries the marking of the view it was drawn from and the date it was made, both handed in: the same picture
gives the same bytes. Formats: graphml.graphdrawing.org (GraphML 1.0); gexf.net (GEXF 1.2draft, dynamic).
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from leconfield.ledger.model import SubjectId
from leconfield.ledger.times import Held
from leconfield.ledger.vocabulary import SCHEMATA
from leconfield.network.model import SYMMETRIC, Link, Node, Picture

_GRAPHML: Final = "http://graphml.graphdrawing.org/xmlns"
_GEXF: Final = "http://www.gexf.net/1.2draft"
_FORBIDDEN_IN_XML: Final = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_STARTS_A_FORMULA: Final = frozenset("=+-@\t\r\n＝＋－＠")
"""What makes spreadsheets compute a cell instead of showing it (OWASP, CSV injection), full width included."""

_NODE_FIELDS: Final = {"label": "string", "schema": "string", "standing": "string", "reports": "int", "origins": "int"}
_LINK_FIELDS: Final = {
    "prop": "string",
    "words": "string",
    "symmetric": "boolean",
    "count": "int",
    "origins": "int",
    "denied": "boolean",
    "alleged": "boolean",
    "first": "string",
    "last": "string",
    "reports": "string",
}
_COLUMNS: Final = (
    "from id",
    "from",
    "from kind",
    "link",
    "to id",
    "to",
    "to kind",
    "standing",
    "reports",
    "independent origins",
    "first",
    "last",
    "report ids",
)


@dataclass(frozen=True, slots=True)
class Heading:
    """What stands at the head of every file."""

    banner: str
    """The marking of the view: `SECRET · SEQUIN`."""
    made: str
    """The date, or the moment, on which it was made; ISO 8601."""

    @property
    def words(self) -> str:
        """Both in one line."""
        return f"{self.banner} · made {self.made}"


def chart_json(picture: Picture, heading: Heading) -> bytes:
    """What the chart on the page reads."""
    return as_json(chart_content(picture, heading))


def chart_content(picture: Picture, heading: Heading) -> dict[str, object]:
    """The same before it is written."""
    return {
        "banner": heading.banner,
        "made": heading.made,
        "asked": list(picture.asked),
        "nodes": [{"id": each.id, **_node_fields(each)} for each in picture.nodes],
        "links": [_chart_link(each) for each in picture.links],
        "more": [
            {
                "prop": each.prop,
                "reverse": each.reverse,
                "schema": each.schema,
                "words": each.words,
                "count": each.count,
            }
            for each in picture.more
        ],
        "leftOut": picture.left_out,
    }


def as_json(content: dict[str, object]) -> bytes:
    """JSON in which no script can end, so that it may stand in an HTML page."""
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text.encode(errors="backslashreplace")  # a lone surrogate becomes its JSON escape


def csv_table(picture: Picture, heading: Heading) -> bytes:
    """The links as a table: a line with the banner, the column heads, a row per link; UTF-8 with a byte order mark.

    A cell that a spreadsheet would take for a formula begins with an apostrophe.
    """
    named = {each.id: each for each in picture.nodes}
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow([_plain(heading.words)])
    rows.writerow(_COLUMNS)
    rows.writerows([_plain(cell) for cell in _row(each, named)] for each in picture.links)
    return out.getvalue().encode("utf-8-sig", errors="replace")


def graphml(picture: Picture, heading: Heading) -> bytes:
    """The picture in GraphML. Links that read the same from both ends are marked `symmetric`."""
    root = Element("graphml", xmlns=_GRAPHML)
    SubElement(root, "desc").text = _xml(heading.words)
    for owner, fields in (("node", _NODE_FIELDS), ("edge", _LINK_FIELDS)):
        for name, kind in fields.items():
            SubElement(root, "key", {"id": f"{owner}-{name}", "for": owner, "attr.name": name, "attr.type": kind})
    graph = SubElement(root, "graph", id="network", edgedefault="directed")
    for node in picture.nodes:
        _graphml_fields(SubElement(graph, "node", id=_xml(node.id)), "node", _node_fields(node))
    for link in picture.links:
        edge = SubElement(graph, "edge", id=_xml(link.id), source=_xml(link.left), target=_xml(link.right))
        _graphml_fields(edge, "edge", _link_fields(link))
    return _xml_bytes(root)


def gexf(picture: Picture, heading: Heading) -> bytes:
    """The picture in GEXF with the time of each link, for programs that play a network through time.

    GEXF knows whole dates only: `1989-03` begins on its first day and ends on its last one.
    """
    root = Element("gexf", xmlns=_GEXF, version="1.2")
    meta = SubElement(root, "meta", lastmodifieddate=_xml(heading.made[:10]))
    SubElement(meta, "creator").text = "Leconfield"
    SubElement(meta, "description").text = _xml(heading.words)
    graph = SubElement(root, "graph", mode="dynamic", defaultedgetype="directed", timeformat="date")
    for owner, fields in (("node", _NODE_FIELDS), ("edge", _LINK_FIELDS)):
        declared = SubElement(graph, "attributes", {"class": owner, "mode": "static"})
        for name, kind in fields.items():
            SubElement(declared, "attribute", id=name, title=name, type="integer" if kind == "int" else kind)
    nodes, edges = SubElement(graph, "nodes"), SubElement(graph, "edges")
    for node in picture.nodes:
        element = SubElement(nodes, "node", id=_xml(node.id), label=_xml(node.label))
        _gexf_fields(element, _node_fields(node))
    for link in picture.links:
        element = SubElement(edges, "edge", _gexf_edge(link))
        _gexf_fields(element, _link_fields(link))
    return _xml_bytes(root)


def _node_fields(node: Node) -> dict[str, str | int]:
    return {
        "label": node.label,
        "schema": node.schema,
        "standing": "registered" if node.registered else "text",
        "reports": node.reports,
        "origins": node.origins,
    }


def _link_fields(link: Link) -> dict[str, str | int | bool]:
    return {
        "prop": link.prop,
        "words": link.words,
        "symmetric": link.prop in SYMMETRIC,
        "count": len(link.statements),
        "origins": len(link.origins),
        "denied": link.denied,
        "alleged": link.alleged,
        "first": link.first,
        "last": link.last,
        "reports": " ".join(link.reports),
    }


def _chart_link(link: Link) -> dict[str, object]:
    return {
        "id": link.id,
        "source": link.left,
        "target": link.right,
        "prop": link.prop,
        "words": link.words,
        "reverse": link.reverse_words,
        "count": len(link.statements),
        "origins": len(link.origins),
        "denied": link.denied,
        "alleged": link.alleged,
        "first": link.first,
        "last": link.last,
        "moments": list(link.moments),
    }


def _row(link: Link, named: Mapping[SubjectId, Node]) -> Iterable[str | int]:
    left, right = named[link.left], named[link.right]
    standing = "denied" if link.denied else "alleged" if link.alleged else "stated"
    return (
        left.id,
        left.label,
        SCHEMATA.get(left.schema, left.schema),
        link.words,
        right.id,
        right.label,
        SCHEMATA.get(right.schema, right.schema),
        standing,
        len(link.reports),
        len(link.origins),
        link.first,
        link.last,
        " ".join(link.reports),
    )


def _plain(cell: str | int) -> str | int:
    """A cell that no spreadsheet computes."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ")[:1] in _STARTS_A_FORMULA else cell


def _graphml_fields(element: Element, owner: str, fields: Mapping[str, str | int | bool]) -> None:
    for name, value in fields.items():
        SubElement(element, "data", key=f"{owner}-{name}").text = _xml(value)


def _gexf_fields(element: Element, fields: Mapping[str, str | int | bool]) -> None:
    values = SubElement(element, "attvalues")
    for name, value in fields.items():
        SubElement(values, "attvalue", {"for": name, "value": _xml(value)})


def _gexf_edge(link: Link) -> dict[str, str]:
    held = Held(link.first, link.last)
    found = {
        "id": _xml(link.id),
        "source": _xml(link.left),
        "target": _xml(link.right),
        "label": _xml(link.words),
        "weight": str(max(1, len(link.origins))),
    }
    if held.earliest:
        found["start"] = held.earliest.date().isoformat()
    if held.latest:
        found["end"] = held.latest.date().isoformat()
    return found


def _xml(value: str | int | bool) -> str:
    """Text that XML 1.0 can hold; what it cannot becomes U+FFFD."""
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)
    return text if text.isprintable() else _FORBIDDEN_IN_XML.sub("\ufffd", text)


def _xml_bytes(root: Element) -> bytes:
    indent(root)
    return bytes(tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"
