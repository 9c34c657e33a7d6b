"""Many forms at once: each a number made of its letters, in sorted arrays, so that a text is held against all of them.

The letters of a form are the coefficients of a polynomial over the integers modulo 2 ** 64; every stretch of a text has
its number from two sums of one row, so no stretch is read twice. Equal numbers are only a hint: the letters decide.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import accumulate
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

Keys = NDArray[np.uint64]
Numbers = NDArray[np.int32]

LONGEST: Final = 48
"""Letters of a form that are looked at first; of a longer one the rest is compared where these are found."""
_BASE: Final = 0x9E3779B97F4A7C15
_INVERSE: Final = pow(_BASE, -1, 1 << 64)
_SPREAD: Final = np.uint64(0xBF58476D1CE4E5B9)
_AGAIN: Final = np.uint64(0x94D049BB133111EB)
_ROOM: Final = 12
"""Bits of the filter for each form: with two of them looked at, one stretch in some fifty is sought in vain."""
_LEAST_BITS: Final = 10
_LOOKED_AT: Final = 1 << 16
"""Stretches of a text that are looked for together: what that takes stays in the processor's cache."""


_TOGETHER: Final = 1 << 14
"""Forms whose numbers are made in one go."""


class Hit(NamedTuple):
    """A stretch of a text that may be a form."""

    start: int
    length: int
    number: int
    """The thing that the form is one of."""


class Line:
    """A text as it is held against shelves: the number of every stretch of it is two look-ups away."""

    def __init__(self, letters: str) -> None:
        self.letters = letters
        self._sums, self._inverse = _sums(letters)

    def keys(self, length: int, begin: int = 0, end: int | None = None) -> Keys:
        """The numbers of all stretches of that many letters that begin from `begin` to before `end`."""
        last = max(len(self.letters) - length + 1, 0)
        end = last if end is None else min(end, last)
        if end <= begin:
            return np.empty(0, np.uint64)
        sums = self._sums[begin + length : end + length] - self._sums[begin:end]
        return _mixed(sums * self._inverse[begin:end])


class Shelf(NamedTuple):
    """Forms in order of their numbers (equal ones side by side), each with the thing that it is a form of."""

    keys: Keys
    number: Numbers
    filter: NDArray[np.uint8]
    """Bits, a power of two of them; two are set for each form."""
    lengths: NDArray[np.uint8]
    """The lengths that forms have, `LONGEST` for all that are longer."""

    @classmethod
    def of(cls, forms: Iterable[tuple[str, int]]) -> Self:
        """Forms with the numbers of what they are forms of."""
        listed = list(forms)
        sizes = np.array([min(len(form), LONGEST) for form, _ in listed], np.int64)
        keys = keys_of([form[:LONGEST] for form, _ in listed])
        return cls.sorted(keys, np.array([number for _, number in listed], np.int32), np.unique(sizes).astype(np.uint8))

    @classmethod
    def sorted(cls, keys: Keys, number: Numbers, lengths: NDArray[np.uint8]) -> Self:
        """From keys in any order."""
        order = np.lexsort((number, keys))
        return cls(keys[order], number[order], _filter_of(keys), lengths)

    @classmethod
    def together(cls, shelves: Sequence[Shelf]) -> Self:
        """All the forms of several."""
        keys, number = (
            np.concatenate([each.keys for each in shelves]),
            np.concatenate([each.number for each in shelves]),
        )
        return cls.sorted(keys, number, np.unique(np.concatenate([each.lengths for each in shelves])))

    def __len__(self) -> int:
        return len(self.keys)

    def places(self, keys: Keys) -> Iterator[tuple[int, int]]:
        """For those of the keys that stand here, their place among the keys and each thing's number."""
        some = np.flatnonzero(self._may_have(keys))
        first, last = (np.searchsorted(self.keys, keys[some], side) for side in ("left", "right"))
        for which in np.flatnonzero(last > first).tolist():
            for number in self.number[first[which] : last[which]].tolist():
                yield int(some[which]), number

    def _may_have(self, keys: Keys) -> NDArray[np.bool_]:
        if not len(self.keys) or not len(keys):
            return np.zeros(len(keys), np.bool_)
        bits = len(self.filter).bit_length() + 2
        found = _bit(self.filter, keys >> np.uint64(64 - bits))
        some = np.flatnonzero(found)
        found[some] = _bit(self.filter, (keys[some] * _AGAIN) >> np.uint64(64 - bits))
        return found


