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

SKELETON: Final = 0
SHAPE: Final = 1
"""Where the letter mask (shifted by 8 bits) and the length are."""
NUMBER: Final = 2
LETTER_WORDS: Final = 3
"""Where the letters begin, eight in a word, the first in its lowest byte; after them comes a word of none."""
TAG_WORDS: Final = LETTER_WORDS + -(-LETTERS // 8) + 1
WORDS: Final = TAG_WORDS + TAGS // 2


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
        for i in range(TAG_WORDS - LETTER_WORDS):
            word = np.int64(0)
            for j in range(min(8, LETTERS - 8 * i)):
                word |= np.int64(terms.letters[term, 8 * i + j]) << (8 * j)
            facts[term, LETTER_WORDS + i] = word


@compiled
def length_of(facts: Facts, term: int) -> int:
    """How many letters of a term are compared."""
    return int(facts[term, SHAPE] & 0xFF)


@compiled
def tag_of(facts: Facts, term: int, place: int) -> int:
    """One tag of a term; 0 if it has no more."""
    return int(facts[term, TAG_WORDS + (place >> 1)] >> ((place & 1) << 5) & 0xFFFFFFFF)


@compiled
def bits_set(word: Hash) -> int:
    """How many bits of a word of 64 are set; compilers know this way of counting, and have one instruction for it."""
    x = np.uint64(word)
    x = x - (x >> np.uint64(1) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + (x >> np.uint64(2) & np.uint64(0x3333333333333333))
    x = x + (x >> np.uint64(4)) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return int(np.int64(x * np.uint64(0x0101010101010101) >> np.uint64(56)))


@compiled
def _letters(facts: Facts, term: int, place: int) -> np.uint64:
    """Eight letters of a term from a place on, 0 where it has no more."""
    at, shift = LETTER_WORDS + (place >> 3), np.uint64((place & 7) << 3)
    word = np.uint64(facts[term, at]) >> shift
    if shift:
        word |= np.uint64(facts[term, at + 1]) << (np.uint64(64) - shift)
    return word


@compiled
def first_letter(facts: Facts, term: int) -> int:
    """The first letter of a term, as a byte."""
    return int(facts[term, LETTER_WORDS] & 0xFF)


@compiled
def _same_from(facts: Facts, a: int, b: int, i: int, j: int) -> bool:
    """Whether a[i:] is b[j:], where both are as long."""
    end = length_of(facts, a)
    while i < end:
        if _letters(facts, a, i) != _letters(facts, b, j):
            return False
        i += 8
        j += 8
    return True


@compiled
def _shared(facts: Facts, a: int, b: int, i: int, j: int) -> int:
    """How many letters a[i:] and b[j:] have in common from their beginnings on."""
    count, most = 0, min(length_of(facts, a) - i, length_of(facts, b) - j)
    while count < most:
        differ = _letters(facts, a, i + count) ^ _letters(facts, b, j + count)
        if differ:
            return min(most, count + (bits_set((differ & (~differ + np.uint64(1))) - np.uint64(1)) >> 3))
        count += 8
    return max(0, most)


@compiled
def _swapped(facts: Facts, a: int, b: int, i: int, j: int) -> bool:
    """Whether the next two letters of one are those of the other the other way round."""
    one, other = _letters(facts, a, i), _letters(facts, b, j)
    turned = (one & np.uint64(0xFF)) << np.uint64(8) | (one >> np.uint64(8) & np.uint64(0xFF))
    return bool(turned == other & np.uint64(0xFFFF))


@compiled
def _one_edit(facts: Facts, a: int, b: int, i: int, j: int) -> bool:
    """Whether a[i:] and b[j:] are the same, or one letter was lost, added, changed or swapped with the next."""
    more = (length_of(facts, a) - i) - (length_of(facts, b) - j)
    if more < -1 or more > 1:
        return False
    same = _shared(facts, a, b, i, j)
    i, j = i + same, j + same
    if more > 0:
        return _same_from(facts, a, b, i + 1, j)
    if more < 0:
        return _same_from(facts, a, b, i, j + 1)
    if length_of(facts, a) - i <= 1 or _same_from(facts, a, b, i + 1, j + 1):
        return True
    return _swapped(facts, a, b, i, j) and _same_from(facts, a, b, i + 2, j + 2)


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
    i = _shared(facts, a, b, 0, 0)
    shorter = min(length_a, length_b)
    if i == shorter or _one_edit(facts, a, b, i + 1, i + 1):
        return True
    if _one_edit(facts, a, b, i + 1, i) or _one_edit(facts, a, b, i, i + 1):
        return True
    return i + 1 < shorter and _swapped(facts, a, b, i, i) and _one_edit(facts, a, b, i + 2, i + 2)


@compiled
def kindred(facts: Facts, a: int, b: int) -> bool:
    """Whether two terms share a tag."""
    if facts[a, TAG_WORDS] == 0 or facts[b, TAG_WORDS] == 0:
        return False
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
def letters_apart(facts: Facts, a: int, b: int) -> int:
    """In how many of their first sixteen places two terms differ."""
    count = 0
    for word in range(LETTER_WORDS, LETTER_WORDS + 2):
        differ = np.uint64(facts[a, word] ^ facts[b, word])
        low = np.uint64(0x7F7F7F7F7F7F7F7F)
        count += bits_set(((differ & low) + low | differ) & ~low)
    return count


@compiled
def mixed(a: Hash, b: Hash) -> np.uint64:
    """One hash of two, never 0 (the finaliser of SplitMix64)."""
    x = np.uint64(a) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(b)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    x = x ^ (x >> np.uint64(31))
    return x if x != np.uint64(0) else np.uint64(1)
