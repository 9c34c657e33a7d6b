"""Verbatim quotes against the style of those who told us: a warning to whoever may know them, and never a certificate.

Burrows' Delta (Burrows 2002, "'Delta': a measure of stylistic difference"): how often somebody uses the commonest
words, each measured in standard deviations between the sources; the distance is the mean difference. Short quotes say
little: under `LEAST_QUOTED` words nothing is said, and what is said is amber.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Self

import numpy as np
from numpy.typing import NDArray

from leconfield.gate.exposure.model import Check, Reason
from leconfield.gate.release.model import Colour
from leconfield.ledger.model import Report, ReportId
from leconfield.ledger.world import Delta, World

LEAST_QUOTED: Final = 100
"""Words of a quote from which on it is looked at."""
LEAST_HELD: Final = 1500
"""Words of a source from which on it has a style that can be told."""
COMMON: Final = 120
"""Of the commonest words of all sources, how many are counted."""
MARGIN: Final = 0.04
"""How much nearer the nearest source is than the next one, as a share of the distance."""
_FEWEST: Final = 3
"""Sources that there are at the least: one among two is always near."""
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_QUOTE: Final = re.compile(r'"([^"]{200,6000})"|“([^”]{200,6000})”|«([^»]{200,6000})»|„([^“”]{200,6000})[“”]')


@dataclass(frozen=True, slots=True)
class Likeness:
    """The source that a text reads most like."""

    source: str
    distance: float
    margin: float
    """How much farther the next one is, as a share of its distance."""


class Styles:
    """How each source of a world writes (a `Derived`)."""

    def __init__(self) -> None:
        self._counts: dict[str, Counter[str]] = defaultdict(Counter)
        self._reports: dict[str, set[ReportId]] = defaultdict(set)
        self._measured: _Measured | None = None

    @classmethod
    def of(cls, world: World) -> Self:
        """Count the words of every report."""
        found = cls()
        found._take(world.reports.values())
        return found

    def grow(self, _world: World, delta: Delta) -> None:
        """Count those of the new ones."""
        self._take(delta.reports)

    def likeness(self, text: str) -> Likeness | None:
        """The source that a text reads most like; None where there are too few to compare, or none stands out."""
        if self._measured is None:
            self._measured = _Measured.of({name: each for name, each in self._counts.items() if _long(each)})
        return self._measured.likeness(Counter(words_in(text)))

    def reports_of(self, source: str) -> frozenset[ReportId]:
        """The reports that the style of a source was learnt from."""
        return frozenset(self._reports[source])

    def _take(self, reports: Iterable[Report]) -> None:
        for each in reports:
            self._counts[each.source].update(words_in(each.text))
            self._reports[each.source].add(each.id)
            self._measured = None


@dataclass(frozen=True, slots=True)
class _Measured:
    """The styles side by side."""

    sources: tuple[str, ...]
    words: tuple[str, ...]
    mean: NDArray[np.float64]
    spread: NDArray[np.float64]
    scores: NDArray[np.float64]
    """A row for each source, a column for each word: standard deviations from the mean."""

    @classmethod
    def of(cls, counts: dict[str, Counter[str]]) -> Self:
        """Measure them; sources in the order of their names, words by how common they are."""
        sources = tuple(sorted(counts))
        every = Counter[str]()
        for each in sources:
            every.update(counts[each])
        ranked = sorted(every, key=lambda word: (-every[word], word))
        words = tuple(ranked[:COMMON])
        shares = np.array([_shares(counts[each], words) for each in sources]).reshape(len(sources), len(words))
        mean = shares.mean(axis=0) if sources else np.zeros(0)
        spread = shares.std(axis=0) if sources else np.zeros(0)
        spread = np.where(spread > 0, spread, 1.0)
        return cls(sources, words, mean, spread, (shares - mean) / spread)

    def likeness(self, counted: Counter[str]) -> Likeness | None:
        """The nearest source of a text's words."""
        if len(self.sources) < _FEWEST:
            return None
        score = (_shares(counted, self.words) - self.mean) / self.spread
        distances = np.abs(self.scores - score).mean(axis=1)
        nearest, following = np.argsort(distances, kind="stable")[:2].tolist()
        margin = float(1 - distances[nearest] / distances[following])
        return Likeness(self.sources[nearest], float(distances[nearest]), margin)


def _shares(counts: Counter[str], words: tuple[str, ...]) -> NDArray[np.float64]:
    total = max(1, counts.total())
    return np.array([counts[each] / total for each in words])


def _long(counts: Counter[str]) -> bool:
    return counts.total() >= LEAST_HELD


def words_in(text: str) -> Iterator[str]:
    """The words of a text in small letters."""
    return (each[0].lower().replace("’", "'") for each in _WORD.finditer(text))


def quotes_in(text: str) -> Iterator[tuple[int, str]]:
    """The verbatim quotes of a draft that are long enough to be looked at, each with where it begins."""
    for found in _QUOTE.finditer(text):
        words = next(each for each in found.groups() if each is not None)
        if sum(1 for _ in words_in(words)) >= LEAST_QUOTED:
            yield found.start(), words


def reasons_in(world: World, text: str, protected: Callable[[ReportId], bool]) -> list[tuple[int, Reason]]:
    """Where a draft quotes at length what reads like a protected source, with the place of the quote."""
    found = []
    for at, words in quotes_in(text):
        styles = world.derived(Styles)
        like = styles.likeness(words)
        if like is None or like.margin < MARGIN:
            continue
        reports = frozenset(each for each in styles.reports_of(like.source) if protected(each))
        if reports:
            told = (
                f"the quote reads like {like.source}: whoever knows how he speaks may know him; say it in other words"
            )
            found.append((at, Reason(Check.STYLE, Colour.AMBER, told, frozenset(map(str, reports)))))
    return found
