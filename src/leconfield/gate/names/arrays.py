"""Arrays in a file that is mapped, not read; and many texts as two arrays."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final, NamedTuple, Self

import numpy as np
from numpy.typing import NDArray

from leconfield.errors import DamagedError

_KIND: Final = b"LFSHAPE1"
_ALIGN: Final = 64
_SIZE: Final = len(_KIND) + 8 + 32
_MOST_HEADER: Final = 1 << 20

Array = NDArray[np.generic]


class Texts(NamedTuple):
    """Texts one after another in UTF-8, and where each begins; one place more than there are texts."""

    bytes: NDArray[np.uint8]
    at: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Iterable[str]) -> Self:
        """These texts."""
        encoded = [each.encode("utf-8", "surrogatepass") for each in texts]
        at = np.zeros(len(encoded) + 1, np.int64)
        np.cumsum([len(each) for each in encoded], out=at[1:])
        return cls(np.frombuffer(b"".join(encoded), np.uint8), at)

    def with_those_of(self, other: Texts) -> Texts:
        """These, then the others."""
        return Texts(np.concatenate((self.bytes, other.bytes)), np.concatenate((self.at, other.at[1:] + self.at[-1])))

    def text(self, number: int) -> str:
        """The text of that number."""
        return self.bytes[self.at[number] : self.at[number + 1]].tobytes().decode("utf-8", "surrogatepass")


def write(path: Path, version: str, arrays: Mapping[str, Array]) -> None:
    """Write arrays to a file, all or nothing.

    Raises:
        OSError: if it cannot be written.
    """
    at, listed = 0, []
    for name, array in arrays.items():
        at += -at % _ALIGN
        listed.append((name, array.dtype.str, len(array), at))
        at += array.nbytes
    head = json.dumps({"version": version, "length": at, "arrays": listed}).encode()
    head = head.ljust(len(head) + -(len(head) + _SIZE) % _ALIGN)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as file:
            file.write(_KIND + len(head).to_bytes(8, "little") + hashlib.sha256(head).digest() + head)
            for array in arrays.values():
                file.write(bytes(-file.tell() % _ALIGN))
                np.ascontiguousarray(array).tofile(file)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)


def mapped(path: Path, version: str) -> dict[str, Array]:
    """The arrays of a file as they lie there; only the header is read.

    Raises:
        DamagedError: if there is no such file, it was cut short, its header was changed, or it is of another version.
    """
    try:
        with path.open("rb") as file:
            prefix = file.read(_SIZE)
            size = int.from_bytes(prefix[8:16], "little")
            head = file.read(min(size, _MOST_HEADER))
        if not prefix.startswith(_KIND) or hashlib.sha256(head).digest() != prefix[-32:]:
            raise DamagedError(f"{path} is not what was written; delete it, and it is made again")
        said = json.loads(head)
        whole = np.memmap(path, dtype=np.uint8, mode="r")
    except (OSError, ValueError) as error:
        raise DamagedError(f"{path} cannot be read ({error}); delete it, and it is made again") from None
    begin = _SIZE + len(head)
    if said["version"] != version or len(whole) != begin + said["length"]:
        raise DamagedError(f"{path} is of another version or was cut short; delete it, and it is made again")
    return {name: _view(whole, begin + at, length, kind) for name, kind, length, at in said["arrays"]}


def _view(whole: NDArray[np.uint8], at: int, length: int, kind: str) -> Array:
    dtype = np.dtype(kind)
    return np.asarray(whole[at : at + length * dtype.itemsize]).view(dtype)
