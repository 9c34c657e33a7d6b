"""From the sentences of a draft to the passages that they may rest on: generous, for what is missed may burn."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from leconfield.gate.matching import keys
from leconfield.gate.matching.features import Named, read
from leconfield.gate.matching.index import BACKGROUND, Passages, names_of
from leconfield.gate.matching.model import Feature, Match, Matched, Passage, Sentence
from leconfield.gate.matching.plain import on_draft, plainly
from leconfield.gate.matching.words import ORDINARY, common, concepts
from leconfield.intake.search import folded
from leconfield.ledger.model import ReportId
from leconfield.ledger.world import World
from leconfield.registry.mentions import KnownNames
from leconfield.registry.resolution import Partition

MOST_MATCHES: Final = 400
"""Passages kept for one sentence; one with more is said to be capped."""
TELLING: Final = 3.0
"""Bits from which a feature tells something: fewer than one passage in eight has it."""
LEAST_BITS: Final = 10.0
"""What a passage and a sentence have in common at the least."""
WHOLE_SHARE: Final = 0.5
"""How much of what a sentence tells a whole report has at the least, where no passage of it has as much."""
LEAST_SHARE: Final = 0.3
"""How much of what a sentence tells a passage has at the least, by weight."""
STRONG_BITS: Final = 16.0
"""What is enough however much else the sentence tells."""
ORDINARY_BITS: Final = 4.0
"""What any word has to tell before a few of them together tell anything: words that go together are no accident."""
_NEAR: Final = 0.75
"""What a feature weighs that a passage only may mean."""
_WORTH: Final = {"name": 1.5, "identifier": 2.0, "date": 1.0, "number": 1.0, "place": 1.0, "role": 1.0, "word": 1.0}
_RARE: Final = 7.0
TELLING_KINDS: Final = frozenset({"name", "place", "identifier"})
"""Kinds of features one of which is a topic by itself."""
_LEAST_NUMBER: Final = 100
"""A number from which on it is one, too, unless it may be a year."""
_YEARS: Final = range(1900, 2100)

Protected = Callable[[ReportId], bool]
Numbers = NDArray[np.uint32]
"""Of passages, in order."""
Masks = NDArray[np.uint64]
"""Bits over the features of one sentence, for each passage."""


def sentences_of(world: World, text: str, written: str) -> list[Sentence]:
    """The sentences of a draft, read as a reader would, with the names that this world knows."""
    plain = plainly(text)
    found = read(plain.text, written, named_in(world, plain.text))
    return found if plain.text == text else [on_draft(each, plain, text) for each in found]


def named_in(world: World, text: str) -> Named:
    """Where known subjects are named, and the keys of all the names that each of them bears."""
    found: dict[tuple[int, int], tuple[str, frozenset[str]]] = {}
    partition, passages = world.derived(Partition), world.derived(Passages)
    for start, end, which in world.derived(KnownNames).known_in(text):
        subject = partition.subject_of(which)
        names = {name for record in subject.records for name in names_of(world, record)}
        known = frozenset(key for name in (*names, text[start:end]) for key in _telling_of(passages, name))
        bearer, others = found.get((start, end), (str(subject.id), frozenset[str]()))
        found[start, end] = (bearer, known | others)
    return found


def _telling_of(passages: Passages, name: str) -> tuple[str, ...]:
    """The key of the rarest word of a name, or of the identifier that it is."""
    words = [
        found[0] for word in folded(name).replace("-", " ").split() if (found := keys.of_word(word.strip(".,'’()")))
    ]
    rarest = min(words, key=lambda each: (passages.holding(each), -len(each)), default="")
    number = f"i:{keys.compact(name)}"
    return tuple(each for each in (rarest, number if any(map(str.isdigit, name)) else "") if each)


def matched(world: World, sentence: Sentence, protected: Protected) -> Matched:
    """Every passage that the sentence may rest on, the best first, and its words that protected reports alone use."""
    passages = world.derived(Passages)
    looked = _Looked(passages, sentence.features)
    found = looked.matches()
    covered = 0
    for each in found:
        covered |= each.meant if protected(each.passage.report) else 0
    topical = _topics(passages, sentence, looked.exact, protected, covered, plain=not found)
    grave = () if found else _grave(passages, sentence, looked.exact, protected)
    capped = sentence.capped or len(found) > MOST_MATCHES
    return Matched(sentence, tuple(found[:MOST_MATCHES]), topical, grave, capped)


def _grave(
    passages: Passages, sentence: Sentence, exact: Sequence[NDArray[np.uint32]], protected: Protected
) -> tuple[str, ...]:
    """The words of a sentence for violence or its means, of which protected reports speak."""
    groups = concepts().grave
    return tuple(
        each.words
        for each, found in zip(sentence.features, exact, strict=True)
        if each.exact & groups and any(protected(passages.report_of(int(one))) for one in found[:MOST_MATCHES])
    )


def _topics(
    passages: Passages,
    sentence: Sentence,
    exact: Sequence[NDArray[np.uint32]],
    protected: Protected,
    covered: int,
    *,
    plain: bool,
) -> tuple[str, ...]:
    """The words of a sentence that none but protected reports use, and that no match accounts for.

    `plain`: plain words, too; else names, places and numbers alone.
    """
    looked = enumerate(zip(sentence.features, exact, strict=True))
    return tuple(
        each.words
        for place, (each, found) in looked
        if not covered >> place & 1 and (plain or is_telling(each)) and _topical(passages, each, found, protected)
    )


def is_telling(feature: Feature) -> bool:
    """Whether it is a topic by itself: a name, a place, an identifier, or a number that is nobody's age or year."""
    if feature.kind != "number":
        return feature.kind in TELLING_KINDS
    own = [int(each[2:]) for each in feature.exact if each.startswith("n:")]
    return any(each >= _LEAST_NUMBER and each not in _YEARS for each in own)


