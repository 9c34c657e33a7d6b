"""Who and what may fill a role: spans the tagger finds possible, gathered into things, each with several wordings."""

from __future__ import annotations

import re
import string
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from leconfield.intake.extraction.incidents.lexicon import lexicon
from leconfield.intake.extraction.incidents.reading import Opinion, Reading
from leconfield.intake.extraction.incidents.segment import Sentence
from leconfield.intake.extraction.incidents.weights import ROLES

WORTH_A_LOOK: Final = 0.12
"""Least probability of any role at which a word becomes part of a candidate."""
_NO_START: Final = frozenset({"the", "a", "an", "of", "and", ",", ".", ")", '"', "'s"})
_NO_END: Final = frozenset(
    {"the", "of", "and", ",", ".", "(", '"', "'s", "-", "who", "that", "to", "with", "on", "by", "in", "at", "today"}
)
_SPLITS: Final = frozenset({"and", ",", ";", "or"})
_TAIL: Final = frozenset(lexicon().words["tail"])
_PUNCTUATION: Final = str.maketrans("", "", string.punctuation)
_ARTICLE: Final = re.compile(r"\b(?:a|an|the)\b")


@dataclass(frozen=True, slots=True)
class Place:
    """Some words of one sentence: sentence number and word range."""

    sentence: int
    first: int
    last: int
    """After the last word."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A span that the tagger finds possible in a role."""

    place: Place
    key: str
    mean: float
    """Mean probability of the role over its words."""
    most: float
    chosen: bool
    """Whether the tagger's best labelling has it."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Spots that seem to speak of one person, group, building or weapon, in one role."""

    role: str
    spots: tuple[Spot, ...]

    @property
    def mean(self) -> float:
        """The tagger's highest opinion of it."""
        return max(spot.mean for spot in self.spots)

    @property
    def first(self) -> int:
        """The first sentence that has it."""
        return min(spot.place.sentence for spot in self.spots)


@dataclass(frozen=True, slots=True)
class Wording:
    """One way to word a thing: the same words may stand at several spots."""

    thing: int
    key: str
    place: Place
    spot: Spot
    """The likeliest spot that has this wording."""
    times: int
    weight: float
    """Sum of the probabilities of the spots that have it."""
    exact: int
    """At how many spots it is the whole span."""


def key_of(words: str) -> str:
    """Words as they are compared: lower case, no punctuation, no articles, single spaces."""
    return " ".join(_ARTICLE.sub(" ", words.lower().translate(_PUNCTUATION)).split())


def words_at(reading: Reading, place: Place) -> str:
    """The words at a place, as the original text has them."""
    start, end = offsets(reading, place)
    return reading.pages.text[start:end]


def offsets(reading: Reading, place: Place) -> tuple[int, int]:
    """Character offsets of a place."""
    sentence = reading.pages.sentences[place.sentence]
    return sentence.starts[place.first], sentence.ends[place.last - 1]


def things(reading: Reading) -> list[Thing]:
    """Everything that may fill a role, in order of role and first spot."""
    by_role: dict[str, list[list[Spot]]] = {role: [] for role in ROLES}
    for at, (opinions, best) in enumerate(zip(reading.opinions, reading.best, strict=True)):
        for role, spot in _spots(reading, at, opinions, best):
            homes = by_role[role]
            home = next((spots for spots in homes if any(same(spot.key, other.key) for other in spots)), None)
            if home is None:
                homes.append([spot])
            else:
                home.append(spot)
    return [Thing(role, tuple(spots)) for role, found in by_role.items() for spots in found]


def same(left: str, right: str) -> bool:
    """Whether two keys may name one thing: one has all the words of the other, or is its initials."""
    if left == right:
        return True
    a, b = left.split(), right.split()
    return set(a) <= set(b) or set(b) <= set(a) or _initials(a, b) or _initials(b, a)


def _initials(short: Sequence[str], long: Sequence[str]) -> bool:
    if len(short) != 1 or len(long) < 2:
        return False
    return short[0] == "".join(word[0] for word in long if word not in {"of", "for", "and", "de", "la"})


