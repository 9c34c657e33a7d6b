"""How alike two terms are, letter by letter, in compiled code.

The innermost loops take one array of all that is known of terms (`facts_of`): each array that is handed on costs as
much as comparing two letters.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from leconfield.registry.compiled import compiled
from leconfield.registry.linkage.terms import LETTERS, TAGS, Terms

Hash: TypeAlias = "int | np.uint64"
Facts: TypeAlias = npt.NDArray[np.int64]
"""[terms, WORDS]: all columns of `Terms` side by side, so that comparing two terms touches two places in memory."""

WORDS: Final = 13
SKELETON: Final = 0
SHAPE: Final = 1
"""Where the letter mask (shifted by 8 bits) and the length are."""
NUMBER: Final = 2
TAG_WORDS: Final = 3
LETTER_WORDS: Final = 3 + TAGS // 2


@compiled
def facts_of(terms: Terms, facts: Facts, begin: int, end: int) -> None:
    """Write the terms from `begin` to `end` into the facts."""
    for term in range(begin, end):
        facts[term, SKELETON] = np.int64(terms.skeleton[term])
        facts[term, SHAPE] = np.int64(terms.mask[term]) << 8 | np.int64(terms.length[term])
        facts[term, NUMBER] = terms.number[term]
        for i in range(TAGS // 2):
            low, high = np.int64(terms.tags[term, 2 * i]), np.int64(terms.tags[term, 2 * i + 1])
            facts[term, TAG_WORDS + i] = high << 32 | low
        for i in range(WORDS - LETTER_WORDS):
            word = np.int64(0)
            for j in range(min(8, LETTERS - 8 * i)):
                word |= np.int64(terms.letters[term, 8 * i + j]) << (8 * j)
            facts[term, LETTER_WORDS + i] = word


@compiled
def length_of(facts: Facts, term: int) -> int:
    """How many letters of a term are compared."""
    return int(facts[term, SHAPE] & 0xFF)


@compiled
def letter(facts: Facts, term: int, place: int) -> int:
    """One letter of a term, as a byte."""
    return int(facts[term, LETTER_WORDS + (place >> 3)] >> ((place & 7) << 3) & 0xFF)


@compiled
def tag_of(facts: Facts, term: int, place: int) -> int:
    """One tag of a term; 0 if it has no more."""
    return int(facts[term, TAG_WORDS + (place >> 1)] >> ((place & 1) << 5) & 0xFFFFFFFF)


@compiled
def bits_set(mask: int) -> int:
    """How many bits of a number below 2 ** 32 are set."""
    x = mask - (mask >> 1 & 0x55555555)
    x = (x & 0x33333333) + (x >> 2 & 0x33333333)
    x = x + (x >> 4) & 0x0F0F0F0F
    return (x * 0x01010101 & 0xFFFFFFFF) >> 24


@compiled
def _one_edit(facts: Facts, a: int, b: int, i: int, j: int) -> bool:
    """Whether a[i:] and b[j:] are the same, or one letter was lost, added, changed or swapped with the next."""
    end_a, end_b = length_of(facts, a), length_of(facts, b)
    while i < end_a and j < end_b and letter(facts, a, i) == letter(facts, b, j):
        i += 1
        j += 1
    while end_a > i and end_b > j and letter(facts, a, end_a - 1) == letter(facts, b, end_b - 1):
        end_a -= 1
        end_b -= 1
    if end_a - i <= 1 and end_b - j <= 1:
        return True
    crossed = end_a - i == 2 and end_b - j == 2 and letter(facts, a, i) == letter(facts, b, j + 1)
    return crossed and letter(facts, a, i + 1) == letter(facts, b, j)


@compiled
def within(facts: Facts, a: int, b: int, edits: int) -> bool:
    """Whether two terms are at most that many edits (1 or 2) apart, a swap of neighbours being one."""
    length_a, length_b = length_of(facts, a), length_of(facts, b)
    if abs(length_a - length_b) > edits:
        return False
    if bits_set(facts[a, SHAPE] >> 8 ^ facts[b, SHAPE] >> 8) > 2 * edits:
        return False
    if edits == 1:
        return _one_edit(facts, a, b, 0, 0)
    i, shorter = 0, min(length_a, length_b)
    while i < shorter and letter(facts, a, i) == letter(facts, b, i):
        i += 1
    if i == shorter or _one_edit(facts, a, b, i + 1, i + 1):
        return True
    if _one_edit(facts, a, b, i + 1, i) or _one_edit(facts, a, b, i, i + 1):
        return True
    swapped = i + 1 < shorter and letter(facts, a, i) == letter(facts, b, i + 1)
    return swapped and letter(facts, a, i + 1) == letter(facts, b, i) and _one_edit(facts, a, b, i + 2, i + 2)


@compiled
def kindred(facts: Facts, a: int, b: int) -> bool:
    """Whether two terms share a tag."""
    for i in range(TAGS):
        tag = tag_of(facts, a, i)
        if tag == 0:
            return False
        for j in range(TAGS):
            other = tag_of(facts, b, j)
            if other == 0:
                break
            if other == tag:
                return True
    return False


@compiled
def digits_apart(a: int, b: int) -> int:
    """In how many places two dates YYYYMMDD differ."""
    count = 0
    for _ in range(8):
        if a % 10 != b % 10:
            count += 1
        a //= 10
        b //= 10
    return count


@compiled
def mixed(a: Hash, b: Hash) -> np.uint64:
    """One hash of two, never 0 (the finaliser of SplitMix64)."""
    x = np.uint64(a) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(b)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    x = x ^ (x >> np.uint64(31))
    return x if x != np.uint64(0) else np.uint64(1)
