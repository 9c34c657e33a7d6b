"""From the sentences of a draft to the passages that they may rest on: generous, for what is missed may burn."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from leconfield.gate.matching import keys
from leconfield.gate.matching.features import Named, read
from leconfield.gate.matching.index import BACKGROUND, Passages, names_of
from leconfield.gate.matching.model import Feature, Match, Matched, Passage, Sentence
from leconfield.gate.matching.words import concepts
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
_NEAR: Final = 0.75
"""What a feature weighs that a passage only may mean."""
_WORTH: Final = {"name": 1.5, "identifier": 2.0, "date": 1.0, "number": 1.0, "place": 1.0, "role": 1.0, "word": 1.0}
_RARE: Final = 7.0
TELLING_KINDS: Final = frozenset({"name", "place", "identifier"})
"""Kinds of features one of which is a topic by itself."""

Protected = Callable[[ReportId], bool]


def sentences_of(world: World, text: str, written: str) -> list[Sentence]:
    """The sentences of a draft, read with the names that this world knows."""
    return read(text, written, named_in(world, text))


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
        if not covered >> place & 1
        and (plain or each.kind in TELLING_KINDS)
        and _topical(passages, each, found, protected)
    )


def _topical(passages: Passages, feature: Feature, found: NDArray[np.uint32], protected: Protected) -> bool:
    """Whether reports use a word that none but protected ones use."""
    if not found.size or (not feature.specific and _bits(passages, found.size) < _RARE):
        return False
    reports = {passages.report_of(int(each)) for each in found[:MOST_MATCHES]}
    return all(protected(each) for each in reports)


def _bits(passages: Passages, holding: int) -> float:
    return math.log2((len(passages) + BACKGROUND) / (holding + 1))


class _Looked:
    """The features of one sentence, looked up."""

    def __init__(self, passages: Passages, features: Sequence[Feature]) -> None:
        self._passages = passages
        self.exact = [passages.having(each.exact) for each in features]
        self._near = [passages.having(each.exact | each.near) for each in features]
        self._weights = [
            _WORTH[each.kind] * bits if (bits := _bits(passages, near.size)) >= TELLING else 0.0
            for each, near in zip(features, self._near, strict=True)
        ]
        self._total = sum(self._weights)
        self._specific = sum(1 << place for place, each in enumerate(features) if each.kind not in {"word", "role"})

    def matches(self) -> list[Match]:
        """The passages, and pairs of neighbouring ones where neither says it alone, the best first."""
        said = self._masks(self.exact)
        meant = self._masks(self._near)
        found: list[Match] = []
        for number, mask in meant.items():
            own = self._match(number, number, said.get(number, 0), mask)
            following = meant.get(number + 1, 0)
            both = None
            if following & ~mask and mask & ~following and self._passages.follows(number):
                both_said = said.get(number, 0) | said.get(number + 1, 0)
                both = self._match(number, number + 1, both_said, mask | following)
            found += [each for each in (own, both) if each is not None]
        found += self._wholes(said, meant, found)
        return sorted(found, key=lambda each: (-each.share, each.passage.report, each.passage.start, each.passage.end))

    def _wholes(self, said: dict[int, int], meant: dict[int, int], found: Iterable[Match]) -> Iterator[Match]:
        """Reports that say here and there what none of their passages says together."""
        best = {each.passage.report: each.share for each in sorted(found, key=lambda each: each.share)}
        whole: dict[ReportId, tuple[int, int]] = {}
        for number, mask in meant.items():
            report = self._passages.report_of(number)
            before = whole.get(report, (0, 0))
            whole[report] = (before[0] | said.get(number, 0), before[1] | mask)
        for report, (all_said, all_meant) in whole.items():
            match = self._judged(Passage(report, -1, -1), all_said, all_meant)
            if match and match.share >= WHOLE_SHARE and match.share > best.get(report, 0.0):
                yield match

    def _masks(self, postings: Iterable[NDArray[np.uint32]]) -> dict[int, int]:
        """By passage, the bits of the telling features that it has; passages with too little of them are left out."""
        bits = [(place, found) for place, found in enumerate(postings) if self._weights[place] and found.size]
        if not bits:
            return {}
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
        return dict(zip(numbers[kept].tolist(), masks[kept].tolist(), strict=True))

    def _match(self, first: int, last: int, said: int, meant: int) -> Match | None:
        passage = self._passages.passage(first)
        return self._judged(
            passage if first == last else replace(passage, end=self._passages.passage(last).end), said, meant
        )

    def _judged(self, passage: Passage, said: int, meant: int) -> Match | None:
        weight = self._weight(said) + _NEAR * self._weight(meant & ~said)
        share = weight / self._total if self._total else 0.0
        two = meant & (meant - 1)
        several = two & (two - 1) or meant & self._specific
        if not ((weight >= LEAST_BITS and share >= LEAST_SHARE and two and several) or weight >= STRONG_BITS):
            return None
        return Match(passage, said & meant, meant, round(share, 4), round(weight, 1))

    def _weight(self, mask: int) -> float:
        return sum(weight for place, weight in enumerate(self._weights) if mask >> place & 1)


def words_of(world: World, passage: Passage) -> str:
    """The words of a passage: what stands in the report, or its title."""
    report = world.reports[passage.report]
    return report.title if passage.start < 0 else report.text[passage.start : passage.end]
