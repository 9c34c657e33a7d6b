"""A first look at whether the wording of a report shows who told it: before it leaves the agent's compartment.

It reads the words alone and offers what to do; the gate asks later what a reader could work out. It finds too much
rather than too little, and certifies nothing.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

QUOTED: Final = 8
"""Words of somebody's own in a row: a way of speaking that may be known."""
_FEW: Final = (
    r"\b(?:only|just|none but|no one but|nobody but) (?:\w+ ){0,6}(?:know|knows|knew|present|there|told|saw|heard)\b"
    r"|\bin private\b|\balone with\b|\bin confidence\b|\bface to face\b"
)
_PATTERNS: Final = (
    (r"\b(?:I|me|my|mine|myself|we|us|our|ours)\b", "it is told in the first person", "tell it of nobody: it was said"),
    (
        r"\b(?:the|our|my|this) (?:source|agent|informant|contact|asset)\b|\bsub-?source\b",
        "it speaks of a source",
        "leave out that there is one",
    ),
    (
        r"\b(?:told|showed|gave|promised|asked|texted|rang|phoned) (?:me|him|her|us|the source)\b",
        "it says to whom it was said",
        "say what is the case, not to whom it was told",
    ),
    (
        _FEW,
        "it says that few can have known it",
        "say it without who else knew; or let it rest until others can have known",
    ),
    (
        r"\b(?:brother|sister|cousin|uncle|aunt|wife|husband|girlfriend|boyfriend|flatmate|neighbour|colleague|cellmate)\b",
        "it names a tie that may be the source's own",
        "use a blunter word, or none",
    ),
    (r"\b\d{1,2}[:.]\d{2}\s?(?:am|pm|hrs?|hours)?\b", "it gives the minute", "say morning, afternoon or evening"),
)
_QUOTE: Final = re.compile(r"[\"“«„]([^\"”»“]+)[\"”»“]")


@dataclass(frozen=True, slots=True)
class Shown:
    """A passage that may show who told it."""

    start: int
    end: int
    why: str
    instead: str


def shows(text: str, known_as: Iterable[str] = (), met_at: Iterable[str] = ()) -> tuple[Shown, ...]:
    """The passages that may show who told it, in their order.

    `known_as`: names that lead to the agent (codename, pseudonyms, cover names); `met_at`: places and days of the
    contact that it was told at.
    """
    found = [
        Shown(each.start(), each.end(), why, instead)
        for pattern, why, instead in _PATTERNS
        for each in re.finditer(pattern, text, re.IGNORECASE if not pattern.startswith(r"\b(?:I|") else 0)
    ]
    found += [Shown(*span, "it names the agent", "take the name out") for span in _spans(text, known_as)]
    found += [
        Shown(*span, "it gives place or day of the meeting", "say it without, or blunter")
        for span in _spans(text, met_at)
    ]
    found += [
        Shown(each.start(), each.end(), "it quotes word by word", "tell it in other words")
        for each in _QUOTE.finditer(text)
        if len(each[1].split()) >= QUOTED
    ]
    return tuple(sorted(set(found), key=lambda each: (each.start, each.end, each.why)))


def pieces(text: str, found: Iterable[Shown]) -> tuple[tuple[str, bool], ...]:
    """The text cut where passages begin and end, each piece with whether it may show who told it; none is empty."""
    spans = [(each.start, each.end) for each in found]
    cuts = sorted({0, len(text), *(place for span in spans for place in span)})
    cut = [(text[a:b], any(start <= a and b <= end for start, end in spans)) for a, b in pairwise(cuts)]
    return tuple((words, lit) for words, lit in cut if words)


def _spans(text: str, words: Iterable[str]) -> list[tuple[int, int]]:
    """Where any of the words stand, whatever their case, accents, and blanks or signs between letters."""
    folded, places = _folded(text)
    spans = []
    for each in words:
        wanted, _ = _folded(each)
        if len(wanted) < 3:  # two letters stand everywhere
            continue
        at = folded.find(wanted)
        while at >= 0:
            spans.append((places[at], places[at + len(wanted) - 1] + 1))
            at = folded.find(wanted, at + 1)
    return spans


def _folded(text: str) -> tuple[str, list[int]]:
    """Letters and digits alone, without case and accents, each with its place."""
    letters, places = [], []
    for place, character in enumerate(text):
        for each in unicodedata.normalize("NFKD", character).casefold():
            if each.isalnum():
                letters.append(each)
                places.append(place)
    return "".join(letters), places
