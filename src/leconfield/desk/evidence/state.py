"""Case files of a view, folded from its entries; one for each investigation that the view knows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Self

from leconfield.desk.evidence.folding import after
from leconfield.desk.evidence.model import KINDS, CaseFile
from leconfield.desk.investigations import investigation_in
from leconfield.ledger.model import Entry
from leconfield.ledger.view import View
from leconfield.ledger.world import Delta, World


class CaseFiles:
    """Everything that investigations of a world have for court (a `Derived`)."""

    def __init__(self) -> None:
        self.by_id: dict[str, CaseFile] = {}

    @classmethod
    def of(cls, world: World) -> Self:
        """Fold every entry of the world."""
        files = cls()
        files._take(world.entries)
        return files

    def grow(self, _world: World, delta: Delta) -> None:
        """Fold the new entries."""
        self._take(delta.entries)

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind in KINDS:
                self.by_id[each.about] = after(self.by_id.get(each.about) or CaseFile(each.about), each)


def case_file_of(view: View, which: str) -> CaseFile:
    """The case file of an investigation; an empty one until something is put into it.

    Raises:
        NotFoundError: in the same words whether the investigation is hidden or has never existed.
    """
    found = investigation_in(view, which)
    return view.derived(CaseFiles).by_id.get(found.id) or CaseFile(found.id)
