"""A plain tar (POSIX ustar) that can be written in one way only, so that every changed byte shows.

No compression, so nothing can swell; no folders, links, owners or times. Read with any tar.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from leconfield.errors import BadInputError, DamagedError

MAX_BYTES: Final = 256 * 1024 * 1024
"""Of the whole file."""
MAX_FILES: Final = 1_100
_BLOCK: Final = 512
_END: Final = bytes(2 * _BLOCK)
_MAGIC: Final = slice(257, 265)
_USTAR: Final = b"ustar\x0000"
_COMPRESSED: Final = {
    b"\x1f\x8b": "gzip",
    b"PK\x03\x04": "zip",
    b"BZh": "bzip2",
    b"\xfd7zXZ": "xz",
    b"\x28\xb5\x2f\xfd": "zstd",
    b"7z\xbc\xaf": "7z",
}


def write(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The archive of these files, in this order.

    Raises:
        BadInputError: if it would be too large, or a name too long.
    """
    parts: list[bytes] = []
    for name, held in files:
        parts += (_header(name, len(held)), held, bytes(-len(held) % _BLOCK))
    packed = b"".join((*parts, _END))
    if len(packed) > MAX_BYTES:
        raise BadInputError(f"the bundle would have {len(packed):,} bytes; {MAX_BYTES:,} at most: split the release")
    return packed


def read(packed: bytes, where: str) -> list[tuple[str, bytes]]:
    """The files of an archive, in order, if it is the one that `write` would make of them.

    Raises:
        BadInputError: if it is no such file: too large, compressed, something else.
        DamagedError: if it is torn, or written in another way.
    """
    _check_kind(packed, where)
    files: list[tuple[str, bytes]] = []
    at = 0
    while at < len(packed) and packed[at : at + _BLOCK] != bytes(_BLOCK):
        name, size = _head(packed, at, where)
        start = at + _BLOCK
        at = start + size + -size % _BLOCK
        if at + len(_END) > len(packed):
            raise DamagedError(f'{where}: it is torn within "{name}"; copy it again')
        files.append((name, packed[start : start + size]))
        if len(files) > MAX_FILES:
            raise BadInputError(f"{where}: it holds more than {MAX_FILES:,} files; no sealed bundle does")
    if packed[at:] != _END:
        words = "it is torn at its end" if len(packed) < at + len(_END) else "something stands behind its end"
        raise DamagedError(f"{where}: {words}; copy it again")
    if write(files) != packed:
        raise DamagedError(f"{where}: its archive is not written as a sealed bundle's is; it was repacked or altered")
    return files


def _check_kind(packed: bytes, where: str) -> None:
    if len(packed) > MAX_BYTES:
        raise BadInputError(f"{where}: {len(packed):,} bytes; a sealed bundle has {MAX_BYTES:,} at most")
    for magic, name in _COMPRESSED.items():
        if packed.startswith(magic):
            raise BadInputError(f"{where}: it is compressed ({name}); a sealed bundle never is. Ask for the original")
    if len(packed) < _BLOCK + len(_END) or packed[_MAGIC] != _USTAR:
        raise BadInputError(f"{where}: it is no sealed bundle, or only a piece of one")


def _head(packed: bytes, at: int, where: str) -> tuple[str, int]:
    block = packed[at : at + _BLOCK]
    name = block[:100].rstrip(b"\0").decode("ascii", "replace")
    place = f'{where}, file "{name}"'
    if ".." in name or name.startswith(("/", "\\")) or "\\" in name or ":" in name:
        raise DamagedError(f"{place}: its name leads out of the bundle; do not unpack this file")
    try:
        size = int(block[124:135], 8)
    except ValueError:
        raise DamagedError(f"{place}: its size cannot be read; it was altered") from None
    if size > len(packed):
        raise DamagedError(f"{place}: it claims {size:,} bytes, more than there are; it is torn or was altered")
    if len(block) < _BLOCK or block != _header(name, size):
        raise DamagedError(f"{place}: its header is not a plain file's (a link, a folder, an owner, a time)")
    return name, size


def _header(name: str, size: int) -> bytes:
    raw = name.encode("ascii", "replace")
    if len(raw) > 100:
        raise BadInputError(f'"{name[:60]}…" is too long a name; 100 characters at most')
    fields = (
        raw.ljust(100, b"\0"),
        b"0000644\0",
        b"0000000\0",
        b"0000000\0",
        b"%011o\0" % size,
        b"00000000000\0",
        b" " * 8,
        b"0",
        bytes(100),
        _USTAR,
        bytes(64),
        b"0000000\0",
        b"0000000\0",
        bytes(167),
    )
    block = b"".join(fields)
    return block[:148] + b"%06o\0 " % sum(block) + block[156:]
