"""Who asks: a partner by his key, which he sends each time and which is kept nowhere."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

from leconfield.errors import DamagedError, LeconfieldError
from leconfield.gate.bundles import Bundle, Key, partners
from leconfield.gate.bundles.orders import Order
from leconfield.gate.bundles.partners import Item, Partner

MAX_HEADER: Final = 400
"""Characters of what a partner sends to say who he is."""


@dataclass(frozen=True, slots=True)
class Access:
    """A partner who has shown his key, and the pair that follows from it: for one request."""

    partner: Partner
    pair: X25519PrivateKey = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """An item as its partner reads it."""

    item: Item
    bundle: Bundle

    @property
    def stix(self) -> bytes:
        """The STIX 2.1 bundle in it."""
        return self.bundle.files[partners.STIX]


def key_in(header: str) -> str:
    """The key in an `Authorization` header: as a bearer's token, or as the password of any name; empty: none."""
    scheme, _, rest = header[:MAX_HEADER].strip().partition(" ")
    if scheme.casefold() == "bearer":
        return rest.strip()
    if scheme.casefold() != "basic":
        return ""
    try:
        told = base64.b64decode(rest.strip().encode("ascii"), validate=True).decode("utf-8")
    except (UnicodeError, binascii.Error):
        return ""
    return told.partition(":")[2]


def admitted(orders: Mapping[str, Order], header: str) -> Access | None:
    """Whoever shows a key that belongs to a partner and is not revoked; None: nobody.

    `orders`: those of kind `partner` that count, by what they are about.
    """
    pair = partners.pair_of(key_in(header))
    if pair is None:
        return None
    public = partners.public_of(pair)
    known = next((each for each in _partners(orders.values()) if each.public == public), None)
    return Access(known, pair) if known and not known.revoked else None


def items_for(orders: Mapping[str, Order], access: Access, now: datetime, trusted: tuple[Key, ...]) -> list[Opened]:
    """What a partner is served at a moment, opened with his key, in the order in which it was added.

    `orders`: those of kind `partner-item` that count. One that cannot be opened (it was sealed to a key that he had
    before) is left out: the others are served.
    """
    mine = {about: each for about, each in orders.items() if each.body.get("partner") == access.partner.handle}
    items = {each.id: each for each in _items(mine.values())}
    found = []
    for item in partners.served(items, access.partner, now):
        try:
            found.append(Opened(item, partners.opened(item, access.pair, trusted)))
        except LeconfieldError:
            continue
    return found


def _partners(orders: Iterable[Order]) -> Iterable[Partner]:
    for each in orders:
        try:
            yield partners.partner_in(each)
        except DamagedError:
            continue


def _items(orders: Iterable[Order]) -> Iterable[Item]:
    for each in orders:
        try:
            yield partners.item_in(each)
        except DamagedError:
            continue
