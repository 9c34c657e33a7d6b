"""Keys under which spellings that are alike meet, compiled: whole, with one letter left out, and as they sound.

Keys are 64-bit hashes; two spellings that share one are compared letter by letter, so a collision costs time, never a
wrong answer. Hashes of whole texts order names and parts the same in every segment.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from leconfield.registry.compiled import compiled
from leconfield.registry.nameindex.likeness import LONGEST, is_vowel

WHOLE: Final = np.uint64(0x9E3779B97F4A7C15)
LETTER_OUT: Final = np.uint64(0xC2B2AE3D27D4EB4F)
SOUND: Final = np.uint64(0x165667B19E3779F9)
BEGINNING: Final = np.uint64(0x85EBCA77C2B2AE63)
CLASS: Final = np.uint64(0x27D4EB2F165667C5)
_PRIME: Final = np.uint64(0x100000001B3)
_STIR: Final = np.uint64(0xFF51AFD7ED558CCD)
_SHIFT: Final = np.uint64(32)
SHORTEST_FUZZY: Final = 3
"""Shorter spellings are not tried with a letter left out, nor by sound."""
SHORTEST_BEGINNING: Final = 4
MOST_KEYS: Final = 2 * LONGEST + 4
NOWHERE: Final = -1


@compiled
def hashed(text: NDArray[np.uint8], begin: int, end: int, without: int, kind: np.uint64) -> np.uint64:
    """The hash of text[begin:end], one place left out if `without` is one of them."""
    value = kind
    for at in range(begin, end):
        if at != without:
            value = (value ^ np.uint64(text[at])) * _PRIME
            value ^= value >> _SHIFT
    value *= _STIR
    return value ^ (value >> _SHIFT)


@compiled
def hashed_number(number: int, kind: np.uint64) -> np.uint64:
    """The hash of a number of that kind, such as a class of equivalent parts."""
    value = (np.uint64(number) ^ kind) * _STIR
    value = (value ^ (value >> _SHIFT)) * _PRIME
    return value ^ (value >> _SHIFT)


@compiled
def is_plain(text: NDArray[np.uint8], begin: int, end: int) -> bool:
    """Whether a spelling is all of a-z and short enough to be compared letter by letter."""
    if end - begin > LONGEST:
        return False
    for at in range(begin, end):
        if text[at] < 97 or text[at] > 122:
            return False
    return end > begin


@compiled
def _sound(letter: int, after: int, slavic: bool) -> int:
    """The sound that one consonant stands for; 0 for none."""
    if letter == 98:  # b
        return 112
    if letter == 118:  # v
        return 102
    if letter == 119:  # w
        return 0 if slavic else 102
    if letter == 100:  # d
        return 116
    if letter == 103 or letter == 113:  # g, q
        return 107
    if letter == 122 or letter == 120:  # z, x
        return 115
    if letter == 99:  # c
        return 115 if after == 101 or after == 105 or after == 121 or after == 122 else 107
    if letter == 106:  # j
        return 0 if slavic else 106
    return 0 if letter == 104 else letter  # h


@compiled
def _together(letter: int, after: int, third: int, other: bool, first: bool) -> tuple[int, int]:
    """The sound of letters that make one together, and how many they are; none if these make none."""
    if letter == 115 and after == 99 and third == 104:  # sch
        return 115, 3
    if after == 104:
        if letter == 112:  # ph
            return 102, 2
        if letter == 99:  # ch
            return (107 if other else 115), 2
        if letter == 115 or letter == 122:  # sh, zh
            return 115, 2
        if letter == 107 or letter == 103:  # kh, gh
            return (0 if other and not first else 107), 2
    if letter == 100 and after == 106:  # dj
        return 106, 2
    if letter == 116 and (after == 115 or after == 122 or (after == 99 and not other)):  # ts, tz, tc(h)
        return 0, 1
    return 0, 0


@compiled
def _alone(letter: int, after: int, other: bool, first: bool) -> int:
    """The sound of a letter by itself; 0 for none."""
    if is_vowel(letter):
        return 97 if first else 0
    if first and (letter == 104 or letter == 106):  # h, j
        return 97 if other else letter
    return _sound(letter, after, other)


@compiled
def sound_of(text: NDArray[np.uint8], begin: int, end: int, other: bool, out: NDArray[np.uint8]) -> int:
    """Write how a spelling sounds: its first letter and its consonants, those alike made one. Returns the length.

    There are two ways to read w, j, ch and gh (`other` is the second): parts meet if one of theirs is the same.
    """
    length = 0
    at = begin
    while at < end:
        after = text[at + 1] if at + 1 < end else 0
        third = text[at + 2] if at + 2 < end else 0
        sound, step = _together(text[at], after, third, other, at == begin)
        if step == 0:
            sound, step = _alone(text[at], after, other, at == begin), 1
        if sound != 0 and (length == 0 or out[length - 1] != sound):
            out[length] = sound
            length += 1
        at += step
    return length


@compiled
def keys_of(
    text: NDArray[np.uint8], begin: int, end: int, plain: bool, room: NDArray[np.uint8], out: NDArray[np.uint64]
) -> int:
    """Write every key of a spelling by which it is compared letter by letter, the whole one first; returns how many."""
    out[0] = hashed(text, begin, end, NOWHERE, WHOLE)
    if not plain or end - begin < 2:
        return 1
    out[1] = hashed(text, begin, end, NOWHERE, LETTER_OUT)
    count = 2
    if end - begin < SHORTEST_FUZZY:
        return count
    for at in range(begin, end):
        if at + 1 == end or text[at] != text[at + 1]:
            out[count] = hashed(text, begin, end, at, LETTER_OUT)
            count += 1
    length = sound_of(text, begin, end, False, room)
    if length >= 2:
        out[count] = hashed(room, 0, length, NOWHERE, SOUND)
        count += 1
    first = out[count - 1]
    length = sound_of(text, begin, end, True, room)
    if length >= 2:
        out[count] = hashed(room, 0, length, NOWHERE, SOUND)
        count += out[count] != first
    return count


@compiled
def table_of_keys(
    text: NDArray[np.uint8],
    at: NDArray[np.int64],
    plain: NDArray[np.uint8],
    keys: NDArray[np.uint64],
    forms: NDArray[np.int32],
) -> int:
    """Write every key of every spelling, with the spelling's number; returns how many.

    `keys` and `forms` have room for each spelling's letters twice and four more.
    """
    room = np.empty(LONGEST + 2, dtype=np.uint8)
    count = 0
    for form in range(len(at) - 1):
        more = keys_of(text, at[form], at[form + 1], plain[form] != 0, room, keys[count:])
        if plain[form]:
            for end in range(at[form] + SHORTEST_BEGINNING, at[form + 1]):
                keys[count + more] = hashed(text, at[form], end, NOWHERE, BEGINNING)
                more += 1
        forms[count : count + more] = form
        count += more
    return count
