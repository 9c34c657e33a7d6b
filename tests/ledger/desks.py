"""Builders for desks, readers and reports."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from leconfield.ledger.audit import Signer
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft, NewReport, NewStatement
from leconfield.ledger.keys import Keys
from leconfield.ledger.model import IN_TEXT, Question, Reader, ReportId, SubjectId
from leconfield.ledger.view import View

KEYS = Keys(b"\x07" * 32, Signer("test-desk", Ed25519PrivateKey.from_private_bytes(b"\x01" * 32)))
START = datetime(2026, 3, 2, 9, tzinfo=UTC)
ROB = Reader("rob", "Rob, agent runner", frozenset({"O", "S", "SEQUIN", "AGENTS"}))
EMMA = Reader("emma", "Emma, investigator", frozenset({"O", "S", "SEQUIN"}))
NOBODY = Reader("guest", "Guest", frozenset())


class Ticking:
    """A clock that moves one second on each look."""

    def __init__(self) -> None:
        self.at = START

    def __call__(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def desk() -> Desk:
    """A new desk in memory with fixed keys and a ticking clock."""
    return Desk.in_memory(KEYS, Ticking())


def look(at: Desk, reader: Reader, as_of: datetime | None = None) -> View:
    """A view to look around in."""
    return at.view(reader, as_of, asking=Question("look"))


def filed(
    at: Desk, by: Reader, text: str, label: str = "S", when: datetime | None = None, source: str = "HEATHER"
) -> ReportId:
    """File a report with that text; what stands before the first full stop is the name of whom it is about."""
    new = NewReport("A report", text, source, "agent", at.keep(text.encode()), "text/plain")
    report = at.report_id(new, label)
    record = SubjectId(at.ids.of("record", report))
    name = text.partition(".")[0]
    statement = NewStatement(record, "Person", "name", name, IN_TEXT, report, 0, len(name))
    (receipt,) = at.append(by, [Draft("filed", label, report=new, statements=(statement,))], when)
    assert receipt.report is not None
    return receipt.report
