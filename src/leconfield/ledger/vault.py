"""The vault: true identities, contacts and payments, sealed to a key per person that only two holders together open.

Whoever deals with a person adds to his record with the person's public key, and can read nothing back. His private
key lies wrapped for pairs of holders, one seal within another (HPKE, RFC 9180, X25519 with AES-256-GCM): neither of
two opens it alone, and a copy of the desk without their passphrases opens nothing. Every seal is bound to what it is
for, so that a row put in another's place is refused. Destroying the wraps is how a person is erased: what was sealed
to his key stays as noise, and the ledger, which never held it, verifies as before.
"""

from __future__ import annotations

import json
import secrets
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import combinations
from pathlib import Path
from typing import Final

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from leconfield.errors import BadInputError, DamagedError, NotFoundError, RefusedError
from leconfield.ledger.stores.safes import HolderRow, Item, Safes
from leconfield.ledger.times import stamp

MIN_PASSPHRASE: Final = 12
OPEN_FOR: Final = timedelta(minutes=15)
"""How long an opened record can be read, at most."""
_SUITE: Final = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)
_SALT: Final = 16
_NONCE: Final = 12
_WRONG: Final = "that is not the passphrase of that holder; try again"


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing that is kept of a person."""

    id: str
    at: str
    kind: str
    """`identity`, `contact`, `payment` ..."""
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class HalfOpened:
    """A person's key with one of its two seals off: worth nothing without the other holder."""

    person: str
    first: str
    """Who has opened his seal."""
    second: str
    """Whose seal is still on it."""
    sealed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Remains:
    """What is left of a person in the vault, and of the seals on his key anywhere in the desk."""

    seals: int
    """Wraps of his key that the vault still lists; none once it was destroyed."""
    things: int
    """What was sealed to his key: noise without it."""
    traces: tuple[str, ...]
    """Files of the desk in which a row of such a wrap still stands, deleted or not."""


