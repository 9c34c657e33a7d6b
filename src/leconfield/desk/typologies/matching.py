"""Which of a subject's facts an indicator is read from. Takes `Scorable` and nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import ahocorasick

from leconfield.desk.typologies.model import INCIDENT, LINK, NEAR, PROPERTY, TIER_NEAR, WORDS, Reads, Typology
from leconfield.desk.typologies.scorable import Fact, Scorable

_NOT: Final = frozenset(
    {"not", "no", "never", "without", "denied", "denies", "deny", "nor", "neither", "didnt", "wasnt"}
)
_REACH: Final = 4
"""Words before a phrase in which a *not* turns it round."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One fact that an indicator is read from."""

    indicator: int
    fact: Fact
    denied: bool


def hits(reading: Reading, scorable: Scorable) -> tuple[Hit, ...]:
    """Every fact of the subject that speaks to an indicator of the typology; none if it is not about such subjects."""
    if scorable.schema not in reading.typology.subjects:
        return ()
    return tuple(hit for fact in scorable.facts for hit in reading.of(fact))


class Reading:
    """A typology made ready to be read with: its lexicons as one automaton, the rest by what it reads."""

    def __init__(self, typology: Typology) -> None:
        self.typology = typology
        self._automaton = ahocorasick.Automaton()
        self._plain: dict[str, list[tuple[int, Reads]]] = {PROPERTY: [], LINK: [], INCIDENT: [], WORDS: []}
        """By the kind of fact: what is read from it without a lexicon."""
        phrases: dict[str, list[tuple[bool, int, Reads]]] = {}
        for place, indicator in enumerate(typology.indicators):
            for reads in indicator.reads:
                for each in reads.words:
                    phrases.setdefault(f" {each.rstrip('*')}", []).append((each.endswith("*"), place, reads))
                if not reads.words:
                    self._plain[LINK if reads.source == NEAR else reads.source].append((place, reads))
        for phrase, readers in phrases.items():
            self._automaton.add_word(phrase, (phrase, tuple(readers)))
        if phrases:
            self._automaton.make_automaton()

    def of(self, fact: Fact) -> Iterator[Hit]:
        """The indicators that the fact speaks to, each once."""
        told = {place: True for place, reads in self._plain[fact.kind] if _fits(reads, fact)}
        if fact.words and len(self._automaton):
            self._look_up(fact, told)
        for place, said in told.items():
            yield Hit(place, fact, fact.denied == said)

    def _look_up(self, fact: Fact, told: dict[int, bool]) -> None:
        """Add the indicators whose lexicon finds something in the fact's words; False where all of it is denied."""
        padded = f" {fact.words} "
        for end, (phrase, readers) in self._automaton.iter(padded):
            whole = padded[end + 1] == " "
            for any_ending, place, reads in readers:
                if (whole or any_ending) and _fits(reads, fact):
                    affirmed = not _negated(padded[: end + 1 - len(phrase)])
                    told[place] = told.get(place, False) or affirmed


def _negated(before: str) -> bool:
    return not _NOT.isdisjoint(before.split()[-_REACH:])


def _fits(reads: Reads, fact: Fact) -> bool:
    """Whether the fact is of the kind that is read; its words are looked up elsewhere."""
    if reads.source == WORDS:
        return True
    if reads.source == NEAR:
        return _near(reads, fact)
    if reads.source != fact.kind or (reads.names and fact.name not in reads.names):
        return False
    if reads.source == LINK:
        way = reads.direction == "any" or (reads.direction == "out") == fact.out
        return way and (not reads.to or fact.to in reads.to)
    if reads.source == INCIDENT:
        kind = not reads.types or any(fact.type.startswith(each) for each in reads.types)
        return kind and (not reads.stages or fact.stage in reads.stages)
    return True


def _near(reads: Reads, fact: Fact) -> bool:
    if reads.names and fact.name not in reads.names:
        return False
    if reads.who == TIER_NEAR:
        return any(f"{TIER_NEAR} {each}" in fact.marks for each in range(1, reads.tier + 1))
    return reads.who in fact.marks
