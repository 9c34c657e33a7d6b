"""A case whose schedule is to be served, and the officers who let it go."""

from __future__ import annotations

from leconfield.gate.handing import schedules
from leconfield.gate.release import judging
from leconfield.gate.release.state import found
from leconfield.ledger import accounts
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import EntryId, Reader
from tests.desk.evidence.files import Bench, bench, report
from tests.gate.release import rooms
from tests.ledger.desks import EMMA, ROB, look

HELD = frozenset({"O", "S", "SEQUIN"})
DISCLOSURE = Reader("dee", "Dee, disclosure officer", HELD, frozenset({"disclosure-officer"}))
ADVISER = Reader("lea", "Lea, legal adviser", HELD, frozenset({"legal-adviser"}))
KEEPER = Reader("cas", "Cas, source protection", HELD, frozenset({"source-protection-officer"}))
FAY = Reader("fay", "Fay, analyst", frozenset({"O", "S"}))
EVERYBODY = (EMMA, ROB, FAY, DISCLOSURE, ADVISER, KEEPER)
OPEN = "The Gazette. A lorry was cut open at Toddington in March, and four hundred cases of whisky were taken."
DESCRIBED = "A newspaper page on a lorry that was cut open at Toddington in March."


def court(description: str = DESCRIBED, *more: str) -> Bench:
    """A case that the papers know of, with one item that an open report speaks of, and one more for each text."""
    at = bench(heading="The Crown against two", parties="")
    for each in EVERYBODY:
        body = {"persona": each.persona, "password": "x", "tokens": " ".join(sorted(each.tokens))}
        body["roles"] = " ".join(sorted(each.roles))
        at.desk.append(accounts.KEEPER, [Draft(accounts.ENROLLED, accounts.LABEL, about=each.name, body=body)])
    filed = report(at.desk, OPEN, channel="open", source="The Gazette")
    at.assess("report", filed, description, confirmed="yes")
    for each in more:
        item = report(at.desk, f"{each} It was said.", channel="open", source="The Gazette")
        at.assess("report", item, each, confirmed="yes")
    return at


def waiting(at: Bench, reason: str = "") -> EntryId:
    """The next issue of MG6C waits at the gate."""
    return schedules.prepare(at.desk, at.view(), at.id, schedule="mg6c", reason=reason)


def approved(at: Bench, which: EntryId) -> None:
    """The gate passes it, and two approve it."""
    judging.check(at.desk, look(at.desk, DISCLOSURE), which)
    for each in (ADVISER, KEEPER):
        rooms.approves(at.desk, each, which)


def sealed(at: Bench, which: EntryId) -> None:
    """It is sealed as well."""
    approved(at, which)
    judging.seal(at.desk, look(at.desk, DISCLOSURE), which)
    assert found(look(at.desk, DISCLOSURE), which).was_sealed
