"""The distinct terms of one field, as they are met: bytes, hashes and ids in arrays that grow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from leconfield.registry.linkage.batch_reading import NAMES, Vocabulary, place, read_column, rehash
from leconfield.registry.linkage.normal import _NOT_COMPARED, _NOTHING
from leconfield.registry.linkage.packing import hashed

Number = TypeVar("Number", bound=np.generic)


class FieldTerms:
    """The terms of one field; two of the same 64-bit hash would be taken for one."""

    def __init__(self, seed: int) -> None:
        """`seed` sets the hashes of this field apart from those of others."""
        self._seed = seed
        self._not_compared = _hashes(_NOT_COMPARED, seed)
        self._nothing = _hashes(_NOTHING, 0)
        self._held = Vocabulary(
            np.full(16, -1, np.int32),
            np.zeros(0, np.uint64),
            np.zeros(0, np.uint8),
            np.zeros(1, np.int64),
            np.zeros(0, np.int32),
            np.zeros(1, np.int64),
        )

    @property
    def count(self) -> int:
        """How many terms there are."""
        return int(self._held.size[0])

    @property
    def letters(self) -> npt.NDArray[np.uint8]:
        """The bytes of all terms."""
        return self._held.letters

    @property
    def ends(self) -> npt.NDArray[np.int64]:
        """Where each term begins in `letters`, and the end of the last."""
        return self._held.ends[: self.count + 1]

    @property
    def numbers(self) -> npt.NDArray[np.int32]:
        """The number of each term that is a date, else 0."""
        return self._held.numbers[: self.count]

    def text(self, term: int) -> str:
        """A term as it is compared."""
        begin, end = self._held.ends[term : term + 2].tolist()
        return self._held.letters[begin:end].tobytes().decode()

    def those_of(self, words: Iterable[str]) -> list[int]:
        """The terms that are one of these words, ascending."""
        asked = _hashes(words, self._seed)
        return np.flatnonzero(np.isin(self._held.hashes[: self.count], asked)).tolist()

    def read(self, how: int, text: pa.Array, out: npt.NDArray[np.int32]) -> npt.NDArray[np.bool_]:
        """Read a column of large strings into ids; true where a value was left alone."""
        if not len(text):
            return np.zeros(0, np.bool_)
        present = text.is_valid().to_numpy(zero_copy_only=False)
        letters, offsets = buffers(text)
        self._make_room(out.size, int(offsets[-1] - offsets[0]) + 2 * len(text))
        unread = self._not_compared if how == NAMES else self._nothing
        return read_column(how, letters, offsets, present, self._held, self._seed, unread, out)

    def place(self, text: str, number: int) -> int:
        """The id of a term, a new one if it is new."""
        letters = np.frombuffer(text.encode(), np.uint8)
        self._make_room(1, len(letters))
        key = np.uint64(hashed(letters, 0, len(letters), self._seed))
        return place(self._held, key, letters, 0, len(letters), number)

    def _make_room(self, terms: int, letters: int) -> None:
        """Room for so many more terms, and for their bytes."""
        held, count = self._held, self.count
        if count + terms > len(held.hashes):
            size = max(count + terms, len(held.hashes) * 3 // 2)
            held = held._replace(
                hashes=_grown(held.hashes, size), numbers=_grown(held.numbers, size), ends=_grown(held.ends, size + 1)
            )
        used = int(held.ends[count])
        if used + letters > len(held.letters):
            held = held._replace(letters=_grown(held.letters, max(used + letters, len(held.letters) * 3 // 2)))
        if 2 * (count + terms) > len(held.slots):
            held = held._replace(slots=np.full(1 << (2 * (count + terms)).bit_length(), -1, np.int32))
            rehash(held.slots, held.hashes, count)
        self._held = held


def buffers(text: pa.Array) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.int64]]:
    """The bytes of large strings, and where each begins, with the end of the last."""
    _, offsets, letters = text.buffers()
    where = np.frombuffer(offsets, np.int64)[text.offset : text.offset + len(text) + 1]
    return (np.frombuffer(letters, np.uint8) if letters is not None and letters.size else np.zeros(1, np.uint8)), where


def _hashes(words: Iterable[str], seed: int) -> npt.NDArray[np.uint64]:
    """The hashes of some words, ascending."""
    made = [hashed(np.frombuffer(word.encode() or b"\0", np.uint8), 0, len(word.encode()), seed) for word in words]
    return np.sort(np.array(made, np.uint64))


def _grown(array: npt.NDArray[Number], size: int) -> npt.NDArray[Number]:
    larger = np.zeros(size, array.dtype)
    larger[: len(array)] = array
    return larger
