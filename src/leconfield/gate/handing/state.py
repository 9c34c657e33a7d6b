"""Files that wait at the gate, or have left by it, folded from a view's entries."""

from __future__ import annotations

from collections.abc import Iterable

from leconfield.desk.exchange.model import HANDED_OVER
from leconfield.errors import NotFoundError
from leconfield.gate.handing.model import PREPARED, RELEASE, Prepared, prepared_in
from leconfield.ledger.model import Entry, EntryId
from leconfield.ledger.view import View
from leconfield.ledger.world import Folded


class Handing(Folded):
    """What was prepared for whom, and what of it was handed over (a `Derived`)."""

    def __init__(self) -> None:
        self.by_release: dict[EntryId, Prepared] = {}
        self.gone: dict[EntryId, str] = {}
        """By release when it was handed over (a stamp): the first time counts."""

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind == PREPARED:
                self.by_release.setdefault(EntryId(each.about), prepared_in(each))
            elif each.kind == HANDED_OVER and RELEASE in each.body:
                self.gone.setdefault(EntryId(each.body[RELEASE]), each.at)


def prepared(view: View, release: str) -> Prepared:
    """What was prepared in that release.

    Raises:
        NotFoundError: in the same words whether it is hidden or has never been.
    """
    found = view.derived(Handing).by_release.get(EntryId(release))
    if found is None:
        raise NotFoundError("nothing is prepared here by that id; look it up among what waits at the gate")
    return found
