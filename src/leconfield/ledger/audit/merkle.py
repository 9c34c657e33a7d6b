"""The Merkle tree of the audit log (RFC 6962 section 2.1): its hashes, and the frontier that grows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from leconfield.errors import DamagedError

HASH_BYTES: Final = 32
MAX_SIZE: Final = 2**63 - 1
"""The largest log anybody's tools can read (Go's `int64`)."""
_SIZE_BYTES: Final = 8


def leaf_hash(leaf: bytes) -> bytes:
    """The hash of a leaf: SHA-256(0x00 || leaf), 32 bytes."""
    return sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash of an inner node: SHA-256(0x01 || left || right), 32 bytes."""
    return sha256(b"\x01" + left + right).digest()


EMPTY_ROOT: Final = sha256(b"").digest()
"""The root of a log without leaves."""


@dataclass(frozen=True, slots=True)
class Frontier:
    """The right edge of the tree: all that is needed to append and to know the root, without the leaves.

    One peak for each complete subtree, from the largest (left) to the smallest; as many as `size` has one-bits.
    """

    size: int = 0
    peaks: tuple[bytes, ...] = ()

    def __post_init__(self) -> None:
        if not 0 <= self.size <= MAX_SIZE or len(self.peaks) != self.size.bit_count():
            raise DamagedError(
                f"audit frontier: {len(self.peaks)} peaks do not make a log of {self.size} leaves; "
                "restore the desk from its backup"
            )
        if any(len(peak) != HASH_BYTES for peak in self.peaks):
            raise DamagedError("audit frontier: a peak is not 32 bytes long; restore the desk from its backup")

    def extended(self, leaf_hashes: Iterable[bytes]) -> tuple[Frontier, int]:
        """The frontier after appending leaves by their hashes, and its size. O(log size) for each leaf."""
        size, peaks = self.size, list(self.peaks)
        for leaf in leaf_hashes:
            peak, full = leaf, size
            while full & 1:
                peak = node_hash(peaks.pop(), peak)
                full >>= 1
            peaks.append(peak)
            size += 1
        return Frontier(size, tuple(peaks)), size

    def root(self) -> bytes:
        """The root of the tree, 32 bytes."""
        if not self.peaks:
            return EMPTY_ROOT
        *larger, root = self.peaks
        for peak in reversed(larger):
            root = node_hash(peak, root)
        return root

    def serialise(self) -> bytes:
        """Size (8 bytes, big-endian), then the peaks."""
        return self.size.to_bytes(_SIZE_BYTES, "big") + b"".join(self.peaks)

    @classmethod
    def parse(cls, stored: bytes) -> Frontier:
        """The frontier that `serialise` wrote; no bytes at all are the frontier of an empty log.

        Raises:
            DamagedError: if the bytes are not such a frontier.
        """
        if not stored:
            return cls()
        hashes = stored[_SIZE_BYTES:]
        if len(stored) < _SIZE_BYTES or len(hashes) % HASH_BYTES:
            raise DamagedError(f"audit frontier: {len(stored)} bytes are not one; restore the desk from its backup")
        peaks = tuple(hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES))
        return cls(int.from_bytes(stored[:_SIZE_BYTES], "big"), peaks)


def root_of(leaves: Iterable[bytes]) -> bytes:
    """The root of a log of these leaves, 32 bytes."""
    frontier, _ = Frontier().extended(map(leaf_hash, leaves))
    return frontier.root()
