"""Shipped facts about name parts: how common, which are nicknames, which are one name in other spellings and scripts.

They are the same for every reader and every desk: nothing here is counted over anybody's records.
Source: `data/names.md`; built by `tools/build_names.py`.
"""

from __future__ import annotations

import io
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Final

import numpy as np
import numpy.typing as npt

RAREST_BITS: Final = 17.0
"""What agreement on a part that no table lists is worth: rarer than one in 100,000."""
HASH_BYTES: Final = 5
"""Two of half a million forms share a hash of this size once in two million lookups."""
STEP_BYTES: Final = 3
NO_VALUE: Final = (1 << 24) - 1
"""The value of an entry that only bridges a gap too wide for one step."""
Bytes = npt.NDArray[np.uint8]


def hash_of(part: str) -> int:
    """The hash under which the tables list a folded part."""
    return int.from_bytes(blake2b(part.encode(errors="surrogatepass"), digest_size=HASH_BYTES).digest(), "big")


@dataclass(frozen=True, slots=True)
class Hashed:
    """A table by folded part that holds no letters: sorted hashes, and a value for each (a part may have several)."""

    hashes: npt.NDArray[np.int64]
    values: npt.NDArray[np.int32]

    def get(self, part: str, default: tuple[int, ...] = ()) -> tuple[int, ...]:
        """The part's values in ascending order; `default` if it is not listed."""
        key = np.int64(hash_of(part))
        low = int(self.hashes.searchsorted(key))
        high = low
        while high < len(self.hashes) and self.hashes[high] == key:
            high += 1
        return tuple(self.values[low:high].tolist()) if high > low else default

    def __contains__(self, part: object) -> bool:
        """Whether the part is listed."""
        return isinstance(part, str) and bool(self.get(part))

    def __len__(self) -> int:
        """How many entries there are."""
        return len(self.hashes)


@dataclass(frozen=True, slots=True)
class Rarities:
    """Bits of evidence by folded part, of the parts that are not rare."""

    table: Hashed

    def get(self, part: str, default: float) -> float:
        """The part's bits; `default` if it is not listed."""
        found = self.table.get(part)
        return float(found[0]) if found else default

    def __len__(self) -> int:
        """How many parts are listed."""
        return len(self.table)


@dataclass(frozen=True, slots=True)
class Facts:
    """The tables, by folded part."""

    bits: Rarities
    nicknames: dict[str, frozenset[str]]
    """Both ways: a name's nicknames and a nickname's names."""
    classes: Hashed
    """The classes of equivalent parts in which a part occurs."""


@cache
def facts() -> Facts:
    """The shipped tables, read once; some 10 MB in memory."""
    packed = (files("leconfield.registry") / "data" / "names.npz").read_bytes()
    with np.load(io.BytesIO(packed), allow_pickle=False) as arrays:
        bits = unpacked(arrays["bits_steps"], arrays["bits_values"])
        classes = unpacked(arrays["class_steps"], arrays["class_values"])
        pairs = str(arrays["nicknames"])
    nicknames: dict[str, set[str]] = defaultdict(set)
    for name, nickname in map(str.split, pairs.splitlines()):
        nicknames[name].add(nickname)
        nicknames[nickname].add(name)
    return Facts(Rarities(bits), {name: frozenset(others) for name, others in nicknames.items()}, classes)


def unpacked(steps: Bytes, values: Bytes) -> Hashed:
    """A table from its steps between sorted hashes and its values, three bytes each (big-endian)."""
    hashes = np.cumsum(_wide(steps).astype(np.int64))
    found = _wide(values)
    real = found != NO_VALUE
    return Hashed(hashes[real], found[real])


def _wide(packed: Bytes) -> npt.NDArray[np.int32]:
    wide = packed.astype(np.int32)
    return wide[:, 0] << 16 | wide[:, 1] << 8 | wide[:, 2]


@cache
def own_spellings() -> dict[str, tuple[int, ...]]:
    """The classes of the list that we wrote ourselves, by folded part; their numbers follow those of the tables."""
    text = (files("leconfield.registry") / "data" / "spellings.txt").read_text(encoding="utf-8")
    found: dict[str, tuple[int, ...]] = {}
    for number, line in enumerate(text.splitlines(), NO_VALUE + 1):
        for part in () if line.startswith("#") else line.split():
            found[part] = (*found.get(part, ()), number)
    return found


def classes_of(part: str) -> tuple[int, ...]:
    """The classes of equivalent parts in which a folded part occurs."""
    return (*facts().classes.get(part), *own_spellings().get(part, ()))


def rarity(part: str) -> float:
    """Bits of evidence in agreeing on a folded part: 4 for a very common one, 17 for one that no table lists."""
    return facts().bits.get(part, RAREST_BITS)
