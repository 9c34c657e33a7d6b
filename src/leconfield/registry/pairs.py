"""Many pairs of names at once: the probability that each is one person's, or one organisation's."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from leconfield.ledger.vocabulary import PERSON
from leconfield.registry import likeness
from leconfield.registry.align import align_many, readers_of, scratch
from leconfield.registry.encoding import Encoder, Names, Parts
from leconfield.registry.names import parse_name

PROBABILITY: Final = 2
Pairs = npt.NDArray[np.int64]


class NamePairs:
    """Names encoded once, to be compared by number as often as needed."""

    def __init__(self, texts: Sequence[str], schema: str = PERSON) -> None:
        """Encode these names; equal ones once."""
        encoder = Encoder()
        numbers: dict[str, int] = {}
        for text in texts:
            if text not in numbers:
                numbers[text] = encoder.add(parse_name(text, schema))
        self.numbers = np.array([numbers[text] for text in texts], np.int64)
        """The number of each name, in the order given."""
        self.names: Names = encoder.names()
        self.parts: Parts = encoder.encoded()
        self._readers = readers_of(self.parts)
        self._person = schema == PERSON

    def scores(self, left: Pairs, right: Pairs) -> npt.NDArray[np.float64]:
        """Score, bits and probability (a row each) of pairs of names by number."""
        out = np.zeros((len(left), 3))
        weights = likeness.PERSON_WEIGHTS if self._person else likeness.OTHER_WEIGHTS
        align_many(self.parts, self._readers, self.names, left, right, not self._person, weights, scratch(), out)
        return out


def score_pairs(left: Sequence[str], right: Sequence[str], schema: str = PERSON) -> npt.NDArray[np.float64]:
    """The probability of each pair, as `compare.probability` gives it one by one.

    Raises `ValueError` if there are not as many names on the left as on the right.
    """
    if len(left) != len(right):
        raise ValueError(f"{len(left)} names on the left, {len(right)} on the right: pairs need as many of both")
    names = NamePairs([*left, *right], schema)
    return names.scores(names.numbers[: len(left)], names.numbers[len(left) :])[:, PROBABILITY]
