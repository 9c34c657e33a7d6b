"""What a grammar reads off a text: where it stands and what it says in a form that machines compare."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from leconfield.intake.extraction.model import Span

PHONE: Final = "Phone"
EMAIL: Final = "Email"
HANDLE: Final = "Handle"
URL: Final = "Url"
PLATE: Final = "Plate"
IBAN: Final = "Iban"
COORDINATE: Final = "Coordinate"
DATE: Final = "Date"
MONEY: Final = "Money"
ADDRESS: Final = "Address"
REFERENCE: Final = "DocumentReference"


@dataclass(frozen=True, slots=True)
class Reading:
    """A span and its normal form: E.164, `lat,lon` in degrees, partial ISO date, `GBP 2500`, upper-case plate."""

    span: Span
    value: str

    @property
    def kind(self) -> str:
        """The kind of identifier."""
        return self.span.kind


def reading(start: int, end: int, kind: str, value: str) -> Reading:
    """A reading by grammar: sure of itself."""
    return Reading(Span(start, end, kind, 1.0, "grammar"), value)


def apart(found: Iterable[Reading]) -> list[Reading]:
    """The readings that do not overlap an earlier one of the sequence, in order of the text."""
    kept: list[Reading] = []
    taken: set[int] = set()
    for each in found:
        places = range(each.span.start, each.span.end)
        if taken.isdisjoint(places):
            taken.update(places)
            kept.append(each)
    return sorted(kept, key=lambda each: each.span.start)
