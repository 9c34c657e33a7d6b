"""What compiled code knows of a term: a name part, a date, a place, a number, as encoded in rows by its id."""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

LETTERS: Final = 28
"""How many bytes of a term are compared letter by letter; what is longer is compared by its beginning."""
TAGS: Final = 8
"""How many tags a term may have: kindred names of a name part, words of a place, the head of a code."""


class Terms(NamedTuple):
    """Columns over term ids. Rows hold ids into these; `hash` and `skeleton` are the same whatever the ids are."""

    hash: npt.NDArray[np.uint64]
    """Of its field and its text; never 0."""
    skeleton: npt.NDArray[np.uint64]
    """Of its first letter and its consonants; equal to `hash` for what is no name."""
    letters: npt.NDArray[np.uint8]
    """[terms, LETTERS]: its text in UTF-8, padded with 0."""
    length: npt.NDArray[np.uint8]
    mask: npt.NDArray[np.uint32]
    """Which letters occur: two terms that are one edit apart differ in two bits at most."""
    tags: npt.NDArray[np.uint32]
    """[terms, TAGS]: two terms that share one are kindred; 0 where there is none."""
    number: npt.NDArray[np.int32]
    """A date as YYYYMMDD, with 00 for what is not known; 0 for what is no date."""


class Layout(NamedTuple):
    """How an encoded row falls into fields."""

    kind: npt.NDArray[np.int8]
    """The kind of each field: NAME, DATE, CODE, TEXT or CATEGORY."""
    first: npt.NDArray[np.int32]
    """Its first column in the row."""
    width: npt.NDArray[np.int32]
    """How many columns it has: several for a name, one for everything else."""
    keying: npt.NDArray[np.int8]
    """How it brings records together: NO_KEY, WITH_ANOTHER or ALONE."""
    sure: npt.NDArray[np.int8]
    """1 where one person has one value only: two records that are apart in it are hardly of one person."""


NAME: Final = 0
DATE: Final = 1
CODE: Final = 2
TEXT: Final = 3
CATEGORY: Final = 4

NO_KEY: Final = 0
WITH_ANOTHER: Final = 1
ALONE: Final = 2

ABSENT: Final = 0
SAME: Final = 1
CLOSE: Final = 2
KINDRED: Final = 3
PARTIAL: Final = 4
APART: Final = 5
LEVELS: Final = 6
"""Of agreement: nothing to compare, the same, an edit away, kindred (a nickname, a shared word, the same district),
in part (an initial, the year alone), different."""


class Weights(NamedTuple):
    """Evidence in bits: what a level of agreement on a field is worth, and how rare each term is."""

    gain: npt.NDArray[np.float32]
    """[fields, LEVELS]: log2 of m over u; for levels that count rarity, without the term's own rarity."""
    share: npt.NDArray[np.float32]
    """[fields, LEVELS]: how much of the term's rarity is added."""
    cap: npt.NDArray[np.float32]
    """[fields]: the most that rarity may bring."""
    rarity: npt.NDArray[np.float32]
    """[terms]: -log2 of how often the term occurs in its field, among the rows the weights were learned from."""
