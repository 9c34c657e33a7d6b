"""A report as the incident reader sees it: its sentences, what it is about, and the tagger's opinion of every word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import pycrfsuite

from leconfield.intake.extraction.incidents.features import word_features
from leconfield.intake.extraction.incidents.lexicon import lexicon
from leconfield.intake.extraction.incidents.linear import Linear, Vector
from leconfield.intake.extraction.incidents.segment import Sentence, plain, sentences
from leconfield.intake.extraction.incidents.weights import TELLING

Opinion = Mapping[str, float]
"""Probability of each label (`B-Victim`, `I-Victim` ...) of one word; empty where nothing is likely."""
SURE_OF_NOTHING: Final = 0.97
STRETCH: Final = 1800
"""Words after which a long report is read as a new story; bounds the cost of comparing everything with everything."""


@dataclass(frozen=True, slots=True)
class Pages:
    """A report cut up, before anything learnt has looked at it."""

    text: str
    low: str
    sentences: tuple[Sentence, ...]
    counts: Mapping[str, int]
    """How often each word occurs."""

    def count(self, start: int, end: int) -> int:
        """How often the words between two offsets stand in these pages."""
        return self.low.count(self.low[start:end], self.sentences[0].start, self.sentences[-1].end)


@dataclass(frozen=True, slots=True)
class Reading:
    """A report read."""

    pages: Pages
    about: Vector
    """Probability of each kind of incident, then of any."""
    telling: Sequence[Vector]
    """For each sentence the probability that it tells of any incident, an attack, a bombing ... (`TELLING`)."""
    opinions: Sequence[Sequence[Opinion]]
    best: Sequence[Sequence[str]]
    """For each sentence the most likely labels together."""


def cut(text: str) -> Pages:
    """The report's sentences and word counts."""
    found = sentences(text)
    return Pages(text, plain(text), found, Counter(word for s in found for word in s.words))


def parts(text: str) -> list[Pages]:
    """The report in stretches of about `STRETCH` words: what stands farther apart is no longer one story."""
    whole = cut(text)
    found: list[Pages] = []
    first, words = 0, 0
    for at, sentence in enumerate(whole.sentences, 1):
        words += len(sentence.words)
        if words >= STRETCH or at == len(whole.sentences):
            stretch = whole.sentences[first:at]
            counts = Counter(word for s in stretch for word in s.words)
            found.append(Pages(whole.text, whole.low, stretch, counts))
            first, words = at, 0
    return found


def report_terms(pages: Pages) -> list[str]:
    """The terms by which a report is classified."""
    return [word for s in pages.sentences for word in s.words if word[0].isalpha()]


def sentence_terms(pages: Pages, at: int) -> list[str]:
    """The terms by which a sentence is classified: its words and pairs of words, and its neighbours' words."""
    terms: list[str] = []
    for offset, mark in ((0, ""), (-1, "<"), (1, ">")):
        if 0 <= at + offset < len(pages.sentences):
            words = [word for word in pages.sentences[at + offset].words if word[0].isalpha()]
            terms.extend(mark + word for word in words)
            if not offset:
                terms.extend(f"{a}_{b}" for a, b in pairwise(words))
    return terms


def contexts(pages: Pages, about: Vector, telling: Sequence[Vector]) -> list[list[str]]:
    """For each sentence what the tagger is told about it and the report."""
    triggers = lexicon().triggers
    whole = [f"{letter}={_fifth(about[n])}" for letter, n in (("D", -1), ("A", 0), ("B", 1))]
    found: list[list[str]] = []
    for at, (sentence, told) in enumerate(zip(pages.sentences, telling, strict=True)):
        groups = sorted({triggers[w] for w in sentence.words if w in triggers} - {"plant", "arrest"})
        kind = int(np.argmax(told[1:])) + 1
        found.append(
            [
                *whole,
                f"S={0 if at == 0 else 1 if at < 3 else 2 if at < 8 else 3}",
                *(f"T={group}" for group in groups),
                f"Q={_fifth(told[0])}",
                f"QK={TELLING[kind][:2]}{_fifth(told[kind])}",
            ]
        )
    return found


def tagger_rows(
    pages: Pages, about: Vector, telling: Sequence[Vector], clusters: Mapping[str, str]
) -> list[list[list[str]]]:
    """For each sentence the features of each word."""
    return [
        word_features(sentence.words, context, lexicon(), clusters, pages.counts)
        for sentence, context in zip(pages.sentences, contexts(pages, about, telling), strict=True)
    ]


def tell(pages: Pages, model: Linear) -> list[Vector]:
    """What each sentence tells of."""
    return [model.probabilities(sentence_terms(pages, at)) for at in range(len(pages.sentences))]


def tag(
    pages: Pages, about: Vector, telling: Sequence[Vector], clusters: Mapping[str, str], tagger: pycrfsuite.Tagger
) -> Reading:
    """The report with the tagger's opinion of every word."""
    labels = [label for label in tagger.labels() if label != "O"]
    marginal: Callable[[str, int], float] = tagger.marginal
    opinions: list[list[Opinion]] = []
    best: list[list[str]] = []
    for rows in tagger_rows(pages, about, telling, clusters):
        best.append(tagger.tag(rows))
        opinions.append(
            [
                {} if marginal("O", at) > SURE_OF_NOTHING else {label: marginal(label, at) for label in labels}
                for at in range(len(rows))
            ]
        )
    return Reading(pages, about, telling, opinions, best)


def _fifth(probability: float) -> int:
    return int(min(0.999, max(0.0, float(probability))) * 5)
