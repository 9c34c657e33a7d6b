"""Builders for incident rooms in tests: a desk on which something was known before the attack."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from leconfield.desk.incidents import Incident, incident_in, open_incident
from leconfield.ledger import accounts
from leconfield.ledger.desk import Desk
from leconfield.ledger.keys import Keys
from leconfield.ledger.model import Question, Reader, ReportId, SubjectId
from leconfield.ledger.view import View
from tests.ledger.desks import EMMA, KEYS, START, Ticking, filed

ANN = Reader("ann", "Ann, analyst", frozenset({"O", "S"}))
KARINA = Reader("karina", "Karina, section head", EMMA.tokens | {"TS", "AGENTS"})
OFFICERS = (EMMA, ANN, KARINA)


@dataclass
class House:
    """A desk with officers and one room, opened by Emma for all who hold S."""

    desk: Desk
    id: str
    reports: dict[str, ReportId] = field(default_factory=dict)

    def view(self, reader: Reader = EMMA, as_of: datetime | None = None) -> View:
        return self.desk.view(reader, as_of, asking=Question("look"))

    def room(self, reader: Reader = EMMA) -> Incident:
        return incident_in(self.view(reader), self.id)

    def record(self, words: str) -> SubjectId:
        """The record that a report made, by the report's text."""
        return SubjectId(self.desk.ids.of("record", self.reports[words]))

    def file(self, words: str, label: str = "S", by: Reader = EMMA, source: str = "HEATHER") -> ReportId:
        self.reports[words] = filed(self.desk, by, words, label, source=source)
        return self.reports[words]


def house(keys: Keys = KEYS, time: str = "2026-03-02T09:30", **known: str) -> House:
    """A desk, enrolled officers, reports by label (`S="Ray Cassell. He bought timers."`), and a room."""
    desk = Desk.in_memory(keys, Ticking())
    for each in OFFICERS:
        draft = accounts.enrolling(each.name, each.persona, "a long password", each.tokens, ())
        desk.append(accounts.KEEPER, [draft], START)
    made = House(desk, "")
    for label, words in known.items():
        made.file(words, label, KARINA)
    made.id = open_incident(desk, made.view(), title="The bridge", label="S", time=time)
    return made
