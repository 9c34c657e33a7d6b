"""Tiles: a log as static files that any C2SP tool can read (C2SP tlog-tiles). Pure: paths, bundles, the right edge.

A hash tile holds 256 hashes of complete subtrees of 256^level leaves; an entry bundle holds 256 leaves. The last ones
of each level are partial, with their width in the path.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from leconfield.errors import BadInputError, DamagedError
from leconfield.ledger.audit.leaves import MAX_LEAF_BYTES
from leconfield.ledger.audit.merkle import HASH_BYTES, Frontier

TILE_WIDTH: Final = 256
_TILE_BITS: Final = 8
_LENGTH_BYTES: Final = 2


def tile_path(level: int | None, index: int, width: int = TILE_WIDTH) -> str:
    """The path of a tile under the log's folder; level None is that of the entry bundles.

    `tile_path(0, 1234067, 8)` is `tile/0/x001/x234/067.p/8`.
    """
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.insert(0, f"x{index % 1000:03}")
    partial = "" if width == TILE_WIDTH else f".p/{width}"
    return f"tile/{'entries' if level is None else level}/{'/'.join(groups)}{partial}"


def bundled(leaves: Iterable[bytes]) -> bytes:
    """Leaves as an entry bundle: each with its length before it (2 bytes, big-endian).

    Raises:
        BadInputError: if a leaf is longer than 65,535 bytes.
    """
    parts: list[bytes] = []
    for leaf in leaves:
        if len(leaf) > MAX_LEAF_BYTES:
            raise BadInputError(f"audit leaf of {len(leaf)} bytes; {MAX_LEAF_BYTES} at most fit into a bundle")
        parts += (len(leaf).to_bytes(_LENGTH_BYTES, "big"), leaf)
    return b"".join(parts)


def unbundled(bundle: bytes, width: int, where: str) -> list[bytes]:
    """The `width` leaves of an entry bundle; `where` begins the message if it holds anything else.

    Raises:
        DamagedError: if the bundle is broken off, or goes on after its last leaf.
    """
    leaves: list[bytes] = []
    at = 0
    while len(leaves) < width:
        start = at + _LENGTH_BYTES
        at = start + int.from_bytes(bundle[at:start], "big")
        if start > len(bundle) or at > len(bundle):
            raise DamagedError(f"{where}: it breaks off within leaf {len(leaves)} of {width}")
        leaves.append(bundle[start:at])
    if at != len(bundle):
        raise DamagedError(f"{where}: it goes on after its last leaf ({len(bundle) - at} bytes too many)")
    return leaves


def hashes_in(tile: bytes, width: int, where: str) -> list[bytes]:
    """The `width` hashes of a hash tile.

    Raises:
        DamagedError: if the tile is longer or shorter.
    """
    if len(tile) != width * HASH_BYTES:
        raise DamagedError(f"{where}: {len(tile)} bytes are not {width} hashes")
    return [tile[at : at + HASH_BYTES] for at in range(0, width * HASH_BYTES, HASH_BYTES)]


@dataclass(frozen=True, slots=True)
class Tile:
    """A hash tile: its place and its hashes, 256 or (at the right edge) fewer."""

    level: int
    index: int
    hashes: tuple[bytes, ...]

    @property
    def path(self) -> str:
        """Where it lies under the log's folder."""
        return tile_path(self.level, self.index, len(self.hashes))


class Edge:
    """The partial tiles at the right edge of a growing log, level by level; gives off each tile as it fills."""

    def __init__(self) -> None:
        self.size = 0
        self._levels: list[list[bytes]] = []

    @classmethod
    def of(cls, size: int, levels: Iterable[list[bytes]]) -> Edge:
        """The edge of a log of `size` leaves whose partial tiles (none: empty) are known, lowest level first."""
        edge = cls()
        edge.size, edge._levels = size, list(levels)
        return edge

    def append(self, leaf: bytes) -> list[Tile]:
        """Take in a leaf by its hash; the tiles that it fills, lowest first (mostly none)."""
        self.size += 1
        filled: list[Tile] = []
        hashed, count, level = leaf, self.size, 0
        while True:
            if level == len(self._levels):
                self._levels.append([])
            partial = self._levels[level]
            partial.append(hashed)
            if len(partial) < TILE_WIDTH:
                return filled
            count >>= _TILE_BITS
            filled.append(Tile(level, count - 1, tuple(partial)))
            hashed, level = _root_of_hashes(partial), level + 1
            partial.clear()

    def partial_tiles(self) -> Iterator[Tile]:
        """The tiles that are begun and not full, lowest level first."""
        for level, partial in enumerate(self._levels):
            if partial:
                yield Tile(level, self.size >> _TILE_BITS * (level + 1), tuple(partial))

    def root(self) -> bytes:
        """The root of the log, 32 bytes."""
        peaks: list[bytes] = []
        for partial in reversed(self._levels):
            within, _ = Frontier().extended(partial)
            peaks.extend(within.peaks)
        return Frontier(self.size, tuple(peaks)).root()


def partial_widths(size: int) -> Iterator[tuple[int, int, int]]:
    """Level, index and width (0: none) of the right-edge tile of each level of a log of `size` leaves."""
    level = 0
    while count := size >> _TILE_BITS * level:
        yield level, count // TILE_WIDTH, count % TILE_WIDTH
        level += 1


def _root_of_hashes(hashes: Sequence[bytes]) -> bytes:
    frontier, _ = Frontier().extended(hashes)
    return frontier.root()
