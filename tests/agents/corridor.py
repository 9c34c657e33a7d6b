"""A desk with an agent, his handlers and a live authority, for tests."""

from __future__ import annotations

from dataclasses import replace

from leconfield.agents import service
from leconfield.agents.model import Office, Status
from leconfield.agents.service import Told
from leconfield.authority import service as authority
from leconfield.authority.model import Step
from leconfield.authority.permit import Authorisation, authorised, live
from leconfield.ledger.desk import Desk
from leconfield.ledger.grades import parse_grade
from leconfield.ledger.model import EntryId, Reader
from leconfield.ledger.times import stamp
from tests.authority.offices import SAID, Hands, office
from tests.ledger.desks import look

COMPARTMENT = "AGENT.BRAMBLE"
LABEL = f"{COMPARTMENT}&S"
HANDLER = Reader("rob", "Rob, agent runner", frozenset({"O", "S", "SEQUIN", COMPARTMENT}))
OFFICER = replace(HANDLER, name="huw", persona="Huw", roles=frozenset({"authorising-officer"}))
DESK_OFFICER = Reader("emma", "Emma, investigator", frozenset({"O", "S", "SEQUIN"}))
STAFF = {
    Office.HANDLER: "rob",
    Office.CO_HANDLER: "sid",
    Office.CONTROLLER: "tess",
    Office.AUTHORISING_OFFICER: "huw",
    Office.RECORD_KEEPER: "una",
}
TOLD = Told("A van is bought", "Dawn Prosser bought a white van.", parse_grade("B2"), "S&SEQUIN")


def spotted() -> tuple[Desk, Hands, EntryId]:
    """A new desk with an agent who was spotted."""
    desk, hands = office()
    return desk, hands, service.spot(desk, look(desk, HANDLER), codename="Bramble", label=LABEL, reason="He offers.")


def recruited() -> tuple[Desk, Hands, EntryId]:
    """The same, recruited and with everybody in office."""
    desk, hands, agent = spotted()
    for to in (Status.ASSESSED, Status.APPROACHED, Status.RECRUITED):
        service.step(desk, look(desk, HANDLER), agent, to, reason="It went well.")
    for each, who in STAFF.items():
        service.staff(desk, look(desk, HANDLER), agent, each, who)
    return desk, hands, agent


def permitted(desk: Desk, agent: EntryId, conduct: str = "meet") -> Authorisation:
    """A live authorisation to use him."""
    standing = live(look(desk, HANDLER), conduct, agent, stamp(desk.clock()))
    which = (
        standing.id if standing else authority.apply(desk, look(desk, HANDLER), "agent-use", agent, SAID, label=LABEL)
    )
    if standing is None:
        authority.take(desk, look(desk, OFFICER), which, Step.GRANT, reason="Needed.")
    return authorised(desk, look(desk, HANDLER), which, conduct, agent)
