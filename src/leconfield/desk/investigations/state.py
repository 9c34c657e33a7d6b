"""Investigations of a view, folded from its entries."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Self

from leconfield.desk.investigations.folding import after, opened
from leconfield.desk.investigations.model import KINDS, OPENED, REPORT, SUBJECT, Investigation
from leconfield.errors import NotFoundError
from leconfield.ledger.model import Entry
from leconfield.ledger.view import View
from leconfield.ledger.world import Delta, World


class Investigations:
    """Every investigation of a world (a `Derived`)."""

    def __init__(self) -> None:
        self.by_id: dict[str, Investigation] = {}

    @classmethod
    def of(cls, world: World) -> Self:
        """Fold every entry of the world."""
        investigations = cls()
        investigations._take(world.entries)
        return investigations

    def grow(self, _world: World, delta: Delta) -> None:
        """Fold the new entries."""
        self._take(delta.entries)

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind not in KINDS:
                continue
            known = self.by_id.get(each.about)
            if known is not None:
                self.by_id[each.about] = after(known, each)
            elif each.kind == OPENED:
                self.by_id[each.about] = opened(each)


def everything(view: View) -> tuple[Investigation, ...]:
    """All investigations of the view: open before closed, the gravest first, then those touched last."""
    found = sorted(view.derived(Investigations).by_id.values(), key=lambda each: (each.touched, each.id), reverse=True)
    return tuple(sorted(found, key=lambda each: (each.closed, each.rank)))


def open_in(view: View) -> tuple[Investigation, ...]:
    """The investigations that somebody works on, the gravest first."""
    return tuple(each for each in everything(view) if not each.closed)


def investigation_in(view: View, which: str) -> Investigation:
    """The investigation by its id.

    Raises:
        NotFoundError: in the same words whether it is hidden or has never existed.
    """
    found = view.derived(Investigations).by_id.get(which)
    if found is None:
        raise NotFoundError(f'no investigation "{which[:64]}" here; look it up among the investigations')
    return found


def having(view: View, *, records: Collection[str] = (), reports: Collection[str] = ()) -> tuple[Investigation, ...]:
    """Open investigations to which any of these records or reports is linked, the gravest first."""
    wanted = {*((SUBJECT, each) for each in records), *((REPORT, each) for each in reports)}
    return tuple(each for each in open_in(view) if any((one.kind, one.target) in wanted for one in each.links))
