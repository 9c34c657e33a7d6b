"""A desk at which Emma asks, Iris and Rob hold what her drafts touch, and Karina holds something else."""

from __future__ import annotations

from leconfield.gate.exposure import service
from leconfield.gate.exposure.model import Text
from leconfield.gate.exposure.service import Answer
from leconfield.gate.owning.state import Case, cases
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Reader
from tests.gate.worlds import PROFILE, PUBLIC
from tests.ledger.desks import EMMA, ROB, desk, look

AGENTS = "S&SEQUIN&AGENTS"
IRIS = Reader("iris", "Iris, controller", ROB.tokens, frozenset({"controller"}))
RUNNER = Reader("rob", "Rob, agent runner", ROB.tokens, frozenset({"agent-runner"}))
CLERK = Reader("una", "Una, keeper of the record", ROB.tokens, frozenset({"record-keeper"}))
KARINA = Reader(
    "karina", "Karina, investigator", frozenset({"O", "S", "SEQUIN", "INTERCEPT"}), frozenset({"controller"})
)
LIMP = "Molloy. He walks with a limp since a forklift rolled over his foot."
SAID = "The man limps since a forklift rolled over his foot."
BEES = "Quill. The beekeeper at Truro slept badly."
PRIZE = "The beekeeper of Truro won a prize for honey, candles, mead, wax and a fine display of hives."
ON = "2026-07-01"


def staffed() -> Desk:
    """The desk, with all of them on it."""
    at = desk()
    for each in (EMMA, IRIS, RUNNER, CLERK, KARINA):
        draft = accounts.enrolling(each.name, each.persona, "a long password", each.tokens, each.roles)
        at.append(accounts.KEEPER, [draft])
    return at


def asked(at: Desk, who: Reader, words: str, authors: tuple[str, ...] = ()) -> Answer:
    """A full check for the public."""
    return service.answer(at, look(at, who), Text(words, ON, authors=authors), PROFILE, PUBLIC)


def case_of(at: Desk, who: Reader) -> Case:
    """The one case that the gate asks somebody about."""
    (found,) = cases(look(at, who))
    return found