class Vault:
    """The vault of a desk, in a folder of its own; `folder` None keeps it in memory."""

    def __init__(self, folder: Path | None, clock: Callable[[], datetime]) -> None:
        self._safes = Safes(folder)
        self._clock = clock
        self.perish()

    def close(self) -> None:
        """Let go of its files."""
        self._safes.close()

    def holders(self) -> tuple[str, ...]:
        """Who holds a key."""
        return tuple(self._safes.holders())

    def enrol(self, name: str, passphrase: str) -> None:
        """Give somebody a key, under a passphrase that is nowhere kept.

        Raises:
            BadInputError: if he has one, or the passphrase is short.
        """
        if len(passphrase) < MIN_PASSPHRASE:
            raise BadInputError(f"the passphrase has {len(passphrase)} characters; use {MIN_PASSPHRASE} or more")
        private, salt = X25519PrivateKey.generate(), secrets.token_bytes(_SALT)
        nonce = secrets.token_bytes(_NONCE)
        wrapped = nonce + AESGCM(_stretched(passphrase, salt)).encrypt(
            nonce, private.private_bytes_raw(), name.encode()
        )
        self._safes.add_holder(HolderRow(name, private.public_key().public_bytes_raw(), salt, wrapped))

    def prove(self, name: str, passphrase: str) -> None:
        """Make sure that somebody holds a key and knows its passphrase.

        Raises:
            RefusedError: if not, in the same words whichever it is.
        """
        self._private(name, passphrase)

    def retire(self, name: str) -> None:
        """Take a key from somebody, and every pair that he is one of.

        Raises:
            RefusedError: if fewer than two others would be left, or nobody could open some record any more.
        """
        if len(set(self.holders()) - {name}) < 2:
            raise RefusedError("two others must hold keys before this one is taken")
        if closed := self._safes.opened_only_with(name):
            raise RefusedError(
                f"{closed} records could be opened by nobody without this key; open each and share it with others first"
            )
        self._safes.drop_holder(name)

    def add_person(self, person: str, holders: Sequence[str]) -> None:
        """Make a person a key, and wrap it for every pair of these holders.

        Raises:
            BadInputError: if he has one, or they are fewer than two.
        """
        known, private = self._known(holders), X25519PrivateKey.generate()
        wraps = _wraps(person, private, known)
        self._safes.add_person(person, private.public_key().public_bytes_raw(), wraps)

    def has(self, person: str) -> bool:
        """Whether the person lies here, shredded or not."""
        return self._safes.public_of(person) is not None

    def shredded(self, person: str) -> bool:
        """Whether nothing opens his record any more."""
        return self.has(person) and not self._safes.wraps_of(person)

    def put(self, person: str, kind: str, fields: Mapping[str, str]) -> str:
        """Add to what is kept of a person; takes nobody's key. The id of what was added.

        Raises:
            NotFoundError: if he is not here.
        """
        public = self._public(person)
        which, at = secrets.token_hex(16), stamp(self._clock())
        content = json.dumps({"kind": kind, "fields": dict(fields)}, ensure_ascii=False).encode()
        sealed = _SUITE.encrypt(_padded(content), public, _bound("item", person, which, at))
        self._safes.add_item(Item(which, person, at, sealed))
        return which

    def begin(self, person: str, name: str, passphrase: str, other: str) -> HalfOpened:
        """Take off the seal of one of two holders.

        Raises:
            NotFoundError: if the person is not here, or nothing opens his record.
            RefusedError: if these two are no pair for him, or the passphrase is wrong.
            DamagedError: if the seal is not what was kept.
        """
        self._public(person)
        if self.shredded(person):
            raise NotFoundError("the record of this person was destroyed; nothing opens it")
        wraps = self._safes.wraps_of(person)
        sealed = wraps.get((other, name))
        if sealed is None:
            raise RefusedError("these two are not a pair of holders for this person; ask another")
        opened = _unsealed(sealed, self._private(name, passphrase), _bound("wrap", person, other, name))
        return HalfOpened(person, name, other, opened)

    def complete(self, half: HalfOpened, name: str, passphrase: str, until: datetime) -> Opened:
        """Take off the second seal; what is kept can be read until then, and `OPEN_FOR` at most.

        Raises:
            RefusedError: if it is another's to take off, or the passphrase is wrong.
            DamagedError: if the seal is not what was kept.
        """
        if name != half.second:
            raise RefusedError("the second seal is another's; it takes two different persons")
        raw = _unsealed(half.sealed, self._private(name, passphrase), _bound("inner", half.person, name))
        private = X25519PrivateKey.from_private_bytes(raw)
        return Opened(self._safes, half.person, private, min(until, self._clock() + OPEN_FOR), self._clock)

    def share(self, opened: Opened, holders: Sequence[str]) -> None:
        """Wrap an opened person's key for every pair of these holders, too."""
        opened.check()
        self._safes.add_wraps(opened.person, _wraps(opened.person, opened.key, self._known(holders)))

    def shred(self, person: str) -> None:
        """Destroy every wrap of a person's key: what is kept of him is noise from then on.

        Raises:
            NotFoundError: if he is not here.
        """
        self._public(person)
        self._safes.shred(person)

    def remains(self, person: str, holders: Sequence[str] = ()) -> Remains:
        """What is left of a person; every file of the desk is looked through for what opened his record.

        `holders`: who once held keys to it, besides those who hold keys now.

        Raises:
            NotFoundError: if he is not here.
        """
        self._public(person)
        names = {*holders, *self.holders()}
        traces = self._safes.traces(person, names) if names else ()
        return Remains(len(self._safes.wraps_of(person)), len(self._safes.items_of(person)), traces)

    def seal_until(self, text: str, until: datetime) -> str:
        """A text sealed under a key of its own that is destroyed then: what an entry keeps of what is kept shortly."""
        self.perish()
        which, key, nonce = secrets.token_hex(16), AESGCM.generate_key(256), secrets.token_bytes(_NONCE)
        self._safes.add_perishable(which, key, stamp(until))
        sealed = AESGCM(key).encrypt(nonce, _padded(text.encode()), which.encode())
        return f"{which}.{b64encode(nonce + sealed).decode()}"

    def unsealed(self, sealed: str) -> str | None:
        """What was sealed by `seal_until`; None once its time is over.

        Raises:
            DamagedError: if it is not what was sealed.
        """
        which, _, content = sealed.partition(".")
        kept = self._safes.perishable(which)
        if kept is None or kept[1] < stamp(self._clock()):
            return None
        try:
            raw = b64decode(content, validate=True)
            text = AESGCM(kept[0]).decrypt(raw[:_NONCE], raw[_NONCE:], which.encode())
        except (InvalidTag, ValueError) as error:
            raise DamagedError("a text that was sealed for a while is not what was sealed") from error
        return text.rstrip(b"\0").decode()

    def perish(self) -> int:
        """Destroy the keys of all texts whose time is over; how many. Done by itself at each opening and sealing."""
        return self._safes.perish(stamp(self._clock()))

    def _known(self, holders: Sequence[str]) -> list[HolderRow]:
        known = self._safes.holders()
        if missing := sorted(set(holders) - set(known)):
            raise BadInputError(f'"{missing[0]}" holds no key; enrol him first')
        if len(set(holders)) < 2:
            raise BadInputError("name two holders or more: it takes two to open a record")
        return [known[each] for each in dict.fromkeys(holders)]

    def _public(self, person: str) -> X25519PublicKey:
        public = self._safes.public_of(person)
        if public is None:
            raise NotFoundError("nobody by that id lies in the vault")
        return X25519PublicKey.from_public_bytes(public)

    def _private(self, name: str, passphrase: str) -> X25519PrivateKey:
        row = self._safes.holders().get(name)
        if row is None:
            raise RefusedError(_WRONG)
        try:
            raw = AESGCM(_stretched(passphrase, row.salt)).decrypt(
                row.wrapped[:_NONCE], row.wrapped[_NONCE:], name.encode()
            )
        except InvalidTag as error:
            raise RefusedError(_WRONG) from error
        return X25519PrivateKey.from_private_bytes(raw)


