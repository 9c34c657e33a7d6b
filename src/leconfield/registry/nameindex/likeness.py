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
    for pair, cost in _CONFUSED:
        first, second = (ord(each) - _FIRST for each in pair)
        table[first, second] = table[second, first] = cost
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
_DOUBLED: Final = 0.15


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
    cost = float(_DROP[letter - 97])
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

    `room` is four rows of `LONGEST + 1`; `loose` where a script that writes few vowels is on one side.
    """
    ease = _EASE if loose else 1.0
    width = right_to - right_from
    before, above, row, drops = room[0], room[1], room[2], room[3]
    above[0] = 0.0
    for j in range(width):
        drops[j] = dropped(right, right_from + j, right_from, ease)
        above[j + 1] = above[j] + drops[j]
    last_a = 0
    for i in range(left_from, left_to):
        a = left[i]
        drop = dropped(left, i, left_from, ease)
        side = above[0] + drop
        row[0] = side
        least = side
        last_b = 0
        for j in range(width):
            b = right[right_from + j]
            best = above[j] if a == b else above[j] + _EXCHANGE[a - 97, b - 97]
            best = min(best, above[j + 1] + drop, side + drops[j])
            if a == last_b and b == last_a:
                best = min(best, before[j - 1] + _TURNED)
            row[j + 1] = best
            least = min(least, best)
            side, last_b = best, b
        if least > most:
            return float(least)
        before, above, row = above, row, before
        last_a = a
    return float(above[width])


@compiled
def letters_of(text: NDArray[np.uint8], begin: int, end: int, places: NDArray[np.uint64]) -> None:
    """Write at which places of a spelling of a-z each letter stands, a bit each: what `edits` compares with."""
    places[:26] = 0
    for at in range(begin, end):
        places[text[at] - 97] |= np.uint64(1) << np.uint64(at - begin)


@compiled
def edits(places: NDArray[np.uint64], length: int, text: NDArray[np.uint8], begin: int, end: int) -> int:
    """Letters put, dropped, exchanged or turned with a neighbour between two spellings, all as one.

    Ten times as fast as `slips`, to see which are worth comparing. Bit-parallel (Hyyro 2003, A bit-vector algorithm for
    computing Levenshtein and Damerau edit distances); `places` and `length` are of the first spelling.
    """
    state = _ALIKE
    count = length
    for at in range(begin, end):
        state, more = _step(state, places[text[at] - 97], length)
        count += more
    return count


@compiled
def edits_in_word(places: NDArray[np.uint64], length: int, word: np.uint64) -> int:
    """The same for a spelling that is packed in a word."""
    state = _ALIKE
    count = length
    rest = word >> _FIRST_LETTER
    for _ in range(int(word & _LENGTH)):
        state, more = _step(state, places[rest & _LETTER], length)
        count += more
        rest >>= _LETTER_BITS
    return count


_State = tuple[np.uint64, np.uint64, np.uint64, np.uint64]
_NO_BITS: Final = np.uint64(0)
_ALL_BITS: Final = ~_NO_BITS
_ALIKE: Final = (_ALL_BITS, _NO_BITS, _NO_BITS, _NO_BITS)
_ONE: Final = np.uint64(1)


@compiled
def _step(state: _State, same: np.uint64, length: int) -> tuple[_State, int]:
    """One letter further: where distances grow and shrink down the column, and what is added at its end."""
    plus, minus, diagonal, before = state
    turned = (((~diagonal) & same) << _ONE) & before
    diagonal = (((same & plus) + plus) ^ plus) | same | minus | turned
    higher, lower = minus | ~(diagonal | plus), diagonal & plus
    last = np.uint64(length - 1)
    more = int((higher >> last) & _ONE) - int((lower >> last) & _ONE)
    higher = (higher << _ONE) | _ONE
    return ((lower << _ONE) | ~(diagonal | higher), higher & diagonal, diagonal, same), more


LONGEST_WORD: Final = 11
"""Letters that a word has room for: five bits each, after four for how many they are and one for `LOOSE`."""
_LENGTH: Final = np.uint64(15)
LOOSE: Final = np.uint64(16)
"""The bit of a spelling out of a script that may have written no vowels."""
_FIRST_LETTER: Final = np.uint64(5)
_LETTER_BITS: Final = np.uint64(5)
_LETTER: Final = np.uint64(31)


@compiled
def packed(text: NDArray[np.uint8], begin: int, end: int, loose: bool) -> np.uint64:
    """A spelling of a-z in a word; 0 if it is too long."""
    if end - begin > LONGEST_WORD:
        return _NO_BITS
    word = np.uint64(end - begin)
    if loose:
        word |= LOOSE
    for at in range(begin, end):
        word |= np.uint64(text[at] - 97) << np.uint64(5 * (at - begin + 1))
    return word


@compiled
def length_of(word: np.uint64) -> int:
    """How many letters are packed in a word; 0 if they are not."""
    return int(word & _LENGTH)


@compiled
def one_slip(
    left: NDArray[np.uint8], left_from: int, left_to: int, right: NDArray[np.uint8], right_from: int, right_to: int
) -> bool:
    """Whether one letter put, dropped, exchanged or turned with its neighbour makes one spelling the other."""
    lengths = left_to - left_from, right_to - right_from
    shorter, longer = min(lengths), max(lengths)
    if longer - shorter > 1:
        return False
    head = 0
    while head < shorter and left[left_from + head] == right[right_from + head]:
        head += 1
    tail = 0
    while tail < shorter - head and left[left_to - 1 - tail] == right[right_to - 1 - tail]:
        tail += 1
    rest = shorter - head - tail
    if rest == 2 and longer == shorter:
        one, other = left_from + head, right_from + head
        return bool(left[one] == right[other + 1] and left[one + 1] == right[other])
    return rest == 0 or (rest == 1 and longer == shorter)
