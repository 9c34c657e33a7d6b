"""Letters to somebody who comes back by a code: a table of sealed letters that tells its bearer neither who nor when.

Each letter is sealed to the key that follows from its reader's code (`window/codes.py`). A table has one of a few
sizes, is filled up with letters to nobody, and is sealed and addressed afresh each time: of two tables no bearer can
tell which letters are the same, which are new, and whether any is read.
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from leconfield.errors import BadInputError, DamagedError
from leconfield.gate.bundles.content import canonical, parsed
from leconfield.gate.bundles.envelope import enclose, open_envelope
from leconfield.gate.bundles.orders import Order

KIND: Final = "letters"
"""Kind of order, about a table: `tips`, `applications` ..."""
SIZES: Final[Mapping[str, int]] = {"tips": 2_048, "applications": 8_192, "submissions": 8_192}
"""Bytes to which every letter of a table is padded."""
STEPS: Final = (128, 512, 1_024)
"""Letters of a table, with those to nobody: the least of these that holds all."""
_PLACE: Final = re.compile(r"[0-9a-f]{64}")
_ID: Final = re.compile(r"[0-9a-f]{32}")
_KIND: Final = re.compile(r"[a-z][a-z-]{0,39}")
_CONTROL: Final = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
_LENGTH_BYTES: Final = 4
_AROUND: Final = 148
"""Bytes that the rest of a letter takes at most."""


@dataclass(frozen=True, slots=True)
class Letter:
    """What somebody finds under his code."""

    id: str
    """32 hexadecimal digits at random, which only its reader learns: by it he shows that he read it."""
    kind: str
    """What it is: `question`, `thanks`, `feedback` ...; the window has words of its own around each."""
    words: str
    """What the desk says; may be empty where the window's own words say all."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """A letter, and to whom."""

    place: str
    """Where its reader looks: 64 hexadecimal digits."""
    mailbox: bytes
    """The public half of his key, 32 bytes."""
    letter: Letter


@dataclass(frozen=True, slots=True)
class Table:
    """A table of sealed letters, as it crosses."""

    nonce: bytes
    """32 bytes; mixed into every address, so that addresses of two tables cannot be compared."""
    entries: Mapping[str, bytes]
    """Sealed letters by their address."""

    def at(self, place: str) -> bytes | None:
        """The sealed letter for that place; none: there is none, whoever asks."""
        return self.entries.get(_address(self.nonce, place))

    @property
    def body(self) -> dict[str, object]:
        """The body of its order."""
        entries = {address: base64.b64encode(each).decode("ascii") for address, each in self.entries.items()}
        return {"entries": entries, "nonce": self.nonce.hex()}


def longest(table: str) -> int:
    """Bytes of UTF-8 that the words of a letter may have in that table.

    Raises:
        BadInputError: if there is no such table.
    """
    if table not in SIZES:
        raise BadInputError(f'there is no table of letters "{table[:40]}"; {", ".join(SIZES)} are known')
    return SIZES[table] - _AROUND


def fault_in(letter: Letter, table: str) -> str:
    """Why a letter may not stand in a table, in words; empty if it may."""
    if _ID.fullmatch(letter.id) is None or _KIND.fullmatch(letter.kind) is None:
        return "a letter's id is 32 hexadecimal digits, its kind lower-case letters and -"
    if (size := len(canonical(letter.words))) > longest(table) + 2:
        return f"the letter has {size - 2:,} bytes; {longest(table):,} at most: say it shorter"
    if found := _CONTROL.search(letter.words):
        return f"the letter, character {found.start() + 1}: {found[0]!r} may not stand in it"
    return ""


