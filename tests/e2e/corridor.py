"""A desk with an agent, everybody whom the law asks for, and authorities of several ages, for tests in a browser."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from leconfield.agents import service as agents
from leconfield.agents.model import Office, Status
from leconfield.authority import service as authority
from leconfield.authority.model import Step
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId, Reader
from tests.authority.offices import SAID
from tests.e2e.house import Seat
from tests.ledger.desks import look

LABEL: Final = "HEATHER&S"
PASSWORD: Final = "a lantern in the reeds"
SAYS: Final = {"rob": "a long walk on sand", "sid": "nine green bottles", "una": "the third umbrella"}
_TEAM: Final = "O S HEATHER"
PEOPLE: Final = {
    "rob": ("Rob, agent runner", f"{_TEAM} DILEMMAS.ROB", "officer agent-runner"),
    "sid": ("Sid, agent runner", f"{_TEAM} STAFF", "officer agent-runner"),
    "tess": ("Tess, controller", f"{_TEAM} DILEMMAS.ROB", "officer controller"),
    "huw": ("Huw, authorising officer", f"{_TEAM} STAFF", "officer authorising-officer"),
    "una": ("Una, record keeper", f"{_TEAM} STAFF", "officer record-keeper staff"),
    "minna": ("Minna, minister", _TEAM, "minister"),
    "jude": ("Jude, commissioner", _TEAM, "judicial-commissioner"),
    "emma": ("Emma, investigator", "O S", "officer investigator"),
    "odile": ("Odile, inspector", "OVERSIGHT", "inspector"),
}
STAFF: Final = {
    Office.HANDLER: "rob",
    Office.CO_HANDLER: "sid",
    Office.CONTROLLER: "tess",
    Office.AUTHORISING_OFFICER: "huw",
    Office.RECORD_KEEPER: "una",
}


def build(folder: Path) -> EntryId:
    """Make the desk in the folder; the id of the agent."""
    moment = [datetime.now(UTC) - timedelta(days=360)]
    desk = Desk.create(folder, _ticking(moment))
    for name, (persona, tokens, roles) in PEOPLE.items():
        draft = accounts.enrolling(name, persona, PASSWORD, tokens.split(), roles.split())
        desk.append(accounts.KEEPER, [draft])
    rob = desk.reader("rob")
    agent = agents.spot(desk, look(desk, rob), codename="Heather", label=LABEL, reason="He came to us.")
    for to in (Status.ASSESSED, Status.APPROACHED, Status.RECRUITED):
        agents.step(desk, look(desk, rob), agent, to, reason="It went well.")
    for office, who in STAFF.items():
        agents.staff(desk, look(desk, rob), agent, office, who)
    _granted(desk, rob, "agent-use", agent)
    _granted(desk, rob, "identity-opening", agent)  # it ended long ago
    moment[0] = datetime.now(UTC) - timedelta(days=20)
    for number in range(4):
        moment[0] += timedelta(days=4, hours=3 * number)
        agents.contacted(desk, look(desk, rob), agent, words="He rang at night, and would not say why.")
    desk.close()
    return agent


def _ticking(moment: list[datetime]) -> Callable[[], datetime]:
    def clock() -> datetime:
        moment[0] += timedelta(seconds=1)
        return moment[0]

    return clock


def _granted(desk: Desk, by: Reader, kind: str, about: EntryId) -> None:
    which = authority.apply(desk, look(desk, by), kind, about, SAID, label=LABEL)
    authority.take(desk, look(desk, desk.reader("huw")), which, Step.GRANT, reason="It is needed.")


def sign_in(seat: Seat, name: str) -> Seat:
    """Sign in by the form, as that officer."""
    seat.go("/sign-in")
    seat.page.get_by_label("Name").fill(name)
    seat.page.get_by_label("Password").fill(PASSWORD)
    seat.page.get_by_role("button", name="Sign in").click()
    seat.page.wait_for_url("**/reports")
    return seat
