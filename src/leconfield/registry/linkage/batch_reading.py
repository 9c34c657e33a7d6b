"""Values read byte by byte in compiled code, for columns of millions: what `normal` does to plain letters.

Whatever these kernels are not sure to read as `normal` does (letters beyond ASCII, dates in other forms, very long
values) they leave alone and say so.
"""

from __future__ import annotations

from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from leconfield.registry.compiled import compiled
from leconfield.registry.linkage.similarity import mixed

Bytes = NDArray[np.uint8]
Offsets = NDArray[np.int64]
Hashes = NDArray[np.uint64]
Ids = NDArray[np.int32]

NAMES: Final = 0
PLAIN: Final = 1
CODES: Final = 2
DATES: Final = 3
DIGITS: Final = 4
LOWER: Final = 5
"""How a column is read: parts of names; words and figures; the same without a trailing .0; days; last digits; as is."""

LONGEST: Final = 4000
"""Bytes of a value that are read here."""
_BASIS: Final = np.uint64(0xCBF29CE484222325)
_PRIME: Final = np.uint64(0x100000001B3)
_LAST_DIGITS: Final = 9
_APOSTROPHE, _BACKTICK = ord("'"), ord("`")
_SPACE, _DELETE, _DOT, _ZERO, _NINE, _DASH, _A, _Z = (
    ord(" "),
    127,
    ord("."),
    ord("0"),
    ord("9"),
    ord("-"),
    ord("a"),
    ord("z"),
)
_KEPT: Final = 32
"""Parts of a name that are remembered while it is read."""


class Vocabulary(NamedTuple):
    """The terms of one field: their hashes and bytes, and an open table from hash to id."""

    slots: Ids
    """-1 where free."""
    hashes: Hashes
    letters: Bytes
    ends: Offsets
    """[terms + 1]: where each term ends in `letters`, after a leading 0."""
    numbers: Ids
    size: Offsets
    """[1]: how many terms there are."""


@compiled
def finished(x: np.uint64, seed: int) -> np.uint64:
    """The hash of a term of the field with that seed, from the FNV-1a of its bytes."""
    return mixed(x, np.uint64(seed))


@compiled
def place(terms: Vocabulary, key: np.uint64, letters: Bytes, begin: int, end: int, number: int) -> int:
    """The id of a term, a new one if it is new; there must be room."""
    mask = terms.slots.shape[0] - 1
    slot = np.int64(key & np.uint64(0x7FFFFFFFFFFFFFFF)) & mask
    while terms.slots[slot] >= 0:
        if terms.hashes[terms.slots[slot]] == key:
            return int(terms.slots[slot])
        slot = (slot + 1) & mask
    made = terms.size[0]
    terms.slots[slot], terms.hashes[made], terms.numbers[made] = made, key, number
    at = terms.ends[made]
    for each in range(begin, end):
        terms.letters[at + each - begin] = letters[each]
    terms.ends[made + 1] = at + end - begin
    terms.size[0] = made + 1
    return int(made)


@compiled
def rehash(slots: Ids, hashes: Hashes, count: int) -> None:
    """Enter all terms into a table of free slots."""
    mask = slots.shape[0] - 1
    for term in range(count):
        slot = np.int64(hashes[term] & np.uint64(0x7FFFFFFFFFFFFFFF)) & mask
        while slots[slot] >= 0:
            slot = (slot + 1) & mask
        slots[slot] = term


@compiled
def _among(sorted_hashes: Hashes, key: np.uint64) -> bool:
    at = np.searchsorted(sorted_hashes, key)
    return bool(at < sorted_hashes.shape[0] and sorted_hashes[at] == key)


@compiled
def _hash(letters: Bytes, begin: int, end: int, seed: int) -> np.uint64:
    x = _BASIS
    for each in range(begin, end):
        x = (x ^ np.uint64(letters[each])) * _PRIME
    return finished(x, seed)


@compiled
def _lowered(letters: Bytes, begin: int, end: int, into: Bytes) -> bool:
    """Copy a value in lower case; whether it is all plain letters that can be read here."""
    if end - begin > LONGEST:
        return False
    for each in range(begin, end):
        letter = letters[each]
        if letter < _SPACE or letter >= _DELETE:
            return False
        into[each - begin] = letter + 32 if 65 <= letter <= 90 else letter
    return True


