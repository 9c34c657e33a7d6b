"""Saved charts in the battery: what the high side saves, which pages are asked, and which forms are sent."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from random import Random
from typing import Final

from leconfield.ledger.drafts import Draft
from leconfield.ledger.ids import Ids
from leconfield.ledger.labels import all_of
from leconfield.ledger.model import SubjectId
from leconfield.network.charts import DRAWN, RENAMED, SAVED, Spot
from tests.ledger.desks import KEYS

AFTER: Final = ("/chart/saved", "/chart")
"""Pages that are asked again once forms were sent."""
_NAME: Final = "Who met"
_IDS: Final = Ids(KEYS.ids)
_NOBODY: Final = "0" * 32

Fields = Mapping[str, str]


def chart_id(by: str, label: str) -> str:
    """The id of the chart that somebody saves under that label."""
    return _IDS.of("chart", by, label, _NAME)


def chart_ids() -> tuple[str, ...]:
    """Every id that is asked for: of charts of both sides, and one that never was."""
    return (chart_id("emma", "S"), chart_id("ann", "S"), chart_id("karina", "S&AGENTS"), _NOBODY)


def saved(chance: Random, label: str, record: SubjectId) -> list[Draft]:
    """What the high side saves in one act: a chart of its own, or one more version or name of a low one's."""
    about = chance.choice((chart_id("karina", "S&AGENTS"), chart_id("emma", "S")))
    body = {"name": chance.choice((_NAME, "The mill")), "layout": "circle"}
    if chance.random() < 0.2:
        return [Draft(RENAMED, label, about=about, body=body)]
    line = Spot(record, float(chance.randint(0, 9)), 1.0, asked=True).line
    return [
        Draft(SAVED, label, about=about, body=body),
        Draft(DRAWN, all_of([label, "S"]), about=about, body={"drawn": line}),
    ]


def versions() -> Iterable[Fields]:
    """What one chart is asked."""
    return ({}, {"version": "1"}, {"version": "7"})


def posts(subjects: tuple[str, ...]) -> Iterator[tuple[str, Fields]]:
    """Every act, on visible and hidden subjects and charts, with good, bad and repeated input."""
    filled = {"name": _NAME, "label": "S", "layout": "force", "note": "for the shift"}
    for each in subjects:
        yield "/chart/saved", {**filled, "drawn": f"{each} 1 2 pa"}
        yield "/chart/picture.svg", {"drawn": f"{each} 1 2", "together": "yes"}
    yield "/chart/saved", {**filled, "drawn": "\n".join(subjects)}
    yield "/chart/saved", {**filled, "drawn": f"{subjects[0]} x y"}
    yield "/chart/saved", {**filled, "drawn": subjects[0], "label": "S&AGENTS"}
    yield "/chart/saved", {**filled, "drawn": subjects[0], "layout": "spiral"}
    yield "/chart/picture.doc", {"drawn": subjects[0]}
    for each in chart_ids():
        yield "/chart/saved", {**filled, "drawn": subjects[-2], "which": each, "label": ""}
        yield f"/chart/saved/{each}/rename", {"name": "The mill"}
        yield f"/chart/saved/{each}/rename", {"name": ""}
