"""Orders to the window: issued inside as entries, folded to the newest of each kind about each thing.

The serial is counted, not taken from a clock: an order that crosses must not tell when somebody was on duty.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from leconfield.errors import BadInputError, DamagedError, RefusedError
from leconfield.gate.bundles.content import canonical, parsed
from leconfield.gate.bundles.orders import Order, fault_in
from leconfield.ledger import labels
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Entry, EntryId
from leconfield.ledger.view import View
from leconfield.ledger.world import Folded

ISSUED: Final = "window order issued"
KIND: Final = "order"
SERIAL: Final = "serial"
BODY: Final = "body"
Key = tuple[str, str]
"""An order's kind, and what it is about."""


@dataclass(frozen=True, slots=True)
class Issued:
    """An order as it stands in the ledger."""

    order: Order
    entry: EntryId
    at: str
    by: str
    label: str


class Orders(Folded):
    """The newest order of each kind about each thing (a `Derived`)."""

    def __init__(self) -> None:
        self.newest: dict[Key, Issued] = {}

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            found = issued_in(each) if each.kind == ISSUED else None
            if found is None:
                continue
            key = (found.order.kind, found.order.about)
            known = self.newest.get(key)
            if known is None or found.order.serial > known.order.serial:
                self.newest[key] = found


def issued_in(entry: Entry) -> Issued | None:
    """The order that an entry holds; None if it holds none that could be written."""
    serial, body = entry.body.get(SERIAL, ""), entry.body.get(BODY, "")
    try:
        told = json.loads(body)
        made = Order(entry.body.get(KIND, ""), entry.about, int(serial), told)
    except ValueError:
        return None
    if not isinstance(told, dict) or fault_in(made):
        return None
    return Issued(made, entry.id, entry.at, entry.by, entry.label)


def orders_of(view: View) -> Mapping[Key, Issued]:
    """The orders of a view that count, by kind and what they are about."""
    return view.derived(Orders).newest


def newest(view: View, kind: str, about: str) -> Issued | None:
    """The one that counts of that kind about that thing, if the view has any."""
    return orders_of(view).get((kind, about))


def of_kind(view: View, kind: str) -> dict[str, Issued]:
    """Those of one kind that count, by what they are about, in the order in which each was first issued."""
    return {about: each for (its_kind, about), each in orders_of(view).items() if its_kind == kind}


def drafted(view: View, kind: str, about: str, body: Mapping[str, object], label: str) -> Draft | None:
    """The draft of an order, to be appended by an act together with what it belongs to; None: it is so already.

    Append both with `once=True`: else of two who act at the same moment both are noted, and one order is lost.

    Raises:
        BadInputError: if it may not be written, or no label is given.
        RefusedError: if the view looks at the past, or orders about it stand under another label.
    """
    refuse_the_past(view)
    if not label.strip():
        raise BadInputError("say who may know of the order; with no label everybody could")
    its_label = str(labels.parse(label))
    before = newest(view, kind, about)
    if before is not None and before.label != its_label:
        raise RefusedError("orders about this stand under another label; issue this one under the same")
    made = Order(kind, about, before.order.serial + 1 if before else 1, body)
    written = _written(body)
    if fault := fault_in(made):
        raise BadInputError(fault)
    if before is not None and canonical(dict(before.order.body)).decode() == written:
        return None
    serial = str(made.serial)
    return Draft(ISSUED, its_label, about, {KIND: kind, SERIAL: serial, BODY: written}, key=(kind, about, serial))


def _written(body: Mapping[str, object]) -> str:
    """The body as the other side will read it."""
    try:
        raw = canonical(dict(body))
        parsed(raw, "order")
    except (DamagedError, TypeError, ValueError) as error:
        raise BadInputError("an order carries text, whole numbers, lists and tables of these; nothing else") from error
    return raw.decode()


def issue(desk: Desk, view: View, kind: str, about: str, body: Mapping[str, object], label: str) -> EntryId:
    """Have the window do something from its next import on; its entry. Saying the same again changes nothing.

    Raises:
        BadInputError, RefusedError: as `drafted`; also if somebody issued another one at the same moment.
    """
    draft = drafted(view, kind, about, body, label)
    if draft is None:
        return orders_of(view)[kind, about].entry
    (receipt,) = desk.append(view.reader, [draft], once=True)
    return receipt.entry
