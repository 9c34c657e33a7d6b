"""The log in a folder, as tlog-tiles files: written step by step for an overseer to carry away, and read back.

Each file appears whole or not at all, and the checkpoint last: whoever reads the folder at any moment finds every tile
of the checkpoint that he finds. Such a folder can be served by any static web server, or be checked by other tools.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from leconfield.errors import BadInputError, DamagedError
from leconfield.ledger.audit.checkpoint import Checkpoint
from leconfield.ledger.audit.merkle import EMPTY_ROOT, leaf_hash
from leconfield.ledger.audit.note import Verifier
from leconfield.ledger.audit.tiles import (
    TILE_WIDTH,
    Edge,
    Tile,
    bundled,
    hashes_in,
    partial_widths,
    tile_path,
    unbundled,
)
from leconfield.ledger.audit.verify import Fault, Outcome, verify_log

LeafRange = Callable[[int, int], Iterable[bytes]]
"""The storage port: the leaves from `start` up to, but without, `stop`, in order (both counted from 0)."""

CHECKPOINT: Final = "checkpoint"


def export_log(folder: Path, checkpoint: str, vkey: str, leaves: LeafRange) -> int:
    """Bring `folder` up to a signed checkpoint, reading and writing only what it does not yet hold.

    Returns:
        The number of leaves that were added.

    Raises:
        DamagedError: if leaves, checkpoint and what the folder already holds do not fit together; the folder's
            checkpoint then stays as it was.
        BadInputError: if the key is none, or the folder cannot be written.
    """
    verifier = Verifier.parse(vkey)
    head = verifier.checkpoint(checkpoint)
    held = _held(folder, verifier)
    if held.size > head.size:
        raise DamagedError(
            f"audit export {folder}: it already holds {held.size} leaves, the log has only {head.size}; "
            "keep the folder: the log was cut back, or this is another log"
        )
    try:
        shelf = _Shelf(folder, set())
        _grow(shelf, held, head, leaves)
        shelf.settle()
        shelf.put(CHECKPOINT, checkpoint.encode())
        shelf.settle()
        _drop_outgrown(folder, held.size, head.size)
    except OSError as fault:
        raise BadInputError(
            f"audit export {folder}: it cannot be written ({fault.strerror}); choose another"
        ) from fault
    return head.size - held.size


def read_checkpoint(folder: Path) -> str:
    """The signed checkpoint of an exported log, unverified.

    Raises:
        DamagedError: if it is missing or no text.
    """
    try:
        return _read(folder, CHECKPOINT).decode()
    except UnicodeDecodeError as fault:
        raise DamagedError(f"audit export {folder}, checkpoint: it is no UTF-8 text") from fault


def read_leaves(folder: Path, size: int) -> Iterator[bytes]:
    """The first `size` leaves of an exported log, in order.

    Raises:
        DamagedError: naming the file that is missing or broken off.
    """
    for index in range(-(-size // TILE_WIDTH)):
        yield from _tile(folder, None, index, min(TILE_WIDTH, size - index * TILE_WIDTH))


def verify_folder(folder: Path, vkey: str, *, witnessed: Sequence[str] = ()) -> Outcome:
    """Whether an exported log is what was signed and witnessed, and its hash tiles are those of its leaves.

    Raises:
        BadInputError: if `vkey` is no key; everything else becomes a fault.
    """
    verifier = Verifier.parse(vkey)
    try:
        note = read_checkpoint(folder)
        size = verifier.checkpoint(note).size
    except DamagedError as fault:
        return Outcome(0, (Fault(CHECKPOINT, str(fault)),))
    check = _TileCheck(folder, [])
    try:
        outcome = verify_log(check.over(read_leaves(folder, size)), note, vkey, witnessed=witnessed)
    except DamagedError as fault:
        return Outcome(0, (*check.faults, Fault(str(folder), str(fault))))
    return Outcome(outcome.size, (*outcome.faults, *check.faults))


@dataclass(frozen=True, slots=True)
class _TileCheck:
    """Holds the hash tiles of a folder against its leaves while they are read."""

    folder: Path
    faults: list[Fault]

    def over(self, leaves: Iterable[bytes]) -> Iterator[bytes]:
        edge = Edge()
        for leaf in leaves:
            for tile in edge.append(leaf_hash(leaf)):
                self._compare(tile)
            yield leaf
        for tile in edge.partial_tiles():
            self._compare(tile)

    def _compare(self, tile: Tile) -> None:
        try:
            found = _tile(self.folder, tile.level, tile.index, len(tile.hashes))
        except DamagedError as fault:
            self.faults.append(Fault(tile.path, str(fault)))
            return
        for number, (ours, theirs) in enumerate(zip(tile.hashes, found, strict=True)):
            if ours != theirs:
                what = f"its hash {number} is not that of {_leaves_under(tile, number)}; one of them was altered"
                self.faults.append(Fault(tile.path, what))


def _leaves_under(tile: Tile, number: int) -> str:
    """The leaves that a hash of a tile stands for, in words."""
    width = TILE_WIDTH**tile.level
    start = (tile.index * TILE_WIDTH + number) * width
    return f"leaf {start}" if width == 1 else f"leaves {start} to {start + width - 1}"


def _held(folder: Path, verifier: Verifier) -> Checkpoint:
    """What the folder already holds; nothing if it has no checkpoint."""
    if not (folder / CHECKPOINT).exists():
        return Checkpoint(verifier.name, 0, EMPTY_ROOT)
    return verifier.checkpoint(read_checkpoint(folder))


def _grow(shelf: _Shelf, held: Checkpoint, head: Checkpoint, leaves: LeafRange) -> None:
    """Write the tiles and bundles between two checkpoints."""
    edge, bundle = _edge(shelf.folder, held)
    for leaf in leaves(held.size, head.size):
        bundle.append(leaf)
        for tile in edge.append(leaf_hash(leaf)):
            shelf.put(tile.path, b"".join(tile.hashes))
        if len(bundle) == TILE_WIDTH:
            shelf.put(tile_path(None, edge.size // TILE_WIDTH - 1), bundled(bundle))
            bundle.clear()
    if edge.size != head.size or edge.root() != head.root:
        raise DamagedError(
            f"audit log: its {edge.size} leaves are not the {head.size} that its checkpoint was signed over, or do not "
            f"continue those in {shelf.folder}; verify the log"
        )
    for tile in edge.partial_tiles():
        shelf.put(tile.path, b"".join(tile.hashes))
    if bundle:
        shelf.put(tile_path(None, edge.size // TILE_WIDTH, len(bundle)), bundled(bundle))


def _edge(folder: Path, held: Checkpoint) -> tuple[Edge, list[bytes]]:
    """The right edge of what the folder holds, and the leaves of its partial bundle."""
    levels: list[list[bytes]] = []
    bundle: list[bytes] = []
    for level, index, width in partial_widths(held.size):
        levels.append(_tile(folder, level, index, width) if width else [])
        if width and level == 0:
            bundle = _tile(folder, None, index, width)
    edge = Edge.of(held.size, levels)
    if edge.root() != held.root or [leaf_hash(leaf) for leaf in bundle] != (levels[0] if levels else []):
        raise DamagedError(f"audit export {folder}: its tiles are not those of its checkpoint; export to a new folder")
    return edge, bundle


def _drop_outgrown(folder: Path, old: int, new: int) -> None:
    """Remove the partial tiles that are full by now (tlog-tiles allows it once the full tile is there)."""
    for (level, index, _), (_, filled, _) in zip(partial_widths(old), partial_widths(new), strict=False):
        if filled > index:
            for kind in (level, None) if level == 0 else (level,):
                shutil.rmtree(folder / f"{tile_path(kind, index)}.p", ignore_errors=True)


def _tile(folder: Path, level: int | None, index: int, width: int) -> list[bytes]:
    """The first `width` hashes (level None: leaves) of a tile, read from the full one if the partial is gone."""
    path, held = tile_path(level, index, width), width
    if not (folder / path).exists() and (folder / tile_path(level, index)).exists():
        path, held = tile_path(level, index), TILE_WIDTH
    within = unbundled if level is None else hashes_in
    return within(_read(folder, path), held, path)[:width]


def _read(folder: Path, path: str) -> bytes:
    try:
        return (folder / path).read_bytes()
    except OSError as fault:
        raise DamagedError(f"audit export {folder}, {path}: it cannot be read ({fault.strerror})") from fault


@dataclass(frozen=True, slots=True)
class _Shelf:
    """Puts files into a folder, each whole or not at all; `settle` makes them outlive a power cut."""

    folder: Path
    touched: set[Path]

    def put(self, path: str, content: bytes) -> None:
        target = self.folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        unfinished = target.with_name(f".{target.name}.{os.getpid()}")
        with unfinished.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
        self.touched.update(self.folder / parent for parent in Path(path).parents)

    def settle(self) -> None:
        for directory in self.touched:
            opened = os.open(directory, os.O_RDONLY)
            try:
                os.fsync(opened)
            finally:
                os.close(opened)
        self.touched.clear()
