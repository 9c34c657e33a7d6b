"""Safer wordings: the same sentence with a blunter day, place, number or role, or without the name. Offers, no more.

Each is a guess of how it could be said; the gate checks each like any other sentence before it is offered.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from leconfield.gate.matching import keys
from leconfield.gate.matching.model import Feature, Sentence
from leconfield.gate.matching.words import concepts
from leconfield.intake.extraction.dates import dates

_ROLES: Final = {
    "educator": "somebody who taught",
    "medic": "somebody who worked in health care",
    "driver": "somebody who drove for a living",
    "engineer": "somebody with a technical training",
    "seafarer": "somebody who worked with ships",
    "journalist": "somebody who wrote for a living",
    "financier": "somebody who kept accounts",
    "lawyer": "somebody who worked in the law",
    "guard": "somebody who kept watch",
    "clerk": "somebody in an office",
    "trader": "somebody in trade",
    "farmer": "somebody who worked on the land",
    "officer": "somebody in uniform",
    "soldier": "somebody who had served",
    "craftsman": "somebody with a craft",
    "student": "somebody in training",
    "musician": "somebody who played music",
    "shot-firer": "somebody in a dangerous trade",
}
_SOME: Final = ((12, "several"), (100, "dozens of"), (1000, "hundreds of"), (10**6, "thousands of"))
_BEFORE_DAY: Final = re.compile(
    r"\b(?:on|at|by|in|since|until|from)\s+(?:(?:an?|the|one|that|this)\s+)?(?:(?:last|next|first|same|following)\s+)?$",
    re.IGNORECASE,
)
_AFTER_DAY: Final = re.compile(r"\s+(?:morning|afternoon|evening|night)s?\b")
_BETWEEN_DAYS: Final = re.compile(r"\s*(?:,|in|of|on|at|the|\s)*\s*")
_OTHERS: Final = re.compile(r"\b(?:the|his|her|their|our)\s+other\s+$", re.IGNORECASE)
_OF: Final = re.compile(r"\bof\s+(?:the\s+)?$", re.IGNORECASE)
_COUNTED: Final = re.compile(
    r"\s+(?!(?:and|or|but|of|in|on|at|to|a|an|the|is|was|were|are|who|that|which|from|by)\b)[a-z]"
)
_BEFORE_ROLE: Final = re.compile(r"\b(?:an?|the|one)\s+(?:[a-z-]+\s+){0,2}$", re.IGNORECASE)
_BEFORE_PLACE: Final = re.compile(r"\b(?:in|at|near|from|outside|to|of)\s+(?:the\s+)?$", re.IGNORECASE)
_TIMES: Final = frozenset({"that year", "at some time", "some years ago"})
_HOW: Final = {
    "date": "blunter date",
    "place": "blunter place",
    "number": "blunter number",
    "role": "blunter role",
    "name": "without the name",
    "identifier": "without the number",
}


@dataclass(frozen=True, slots=True)
class Wording:
    """A sentence in other words."""

    how: str
    words: str


def wordings(sentence: Sentence) -> Iterator[Wording]:
    """The sentence with each kind of detail made blunter, and with all of them, without doubles."""
    edits: dict[str, list[tuple[int, int, str]]] = {}
    for each in sentence.features:
        edit = _blunter(sentence, each)
        if edit is not None:
            edits.setdefault(_HOW[each.kind], []).append(edit)
    seen = {sentence.text}
    every = [edit for found in edits.values() for edit in found]
    for how, found in (*edits.items(), (", ".join(edits), every)):
        words = _edited(sentence.text, found)
        if words not in seen:
            seen.add(words)
            yield Wording(how, words)


def merged(one: Sentence, other: Sentence) -> Wording:
    """Two neighbouring sentences as one that says the blunter half of each."""
    first = list(wordings(one))
    second = list(wordings(other))
    left = (first[-1].words if first else one.text).rstrip(" .!?")
    right = (second[-1].words if second else other.text).strip()
    return Wording("merge", f"{left}, and {right[:1].lower()}{right[1:]}")


def _blunter(sentence: Sentence, feature: Feature) -> tuple[int, int, str] | None:
    """Where to write what instead; None if there is nothing blunter."""
    makers: Mapping[str, Callable[[Feature], str | None]] = {
        "date": _day,
        "place": _place,
        "number": _number,
        "role": _role,
        "name": lambda each: "somebody" if each.bearer else None,
        "identifier": lambda _: "a number that we know",
    }
    make = makers.get(feature.kind)
    instead = make(feature) if make else None
    if instead is None:
        return None
    start, end = feature.span.start - sentence.span.start, feature.span.end - sentence.span.start
    if feature.kind == "number":
        return _of_number(sentence.text, start, end, instead)
    lead = {"date": _BEFORE_DAY, "role": _BEFORE_ROLE, "place": _BEFORE_PLACE}.get(feature.kind)
    before = lead.search(sentence.text[:start]) if lead else None
    begin = before.start() if before else start
    if feature.kind == "place" and before is None:
        instead = "local"
    if feature.kind == "date" and (after := _AFTER_DAY.match(sentence.text, end)):
        end = after.end()
    if feature.kind == "role" and sentence.text[end : end + 2] in {"'s", "’s"}:
        instead, end = "somebody's", end + 2
    return begin, end, instead if begin else instead[:1].upper() + instead[1:]


def _of_number(text: str, start: int, end: int, instead: str) -> tuple[int, int, str] | None:
    """A blunter number, as it can be said there; None where it counts nothing: a time of day, a place in a list."""
    if _COUNTED.match(text, end):
        return start, end, instead if start else instead[:1].upper() + instead[1:]
    if others := _OTHERS.search(text[:start]):
        return others.start(), end, text[others.start() : start].rstrip() + "s"
    return (start, end, "a few") if _OF.search(text[:start]) else None


def _day(feature: Feature) -> str | None:
    found = next(dates(feature.words, ""), None)
    if found is None:
        return "at some time" if any(each.startswith(("wd:", "t:")) for each in feature.exact) else "that year"
    value = found.value[:10]
    if len(value) == len("2026-03-05"):
        return f"in {date.fromisoformat(value):%B %Y}"
    return f"in {value[:4]}" if len(value) > len("2026") else "some years ago"


def _place(feature: Feature) -> str | None:
    place = keys.place_named(feature.words)
    if place is None:
        return "at an address that we know"
    if place.kind == "country":
        return "abroad" if place.country != "GB" else None
    return "somewhere in the country" if place.country == "GB" else "abroad"


def _number(feature: Feature) -> str | None:
    own = next((int(each[2:]) for each in feature.exact if each.startswith("n:")), None)
    if own is None:
        return None
    rough = keys.rounded(own, 1)
    if rough != own:
        return f"about {rough:,}"
    return next((words for below, words in _SOME if own < below), "very many")


def _role(feature: Feature) -> str | None:
    table = concepts().roles
    word = feature.words.lower()
    role = table.get(word) or table.get(word.removesuffix("s"))
    return _ROLES.get(role or "")


def _edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    """The text with the edits made; one that overlaps an earlier one is left out, and of two days the first."""
    pieces: list[str] = []
    at, last = 0, ""
    for start, end, instead in sorted(edits):
        if start < at:
            continue
        between = text[at:start]
        if last in _TIMES and instead.lower() in _TIMES and _BETWEEN_DAYS.fullmatch(between):
            pieces[-1] = pieces[-1][:1] + instead[1:]
        else:
            pieces += [between, instead]
        at, last = end, instead.lower()
    return " ".join("".join((*pieces, text[at:])).split())
