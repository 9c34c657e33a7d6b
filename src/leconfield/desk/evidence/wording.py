"""The first check of words written for the other side: that they do not name whom or what they must not.

It finds what it knows by name: sources, codewords, tokens of labels, officers, people on the register, and words that
are copied from an intercept. Whether somebody can be told from the rest is for a second check: see `checked_also_by`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

from leconfield.desk.evidence.intercept import Intercepted
from leconfield.ledger.accounts import KEEPER
from leconfield.ledger.marking import TIERS
from leconfield.ledger.model import Report
from leconfield.ledger.view import View
from leconfield.ledger.vocabulary import ONLINE, PERSON, PHONE, VEHICLE
from leconfield.ledger.world import Delta, World
from leconfield.registry.chips import name_of
from leconfield.registry.lookup import subject_in
from leconfield.registry.mentions import KnownNames
from leconfield.registry.query import parse_query
from leconfield.registry.trace import trace

STOP: Final = "stop"
"""It may not be said."""
HOLD: Final = "hold"
"""Somebody must look again, and say that it may."""
_LEAST: Final = 3
"""Letters of a codeword that is looked for."""
_LIKELY: Final = 0.5
"""From this probability on a name in the text is said to be that of somebody known."""
_MOST_NAMES: Final = 8
"""Names in one text that are traced."""
_OPEN: Final = "open"
_WORD: Final = re.compile(r"\w+")
_CAPITALISED: Final = re.compile(r"\b[^\W\d_a-z]\w+(?:[ '’-]+[^\W\d_a-z]\w+)+")
_PROTECTED: Final = frozenset({PERSON, PHONE, ONLINE, VEHICLE})
"""Schemata by whose names somebody can be found."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the words that must not be there, or must be looked at again."""

    verdict: str
    found: str
    """As it stands in the words."""
    why: str


Check = Callable[[View, str, tuple[str, ...]], Iterable[Finding]]
"""Finds in a text, within a view, what must not be said; the last are names that the court knows already."""

_also: tuple[Check, ...] = ()


def checked_also_by(checks: Sequence[Check]) -> None:
    """Let these look at every text, too; told once, where the site is put together."""
    global _also  # noqa: PLW0603 - the one seam through which a department above the desk looks at what is disclosed
    _also = tuple(checks)


class Codewords:
    """The names of sources and of officers that a world knows (a `Derived`)."""

    def __init__(self) -> None:
        self.sources: set[str] = set()
        self.officers: set[str] = set()

    @classmethod
    def of(cls, world: World) -> Self:
        """Look through the whole world."""
        found = cls()
        found.grow(world, Delta(reports=tuple(world.reports.values()), entries=tuple(world.entries)))
        return found

    def grow(self, _world: World, delta: Delta) -> None:
        """Look through what is new."""
        self.sources.update(name for each in delta.reports for name in _sources(each))
        self.officers.update(each.by for each in delta.entries if each.by != KEEPER.name)


def _sources(report: Report) -> Iterator[str]:
    """Whoever must not be named as the source of a report; of open material nobody."""
    if report.channel.strip().casefold() != _OPEN:
        yield from (each for each in (report.source, report.origin) if len(each) >= _LEAST)


def first_check(view: View, text: str, parties: tuple[str, ...] = ()) -> list[Finding]:
    """What is wrong with the text, as far as the view knows; what must stop it first."""
    found = [
        each
        for check in (_tokens, _codewords, _officers, _copied, _named, *_also)
        for each in check(view, text, parties)
    ]
    once = dict.fromkeys(found)
    return sorted(once, key=lambda each: (each.verdict != STOP, each.found, each.why))


def _tokens(view: View, text: str, _parties: tuple[str, ...]) -> Iterator[Finding]:
    """Tokens of labels as the reader holds them, their parts, and the words of a tier as a marking writes them."""
    held = {part for each in view.reader.tokens for part in (each, *re.split(r"[.:/_-]", each))}
    for each in sorted(held - set(TIERS)):
        if len(each) >= _LEAST and _stands(each, text):
            yield Finding(STOP, each, "a label or a compartment bears this word")
    for tier, words in TIERS.items():
        if re.search(rf"\b(?:{tier if len(tier) > 1 else words}|{words})\b", text):
            yield Finding(STOP, words, "it is the marking of a tier")


def _codewords(view: View, text: str, _parties: tuple[str, ...]) -> Iterator[Finding]:
    for each in sorted(view.derived(Codewords).sources):
        if _stands(each, text):
            yield Finding(STOP, each, "a source is known by this word")


def _officers(view: View, text: str, parties: tuple[str, ...]) -> Iterator[Finding]:
    """Officers by the name with which they sign in, unless it is written small, as a common word would be."""
    for each in sorted(view.derived(Codewords).officers):
        for hit in re.finditer(rf"(?<!\w){re.escape(each)}(?!\w)", text, re.IGNORECASE):
            if not hit.group().islower() and not _known_to_court(hit.group(), parties):
                yield Finding(STOP, hit.group(), "an officer, perhaps a handler, is known by this name")


def _copied(view: View, text: str, _parties: tuple[str, ...]) -> Iterator[Finding]:
    if view.derived(Intercepted).quoted(text):
        yield Finding(STOP, "a run of words", "the same words stand in an intercept")


def _named(view: View, text: str, parties: tuple[str, ...]) -> Iterator[Finding]:
    """Registered subjects by any name or number of theirs; and names that may be those of somebody known."""
    for start, end, which in view.derived(KnownNames).known_in(text):
        words = text[start:end]
        if not _known_to_court(words, parties):
            schema = subject_in(view.world, which).schema
            yield Finding(STOP if schema in _PROTECTED else HOLD, words, "it names a subject on the register")
    names = dict.fromkeys(each for each in _CAPITALISED.findall(text) if not _known_to_court(each, parties))
    for each in list(names)[:_MOST_NAMES]:
        hits = trace(view.world, parse_query(each)).hits
        if hits and hits[0].probability >= _LIKELY and not _known_to_court(name_of(hits[0].subject), parties):
            yield Finding(HOLD, each, f"it may be {name_of(hits[0].subject)}, who is known here")


def _stands(word: str, text: str) -> bool:
    """Whether the word stands in the text, whatever its case and what is between its parts."""
    parts = _WORD.findall(word.replace("_", " "))
    if not parts:
        return False
    pattern = r"[\W_]*".join(map(re.escape, parts))
    return re.search(rf"(?<![^\W_]){pattern}(?![^\W_])", text, re.IGNORECASE) is not None


def _known_to_court(name: str, parties: tuple[str, ...]) -> bool:
    """Whether the name is that of a party, or a part of it."""
    words = set(_WORD.findall(name.casefold()))
    return bool(words) and any(words <= set(_WORD.findall(each.casefold())) for each in parties)
