"""A segment: names and everything by which they are found, as arrays in one file that is mapped, not read.

The file: eight bytes of kind, the length of the header, its SHA-256, the header (JSON: which arrays, of what type,
where, their checksums), then the arrays, each aligned to 64 bytes. It is written beside its place and renamed into it.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from leconfield.errors import DamagedError

_KIND: Final = b"LFNAMES4"
_ALIGN: Final = 64
_PREFIX: Final = len(_KIND) + 8 + 32

Bytes = NDArray[np.uint8]
Hashes = NDArray[np.uint64]
Numbers = NDArray[np.int32]
Offsets = NDArray[np.int64]
Floats = NDArray[np.float32]


class Parts(NamedTuple):
    """The distinct parts, in order of the hashes of their texts."""

    part_text: Bytes
    part_at: Offsets
    part_hash: Hashes
    part_bits: Floats
    """How rare the shipped tables say it is."""
    part_rows: Numbers
    """Rows that bear it."""
    part_form: Numbers
    """Where its spellings begin among all."""
    part_class: Numbers
    """Where its classes begin in `class_of`."""
    class_of: Numbers
    form_text: Bytes
    form_at: Offsets
    form_part: Numbers
    form_cost: Floats
    form_kind: Bytes
    """The kinds of `knowledge`: plain, foreign."""
    key: Hashes
    key_form: Numbers
    key_word: Hashes
    """The spelling itself if it is plain and short, beside its key: most are compared without being looked up."""
    key_at: Offsets
    """Where the keys begin that share their first bits."""
    tree_mask: NDArray[np.uint32]
    tree_first: Numbers
    tree_form: Numbers
    """The plain spellings as a tree of letters, by which parts in other scripts are read; see `transliteration`."""


class Names(NamedTuple):
    """The distinct names, the shortest first and then in order of the hashes of their parts; and who bears them."""

    name_at: Numbers
    """Where its parts begin in `name_part`."""
    name_part: Numbers
    name_hash: Hashes
    name_flags: Bytes
    name_initials: NDArray[np.uint32]
    """First letters of its parts, a bit each."""
    post_at: Offsets
    post: Numbers
    """The names of each part, in order."""
    name_row: Numbers
    """Where its rows begin."""
    row_id: Bytes
    row_id_at: Offsets
    row_text: Bytes
    row_text_at: Offsets


@dataclass(frozen=True, slots=True)
class Segment:
    """Names that bear one label, as they are found. Nothing in it depends on any other segment."""

    parts: Parts
    names: Names
    label: str
    knowledge: str
    """The version of the tables it was built with."""
    path: Path | None = None

    @property
    def rows(self) -> int:
        """How many rows it holds."""
        return len(self.names.row_id_at) - 1

    def row_key(self, row: int) -> bytes:
        """The row's id, as bytes."""
        begin, end = self.names.row_id_at[row : row + 2].tolist()
        return self.names.row_id[begin:end].tobytes()

    def text_of(self, row: int) -> str:
        """The row's name as it was written."""
        begin, end = self.names.row_text_at[row : row + 2].tolist()
        return self.names.row_text[begin:end].tobytes().decode()

    def parts_of(self, name: int) -> tuple[str, ...]:
        """The parts of a name, as folded."""
        places = self.names.name_part[self.names.name_at[name] : self.names.name_at[name + 1]]
        at = self.parts.part_at
        return tuple(self.parts.part_text[at[each] : at[each + 1]].tobytes().decode() for each in places)

    def write(self, path: Path) -> Segment:
        """Write it to a file, all or nothing, and hand back the segment as it is mapped from there."""
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with beside.open("wb") as file:
                arrays = _arrays(self)
                head = _head(self, arrays)
                file.write(_KIND + len(head).to_bytes(8, "little") + hashlib.sha256(head).digest() + head)
                for array in arrays.values():
                    file.write(bytes(-file.tell() % _ALIGN))
                    array.tofile(file)
                file.flush()
                os.fsync(file.fileno())
            beside.replace(path)
        finally:
            beside.unlink(missing_ok=True)
        sync_folder(path.parent)
        return Segment.open(path)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Map a segment's file: only its header is read.

        Raises:
            DamagedError: if it is not a segment's file, or was cut short or changed.
        """
        try:
            with path.open("rb") as file:
                prefix = file.read(_PREFIX)
                head = file.read(_head_length(prefix, path))
            mapped: Bytes = np.memmap(path, dtype=np.uint8, mode="r")
        except OSError as error:
            raise DamagedError(f"{path} cannot be read: {error.strerror}; build the index again") from None
        except ValueError:
            raise _damaged(path, "is empty") from None
        if hashlib.sha256(head).digest() != prefix[-32:]:
            raise _damaged(path, "has another header than was written")
        said = json.loads(head)
        if len(mapped) != said["length"]:
            raise _damaged(path, f"has {len(mapped):,} bytes, not {said['length']:,}")
        return cls._from(said, np.asarray(mapped), path)

    @classmethod
    def _from(cls, said: dict[str, object], mapped: Bytes, path: Path) -> Self:
        found = {}
        listed = said["arrays"]
        assert isinstance(listed, list)
        for name, kind, length, at, _ in listed:
            dtype = np.dtype(kind)
            found[name] = mapped[at : at + length * dtype.itemsize].view(dtype)
        try:
            parts, names = (
                Parts(*(found[each] for each in Parts._fields)),
                Names(*(found[each] for each in Names._fields)),
            )
        except KeyError as error:
            raise _damaged(path, f"lacks the array {error}") from None
        return cls(parts, names, str(said["label"]), str(said["knowledge"]), path)

    def verify(self) -> None:
        """Read all of it and compare every checksum.

        Raises:
            DamagedError: if anything is not as it was written.
        """
        assert self.path is not None, "only what is in a file can be damaged"
        with self.path.open("rb") as file:
            said = json.loads(file.read(_head_length(file.read(_PREFIX), self.path)))
        arrays = _arrays(self)
        for name, _, _, _, checksum in said["arrays"]:
            if zlib.crc32(_flat(arrays[name])) != checksum:
                raise _damaged(self.path, f"has another {name} than was written")


def _arrays(segment: Segment) -> dict[str, NDArray[np.generic]]:
    return segment.parts._asdict() | segment.names._asdict()


def _flat(array: NDArray[np.generic]) -> memoryview:
    return np.ascontiguousarray(array).data


def _head(segment: Segment, arrays: dict[str, NDArray[np.generic]]) -> bytes:
    """The header; where the arrays lie depends on its length, which is found by padding it."""
    checksums = {name: zlib.crc32(_flat(array)) for name, array in arrays.items()}
    room = 1 << 14
    at = _PREFIX + room
    listed = []
    for name, array in arrays.items():
        at += -at % _ALIGN
        listed.append((name, array.dtype.str, len(array), at, checksums[name]))
        at += array.nbytes
    said = {"label": segment.label, "knowledge": segment.knowledge, "length": at, "arrays": listed}
    head = json.dumps(said, ensure_ascii=True).encode()
    if len(head) > room:
        raise DamagedError("the label of a segment is too long to be written")
    return head.ljust(room)


def _head_length(prefix: bytes, path: Path) -> int:
    if len(prefix) < _PREFIX or not prefix.startswith(_KIND):
        raise _damaged(path, "is no file of names")
    return min(int.from_bytes(prefix[8:16], "little"), 1 << 20)


def _damaged(path: Path, what: str) -> DamagedError:
    return DamagedError(f"{path} {what}; delete the index and build it again")


def sync_folder(folder: Path) -> None:
    """Make sure that a rename in the folder outlives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