def _spots(reading: Reading, at: int, opinions: Sequence[Opinion], best: Sequence[str]) -> list[tuple[str, Spot]]:
    sentence = reading.pages.sentences[at]
    labels = [_label(opinion, label) for opinion, label in zip(opinions, best, strict=True)]
    found: list[tuple[str, Spot]] = []
    first = 0
    while first < len(labels):
        label = labels[first]
        last = first + 1
        if label != "O":
            role = label[2:]
            while last < len(labels) and labels[last] == f"I-{role}":
                last += 1
            for place in _conjuncts(sentence, Place(at, first, last)):
                spot = _spot(reading, place, role, opinions, best, sentence)
                if spot is not None:
                    found.append((role, spot))
        first = last
    return found


def _conjuncts(sentence: Sentence, place: Place) -> list[Place]:
    """The span cut at its commas and conjunctions."""
    cuts = [n for n in range(place.first + 1, place.last - 1) if sentence.words[n] in _SPLITS]
    edges = [place.first - 1, *cuts, place.last]
    return [Place(place.sentence, a + 1, b) for a, b in pairwise(edges) if a + 1 < b]


def _label(opinion: Opinion, best: str) -> str:
    if best != "O" or not opinion:
        return best
    if sum(opinion.values()) <= WORTH_A_LOOK:
        return "O"
    return max(opinion, key=lambda label: (opinion[label], label))


def _spot(
    reading: Reading, place: Place, role: str, opinions: Sequence[Opinion], best: Sequence[str], sentence: Sentence
) -> Spot | None:
    sure = [_role_of(opinions[n], role) for n in range(place.first, place.last)]
    first, last = place.first, place.last
    while first < last and sentence.words[first] in _NO_START:
        first += 1
    while first < last and sentence.words[last - 1] in _NO_END:
        last -= 1
    if first == last:
        return None
    trimmed = Place(place.sentence, first, last)
    key = key_of(words_at(reading, trimmed))
    if not key or len(key) > 120:
        return None
    chosen = any(label != "O" for label in best[first:last])
    return Spot(trimmed, key, sum(sure) / len(sure), max(sure), chosen)


def _role_of(opinion: Opinion, role: str) -> float:
    return opinion.get(f"B-{role}", 0.0) + opinion.get(f"I-{role}", 0.0)


def wordings(reading: Reading, number: int, thing: Thing) -> list[Wording]:
    """The ways in which a thing may be worded, from every spot that has it."""
    spots: dict[str, list[tuple[Spot, Place]]] = defaultdict(list)
    for spot in thing.spots:
        for place in _variants(reading.pages.sentences[spot.place.sentence], spot.place):
            key = key_of(words_at(reading, place))
            if key:
                spots[key].append((spot, place))
    found: list[Wording] = []
    for key, uses in spots.items():
        spot, place = max(uses, key=lambda use: use[0].mean)
        found.append(
            Wording(
                thing=number,
                key=key,
                place=place,
                spot=spot,
                times=len(uses),
                weight=sum(use[0].mean for use in uses),
                exact=sum(use[0].place == use[1] for use in uses),
            )
        )
    return found


def _variants(sentence: Sentence, place: Place) -> list[Place]:
    """The span itself; without words at its front; without what follows a preposition; one word wider."""
    words, first, last = sentence.words, place.first, place.last
    ends = [last]
    ends += [n for n in range(first + 1, last) if words[n] in _TAIL][:1]
    ranges = {(start, end) for end in ends for start in range(first, min(end, first + 5))}
    if first > 0 and _may_precede(words[first - 1], lexicon().triggers, lexicon().classes):
        ranges.add((first - 1, last))
    return [
        Place(place.sentence, start, end)
        for start, end in sorted(ranges)
        if words[start] not in _NO_START and words[end - 1] not in _NO_END
    ]


def _may_precede(word: str, triggers: Mapping[str, str], classes: Mapping[str, str]) -> bool:
    return word[0].isalnum() and word not in triggers and not classes.get(word, "").startswith(("pre", "be"))