def hits(line: Line, shelves: Sequence[Shelf]) -> Iterator[tuple[int, Hit]]:
    """Every stretch of a text that may stand on a shelf: the shelf's place, and the hit."""
    lengths = sorted({int(each) for shelf in shelves for each in shelf.lengths})
    if not lengths:
        return
    step = max(_LOOKED_AT // len(lengths), 1)
    for begin in range(0, len(line.letters), step):
        keys = [line.keys(length, begin, begin + step) for length in lengths]
        ends = list(accumulate(map(len, keys)))
        together = np.concatenate(keys)
        for which, shelf in enumerate(shelves):
            for place, number in shelf.places(together):
                at = bisect_right(ends, place)
                yield which, Hit(begin + place - (ends[at] - len(keys[at])), lengths[at], number)


def keys_of(forms: Sequence[str]) -> Keys:
    """The numbers of forms, all of each."""
    found = [_keys_of(forms[at : at + _TOGETHER]) for at in range(0, len(forms), _TOGETHER)]
    return np.concatenate(found) if found else np.empty(0, np.uint64)


def _keys_of(forms: Sequence[str]) -> Keys:
    sums, inverse = _sums("".join(forms))
    ends = np.cumsum([len(each) for each in forms])
    starts = np.concatenate((np.zeros(1, ends.dtype), ends[:-1]))
    return _mixed((sums[ends] - sums[starts]) * inverse[starts])


def _sums(letters: str) -> tuple[Keys, Keys]:
    """Sums over the letters up to each place, each times a power of the base; and the inverses of those powers."""
    codes = np.frombuffer(letters.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    powers, inverse = _powers(1 << max(len(codes).bit_length(), 10))
    sums = np.zeros(len(codes) + 1, np.uint64)
    np.cumsum(_mixed(codes + np.uint64(1)) * powers[: len(codes)], out=sums[1:])
    return sums, inverse


@lru_cache(maxsize=4)
def _powers(count: int) -> tuple[Keys, Keys]:
    return _powers_of(_BASE, count), _powers_of(_INVERSE, count)


def _powers_of(base: int, count: int) -> Keys:
    row = np.full(count, base, np.uint64)
    row[0] = 1
    return np.cumprod(row)


def _mixed(keys: Keys) -> Keys:
    """Every bit depends on every other (the finish of splitmix64, Steele, Lea and Flood 2014)."""
    keys = (keys ^ (keys >> np.uint64(30))) * _SPREAD
    keys = (keys ^ (keys >> np.uint64(27))) * _AGAIN
    return keys ^ (keys >> np.uint64(31))


def _filter_of(keys: Keys) -> NDArray[np.uint8]:
    bits = max((len(keys) * _ROOM).bit_length(), _LEAST_BITS)
    found = np.zeros(1 << (bits - 3), np.uint8)
    for at in (keys >> np.uint64(64 - bits), (keys * _AGAIN) >> np.uint64(64 - bits)):
        np.bitwise_or.at(found, (at >> np.uint64(3)).astype(np.int64), _mask(at))
    return found


def _bit(bits: NDArray[np.uint8], at: Keys) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = (bits[(at >> np.uint64(3)).astype(np.int64)] & _mask(at)) != 0
    return found


def _mask(at: Keys) -> NDArray[np.uint8]:
    return np.left_shift(np.uint8(1), (at & np.uint64(7)).astype(np.uint8))
