"""Partners' feeds: what the open side knows of a partner, and items that are sealed to him.

A partner has one secret, his key. A pair of X25519 keys follows from it: inside and on the open side there is the
public half alone. An item is the signed bundle of a release in an envelope for that half: the host that hands it out
cannot read it, but while the partner asks, who then sends his key.
"""

from __future__ import annotations

import base64
import binascii
import re
import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from leconfield.errors import BadInputError, DamagedError
from leconfield.gate.bundles.envelope import enclose, open_envelope
from leconfield.gate.bundles.keys import Key
from leconfield.gate.bundles.orders import Order
from leconfield.gate.bundles.sealed import Bundle, verify

PARTNER: Final = "partner"
"""The kind of the order about a partner: his public key, his collections, whether his key still opens anything."""
ITEM: Final = "partner-item"
"""The kind of the order that brings one item, or takes it back."""
FORMS: Final = ("partner-bundle", "partner-item")
"""The forms of releases that may stand in a partner's feed."""
STIX: Final = "bundle.json"
"""The member of such a release that is a STIX 2.1 bundle."""
COLLECTIONS: Final = ("answers", "warnings", "background")
"""What a partner's collections may be called. The words are ours, and the same for all: none is written for one."""
MAX_SEALED: Final = 10 * 2**20
"""Bytes of one item, sealed; a larger one is handed over in parts."""
_KEY_BYTES: Final = 32
_API_KEY: Final = re.compile(r"lp1-[A-Za-z0-9_-]{43}", re.ASCII)
_HANDLE: Final = re.compile(r"[0-9a-f]{16}")
_ID: Final = re.compile(r"[0-9a-f]{32}")
_HEX: Final = re.compile(r"[0-9a-f]{64}")
_INSTANT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_INFO: Final = b"leconfield partner key v1"


@dataclass(frozen=True, slots=True)
class Partner:
    """What the open side knows of a partner; his name is not among it."""

    handle: str
    """16 hexadecimal digits at random: his address in the feed."""
    public: str
    """The public half (hex) of the pair that follows from his key."""
    collections: tuple[str, ...]
    revoked: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a partner's feed as it lies on the open side."""

    id: str
    """32 hexadecimal digits, made for this partner: two partners' items cannot be told to be one release."""
    partner: str
    """His handle."""
    collection: str
    added: str
    """The instant (UTC, to the second) from which on it is served: that of a batch, never that of an act."""
    sealed: bytes
    """The envelope; empty: it was taken back."""


def new_key() -> str:
    """A partner's key, to be shown once: 256 bits."""
    return "lp1-" + base64.urlsafe_b64encode(secrets.token_bytes(_KEY_BYTES)).decode("ascii").rstrip("=")


def pair_of(key: str) -> X25519PrivateKey | None:
    """The pair that follows from a partner's key; None if the words are no such key."""
    if _API_KEY.fullmatch(key) is None:
        return None
    raw = base64.urlsafe_b64decode(key[4:] + "=")
    seed = HKDF(SHA256(), _KEY_BYTES, salt=None, info=_INFO).derive(raw)
    return X25519PrivateKey.from_private_bytes(seed)


def public_of(pair: X25519PrivateKey) -> str:
    """The public half of a pair, in hex."""
    return pair.public_key().public_bytes_raw().hex()


def collection_id(handle: str, name: str) -> str:
    """The UUID under which a partner's collection stands in TAXII."""
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"leconfield:partner:{handle}:{name}"))


def partner_body(partner: Partner) -> dict[str, object]:
    """What the order about a partner says; `partner_in` reads it back."""
    return {"public": partner.public, "collections": list(partner.collections), "revoked": partner.revoked}


def partner_in(order: Order) -> Partner:
    """The partner that an order is about.

    Raises:
        DamagedError: if it says what cannot be so.
    """
    where, body = f"order partner {order.about}", order.body
    listed, revoked, public = body.get("collections"), body.get("revoked"), str(body.get("public", ""))
    if order.kind != PARTNER or _HANDLE.fullmatch(order.about) is None or _HEX.fullmatch(public) is None:
        raise DamagedError(f"{where}: its handle or its key is none")
    if not isinstance(listed, list) or not isinstance(revoked, bool) or not set(listed) <= set(COLLECTIONS):
        raise DamagedError(f"{where}: its collections are {', '.join(COLLECTIONS)}, or some of them")
    return Partner(order.about, public, tuple(str(each) for each in listed), revoked)


def enclosed(bundle: bytes, public: str) -> bytes:
    """The bundle, sealed to a partner.

    Raises:
        BadInputError: if it is too large for one item.
    """
    sealed = enclose(bundle, [X25519PublicKey.from_public_bytes(bytes.fromhex(public))])
    if len(sealed) > MAX_SEALED:
        raise BadInputError(f"{len(sealed):,} bytes when it is sealed; {MAX_SEALED:,} at most: hand it over in parts")
    return sealed


def item_body(item: Item) -> dict[str, object]:
    """What the order that brings an item says; `item_in` reads it back."""
    sealed = base64.b64encode(item.sealed).decode("ascii")
    return {"partner": item.partner, "collection": item.collection, "added": item.added, "sealed": sealed}


def item_in(order: Order) -> Item:
    """The item that an order brings.

    Raises:
        DamagedError: if it says what cannot be so.
    """
    where, body = f"order partner-item {order.about}", order.body
    told = {name: body.get(name) for name in ("partner", "collection", "added", "sealed")}
    if order.kind != ITEM or not all(isinstance(each, str) for each in told.values()):
        raise DamagedError(f"{where}: it has partner, collection, added and sealed, each a text")
    words = {name: str(each) for name, each in told.items()}
    if _ID.fullmatch(order.about) is None or _HANDLE.fullmatch(words["partner"]) is None:
        raise DamagedError(f"{where}: its id or its partner's handle is none")
    if words["collection"] not in COLLECTIONS or not _is_instant(words["added"]):
        raise DamagedError(f"{where}: its collection or its instant is none")
    try:
        sealed = base64.b64decode(words["sealed"].encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise DamagedError(f"{where}: what is sealed in it is not base64") from None
    return Item(order.about, words["partner"], words["collection"], words["added"], sealed)


def opened(item: Item, pair: X25519PrivateKey, trusted: tuple[Key, ...]) -> Bundle:
    """The bundle in an item, its seal verified.

    Raises:
        BadInputError, RefusedError, DamagedError: as `open_envelope` and `verify`; also if it is no item of a feed.
    """
    where = f"item {item.id}"
    bundle = verify(open_envelope(item.sealed, pair, where=where), trusted, where=where)
    if bundle.manifest.content.form not in FORMS or STIX not in bundle.files:
        raise DamagedError(f"{where}: it is no release that may stand in a partner's feed")
    return bundle


def served(items: Mapping[str, Item], partner: Partner, now: datetime) -> tuple[Item, ...]:
    """What is served to a partner at a moment, in the order in which it was added; nothing if his key is revoked."""
    moment = now.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    mine = [each for each in items.values() if each.partner == partner.handle and each.sealed and each.added <= moment]
    kept = [each for each in mine if each.collection in partner.collections]
    return () if partner.revoked else tuple(sorted(kept, key=lambda each: (each.added, each.id)))


def _is_instant(text: str) -> bool:
    if _INSTANT.fullmatch(text) is None:
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
