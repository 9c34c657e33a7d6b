"""Whoever may have a record in the vault, in tests: an agent, or a colleague of the house."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from leconfield.agents import service
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId, Reader
from leconfield.staff import files
from leconfield.vault.person import Person
from tests.agents.corridor import HANDLER, LABEL
from tests.ledger.desks import look

TRUE_NAME: Final = "Peregrine Aldous Quillfeather"
CALLED: Final = "BRAMBLE"
KINDS: Final = ("agent", "colleague")
KEEPER: Final = replace(HANDLER, roles=frozenset({files.ROLE}))


@dataclass(frozen=True, slots=True)
class Whom:
    """Somebody of either kind, as each officer knows of him."""

    kind: str
    id: EntryId

    def to(self, desk: Desk, reader: Reader) -> Person:
        """Him, as the vault is told of him by whoever deals with him."""
        of = service.person if self.kind == "agent" else files.person
        return of(look(desk, reader), self.id)

    @property
    def url(self) -> str:
        """The address of his record's pages."""
        return f"{BASES[self.kind]}/{self.id}/vault"


BASES: Final = {"agent": "/agents", "colleague": files.URL}


def begun(desk: Desk, kind: str, label: str = LABEL) -> Whom:
    """What is kept of him outside the vault, begun."""
    if kind == "agent":
        return Whom(kind, service.spot(desk, look(desk, HANDLER), codename=CALLED, label=label, reason="He offers."))
    view = look(desk, KEEPER)
    return Whom(kind, files.begin(desk, view, who="bella", called=CALLED, label=label, reason="She travels."))
