"""Where an incident happened: the place that its sentence names."""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files
from typing import Final

from leconfield.intake.extraction.model import Filler

_AREA: Final = (
    "department|province|municipality|city|town|village|district|neighbou?rhood|region|jurisdiction|canton|county"
    "|borough|parish|suburb|hacienda|highway|avenue|street|road|square"
)
_NAMED: Final = re.compile(
    rf"\b(?:in|at|near|outside|inside|from|of|on)\s+(?:the\s+)?(?:(?:city|town|village|municipality|department|province"
    rf"|district|county|port|capital)\s+of\s+)(?P<a>[^\W\d_]+(?:\s+(?:de|la|las|los|el|del|san|santa)\b|\s+[^\W\d_]+(?=\s*[,.;]))?)"
    rf"|\b(?:in|at|near|outside|inside|from|on|of)\s+(?P<b>[^\W\d_]+(?:[ '-][^\W\d_]+){{0,3}}?)\s+(?:{_AREA})\b"
)
_CAPITAL: Final = re.compile(
    r"\b(?:in|at|near|outside|on)\s+(?:(?:down|up)town\s+|central\s+|(?:north|south|east|west)(?:ern)?\s+)?"
    r"(?P<c>[A-Z][a-z]+(?:[ '-](?:of|de|la|upon|[A-Z][a-z]+))*)"
)
_NO_NAME: Final = frozenset(
    (
        "a", "an", "the", "this", "that", "his", "her", "its", "their", "same", "another", "other", "any", "each",
        "every", "one", "two", "northern", "southern", "eastern", "western", "downtown", "central", "capital", "main",
        "whole", "entire", "residential", "said", "different", "various", "several", "some", "many", "no", "our",
    )
)  # fmt: skip
_NO_PLACE: Final = frozenset(
    (
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january", "february", "march",
        "april", "may", "june", "july", "august", "september", "october", "november", "december",
    )
)  # fmt: skip


@cache
def _known() -> re.Pattern[str]:
    """Place names that stand in the training answers, the longest first."""
    path = files("leconfield.intake.extraction").joinpath("models", "incidents-places.txt")
    names = sorted(path.read_text("utf-8").split("\n"), key=lambda name: (-len(name), name))
    body = "|".join(re.escape(name) for name in names if name)
    return re.compile(rf"\b(?:in|at|near|outside|from|on|of|between|,)\s+(?:(?:down)?town\s+)?(?P<k>{body})\b")


def place_in(text: str, low: str, start: int, end: int) -> Filler | None:
    """The place named between two offsets of the text (`low`: its lower-case twin); None if none."""
    for pattern, name in ((_known(), "k"), (_NAMED, "")):
        for found in pattern.finditer(low, start, end):
            group = name or ("a" if found["a"] else "b")
            if not set(found[group].split()) & _NO_NAME:
                return Filler(*found.span(group), text[found.start(group) : found.end(group)])
    for found in _CAPITAL.finditer(text, start, end):
        if found["c"].split()[0].lower() not in _NO_PLACE:
            return Filler(*found.span("c"), found["c"])
    return None
