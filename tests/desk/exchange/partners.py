"""Builders for exchanges: a small desk with something to hand over, and bundles as partners send them."""

from __future__ import annotations

import json
from dataclasses import replace

from leconfield.desk.exchange.selection import Selection, selected
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft, NewReport, NewStatement
from leconfield.ledger.grades import parse_grade
from leconfield.ledger.model import BY_PERSON, PLAIN, Assertion, Reader, ReportId, SubjectId
from leconfield.ledger.times import Held
from tests.ledger.desks import EMMA, desk, look

RAY, ANNA, MILL, CAR, PHONE = (SubjectId(f"{n:032x}") for n in (0xA1, 0xA2, 0xA3, 0xA4, 0xA5))
STAMP = "2026-01-01T00:00:00.000Z"
Object = dict[str, object]


def told(
    at: Desk, text: str, label: str, *said: NewStatement, grade: str = "B2", source: str = "HERON", by: Reader = EMMA
) -> ReportId:
    """A report with statements, all of that grade."""
    new = NewReport(f"On {text}", text, source, "agent", at.keep(text.encode()), "text/plain", written="2026-02-01")
    report = at.report_id(new, label)
    statements = tuple(replace(each, report=report, grade=parse_grade(grade)) for each in said)
    at.append(by, [Draft("filed", label, report=new, statements=statements)])
    return report


def says(
    subject: SubjectId, schema: str, prop: str, value: str, held: str = "", assertion: Assertion = PLAIN
) -> NewStatement:
    """A statement of a report that is to come."""
    when = Held.on(held) if held else Held()
    return NewStatement(subject, schema, prop, value, BY_PERSON, ReportId(""), assertion=assertion, held=when)


def mill() -> Desk:
    """Ray and Anna, the mill, a car and a telephone: some of it secret, one link denied."""
    at = desk()
    told(
        at,
        "Ray at the mill",
        "O",
        says(RAY, "Person", "name", "Ray Cassell"),
        says(MILL, "Address", "name", "Mill Lane"),
        says(MILL, "Address", "latitude", "52.1"),
        says(MILL, "Address", "longitude", "-0.4"),
        says(RAY, "Person", "seenAt", MILL, "2026-02-03"),
    )
    told(
        at,
        "Anna and the car",
        "S",
        says(ANNA, "Person", "name", "Anna Brook"),
        says(CAR, "Vehicle", "name", "grey Golf"),
        says(RAY, "Person", "owner", CAR),
        says(RAY, "Person", "met", ANNA, "2026-02-04"),
        says(RAY, "Person", "religion", "none"),
        says(ANNA, "Person", "alias", "Annie", assertion=Assertion(modality="possible", asserter="a friend")),
    )
    told(
        at,
        "The telephone",
        "S&SEQUIN",
        says(PHONE, "Phone", "phone", "07700 900111"),
        says(RAY, "Person", "user", PHONE),
        says(RAY, "Person", "alias", "The Miller"),
        says(ANNA, "Person", "user", PHONE, assertion=Assertion(polarity="denied")),
        grade="C3",
        source="KINGFISHER",
    )
    return at


def chosen(at: Desk, holds: str = "O S SEQUIN", recipient: str = "Polizei", **more: bool) -> Selection:
    """Everybody of the mill, for a recipient."""
    ids = [RAY, ANNA, MILL, CAR, PHONE]
    return selected(at, look(at, EMMA), ids, recipient=recipient, holds=frozenset(holds.split()), **more)


def theirs(kind: str, number: int, **more: object) -> Object:
    """An object as a partner writes it."""
    which = f"{kind}--6f1a4f2e-7c0e-4b8e-9d0a-{number:012x}"
    return {"type": kind, "spec_version": "2.1", "id": which, "created": STAMP, "modified": STAMP, **more}


def bundled(*objects: object) -> bytes:
    """A bundle of these objects."""
    return json.dumps(
        {"type": "bundle", "id": "bundle--6f1a4f2e-7c0e-4b8e-9d0a-3b6c2a1f5e70", "objects": list(objects)}
    ).encode()