def _topical(passages: Passages, feature: Feature, found: NDArray[np.uint32], protected: Protected) -> bool:
    """Whether reports use a word that none but protected ones use."""
    if not found.size or _common(feature) >= ORDINARY:
        return False
    if not feature.specific and _bits(passages, found.size, feature) < _RARE:
        return False
    reports = {passages.report_of(int(each)) for each in found[:MOST_MATCHES]}
    return all(protected(each) for each in reports)


def _bits(passages: Passages, holding: int, feature: Feature) -> float:
    """How unlikely it is that a passage says it: what ordinary prose often says tells little, however small a desk."""
    return math.log2((len(passages) + BACKGROUND) / (holding + BACKGROUND * _common(feature) + 1))


def _common(feature: Feature) -> float:
    """In what part of the sentences of ordinary prose it stands; names of known subjects in none."""
    return 0.0 if feature.bearer else common(feature.exact | feature.near)


class _Looked:
    """The features of one sentence, looked up."""

    def __init__(self, passages: Passages, features: Sequence[Feature]) -> None:
        self._passages = passages
        self.exact = [passages.having(each.exact) for each in features]
        self._near = [passages.having(each.exact | each.near) for each in features]
        self._weights = [
            _WORTH[each.kind] * bits if (bits := _bits(passages, near.size, each)) >= TELLING else 0.0
            for each, near in zip(features, self._near, strict=True)
        ]
        self._total = sum(self._weights)
        self._specific = sum(1 << place for place, each in enumerate(features) if each.kind not in {"word", "role"})
        self._rare_of: dict[int, float] = {}
        """By what is in common: many passages have the same."""

    def matches(self) -> list[Match]:
        """The passages, and pairs of neighbouring ones where neither says it alone, the best first."""
        number, meant = self._masks(self._near)
        said = self._aligned(number, *self._masks(self.exact))
        found = self._judged(number, number, said, meant)
        found += self._pairs(number, said, meant)
        found += self._wholes(number, said, meant, found)
        return sorted(found, key=lambda each: (-each.share, each.passage.report, each.passage.start, each.passage.end))

    def _pairs(self, number: Numbers, said: Masks, meant: Masks) -> list[Match]:
        """Neighbouring sentences each of which says what the other does not."""
        more, less = meant[1:] & ~meant[:-1], meant[:-1] & ~meant[1:]
        here = np.flatnonzero((number[1:] == number[:-1] + 1) & (more != 0) & (less != 0))
        here = here[self._passages.followed(number[here])]
        return self._judged(number[here], number[here + 1], said[here] | said[here + 1], meant[here] | meant[here + 1])

    def _wholes(self, number: Numbers, said: Masks, meant: Masks, found: Iterable[Match]) -> Iterator[Match]:
        """Reports that say here and there what none of their passages says together."""
        if not number.size:
            return
        best = {each.passage.report: each.share for each in sorted(found, key=lambda each: each.share)}
        reports, where = np.unique(self._passages.reports_of(number), return_inverse=True)
        all_said, all_meant = np.zeros(reports.size, np.uint64), np.zeros(reports.size, np.uint64)
        np.bitwise_or.at(all_said, where, said)
        np.bitwise_or.at(all_meant, where, meant)
        for which, match in self._good(all_said, all_meant):
            report = self._passages.reports[reports[which]]
            share = match[2]
            if share >= WHOLE_SHARE and share > best.get(report, 0.0):
                yield Match(Passage(report, -1, -1), *match)

    def _masks(self, postings: Iterable[Numbers]) -> tuple[Numbers, Masks]:
        """Passages, and the bits of the telling features that each has; those with too little of them are left out."""
        bits = [(place, found) for place, found in enumerate(postings) if self._weights[place] and found.size]
        if not bits:
            return np.empty(0, np.uint32), np.empty(0, np.uint64)
        every = np.concatenate([found for _, found in bits])
        numbers, where = np.unique(every, return_inverse=True)
        masks = np.zeros(numbers.size, np.uint64)
        weights = np.zeros(numbers.size)
        at = 0
        for place, found in bits:
            here = where[at : at + found.size]
            masks[here] |= np.uint64(1 << place)
            weights[here] += self._weights[place]
            at += found.size
        kept = weights >= _NEAR * LEAST_BITS / 2
        return numbers[kept], masks[kept]

    def _aligned(self, number: Numbers, some: Numbers, masks: Masks) -> Masks:
        """The masks of some of the passages, for each of them all; nothing for the others."""
        aligned = np.zeros(number.size, np.uint64)
        aligned[np.searchsorted(number, some)] = masks  # whoever says it may mean it: all of them are there
        return aligned

    def _judged(self, first: Numbers, last: Numbers, said: Masks, meant: Masks) -> list[Match]:
        """Matches with the passages from first to last."""
        found = []
        for which, match in self._good(said, meant):
            passage = self._passages.passage(int(first[which]), int(last[which]))
            found.append(Match(passage, *match))
        return found

    def _good(self, said: Masks, meant: Masks) -> Iterator[tuple[int, tuple[int, int, float, float, float]]]:
        """Those that have enough in common with the sentence: the place of each, and the match but for its passage."""
        weight = self._weight(said) + _NEAR * self._weight(meant & ~said)
        share = weight / self._total if self._total else np.zeros(weight.size)
        one = np.uint64(1)
        two = meant & (meant - one)
        several = ((two & (two - one)) != 0) | ((meant & np.uint64(self._specific)) != 0)
        enough = (weight >= LEAST_BITS) & (share >= LEAST_SHARE) & (two != 0) & several
        for which in np.flatnonzero(enough | (weight >= STRONG_BITS)).tolist():
            in_common = int(meant[which])
            rounded = round(float(share[which]), 4), round(float(weight[which]), 1)
            rare = self._rare_of.get(in_common)
            if rare is None:
                rare = self._rare_of[in_common] = self._rare(in_common)
            yield which, (int(said[which]) & in_common, in_common, *rounded, rare)

    def _rare(self, mask: int) -> float:
        """What is told beyond what any passage has of such words by the way; anything but words always tells."""
        if mask & self._specific:
            return math.inf
        return sum(max(0.0, each - ORDINARY_BITS) for place, each in enumerate(self._weights) if mask >> place & 1)

    def _weight(self, masks: Masks) -> NDArray[np.float64]:
        total = np.zeros(masks.size)
        for place, weight in enumerate(self._weights):
            if weight:
                total += weight * ((masks >> np.uint64(place)) & np.uint64(1)).astype(np.float64)
        return total


def words_of(world: World, passage: Passage) -> str:
    """The words of a passage: what stands in the report, or its title."""
    report = world.reports[passage.report]
    return report.title if passage.start < 0 else report.text[passage.start : passage.end]
