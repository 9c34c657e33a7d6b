"""How long a partner waits for his feed, by how many items lie in it: each is opened and verified while he asks.

.venv/bin/python benchmarks/partner_feeds.py
"""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from uuid import NAMESPACE_URL, uuid5

from leconfield.gate.bundles import SecretKey, content, partners, write
from leconfield.gate.bundles.orders import Order
from leconfield.gate.bundles.partners import Item, Partner
from leconfield.window.partners import taxii
from leconfield.window.partners.access import admitted, items_for
from leconfield.window.partners.stored import stored_in

SEAL = SecretKey.from_seed(bytes(range(32)))
NOW = datetime(2026, 11, 23, tzinfo=UTC)
OBJECTS = 40
"""In each item: about 20 kB, which a hand-over of a small case has."""


def item(number: int, public: str) -> Order:
    """One item of the feed."""
    objects = [
        {
            "type": "identity",
            "spec_version": "2.1",
            "id": f"identity--{uuid5(NAMESPACE_URL, f'{number} {at}')}",
            "created": "2026-07-01T00:00:00.000Z",
            "modified": "2026-07-01T00:00:00.000Z",
            "name": f"Person {number} {at}",
            "identity_class": "individual",
            "description": "x" * 300,
        }
        for at in range(OBJECTS)
    ]
    told = {"type": "bundle", "id": f"bundle--{uuid5(NAMESPACE_URL, str(number))}", "objects": objects}
    files = {partners.STIX: ("application/json", json.dumps(told).encode())}
    made = content("partner-bundle", "partner", files, title="For a partner")
    packed = write(f"{number:032x}", made, {name: held for name, (_, held) in files.items()}, [SEAL])
    sealed = partners.enclosed(packed, public)
    body = partners.item_body(Item(f"{number:032x}", "0" * 16, "answers", "2026-08-01T06:00:00Z", sealed))
    return Order(partners.ITEM, f"{number:032x}", 1, body)


def main() -> None:
    """Print the table."""
    key = partners.new_key()
    pair = partners.pair_of(key)
    if pair is None:
        raise SystemExit("a new key is no key")
    public = partners.public_of(pair)
    known = Order(partners.PARTNER, "0" * 16, 1, partners.partner_body(Partner("0" * 16, public, ("answers",))))
    print(f"{'items':>6} {'objects':>8} {'first page, ms':>15} {'ms an item':>11}")
    for count in (10, 100, 500):
        orders = {each.about: each for each in (item(number, public) for number in range(count))}
        took = []
        for _ in range(3):
            start = time.process_time()
            access = admitted({known.about: known}, f"Bearer {key}")
            if access is None:
                raise SystemExit("the key does not fit")
            stored = stored_in(items_for(orders, access, NOW, (SEAL.public,)), "answers")
            taxii.written(taxii.envelope(taxii.page(stored, taxii.Wanted())))
            took.append(time.process_time() - start)
        best = 1_000 * min(took)
        print(f"{count:>6} {len(stored):>8} {best:>15.0f} {best / count:>11.2f}")


if __name__ == "__main__":
    main()