def sealed_table(letters: Iterable[Addressed], table: str) -> Table:
    """The letters sealed afresh, among letters to nobody, so that there are as many as one of `STEPS` says.

    Raises:
        BadInputError: if a letter will not do, two go to one place, or there are too many.
    """
    told = tuple(letters)
    if fault := next((fault for each in told if (fault := _fault(each, table))), ""):
        raise BadInputError(fault)
    if len({each.place for each in told}) < len(told):
        raise BadInputError("two letters go to one place; the newer one counts: leave the older out")
    room = next((each for each in STEPS if len(told) <= each), 0)
    if not room:
        raise BadInputError(
            f"{len(told):,} letters; {STEPS[-1]:,} at most lie in a table at a time: let old ones lapse"
        )
    nonce = secrets.token_bytes(32)
    made = {_address(nonce, each.place): _sealed(each.letter, each.mailbox, SIZES[table]) for each in told}
    while len(made) < room:
        made[secrets.token_hex(32)] = to_nobody(table)
    return Table(nonce, dict(sorted(made.items())))


def to_nobody(table: str) -> bytes:
    """A sealed letter of that table's size that nobody opens."""
    return decoy(table)[0]


def decoy(table: str) -> tuple[bytes, X25519PrivateKey]:
    """A sealed letter of that table's size, and the key that opens it: to do the same work where there is none."""
    key = X25519PrivateKey.generate()
    letter = Letter(secrets.token_hex(16), "nobody", "")
    return _sealed(letter, key.public_key().public_bytes_raw(), SIZES[table]), key


def table_in(order: Order) -> Table:
    """The table that an order brings.

    Raises:
        DamagedError: if it is none.
    """
    told, nonce = order.body.get("entries"), order.body.get("nonce")
    if not isinstance(told, dict) or not isinstance(nonce, str) or _PLACE.fullmatch(nonce) is None:
        raise DamagedError("order of letters: it has entries and a nonce")
    try:
        entries = {
            str(address): base64.b64decode(str(each).encode("ascii"), validate=True) for address, each in told.items()
        }
    except (UnicodeEncodeError, binascii.Error):
        raise DamagedError("order of letters: an entry is not base64") from None
    return Table(bytes.fromhex(nonce), entries)


def opened(sealed: bytes, key: X25519PrivateKey) -> Letter:
    """The letter, for whoever has the key.

    Raises:
        RefusedError: if it is not sealed to that key.
        BadInputError, DamagedError: if it is no letter, or not whole.
    """
    padded = open_envelope(sealed, key, where="letter")
    size = int.from_bytes(padded[:_LENGTH_BYTES], "big")
    told = parsed(padded[_LENGTH_BYTES : _LENGTH_BYTES + size], "letter")
    if told.keys() != {"id", "kind", "words"} or not all(isinstance(each, str) for each in told.values()):
        raise DamagedError("letter: it has an id, a kind and words")
    letter = Letter(str(told["id"]), str(told["kind"]), str(told["words"]))
    if _ID.fullmatch(letter.id) is None or _KIND.fullmatch(letter.kind) is None:
        raise DamagedError("letter: its id or its kind is of another form")
    return letter


def fault_in_address(place: str, mailbox: str) -> str:
    """Why a place and a key (hexadecimal, as they come in a box) will not do to write to; empty if they will."""
    if _PLACE.fullmatch(place) is None or _PLACE.fullmatch(mailbox) is None:
        return "a place and a mailbox are 64 hexadecimal digits each"
    return ""


def _fault(each: Addressed, table: str) -> str:
    if _PLACE.fullmatch(each.place) is None or len(each.mailbox) != 32:
        return "a place is 64 hexadecimal digits, a mailbox 32 bytes"
    return fault_in(each.letter, table)


def _sealed(letter: Letter, mailbox: bytes, size: int) -> bytes:
    packed = canonical({"id": letter.id, "kind": letter.kind, "words": letter.words})
    padded = len(packed).to_bytes(_LENGTH_BYTES, "big") + packed
    return enclose(padded + bytes(size - len(padded)), [X25519PublicKey.from_public_bytes(mailbox)])


def _address(nonce: bytes, place: str) -> str:
    return sha256(nonce + place.encode()).hexdigest()
