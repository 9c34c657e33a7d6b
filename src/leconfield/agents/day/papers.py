"""A handler's plan of his week on paper, to be carried: it names nobody, so that whoever finds it learns of nobody.

No codename, no cover, no name of a place that somebody gave it, nor of whoever prints it: a letter, the hour, where as
degrees, what to wear by tags, and minutes of the way. Not the codewords of the marking either, which are agents' names.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Final

from leconfield.agents.day.sheet import Line
from leconfield.agents.planning.model import Place
from leconfield.ledger.times import in_words
from leconfield.ledger.view import View
from leconfield.printing import Block, Column, Document, Heading, Paragraph, Span, Table

NOBODY: Final = "whoever carries it"
_COLUMNS: Final = (
    Column("Meet", 0.6),
    Column("Hour (UTC)", 1.4),
    Column("Where", 2.2),
    Column("Wear", 2.2),
    Column("Way, minutes", 1.2, number=True),
)


def paper_of(view: View, monday: str, lines: Iterable[Line]) -> Document:
    """The plan of one handler as a document."""
    by_day: dict[str, list[Line]] = {}
    for each in lines:
        by_day.setdefault(f"{each.weekday} {in_words(each.day)}", []).append(each)
    blocks: list[Block] = []
    for day, those in by_day.items():
        blocks += [Heading(day, 2), Table(_COLUMNS, tuple(_row(each) for each in those))]
    blocks.append(Paragraph("Call in after each. Destroy this when the week is over.", quiet=True))
    title = f"Week of {in_words(monday)}"
    return Document(title, replace(view.marking, codewords=()), NOBODY, view.moment, tuple(blocks))


def _row(line: Line) -> tuple[str | Span, ...]:
    return (
        Span(line.letter, strong=True),
        Span(f"{line.begins} to {line.ends}", mono=True),
        Span(degrees(line.place), mono=True),
        Span(" ".join(line.tags), mono=True),
        str(line.way) if line.way else "",
    )


def degrees(place: Place) -> str:
    """Where it is, to some ten metres: `51.5074 N, 0.1278 W`."""
    north = f"{abs(place.latitude):.4f} {'N' if place.latitude >= 0 else 'S'}"
    return f"{north}, {abs(place.longitude):.4f} {'E' if place.longitude >= 0 else 'W'}"
