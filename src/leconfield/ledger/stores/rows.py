"""Rows to records and back, and the canonical content of an entry to which the audit commits."""

import json
from collections.abc import Iterable, Mapping
from sys import intern
from typing import Any

from leconfield.ledger.grades import Grade, parse_grade
from leconfield.ledger.model import (
    PLAIN,
    Assertion,
    Entry,
    EntryId,
    Report,
    ReportId,
    Statement,
    StatementId,
    SubjectId,
)
from leconfield.ledger.times import ALWAYS, Held

Row = Mapping[str, Any]
_GRADES: dict[str, Grade] = {}


def _grade(text: str) -> Grade:
    known = _GRADES.get(text)
    if known is None:
        known = _GRADES[text] = parse_grade(text)
    return known


def to_entry(row: Row, label: str) -> Entry:
    """The entry in a row of `visible_entry`."""
    return Entry(
        id=EntryId(row["id"]),
        at=row["at"],
        by=intern(row["by"]),
        kind=intern(row["kind"]),
        about=row["about"],
        label=label,
        body=json.loads(row["body"]),
    )


def to_report(row: Row, label: str) -> Report:
    """The report in a row of `visible_report`."""
    return Report(
        id=ReportId(intern(row["id"])),
        title=row["title"],
        text=row["text"],
        source=intern(row["source"]),
        origin=row["origin"],
        channel=intern(row["channel"]),
        grade=_grade(row["grade"]),
        label=label,
        written=row["written"],
        place=row["place"],
        learnt=row["learnt"],
        digest=row["digest"],
        media_type=intern(row["media_type"]),
        reference=row["reference"],
    )


def to_statement(row: Row, label: str) -> Statement:
    """The statement in a row of `visible_statement`."""
    assertion = Assertion(row["polarity"], row["modality"], row["asserter"], row["stance"])
    held = Held(row["held_start"], row["held_end"])
    return Statement(
        id=StatementId(row["id"]),
        subject=SubjectId(intern(row["subject"])),
        schema=intern(row["schema"]),
        prop=intern(row["prop"]),
        value=intern(row["value"]),
        report=ReportId(intern(row["report"])),
        label=label,
        origin=intern(row["origin"]),
        learnt=intern(row["learnt"]),
        start=row["start"],
        end=row["stop"],
        grade=_grade(row["grade"]),
        assertion=PLAIN if assertion == PLAIN else assertion,
        held=ALWAYS if held == ALWAYS else held,
    )


def from_statement(statement: Statement, label_id: int, seq: int) -> dict[str, object]:
    """The row of a statement."""
    return {
        "id": statement.id,
        "label_id": label_id,
        "seq": seq,
        "subject": statement.subject,
        "schema": statement.schema,
        "prop": statement.prop,
        "value": statement.value,
        "report": statement.report,
        "origin": statement.origin,
        "learnt": statement.learnt,
        "start": statement.start,
        "stop": statement.end,
        "grade": str(statement.grade),
        "polarity": statement.assertion.polarity,
        "modality": statement.assertion.modality,
        "asserter": statement.assertion.asserter,
        "stance": statement.assertion.stance,
        "held_start": statement.held.start,
        "held_end": statement.held.end,
    }


def from_report(report: Report, label_id: int, seq: int) -> dict[str, object]:
    """The row of a report."""
    return {
        "id": report.id,
        "label_id": label_id,
        "seq": seq,
        "title": report.title,
        "text": report.text,
        "source": report.source,
        "origin": report.origin,
        "channel": report.channel,
        "grade": str(report.grade),
        "written": report.written,
        "place": report.place,
        "learnt": report.learnt,
        "digest": report.digest,
        "media_type": report.media_type,
        "reference": report.reference,
    }


def content(entry: Row, label: str, reports: Iterable[tuple[Row, str]], statements: Iterable[tuple[Row, str]]) -> bytes:
    """What the audit commits to: the entry with everything it brought, labels written out, in canonical JSON.

    `seq` and `label_id` are places in a store, not content; they are left out so that a copy verifies too.
    """
    whole = {
        "entry": _stripped(entry, label),
        "reports": sorted((_stripped(row, its_label) for row, its_label in reports), key=lambda row: str(row["id"])),
        "statements": sorted(
            (_stripped(row, its_label) for row, its_label in statements), key=lambda row: str(row["id"])
        ),
    }
    return json.dumps(whole, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _stripped(row: Row, label: str) -> dict[str, object]:
    kept: dict[str, object] = {
        name: value for name, value in row.items() if name not in ("seq", "label_id", "salt", "one")
    }
    kept["label"] = label
    return kept
