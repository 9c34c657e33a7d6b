"""Sealed boxes: what the open side takes in from the public, which it cannot open itself, and carries inside.

A box is packed, padded to one of a few sizes and enclosed for the desk's keys (`envelope`). It carries a day and no
hour, no address and no name of a browser: there is no field for them.
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from leconfield.errors import BadInputError, DamagedError
from leconfield.gate.bundles.content import canonical, parsed
from leconfield.gate.bundles.envelope import enclose, open_envelope

ENDING: Final = ".box"
FORMAT: Final = "leconfield box"
VERSION: Final = 1
MAX_BYTES: Final = 32 * 2**20
"""Bytes of what is packed, before it is padded."""
MAX_FIELD: Final = 100_000
"""Characters of one field."""
MAX_FIELDS: Final = 200
MAX_FILES: Final = 20
BUCKETS: Final = (2**10, 4 * 2**10, 16 * 2**10, 64 * 2**10, 256 * 2**10)
"""Sizes to which a box is padded, in bytes; above the last, whole MiB."""
_KIND: Final = re.compile(r"[a-z][a-z-]{0,39}")
_ID: Final = re.compile(r"[0-9a-f]{32}")
_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LENGTH_BYTES: Final = 8


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file that somebody sent along. It is not opened on the open side."""

    name: str
    media_type: str
    held: bytes


@dataclass(frozen=True, slots=True)
class Box:
    """What somebody sent in: a kind, a random id, a day, fields in words, and files."""

    kind: str
    """`tip`, `question`, `application`, `equality`, `submission` ...: lower-case letters and `-`."""
    day: str
    """The day (ISO, UTC) on which it was sent; no hour."""
    fields: Mapping[str, str]
    files: tuple[Enclosed, ...] = ()
    id: str = field(default_factory=lambda: secrets.token_hex(16))
    """32 hexadecimal digits at random: by it the inside takes a box once, however often it comes."""


def seal(box: Box, recipients: Sequence[X25519PublicKey]) -> bytes:
    """The box, which any one of the recipients opens.

    Raises:
        BadInputError: if it is too large, or something may not stand in it.
    """
    if fault := _fault(box):
        raise BadInputError(fault)
    files = [
        {"held": base64.b64encode(each.held).decode("ascii"), "media_type": each.media_type, "name": each.name}
        for each in box.files
    ]
    head = {"day": box.day, "fields": dict(box.fields), "files": files, "format": FORMAT, "id": box.id}
    packed = canonical({**head, "kind": box.kind, "version": VERSION})
    if len(packed) > MAX_BYTES:
        raise BadInputError(f"{len(packed):,} bytes with its files; {MAX_BYTES:,} at most: leave some files out")
    return enclose(_padded(packed), recipients)


def opened(sealed: bytes, key: X25519PrivateKey, *, where: str = "box") -> Box:
    """What is in a sealed box.

    Raises:
        BadInputError: if it is no box.
        RefusedError: if it is not for this key.
        DamagedError: if it was torn or altered.
    """
    padded = open_envelope(sealed, key, where=where)
    size = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    if len(padded) < _LENGTH_BYTES or size > len(padded) - _LENGTH_BYTES or size > MAX_BYTES:
        raise DamagedError(f"{where}: what is in it is not padded as a box is")
    told = parsed(padded[_LENGTH_BYTES : _LENGTH_BYTES + size], where)
    if told.get("format") != FORMAT or told.get("version") != VERSION:
        raise BadInputError(f"{where}: it is no box of a version that is known here")
    box = _read(told, where)
    if fault := _fault(box):
        raise DamagedError(f"{where}: {fault}")
    return box


def bucket(size: int) -> int:
    """The size, in bytes, to which something of that size is padded."""
    return next((each for each in BUCKETS if size <= each), -(-size // 2**20) * 2**20)


def _padded(packed: bytes) -> bytes:
    size = len(packed) + _LENGTH_BYTES
    return len(packed).to_bytes(_LENGTH_BYTES, "big") + packed + bytes(bucket(size) - size)


def _fault(box: Box) -> str:
    if _KIND.fullmatch(box.kind) is None:
        return "its kind is lower-case letters and -"
    if _ID.fullmatch(box.id) is None:
        return "its id is 32 hexadecimal digits"
    if _DAY.fullmatch(box.day) is None:
        return "its day is written as 2026-12-01"
    if len(box.fields) > MAX_FIELDS or len(box.files) > MAX_FILES:
        return f"{MAX_FIELDS} fields and {MAX_FILES} files at most"
    for name, words in box.fields.items():
        if len(words) > MAX_FIELD:
            return f"{name}: {len(words):,} characters; {MAX_FIELD:,} at most"
    return ""


def _read(told: Mapping[str, object], where: str) -> Box:
    fields, files = told.get("fields"), told.get("files")
    texts = [told.get(name) for name in ("kind", "day", "id")]
    if not isinstance(fields, dict) or not isinstance(files, list) or not all(isinstance(each, str) for each in texts):
        raise DamagedError(f"{where}: kind, day, id, fields or files are missing or of another kind")
    if not all(isinstance(words, str) for words in fields.values()):
        raise DamagedError(f"{where}: a field is no text")
    kind, day, its_id = (str(each) for each in texts)
    return Box(kind, day, dict(fields), tuple(_file(each, where) for each in files), its_id)


def _file(told: object, where: str) -> Enclosed:
    if not isinstance(told, dict) or not all(
        isinstance(told.get(name), str) for name in ("name", "media_type", "held")
    ):
        raise DamagedError(f"{where}: a file has a name, a media type and what it holds")
    try:
        held = base64.b64decode(told["held"].encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise DamagedError(f"{where}: a file is not base64") from None
    return Enclosed(told["name"], told["media_type"], held)
