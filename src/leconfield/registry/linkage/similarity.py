"""How alike two terms are, letter by letter, in compiled code."""

from __future__ import annotations

import numpy as np

from leconfield.registry.compiled import compiled
from leconfield.registry.linkage.terms import TAGS, Terms


@compiled
def bits_set(mask: np.uint32) -> int:
    """How many bits of a 32-bit number are set."""
    x = np.int64(mask)
    x = x - (x >> 1 & 0x55555555)
    x = (x & 0x33333333) + (x >> 2 & 0x33333333)
    x = x + (x >> 4) & 0x0F0F0F0F
    return int((x * 0x01010101 & 0xFFFFFFFF) >> 24)


@compiled
def _one_edit(terms: Terms, a: int, b: int, i: int, j: int) -> bool:
    """Whether a[i:] and b[j:] are the same, or one letter was lost, added, changed or swapped with the next."""
    letters = terms.letters
    end_a, end_b = int(terms.length[a]), int(terms.length[b])
    while i < end_a and j < end_b and letters[a, i] == letters[b, j]:
        i += 1
        j += 1
    while end_a > i and end_b > j and letters[a, end_a - 1] == letters[b, end_b - 1]:
        end_a -= 1
        end_b -= 1
    left, right = end_a - i, end_b - j
    if left <= 1 and right <= 1:
        return True
    return bool(left == 2 and right == 2 and letters[a, i] == letters[b, j + 1] and letters[a, i + 1] == letters[b, j])


@compiled
def within(terms: Terms, a: int, b: int, edits: int) -> bool:
    """Whether two terms are at most that many edits (0, 1 or 2) apart, a swap of neighbours being one."""
    length_a, length_b = int(terms.length[a]), int(terms.length[b])
    if abs(length_a - length_b) > edits:
        return False
    if bits_set(terms.mask[a] ^ terms.mask[b]) > 2 * edits:
        return False
    if edits < 2:
        return edits == 1 and _one_edit(terms, a, b, 0, 0)
    letters = terms.letters
    i = 0
    while i < length_a and i < length_b and letters[a, i] == letters[b, i]:
        i += 1
    if i == length_a or i == length_b:
        return True
    if _one_edit(terms, a, b, i + 1, i + 1) or _one_edit(terms, a, b, i + 1, i) or _one_edit(terms, a, b, i, i + 1):
        return True
    swapped = i + 1 < length_a and i + 1 < length_b
    if swapped and letters[a, i] == letters[b, i + 1] and letters[a, i + 1] == letters[b, i]:
        return _one_edit(terms, a, b, i + 2, i + 2)
    return False


@compiled
def kindred(terms: Terms, a: int, b: int) -> bool:
    """Whether two terms share a tag."""
    for i in range(TAGS):
        tag = terms.tags[a, i]
        if tag == 0:
            return False
        for j in range(TAGS):
            if terms.tags[b, j] == 0:
                break
            if terms.tags[b, j] == tag:
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
def mixed(a: int, b: int) -> np.uint64:
    """One hash of two, never 0 (the finaliser of SplitMix64)."""
    x = np.uint64(a) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(b)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    x = x ^ (x >> np.uint64(31))
    return x if x != np.uint64(0) else np.uint64(1)
