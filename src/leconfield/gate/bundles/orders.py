"""Orders: what the inside tells the open side to do, signed: dates of a round, a letter for a mailbox, a stop.

Words for the public leave by the gate alone, as releases. An order carries instants, ids, counts, and what is sealed
to somebody; the newest of one kind about one thing counts, so that it may be repeated and may come late.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from leconfield.errors import BadInputError, DamagedError, RefusedError
from leconfield.gate.bundles.content import canonical, parsed
from leconfield.gate.bundles.keys import Key, SecretKey

ENDING: Final = ".order"
FORMAT: Final = "leconfield order"
VERSION: Final = 1
MAX_BYTES: Final = 16 * 2**20
_KIND: Final = re.compile(r"[a-z][a-z-]{0,39}")
_ABOUT: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_FIELDS: Final = frozenset({"about", "body", "format", "kind", "serial", "version"})


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be so from now on, of one kind, about one thing."""

    kind: str
    """`round`, `letters`, `vacancy`, `challenge`, `comment`, `delivery`, `stop`, `partner` ..."""
    about: str
    """What it is about: an id or a short name (lower-case letters, digits, `-`)."""
    serial: int
    """Later ones have a greater one; an older one than is known changes nothing."""
    body: Mapping[str, object]
    """What JSON writes, with whole numbers alone."""

    def serialise(self) -> bytes:
        """The bytes that are signed."""
        head = {"format": FORMAT, "version": VERSION, "kind": self.kind, "about": self.about, "serial": self.serial}
        return canonical({**head, "body": dict(self.body)})


def write(order: Order, key: SecretKey) -> bytes:
    """The signed order: a line of canonical JSON with the order in base64, its signer and his signature.

    Raises:
        BadInputError: if something may not stand in it.
    """
    if fault := fault_in(order):
        raise BadInputError(fault)
    raw = order.serialise()
    told = {"order": raw, "signature": key.sign(raw), "signer": key.public.raw}
    return canonical({name: base64.b64encode(each).decode("ascii") for name, each in told.items()}) + b"\n"


def read(packed: bytes, trusted: Iterable[Key], *, where: str = "order") -> Order:
    """The order in a file, if one of the trusted keys signed it.

    Raises:
        BadInputError: if it is no order of a version that is known here.
        DamagedError: if it was torn or altered.
        RefusedError: if none of the keys signed it.
    """
    if len(packed) > MAX_BYTES or not packed.endswith(b"\n"):
        raise DamagedError(f"{where}: it is torn, or no order")
    parts = {name: _bytes(parsed(packed[:-1], where).get(name), where) for name in ("order", "signature", "signer")}
    key = next((each for each in trusted if each.raw == parts["signer"]), None)
    if key is None:
        raise RefusedError(f"{where}: it is not signed by a key that is trusted here")
    if not key.verifies(parts["signature"], parts["order"]):
        raise DamagedError(f"{where}: its signature does not fit; it was altered on its way")
    return _order(parsed(parts["order"], where), where)


def _order(told: Mapping[str, object], where: str) -> Order:
    if told.get("format") != FORMAT or told.get("version") != VERSION or told.keys() != _FIELDS:
        raise BadInputError(f"{where}: it is no order of a version that is known here")
    serial, body = told["serial"], told["body"]
    if not isinstance(serial, int) or isinstance(serial, bool) or not isinstance(body, dict):
        raise DamagedError(f"{where}: its serial or its body is of another kind")
    made = Order(str(told["kind"]), str(told["about"]), serial, body)
    if fault := fault_in(made):
        raise DamagedError(f"{where}: {fault}")
    return made


def fault_in(order: Order) -> str:
    """Why an order may not be written, in words; empty if it may."""
    if _KIND.fullmatch(order.kind) is None or _ABOUT.fullmatch(order.about) is None:
        return "an order's kind and what it is about are lower-case letters, digits and -"
    return "" if order.serial >= 0 else "an order's serial is not negative"


def _bytes(written: object, where: str) -> bytes:
    if not isinstance(written, str):
        raise DamagedError(f"{where}: it has order, signature and signer, each in base64")
    try:
        return base64.b64decode(written.encode("ascii"), validate=True)
    except (UnicodeEncodeError, binascii.Error):
        raise DamagedError(f"{where}: a part of it is not base64") from None
