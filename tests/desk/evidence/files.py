"""Builders for case files in tests."""

from __future__ import annotations

from dataclasses import dataclass

from leconfield.desk.evidence import CaseFile, case_file_of, service, serving
from leconfield.desk.evidence.disclosing import assess
from leconfield.desk.evidence.model import LEAVING
from leconfield.desk.investigations import open_investigation
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft, NewReport, NewStatement
from leconfield.ledger.model import IN_TEXT, Reader, ReportId, SubjectId
from leconfield.ledger.view import View
from tests.ledger.desks import EMMA, desk, look

ANN = Reader("ann", "Ann, analyst", frozenset({"O", "S"}))
PRODUCED = {
    "number": "RP/1",
    "words": "A receipt for two timers",
    "producer": "PC Roy Price",
    "produced": "2026-03-01T10:00",
    "place": "Mill Lane, the kitchen",
    "channel": "seizure",
    "seal": "B100",
}


@dataclass
class Bench:
    """A desk with one investigation that is getting ready for court."""

    desk: Desk
    id: str

    def view(self, reader: Reader = EMMA) -> View:
        return look(self.desk, reader)

    def file(self, reader: Reader = EMMA) -> CaseFile:
        return case_file_of(self.view(reader), self.id)

    def exhibit(self, content: bytes = b"a receipt", **terms: str) -> str:
        return service.exhibit_file(self.desk, self.view(), self.id, content, {**PRODUCED, **terms})

    def hand(self, exhibit: str, giver: str, taker: str, given: str, **terms: str) -> None:
        said = {"giver": giver, "taker": taker, "given": given, "reason": "to the store", "seal": "B100", **terms}
        service.hand_over(self.desk, self.view(), self.id, exhibit, said)

    def assess(self, kind: str, item: str, description: str = "A note of a purchase", **terms: str) -> None:
        said = {"relevant": "yes", "sensitive": "no", "reason": "it may help the defence", "description": description}
        assess(self.desk, self.view(), self.id, kind=kind, item=item, terms={**said, **terms})

    def sensitive(self, kind: str, item: str, description: str = "A note of a meeting") -> None:
        risk = {"sensitive": "yes", "ground": "source", "prejudice": "whoever spoke would be known and hurt"}
        self.assess(kind, item, description, **risk)

    def serve(self, schedule: str = "mg6c", reason: str = "") -> str:
        """Serve it; of the one that leaves, what is written down of that. The gate's own tests ask whether it may."""
        if schedule not in LEAVING:
            return serving.serve(self.desk, self.view(), self.id, schedule=schedule, reason=reason)
        made = serving.ready(self.view(), self.id, schedule=schedule, reason=reason)
        release = f"{len(self.file().prepared):032x}"
        self.desk.append(EMMA, [serving.prepared(self.desk, made, release)])
        waiting = self.file().waiting(schedule)
        assert waiting is not None
        self.desk.append(EMMA, [serving.served(waiting, self.id)])
        return self.file().issues[-1].id


def bench(heading: str = "R v Cassell", parties: str = "Ray Cassell") -> Bench:
    at = desk()
    opened = open_investigation(at, look(at, EMMA), title="The mill", reason="A lead", label="S")
    made = Bench(at, opened)
    if heading:
        service.head(at, made.view(), opened, heading=heading, parties=parties)
    return made


def report(
    at: Desk,
    text: str,
    *,
    channel: str = "agent",
    source: str = "HERON",
    origin: str = "",
    label: str = "S",
    by: Reader = EMMA,
) -> ReportId:
    """File a report that came by that channel, with one statement: a name."""
    new = NewReport("A report", text, source, channel, at.keep(text.encode()), "text/plain", origin=origin)
    which = at.report_id(new, label)
    record = SubjectId(at.ids.of("record", which))
    name = text.partition(".")[0]
    statement = NewStatement(record, "Person", "name", name, IN_TEXT, which, 0, len(name))
    at.append(by, [Draft("filed", label, report=new, statements=(statement,))])
    return which


def statement_of(view: View, which: str) -> str:
    """The id of the report's only statement."""
    return view.statements(report=which)[0].id
