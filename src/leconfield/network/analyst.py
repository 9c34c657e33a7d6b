"""A picture as an i2 chart (ANX): what Analyst's Notebook 9 and later open without an import wizard.

Written by anxwritter (MIT), loaded where it is used. The marking stands in the chart's title and comments, and in a
label on the chart itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from leconfield.ledger.model import SubjectId
from leconfield.ledger.times import Held
from leconfield.ledger.vocabulary import SCHEMATA
from leconfield.network.charts import Spot
from leconfield.network.drawing import sheet
from leconfield.network.exports import Heading
from leconfield.network.model import SYMMETRIC, Link, Node, Picture

_BEGINNING: Final = "2000-01-01T00:00:00"
"""When a chart says it was made, where nobody says."""
_SPREAD: Final = 1.5
"""Its icons and their names need more room than our marks."""
_STRENGTHS: Final = {"Stated": "DotStyleSolid", "Alleged": "DotStyleDashed", "Denied": "DotStyleDotted"}


def anx(picture: Picture, heading: Heading, spots: Mapping[SubjectId, Spot] | None = None) -> bytes:
    """The picture as an i2 chart, UTF-16; the same picture gives the same bytes."""
    from anxwritter import ANXChart  # type: ignore[import-untyped]  # noqa: PLC0415 - it brings no types; loaded here alone

    title = {"title": _plain(heading.banner), "comments": _plain(heading.words), "author": "Leconfield"}
    chart = ANXChart(settings={"summary": {**title, "created": heading.made[:19] or _BEGINNING}})
    for name, dots in _STRENGTHS.items():
        chart.add_strength(name=name, dot_style=dots)
    for name in ("Reports", "Independent origins"):
        chart.add_attribute_class(name=name, type="number")
    chart.add_attribute_class(name="Standing", type="text")
    chart.add_label(id="marking", type="Marking", label=_plain(heading.words), x=0, y=-60)
    made = sheet(picture, heading, spots)
    for each in made.subjects:
        x, y = (round(_SPREAD * part) for part in each.at)
        chart.add_icon(
            id=each.node.id,
            type=_kind(each.node),
            label=_plain(each.node.label),
            x=x,
            y=y,
            attributes=_counts(each.node),
        )
    for link, _, _ in made.links:
        chart.add_link(from_id=link.left, to_id=link.right, link_id=link.id, **_drawn(link))
    return b"".join(chart.iter_anx_bytes())


def _kind(node: Node) -> str:
    return SCHEMATA.get(node.schema, node.schema).capitalize()


def _counts(node: Node) -> dict[str, str | int]:
    standing = "registered" if node.registered else "named in reports"
    return {"Reports": node.reports, "Independent origins": node.origins, "Standing": standing}


def _drawn(link: Link) -> dict[str, object]:
    begun = Held(link.first, link.last).earliest
    found: dict[str, object] = {
        "type": link.words,
        "label": _plain(link.words),
        "arrow": None if link.prop in SYMMETRIC else "->",
        "strength": "Denied" if link.denied else "Alleged" if link.alleged else "Stated",
        "line_width": max(1, min(5, len(link.origins))),
        "attributes": {"Reports": len(link.reports), "Independent origins": len(link.origins)},
        "description": _plain(", ".join((f"first {link.first}" if link.first else "no date", *link.reports))),
    }
    return {**found, "date": begun.date().isoformat()} if begun else found


def _plain(words: str) -> str:
    return "".join(each if each.isprintable() else "\ufffd" for each in words)
