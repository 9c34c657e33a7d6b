"""Likeness of two spellings in Latin letters, compiled: slips of the pen and of the ear, weighted.

A letter put, dropped, or exchanged for any other is one slip; what ears and transliterations confuse (c and k, v and w,
one vowel and another, doubled letters, h) is a part of one.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from leconfield.registry.compiled import compiled

LONGEST: Final = 48
"""Letters of a spelling that are compared."""
_FIRST: Final = ord("a")
_TURNED: Final = 0.8
"""Two neighbours in the other order."""
_EASE: Final = 0.5
"""What a vowel is worth where one side's script writes few of them."""
_CONFUSED: Final = (
    ("ae", 0.45), ("ei", 0.4), ("ou", 0.4), ("iy", 0.2), ("ey", 0.4), ("ck", 0.2), ("kq", 0.2), ("cq", 0.2),
    ("gk", 0.5), ("gq", 0.4), ("vw", 0.2), ("fv", 0.4), ("bv", 0.5), ("bp", 0.5), ("dt", 0.5), ("sz", 0.3),
    ("cs", 0.5), ("cz", 0.5), ("jy", 0.3), ("ij", 0.35), ("gj", 0.5), ("jz", 0.6), ("uw", 0.4), ("uv", 0.5),
    ("fp", 0.6), ("mn", 0.6), ("sx", 0.5), ("kx", 0.7), ("hk", 0.6), ("gh", 0.6), ("hj", 0.5), ("lr", 0.7),
    ("il", 0.6), ("fw", 0.5), ("ow", 0.5),
)  # fmt: skip


def _exchanges() -> NDArray[np.float32]:
    """Slips of writing one letter for another, 26 by 26."""
    table = np.ones((26, 26), dtype=np.float32)
    vowels = [ord(each) - _FIRST for each in "aeiouy"]
    for one in vowels:
        table[one, vowels] = 0.5
    for (one, other), cost in _CONFUSED:
        table[ord(one) - _FIRST, ord(other) - _FIRST] = table[ord(other) - _FIRST, ord(one) - _FIRST] = cost
    np.fill_diagonal(table, 0.0)
    return table


def _drops() -> NDArray[np.float32]:
    """Slips of a letter that only one spelling has."""
    table = np.ones(26, dtype=np.float32)
    for letter, cost in zip("aeiouyhwj", (0.55, 0.55, 0.55, 0.55, 0.55, 0.4, 0.3, 0.6, 0.6), strict=True):
        table[ord(letter) - _FIRST] = cost
    return table


_EXCHANGE: Final = _exchanges()
_DROP: Final = _drops()
_DOUBLED: Final = np.float32(0.15)


@compiled
def is_vowel(letter: int) -> bool:
    """Whether a letter (its byte) is one of a, e, i, o, u, y."""
    return letter == 97 or letter == 101 or letter == 105 or letter == 111 or letter == 117 or letter == 121


@compiled
def dropped(text: NDArray[np.uint8], at: int, begin: int, vowel_ease: float) -> float:
    """Slips of the letter there, if the other spelling lacks it."""
    letter = text[at]
    if at > begin and text[at - 1] == letter:
        return _DOUBLED
    cost = _DROP[letter - 97]
    return cost * vowel_ease if is_vowel(letter) else cost


@compiled
def slips(
    left: NDArray[np.uint8],
    left_from: int,
    left_to: int,
    right: NDArray[np.uint8],
    right_from: int,
    right_to: int,
    most: float,
    loose: bool,
    room: NDArray[np.float32],
) -> float:
    """The least weighted slips between two spellings of a-z; more than `most` as soon as it must be more.

    `room` is three rows of `LONGEST + 1`; `loose` where a script that writes few vowels is on one side.
    """
    ease = _EASE if loose else 1.0
    width = right_to - right_from
    before, above, row = room[0], room[1], room[2]
    above[0] = 0.0
    for j in range(width):
        above[j + 1] = above[j] + dropped(right, right_from + j, right_from, ease)
    for i in range(left_to - left_from):
        a = left[left_from + i]
        drop = dropped(left, left_from + i, left_from, ease)
        row[0] = above[0] + drop
        least = row[0]
        for j in range(width):
            b = right[right_from + j]
            best = min(above[j] + _EXCHANGE[a - 97, b - 97], above[j + 1] + drop)
            best = min(best, row[j] + dropped(right, right_from + j, right_from, ease))
            if i > 0 and j > 0 and a == right[right_from + j - 1] and b == left[left_from + i - 1]:
                best = min(best, before[j - 1] + _TURNED)
            row[j + 1] = best
            least = min(least, best)
        if least > most:
            return least
        before, above, row = above, row, before
    return above[width]
