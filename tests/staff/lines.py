"""Builders for duty lines in tests: a desk whose clock one sets, people on the line, a roster."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta

from leconfield.agents import safety
from leconfield.agents.safety import DUTY_LINE
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.keys import Keys
from leconfield.ledger.model import Question, Reader
from leconfield.ledger.view import View
from leconfield.staff import service
from leconfield.staff.model import Slot
from leconfield.staff.profile import shipped
from leconfield.staff.state import DutyLine, line_of, turns_text
from tests.ledger.desks import KEYS
from tests.noninterference.desks import enrolment

MONDAY = date(2026, 3, 2)
NAMES = ("ann", "ben", "cat", "dan", "eve", "fay", "gus", "hal", "ida", "jon")
DEE = Reader("dee", "Dee, controller", frozenset({"S", DUTY_LINE}))
ANN = Reader("ann", "Ann, analyst", frozenset({"S", DUTY_LINE}))
ROB = Reader("rob", "Rob, agent runner", frozenset({"S", "HEATHER"}))
BOTH = Reader("kay", "Kay, co-handler", frozenset({"S", "HEATHER", DUTY_LINE}))
OUTSIDER = Reader("emma", "Emma, investigator", frozenset({"S"}))
OFFICERS = (DEE, ANN, ROB, BOTH, OUTSIDER)
AWAKE = ("day", "evening", "night")


class Clock:
    """A clock that one sets; it moves a millisecond on each look."""

    def __init__(self) -> None:
        self.at = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at

    def set(self, text: str) -> None:
        """Go on to a moment."""
        self.at = datetime.fromisoformat(text).replace(tzinfo=UTC)


@dataclass
class House:
    """A desk with a duty line."""

    desk: Desk
    clock: Clock = field(default_factory=Clock)

    def view(self, reader: Reader = DEE, as_of: datetime | None = None) -> View:
        return self.desk.view(reader, as_of, asking=Question("look"))

    @property
    def line(self) -> DutyLine:
        return line_of(self.view())

    def put(self, *names: str, duties: tuple[str, ...] = AWAKE) -> None:
        for name in names:
            service.put_on(
                self.desk, self.view(), who=name, persona=f"{name.title()}, officer", duties=duties, reach="ext 4417"
            )

    def accept(self, turns: dict[Slot, str], first: date = MONDAY) -> None:
        service.accept(self.desk, self.view(), first.isoformat(), turns_text(turns.items()))

    def missed(self, by: Reader = ROB, due: str = "2026-03-02T03:00") -> str:
        """Somebody said when he calls; whether he has missed it is for the clock to say."""
        return safety.set_timer(self.desk, self.view(by), due=due, label="HEATHER", words="out, back by three")


def house(keys: Keys = KEYS) -> House:
    """A desk with enrolled officers, and nobody on its line."""
    clock = Clock()
    desk = Desk.in_memory(keys, clock)
    desk.append(accounts.KEEPER, [enrolment(each) for each in OFFICERS])
    return House(desk, clock)


def dealt(names: tuple[str, ...], first: date = MONDAY, duties: tuple[str, ...] = AWAKE) -> dict[Slot, str]:
    """Turns dealt out one after the other: everybody is rested where there are ten."""
    days = [(first + timedelta(days=n)).isoformat() for n in range(shipped().days)]
    return {
        (day, duty): names[(number * len(duties) + place) % len(names)]
        for number, day in enumerate(days)
        for place, duty in enumerate(duties)
    }


def rostered() -> House:
    """A desk with ten on the line and four weeks' roster."""
    made = house()
    made.put(*NAMES)
    made.accept(dealt(NAMES))
    return made
