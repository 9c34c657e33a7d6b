"""Which of a subject's facts an indicator is read from. Takes `Scorable` and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import ahocorasick

from leconfield.desk.typologies.model import INCIDENT, LINK, NEAR, PROPERTY, TIER_NEAR, WORDS, Reads, Typology
from leconfield.desk.typologies.scorable import Fact, Scorable

_NOT: Final = frozenset(
    {"not", "no", "never", "without", "denied", "denies", "deny", "nor", "neither", "didnt", "wasnt"}
)
_REACH: Final = 4
"""Words before a phrase in which a *not* turns it round."""
Lexicon = Callable[[str], bool | None]
"""Whether the words say it (True), deny it (False), or do not speak of it (None)."""


@dataclass(frozen=True, slots=True)
class Hit:
    """One fact that an indicator is read from."""

    indicator: int
    fact: Fact
    denied: bool


def hits(typology: Typology, scorable: Scorable) -> tuple[Hit, ...]:
    """Every fact of the subject that speaks to an indicator of the typology; none if it is not about such subjects."""
    if scorable.schema not in typology.subjects:
        return ()
    reading = reading_of(typology)
    return tuple(hit for fact in scorable.facts for hit in reading.of(fact))


class Reading:
    """A typology made ready to be read with: its indicators by what they read, its lexicons as one automaton."""

    def __init__(self, typology: Typology) -> None:
        self._by_source: dict[str, list[tuple[int, Reads]]] = {}
        self._automaton = ahocorasick.Automaton()
        for place, indicator in enumerate(typology.indicators):
            for reads in indicator.reads:
                self._by_source.setdefault(reads.source, []).append((place, reads))
        self._learn()

    def of(self, fact: Fact) -> Iterator[Hit]:
        """The indicators that the fact speaks to, each once."""
        told: dict[int, bool] = {}
        spoken = self._spoken(fact.words)
        sources = (LINK, NEAR) if fact.kind == LINK else (fact.kind, WORDS) if fact.kind == PROPERTY else (fact.kind,)
        for source in sources:
            for place, reads in self._by_source.get(source, ()):
                if _fits(reads, fact):
                    said = spoken.get(id(reads)) if reads.words else True
                    if said is not None:
                        told[place] = told.get(place, False) or said
        for place, said in told.items():
            yield Hit(place, fact, fact.denied == said)

    def _learn(self) -> None:
        phrases: dict[str, list[tuple[bool, int]]] = {}
        for listed in self._by_source.values():
            for _, reads in listed:
                for each in reads.words:
                    phrases.setdefault(f" {each.rstrip('*')}", []).append((each.endswith("*"), id(reads)))
        for phrase, readers in phrases.items():
            self._automaton.add_word(phrase, (phrase, tuple(readers)))
        if phrases:
            self._automaton.make_automaton()

    def _spoken(self, words: str) -> dict[int, bool]:
        """Which lexicons find something in the words; False where all of it is denied."""
        found: dict[int, bool] = {}
        if not words or not len(self._automaton):
            return found
        padded = f" {words} "
        for end, (phrase, readers) in self._automaton.iter(padded):
            whole = padded[end + 1] == " "
            affirmed = not _negated(padded[: end + 1 - len(phrase)])
            for any_ending, reader in readers:
                if whole or any_ending:
                    found[reader] = found.get(reader, False) or affirmed
        return found


@lru_cache(maxsize=256)
def reading_of(typology: Typology) -> Reading:
    """The typology made ready, once."""
    return Reading(typology)


def _negated(before: str) -> bool:
    return not _NOT.isdisjoint(before.split()[-_REACH:])


def _fits(reads: Reads, fact: Fact) -> bool:
    """Whether the fact is of the kind that is read; its words are looked at elsewhere."""
    if reads.source == NEAR:
        return _near(reads, fact)
    if (
        reads.names
        and fact.kind in (PROPERTY, LINK, INCIDENT)
        and reads.source != WORDS
        and fact.name not in reads.names
    ):
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


def about(indicator: int, found: Iterable[Hit]) -> list[Hit]:
    """The hits of one indicator."""
    return [each for each in found if each.indicator == indicator]
