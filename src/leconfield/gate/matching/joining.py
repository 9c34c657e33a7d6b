"""Short sentences that stand together, read as one: what was cut into small pieces is no less told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from leconfield.gate.matching.model import Feature, Sentence, Span

SHORT: Final = 5
"""Features of a sentence at the most that is a piece of what stands around it; others speak for themselves."""
_ENOUGH: Final = 9
"""Features from which on a sentence that was put together is long enough."""
_MOST: Final = 5
"""Sentences that are put together at the most."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Neighbouring sentences as one."""

    sentence: Sentence
    """It bears the number of the first."""
    parts: tuple[tuple[int, int], ...]
    """For each of them its number, and the bits of its features among those of the whole."""

    def saying(self, claim: int) -> tuple[int, ...]:
        """The numbers of the sentences that say some of a claim (bits over the features)."""
        return tuple(number for number, mask in self.parts if mask & claim)


def joined(sentences: Sequence[Sentence]) -> Iterator[Joined]:
    """Every few neighbouring sentences none of which says much, from two of them until they say enough together."""
    for at, first in enumerate(sentences):
        taken = [first] if _is_short(first) else []
        while taken and len(taken) < _MOST and _features(taken) < _ENOUGH:
            following = sentences[at + len(taken) : at + len(taken) + 1]
            if not following or not _is_short(following[0]):
                break
            taken.append(following[0])
        if sum(bool(each.features) for each in taken) > 1:
            yield _as_one(taken)


def _is_short(sentence: Sentence) -> bool:
    return len(sentence.features) <= SHORT and not sentence.capped


def _features(sentences: Sequence[Sentence]) -> int:
    return sum(len(each.features) for each in sentences)


def _as_one(sentences: Sequence[Sentence]) -> Joined:
    places: dict[frozenset[str], int] = {}
    features: list[Feature] = []
    parts = []
    for each in sentences:
        mask = 0
        for feature in each.features:
            if feature.exact not in places:
                places[feature.exact] = len(features)
                features.append(feature)
            mask |= 1 << places[feature.exact]
        parts.append((each.number, mask))
    text = " ".join(each.text for each in sentences)
    span = Span(sentences[0].span.start, sentences[-1].span.end)
    return Joined(Sentence(sentences[0].number, text, span, tuple(features)), tuple(parts))
