"""Builders for investigations in tests."""

from __future__ import annotations

from dataclasses import dataclass

from leconfield.desk.investigations import Investigation, investigation_in, open_investigation
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Reader
from leconfield.ledger.view import View
from tests.ledger.desks import EMMA, desk, filed, look

ANN = Reader("ann", "Ann, analyst", frozenset({"O", "S"}))


@dataclass
class House:
    """A desk with one investigation, opened by Emma for all who hold S."""

    desk: Desk
    id: str

    def view(self, reader: Reader = EMMA) -> View:
        return look(self.desk, reader)

    def case(self, reader: Reader = EMMA) -> Investigation:
        return investigation_in(self.view(reader), self.id)


def house(label: str = "S") -> House:
    at = desk()
    opened = open_investigation(at, look(at, EMMA), title="The mill", reason="A lead from Heron", label=label)
    return House(at, opened)


def report(at: House, text: str = "Ray Cassell. He bought timers.", label: str = "S", source: str = "HEATHER") -> str:
    return filed(at.desk, EMMA, text, label, source=source)