@compiled
def _read_name(
    text: Bytes, length: int, terms: Vocabulary, seed: int, dropped: Hashes, scratch: Bytes, out: Ids
) -> None:
    """The parts of one name, each once; titles and words with figures only where there is nothing else."""
    begins, ends = np.empty(_KEPT, np.int64), np.empty(_KEPT, np.int64)
    found = np.empty(_KEPT, np.uint64)
    width = out.shape[0]
    for titles in (False, True):
        count, filled, start, figures = 0, 0, 0, False
        for at in range(length + 1):
            letter = text[at] if at < length else np.uint8(_SPACE)
            if letter in (_APOSTROPHE, _BACKTICK):
                continue
            if _A <= letter <= _Z or _ZERO <= letter <= _NINE:
                figures = figures or bool(letter <= _NINE)
                scratch[filled] = letter
                filled += 1
                continue
            if filled > start and count < width:
                key = _hash(scratch, start, filled, seed)
                known = bool(figures or _among(dropped, key)) != titles
                for each in range(count):
                    known = known or bool(found[each] == key)
                if not known:
                    found[count], begins[count], ends[count] = key, start, filled
                    count += 1
            start, figures = filled, False
        for each in range(count):
            out[each] = place(terms, found[each], scratch, begins[each], ends[each], 0)
        if count:
            return


@compiled
def _read_plain(text: Bytes, begin: int, end: int, letters_and_figures: bool, scratch: Bytes) -> int:
    """Letters and figures with one space between words; or figures alone. Returns the length."""
    filled = 0
    for at in range(begin, end):
        letter = text[at]
        if _ZERO <= letter <= _NINE or (letters_and_figures and _A <= letter <= _Z):
            scratch[filled] = letter
            filled += 1
        elif letters_and_figures and filled and scratch[filled - 1] != _SPACE:
            scratch[filled] = _SPACE
            filled += 1
    return filled - 1 if filled and scratch[filled - 1] == _SPACE else filled


@compiled
def _read_date(text: Bytes, begin: int, end: int, scratch: Bytes) -> int:
    """YYYY-MM-DD or YYYYMMDD, written into `scratch` as the first; its number, or -1 if it is neither."""
    length = end - begin
    if length != 8 and length != 10:
        return -1
    filled = number = 0
    for at in range(begin, end):
        letter = text[at]
        place_in = at - begin
        if length == 10 and (place_in == 4 or place_in == 7):
            if letter != _DASH:
                return -1
            continue
        if letter < _ZERO or letter > _NINE:
            return -1
        if filled == 4 or filled == 7:
            scratch[filled] = _DASH
            filled += 1
        scratch[filled] = letter
        filled += 1
        number = number * 10 + int(letter) - _ZERO
    return number


@compiled
def _read_value(
    how: int, text: Bytes, length: int, terms: Vocabulary, seed: int, nothing: Hashes, scratch: Bytes
) -> int:
    """The id of one value; -1 where it says nothing, -2 where it cannot be read here."""
    begin, end = 0, length
    while begin < end and text[begin] == _SPACE:
        begin += 1
    while end > begin and text[end - 1] == _SPACE:
        end -= 1
    if begin == end or _among(nothing, _hash(text, begin, end, 0)):
        return -1
    start, number = 0, 0
    if how == DATES:
        number = _read_date(text, begin, end, scratch)
        if number < 0:
            return -2
        filled = 10
    elif how == LOWER:
        filled = end - begin
        scratch[:filled] = text[begin:end]
    elif how == DIGITS:
        filled = _read_plain(text, begin, end, False, scratch)
        start = max(0, filled - _LAST_DIGITS)
    else:
        if how == CODES and end - begin >= 2 and text[end - 2] == _DOT and text[end - 1] == _ZERO:
            end -= 2
        filled = _read_plain(text, begin, end, True, scratch)
    if filled == start:
        return -1
    return place(terms, _hash(scratch, start, filled, seed), scratch, start, filled, number)


@compiled
def read_column(
    how: int,
    letters: Bytes,
    offsets: Offsets,
    present: NDArray[np.bool_],
    terms: Vocabulary,
    seed: int,
    unread: Hashes,
    out: Ids,
) -> NDArray[np.bool_]:
    """Fill in the ids of a column, int32[rows, width], -1 where there is nothing; true where a value was left alone.

    `unread` are hashes in ascending order: of words that are no part of a name (seeded), else of values that say
    nothing (by seed 0).
    """
    left = np.zeros(out.shape[0], np.bool_)
    text, scratch = np.empty(LONGEST, np.uint8), np.empty(LONGEST + 16, np.uint8)
    for row in range(out.shape[0]):
        out[row] = -1
        if not present[row]:
            continue
        begin, end = offsets[row], offsets[row + 1]
        if not _lowered(letters, begin, end, text):
            left[row] = True
        elif how == NAMES:
            _read_name(text, end - begin, terms, seed, unread, scratch, out[row])
        else:
            out[row, 0] = _read_value(how, text, end - begin, terms, seed, unread, scratch)
            if out[row, 0] == -2:
                out[row, 0], left[row] = -1, True
    return left