class Opened:
    """A person's record, open for a while to two who opened it together."""

    def __init__(
        self, safes: Safes, person: str, key: X25519PrivateKey, until: datetime, clock: Callable[[], datetime]
    ) -> None:
        self.person = person
        self.until = until
        self.key = key
        self._safes = safes
        self._clock = clock

    def check(self) -> None:
        """Make sure that it is open still.

        Raises:
            RefusedError: if its time is over.
        """
        if self._clock() > self.until:
            raise RefusedError("the time for which this record was opened is over; open it anew")

    def read(self) -> tuple[Kept, ...]:
        """All that is kept of the person, the oldest first.

        Raises:
            RefusedError: if its time is over.
            DamagedError: if a row is not what was kept, or stands in another's place.
        """
        self.check()
        return tuple(self._kept(each) for each in self._safes.items_of(self.person))

    def _kept(self, item: Item) -> Kept:
        content = _unsealed(item.sealed, self.key, _bound("item", self.person, item.id, item.at))
        said = json.loads(content.rstrip(b"\0"))
        return Kept(item.id, item.at, said["kind"], said["fields"])


def _wraps(person: str, private: X25519PrivateKey, holders: Sequence[HolderRow]) -> list[tuple[str, str, bytes]]:
    """The key for every pair, either of whom may begin."""
    pairs = [pair for one in combinations(holders, 2) for pair in (one, one[::-1])]
    return [(inner.name, outer.name, _wrapped(person, private, inner, outer)) for inner, outer in pairs]


def _wrapped(person: str, private: X25519PrivateKey, inner: HolderRow, outer: HolderRow) -> bytes:
    within = _SUITE.encrypt(
        private.private_bytes_raw(),
        X25519PublicKey.from_public_bytes(inner.public),
        _bound("inner", person, inner.name),
    )
    public = X25519PublicKey.from_public_bytes(outer.public)
    return _SUITE.encrypt(within, public, _bound("wrap", person, inner.name, outer.name))


def _unsealed(sealed: bytes, key: X25519PrivateKey, bound: bytes) -> bytes:
    try:
        return _SUITE.decrypt(sealed, key, bound)
    except (InvalidTag, ValueError) as error:
        raise DamagedError(
            "what lies in the vault is not what was put there, or stands in another's place; "
            "restore both files of it from one backup"
        ) from error


def _bound(*parts: str) -> bytes:
    """What a seal is for, each part with its length, so that none can pass for another."""
    return b"leconfield vault 1" + b"".join(len(each.encode()).to_bytes(4) + each.encode() for each in parts)


def _padded(content: bytes, block: int = 512) -> bytes:
    """The content filled up with zeros, so that its length says little; JSON ends before them."""
    return content + b"\0" * (-len(content) % block)


def _stretched(passphrase: str, salt: bytes) -> bytes:
    """A key from a passphrase: Argon2id, RFC 9106's second recommended parameters."""
    return hash_secret_raw(
        passphrase.encode(), salt, time_cost=3, memory_cost=65_536, parallelism=4, hash_len=32, type=Type.ID
    )
