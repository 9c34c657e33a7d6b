"""Receipts of a view, folded from its entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Self

from leconfield.desk.exchange.model import HANDED_OVER, Receipt, receipt_of
from leconfield.ledger.model import Entry
from leconfield.ledger.world import Delta, World


class Receipts:
    """Every receipt of a world, the oldest first (a `Derived`)."""

    def __init__(self) -> None:
        self.in_order: list[Receipt] = []
        self._by_subject: dict[str, list[Receipt]] = defaultdict(list)

    @classmethod
    def of(cls, world: World) -> Self:
        """Fold every entry of the world."""
        receipts = cls()
        receipts._take(world.entries)
        return receipts

    def grow(self, _world: World, delta: Delta) -> None:
        """Fold the new entries."""
        self._take(delta.entries)

    def naming(self, records: Collection[str]) -> list[Receipt]:
        """Receipts of files in which a subject with any of these records was, the oldest first."""
        found = {one.id: one for each in records for one in self._by_subject.get(each, ())}
        return sorted(found.values(), key=lambda each: (each.at, each.id))

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind == HANDED_OVER:
                receipt = receipt_of(each)
                self.in_order.append(receipt)
                for subject in receipt.subjects:
                    self._by_subject[subject].append(receipt)
