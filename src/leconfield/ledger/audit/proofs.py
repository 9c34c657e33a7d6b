"""Proofs about a Merkle log: a leaf is in it, a later log continues an earlier one (RFC 9162 section 2.1)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from leconfield.errors import BadInputError
from leconfield.ledger.audit.merkle import EMPTY_ROOT, node_hash


@dataclass(frozen=True, slots=True)
class Tree:
    """The hashes of a whole log: `levels[k][i]` is the root of the complete subtree over leaves i*2^k to (i+1)*2^k."""

    levels: tuple[tuple[bytes, ...], ...]

    @classmethod
    def of(cls, leaf_hashes: Iterable[bytes]) -> Tree:
        """The tree over these leaves, 64 bytes a leaf."""
        levels = [tuple(leaf_hashes)]
        while len(below := levels[-1]) > 1:
            pairs = zip(below[0::2], below[1::2], strict=False)  # an odd one out waits for its sibling
            levels.append(tuple(node_hash(left, right) for left, right in pairs))
        return cls(tuple(levels))

    @property
    def size(self) -> int:
        """Number of leaves."""
        return len(self.levels[0])

    def root(self, size: int | None = None) -> bytes:
        """The root that the log had when it held `size` leaves (default: all).

        Raises:
            BadInputError: if it never held as many.
        """
        size = self._checked(self.size if size is None else size)
        return self._root(0, size) if size else EMPTY_ROOT

    def inclusion(self, index: int, size: int | None = None) -> tuple[bytes, ...]:
        """The proof that leaf `index` (from 0) is in the log of `size` leaves (default: all): siblings, bottom up.

        Raises:
            BadInputError: if the log of that size has no such leaf.
        """
        size = self._checked(self.size if size is None else size)
        if not 0 <= index < size:
            raise BadInputError(f"audit proof: a log of {size} leaves has no leaf {index} (they are counted from 0)")
        proof: list[bytes] = []
        low, high = 0, size
        while high - low > 1:
            middle = low + _split(high - low)
            if index < middle:
                proof.append(self._root(middle, high))
                high = middle
            else:
                proof.append(self._root(low, middle))
                low = middle
        return tuple(reversed(proof))

    def consistency(self, old: int, size: int | None = None) -> tuple[bytes, ...]:
        """The proof that the log of `size` leaves (default: all) begins with the log of `old` leaves.

        Raises:
            BadInputError: if `old` is 0 or larger than `size`, or the log never held `size` leaves.
        """
        size = self._checked(self.size if size is None else size)
        if not 0 < old <= size:
            raise BadInputError(f"audit proof: no proof leads from {old} leaves to {size}; take 1 to {size}")
        proof: list[bytes] = []
        low, high, whole = 0, size, True
        while old != high:
            middle = low + _split(high - low)
            if old <= middle:
                proof.append(self._root(middle, high))
                high = middle
            else:
                proof.append(self._root(low, middle))
                low, whole = middle, False
        if not whole:
            proof.append(self._root(low, high))
        return tuple(reversed(proof))

    def _checked(self, size: int) -> int:
        if not 0 <= size <= self.size:
            raise BadInputError(f"audit proof: the log holds {self.size} leaves, not {size}")
        return size

    def _root(self, low: int, high: int) -> bytes:
        """The root over leaves low to high-1; `low` is a multiple of the power of two that holds the range."""
        width = high - low
        if width & (width - 1) == 0:
            level = width.bit_length() - 1
            return self.levels[level][low >> level]
        middle = low + _split(width)
        return node_hash(self._root(low, middle), self._root(middle, high))


def verify_inclusion(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether `proof` shows that the leaf with hash `leaf` is number `index` of the log (RFC 9162 section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    at, last, hashed = index, size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if at & 1 or at == last:
            hashed = node_hash(sibling, hashed)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            hashed = node_hash(hashed, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and hashed == root


def verify_consistency(old: int, old_root: bytes, size: int, root: bytes, proof: Sequence[bytes]) -> bool:
    """Whether `proof` shows that the log `size`, `root` begins with the log `old`, `old_root` (section 2.1.4.2)."""
    if old == size:
        return not proof and old_root == root
    if not 0 < old < size:
        return False
    path = [old_root, *proof] if old & (old - 1) == 0 else list(proof)
    if not path:
        return False
    at, last = old - 1, size - 1
    while at & 1:
        at, last = at >> 1, last >> 1
    older = newer = path[0]
    for sibling in path[1:]:
        if last == 0:
            return False
        if at & 1 or at == last:
            older, newer = node_hash(sibling, older), node_hash(sibling, newer)
            while at and not at & 1:
                at, last = at >> 1, last >> 1
        else:
            newer = node_hash(newer, sibling)
        at, last = at >> 1, last >> 1
    return last == 0 and older == old_root and newer == root


def _split(width: int) -> int:
    """The largest power of two smaller than `width`."""
    return 1 << (width - 1).bit_length() - 1
