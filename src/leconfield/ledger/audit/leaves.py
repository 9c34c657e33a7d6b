"""Leaves of the audit log: what was read and what was done, as canonical JSON (RFC 8785).

A leaf names no person but by the name that the officer signs in with. The words of a trace or a search *are* recorded:
an overseer must be able to see who asked about whom. What an act wrote is not recorded but committed to, with a salt
that lies beside the entry: when both are destroyed, the leaf stays verifiable and says nothing.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from leconfield.errors import BadInputError, DamagedError

MAX_LEAF_BYTES: Final = 65_535
"""The largest entry that a tlog-tiles bundle can hold."""
MAX_WORDS: Final = 1_000
"""Characters of `about` and `purpose` that a leaf repeats; of anything longer it adds the SHA-256 of the whole."""
SALT_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Read:
    """Somebody asked something of the ledger; written before he is answered."""

    time: str
    """UTC, ISO 8601, as `times.stamp` writes it."""
    actor: str
    """The name the officer signs in with."""
    action: str
    """What was read: `report`, `trace`, `profile` ..."""
    about: str = ""
    """The id or the words it was about."""
    about_sha256: str = ""
    """SHA-256 of the whole words in hex, if `about` is only their beginning."""
    purpose: str = ""
    purpose_sha256: str = ""
    label: str = ""
    """The label of what was asked for, where it is one thing that has one."""

    @classmethod
    def of(cls, time: str, actor: str, action: str, about: str = "", purpose: str = "", label: str = "") -> Read:
        """A read with long words cut to their beginning and their hash."""
        about, about_sha256 = _shortened(about)
        purpose, purpose_sha256 = _shortened(purpose)
        return cls(time, actor, action, about, about_sha256, purpose, purpose_sha256, label)

    def serialise(self) -> bytes:
        """The leaf.

        Raises:
            BadInputError: if it would be too long, or holds what is not text.
        """
        return _leaf("read", self)


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody appended an entry to the ledger; written in the same transaction."""

    time: str
    """UTC, ISO 8601, as `times.stamp` writes it."""
    actor: str
    """The name the officer signs in with, or of the engine."""
    kind: str
    """The kind of the entry."""
    entry: str
    """The id of the entry."""
    commitment: str
    """`commitment(content, salt)` of the entry, in hex."""
    label: str = ""

    def serialise(self) -> bytes:
        """The leaf.

        Raises:
            BadInputError: if it would be too long, or holds what is not text.
        """
        return _leaf("act", self)


Leaf = Read | Act
_JSON: Final = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
_KINDS: Final[dict[str, Callable[..., Leaf]]] = {"read": Read, "act": Act}


def new_salt() -> bytes:
    """A salt for one entry, by the system's randomness."""
    return secrets.token_bytes(SALT_BYTES)


def commitment(content: bytes, salt: bytes) -> str:
    """SHA-256(salt || content) in hex: binds an act to its entry without telling what the entry says.

    Raises:
        BadInputError: if the salt is not 16 bytes long (a fixed length keeps salt and content apart).
    """
    if len(salt) != SALT_BYTES:
        raise BadInputError(f"audit salt of {len(salt)} bytes; {SALT_BYTES} are needed")
    return sha256(salt + content).hexdigest()


def canonical(fields: Mapping[str, str]) -> bytes:
    """Text fields as canonical JSON: keys (ASCII) sorted, no spaces, UTF-8. Fit for content that is committed to.

    Raises:
        BadInputError: if a value holds half a character (a lone surrogate).
    """
    try:
        return _JSON.encode(fields).encode()
    except UnicodeEncodeError as fault:
        raise BadInputError("audit: the words hold half a character (a lone surrogate); type them again") from fault


def parse_leaf(leaf: bytes) -> Leaf:
    """The read or act that a leaf holds.

    Raises:
        DamagedError: if it is not exactly what `serialise` writes.
    """
    try:
        fields = json.loads(leaf)
        if all(isinstance(value, str) for value in fields.values()) and canonical(fields) == leaf:
            return _KINDS[fields.pop("leaf")](**fields)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, BadInputError) as fault:
        raise DamagedError("it is neither a read nor an act as the desk writes them") from fault
    raise DamagedError("it is not in canonical form")


def _shortened(words: str) -> tuple[str, str]:
    if len(words) <= MAX_WORDS:
        return words, ""
    return words[:MAX_WORDS], sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _leaf(kind: str, record: Leaf) -> bytes:
    leaf = canonical({"leaf": kind, **{name: getattr(record, name) for name in record.__slots__}})
    if len(leaf) > MAX_LEAF_BYTES:
        raise BadInputError(f"audit: a leaf of {len(leaf)} bytes; {MAX_LEAF_BYTES} at most: shorten label and names")
    return leaf
