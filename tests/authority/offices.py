"""Officers, applications and desks for tests of authority."""

from __future__ import annotations

from datetime import datetime, timedelta

from leconfield.authority import service
from leconfield.authority.model import PARTICULARS, Authority, Step
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId, Reader
from leconfield.ledger.view import View
from tests.ledger.desks import KEYS, START, look

LABEL = "S&SEQUIN"
_TOKENS = frozenset({"O", "S", "SEQUIN"})
APPLICANT = Reader("gwen", "Gwen, surveillance lead", _TOKENS)
OFFICER = Reader("huw", "Huw, authorising officer", _TOKENS, frozenset({"authorising-officer"}))
SENIOR = Reader(
    "iris", "Iris, senior officer", _TOKENS, frozenset({"authorising-officer", "senior-authorising-officer"})
)
MINISTER = Reader("minister", "The minister", _TOKENS, frozenset({"minister"}))
COMMISSIONER = Reader("judge", "The commissioner", _TOKENS, frozenset({"judicial-commissioner"}))
INSPECTOR = Reader("inspector", "The inspector", frozenset({"OVERSIGHT"}), frozenset({"inspector"}))
ABOUT = "a" * 32
SAID = dict.fromkeys(PARTICULARS, "As the plan says.") | {"ground": "national-security"}


class Hands:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        return self.at

    def move(self, **by: float) -> None:
        """Move on by so many hours, days ..."""
        self.at += timedelta(**by)


def office() -> tuple[Desk, Hands]:
    """A new desk in memory, and its clock."""
    hands = Hands()
    return Desk.in_memory(KEYS, hands), hands


def now(desk: Desk, reader: Reader) -> View:
    """What he sees at this moment."""
    return look(desk, reader)


def asked(desk: Desk, kind: str = "directed-surveillance", about: str = ABOUT, **more: str) -> EntryId:
    """Somebody has applied."""
    return service.apply(desk, look(desk, APPLICANT), kind, about, SAID, label=LABEL, **more)


def does(desk: Desk, reader: Reader, which: str, step: Step, **more: str) -> Authority:
    """An officer takes a step, with a reason."""
    return service.take(desk, look(desk, reader), which, step, reason="It is needed.", **more)
