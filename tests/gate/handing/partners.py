"""A desk with something to hand over, and the officers who let it go."""

from __future__ import annotations

from leconfield.desk.exchange.service import Ready, ready
from leconfield.gate.handing import service
from leconfield.gate.release import judging
from leconfield.gate.release.state import found
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import EntryId, Reader
from tests.desk.exchange.partners import chosen, mill
from tests.gate.release import rooms
from tests.ledger.desks import EMMA, look

HELD = frozenset({"O", "S", "SEQUIN"})
LIAISON = Reader("liz", "Liz, liaison", HELD, frozenset({"liaison-officer"}))
OFFICER = Reader("ben", "Ben, release officer", HELD, frozenset({"release-officer"}))
KEEPER = Reader("cas", "Cas, source protection", HELD, frozenset({"source-protection-officer"}))
EVERYBODY = (EMMA, LIAISON, OFFICER, KEEPER)


def house() -> Desk:
    """The mill, with everybody enrolled."""
    at = mill()
    for each in EVERYBODY:
        body = {"persona": each.persona, "password": "x", "tokens": " ".join(sorted(each.tokens))}
        body["roles"] = " ".join(sorted(each.roles))
        at.append(accounts.KEEPER, [Draft(accounts.ENROLLED, accounts.LABEL, about=each.name, body=body)])
    return at


def made(at: Desk, holds: str = "O S SEQUIN", form: str = "stix") -> Ready:
    """The file for the Polizei."""
    return ready(at, look(at, EMMA), chosen(at, holds), recipient="Polizei", purpose="a warrant", form=form)


def waiting(at: Desk, holds: str = "O S SEQUIN", form: str = "stix") -> EntryId:
    """It waits at the gate."""
    return service.prepare(at, look(at, EMMA), made(at, holds, form))


def sealed(at: Desk, which: EntryId) -> None:
    """The gate passes it, two approve it, and it is sealed."""
    judging.check(at, look(at, OFFICER), which)
    for each in (LIAISON, KEEPER):
        rooms.approves(at, each, which)
    judging.seal(at, look(at, OFFICER), which)
    assert found(look(at, OFFICER), which).was_sealed
