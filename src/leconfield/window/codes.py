"""Codes to come back by: seven words that nobody keeps, from which a place to look and a key to open with follow.

Whoever has the words has the mailbox, the draft or the question; the window keeps the place alone, and cannot turn
it back into words. Seven words of 7,772 are 90 bits, as SecureDrop's receipts are; see docs/tips.md, "The receipt".
"""

from __future__ import annotations

import math
import os
import re
import secrets
import threading
import unicodedata
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from xkcdpass import xkcd_password  # type: ignore[import-untyped]

from leconfield.errors import DamagedError

WORDS: Final = 7
"""Words of a code."""
LEAST_BITS: Final = 89.8
"""Of a code: what SecureDrop asks of seven words."""
MAX_TYPED: Final = 400
"""Characters of a code as somebody types it; more is cut, so that no long text costs long work."""
SALT_FILE: Final = "codes.salt"
_SALT_BYTES: Final = 32
_LIST: Final = "eff-long"
_APART: Final = re.compile(r"[^a-z]+")
_AT_A_TIME: Final = threading.BoundedSemaphore(2)
"""Runs of Argon2id at a time: each takes its memory, and a crowd must not take all there is."""
_PLACES: Final = 6
"""Codes of one purpose that are worked out or wait for it: a crowd must leave threads for whoever only reads, and one
that comes for one purpose must not shut out the others."""
_BY_PURPOSE: Final[dict[str, threading.BoundedSemaphore]] = {}


class CrowdedError(Exception):
    """So many codes of that purpose are being worked out that this one is not; it may be tried again."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What Argon2id takes for one of the two that follow from a code (RFC 9106)."""

    passes: int = 3
    kib: int = 64 * 1024
    """Memory, in KiB."""
    lanes: int = 1


@dataclass(frozen=True, slots=True)
class Salt:
    """What a window mixes into its codes, so that no table made elsewhere fits; with the cost of working one out."""

    raw: bytes = field(repr=False)
    cost: Cost = Cost()


@dataclass(frozen=True, slots=True)
class Derived:
    """What follows from a code for one purpose."""

    place: str
    """64 hexadecimal digits: under this something is kept. It does not lead to the key."""
    key: X25519PrivateKey = field(repr=False)
    """Opens what was sealed for whoever has the code. Its public half may be handed on."""

    @property
    def mailbox(self) -> bytes:
        """The public half of the key, 32 bytes: letters are sealed to it."""
        return self.key.public_key().public_bytes_raw()


@cache
def word_list() -> tuple[str, ...]:
    """The words that codes are made of: the EFF's long list as xkcdpass ships it, but those with a hyphen."""
    found = xkcd_password.generate_wordlist(
        wordfile=xkcd_password.locate_wordfile(_LIST), min_length=3, max_length=9, valid_chars="[a-z]"
    )
    words = tuple(sorted(set(found)))
    if bits(len(words)) < LEAST_BITS:
        raise DamagedError(f"the word list has {len(words):,} words, too few for codes; install xkcdpass again")
    return words


def bits(words: int) -> float:
    """How many bits a code has over a list of so many words."""
    return WORDS * math.log2(words) if words else 0.0


def new_code() -> str:
    """A fresh code: seven words at random, lower case, with a space between them."""
    return " ".join(secrets.choice(word_list()) for _ in range(WORDS))


def tidy(typed: str) -> str:
    """A code as it was made, of what somebody typed: any case, hyphens, commas or lines between the words."""
    plain = unicodedata.normalize("NFKC", typed[:MAX_TYPED]).lower()
    return " ".join(each for each in _APART.split(plain) if each)


def misspelt(typed: str) -> tuple[tuple[str, str], ...]:
    """The first word of a typed code that is in no code at all, with the nearest one that is (or nothing); or empty.

    It depends on the open word list alone: it tells nobody which codes there are. The others are not looked at, since
    the nearest word is dear to find.
    """
    strange = next((each for each in tidy(typed).split() if each not in _known()), None)
    return () if strange is None else ((strange, next(iter(get_close_matches(strange, word_list(), 1, 0.75)), "")),)


@cache
def _known() -> frozenset[str]:
    return frozenset(word_list())


def whole(typed: str) -> bool:
    """Whether it is a code by its form: seven words, each of the list."""
    words = tidy(typed).split()
    return len(words) == WORDS and _known().issuperset(words)


def crowded(purpose: str) -> bool:
    """Whether `derived` would refuse at this moment: to be asked before somebody pays for it."""
    places = _places(purpose)
    free = places.acquire(blocking=False)
    if free:
        places.release()
    return not free


def derived(code: str, salt: Salt, purpose: str) -> Derived:
    """What follows from a code for a purpose (`mailbox`, `question`, `application` ...).

    Two runs of Argon2id over two salts: whoever reads the places learns nothing of the keys. The same work is done for
    any text, be it a code or not.

    Raises:
        CrowdedError: if too many wait already.
    """
    secret = tidy(code).encode()
    places = _places(purpose)
    if not places.acquire(blocking=False):
        raise CrowdedError
    try:
        place, key = (_stretched(secret, salt, purpose, part) for part in ("place", "key"))
    finally:
        places.release()
    return Derived(place.hex(), X25519PrivateKey.from_private_bytes(key))


def _places(purpose: str) -> threading.BoundedSemaphore:
    return _BY_PURPOSE.setdefault(purpose, threading.BoundedSemaphore(_PLACES))


def _stretched(secret: bytes, salt: Salt, purpose: str, part: str) -> bytes:
    mixed = sha256(b"leconfield code\0" + salt.raw + f"\0{purpose}\0{part}".encode()).digest()
    cost = salt.cost
    with _AT_A_TIME:
        return hash_secret_raw(secret, mixed, cost.passes, cost.kib, cost.lanes, 32, Type.ID)


def kept_salt(folder: Path, cost: Cost | None = None) -> Salt:
    """The salt of the window in that folder, made when first asked for. Lost, no code given out so far opens anything.

    Raises:
        DamagedError: if the file is not what was written.
    """
    file = folder / SALT_FILE
    if not file.exists():
        _make(file)
    raw = file.read_bytes()
    if len(raw) != _SALT_BYTES:
        raise DamagedError(f"{file}: it has {len(raw)} bytes and not {_SALT_BYTES}; put it back from a copy")
    return Salt(raw, cost or Cost())


def _make(file: Path) -> None:
    """Written beside it and linked into place, so that of two processes one wins and both read the same."""
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    handle = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as opened:
            opened.write(secrets.token_bytes(_SALT_BYTES))
            opened.flush()
            os.fsync(opened.fileno())
        try:
            os.link(beside, file)
        except FileExistsError:
            return
    finally:
        beside.unlink(missing_ok=True)
