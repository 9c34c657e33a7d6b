"""A partner's feed as it lies at the window: keys, STIX bundles, items sealed to him, orders."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from leconfield.gate.bundles import SecretKey, content, orders, partners, write
from leconfield.gate.bundles.orders import Order
from leconfield.gate.bundles.partners import Item, Partner
from tests.window.houses import SEAL

HANDLE, OTHER = "00112233aabbccdd", "ffeeddccbbaa9988"
MEDIA = "application/json"
Object = dict[str, object]


def identity(name: str, modified: str = "2026-07-01T00:00:00.000Z", **more: object) -> Object:
    """A person."""
    head: Object = {"type": "identity", "spec_version": "2.1", "id": f"identity--{uuid5(NAMESPACE_URL, name)}"}
    stamps: Object = {"created": "2026-07-01T00:00:00.000Z", "modified": modified}
    return {**head, **stamps, "name": name, "identity_class": "individual", **more}


def account(number: str) -> Object:
    """A telephone: an object without versions."""
    which = f"user-account--{uuid5(NAMESPACE_URL, number)}"
    head: Object = {"type": "user-account", "spec_version": "2.1", "id": which, "user_id": number}
    return {**head, "account_type": "telephone"}


def bundle(*objects: Object, form: str = "partner-bundle", title: str = "For Polizei", seal: SecretKey = SEAL) -> bytes:
    """The signed bundle of a release with a STIX bundle in it."""
    told = {"type": "bundle", "id": f"bundle--{uuid5(NAMESPACE_URL, title)}", "objects": list(objects)}
    files = {partners.STIX: (MEDIA, json.dumps(told).encode())}
    made = content(form, "partner", files, title=title)
    return write("ab" * 16, made, {name: held for name, (_, held) in files.items()}, [seal])


def partner(key: str, handle: str = HANDLE, *, revoked: bool = False) -> Order:
    """The order about a partner."""
    pair = partners.pair_of(key)
    assert pair is not None
    made = Partner(handle, partners.public_of(pair), ("answers", "warnings"), revoked)
    return Order(partners.PARTNER, handle, 2 if revoked else 1, partners.partner_body(made))


def item(
    key: str,
    number: int,
    *objects: Object,
    handle: str = HANDLE,
    collection: str = "answers",
    added: str = "2026-08-01T06:00:00Z",
    **more: str,
) -> Order:
    """The order that brings an item."""
    pair = partners.pair_of(key)
    assert pair is not None
    sealed = partners.enclosed(bundle(*objects, **more), partners.public_of(pair))
    its_id = f"{number:032x}"
    return Order(partners.ITEM, its_id, 1, partners.item_body(Item(its_id, handle, collection, added, sealed)))


def by_about(*given: Order) -> dict[str, Order]:
    """Orders as the shelf tells them."""
    return {each.about: each for each in given}


def crossed(spool: Path, *given: Order) -> None:
    """They lie in the spool, signed."""
    spool.mkdir(parents=True, exist_ok=True)
    for each in given:
        (spool / f"{each.kind}.{each.about}.{each.serial}.order").write_bytes(orders.write(each, SEAL))
