"""Appending: drafts become entries, with what they bring and their audit leaves, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leconfield.errors import RefusedError
from leconfield.ledger import labels
from leconfield.ledger.audit import Act, Frontier, Read, Signer, commitment, leaf_hash, new_salt
from leconfield.ledger.drafts import Draft, NewReport, NewStatement
from leconfield.ledger.ids import Ids
from leconfield.ledger.model import EntryId, Report, ReportId, Statement, StatementId
from leconfield.ledger.stores import tables
from leconfield.ledger.stores.rows import content, from_report, from_statement
from leconfield.ledger.stores.sqlite import SqliteStore, Writing


@dataclass(frozen=True, slots=True)
class Receipt:
    """What became of a draft."""

    entry: EntryId
    report: ReportId | None
    new: bool
    """False: the same act stands in the ledger already; nothing was added."""
    segment: Path | None = None
    """Where the statements lie, if they are those of a large table."""


class Recorder:
    """The only way into the ledger, for acts and for the record of reads."""

    def __init__(self, store: SqliteStore, ids: Ids, signer: Signer) -> None:
        self._store = store
        self._ids = ids
        self._signer = signer

    def read(self, read: Read) -> None:
        """Record that something is about to be read; durable when this returns."""
        with self._store.writing() as writing:
            self._seal(writing, [read.serialise()])

    def append(self, by: str, at: str, drafts: Sequence[Draft], *, once: bool = False) -> list[Receipt]:
        """Append the drafts: all of them, or (on an error) none; `once`: also none if one with a key stands already."""
        with self._store.writing() as writing:
            leaves: list[bytes] = []
            receipts = [self._append(writing, by, at, draft, leaves) for draft in drafts]
            if once and any(draft.key and not each.new for draft, each in zip(drafts, receipts, strict=True)):
                raise RefusedError("somebody acted on this meanwhile; read it again, and do it once more if it holds")
            if leaves:
                self._seal(writing, leaves)
        return receipts

    def _append(self, writing: Writing, by: str, at: str, draft: Draft, leaves: list[bytes]) -> Receipt:
        label = str(labels.parse(draft.label))
        report = self.report_of(draft.report, label, at) if draft.report else None
        entry_id = self._entry_id(by, at, draft, label, report)
        row: dict[str, Any] = {
            "id": entry_id,
            "at": at,
            "by": by,
            "kind": draft.kind,
            "about": report.id if report else draft.about,
            "body": json.dumps(draft.body, sort_keys=True, ensure_ascii=False),
            "salt": new_salt(),
        }
        label_id = writing.label_id(label)
        seq = writing.add_entry({**row, "label_id": label_id})
        if seq is None:
            return Receipt(entry_id, report.id if report else None, new=False)
        statements = [self._statement(each, label, at) for each in draft.statements]
        brought = _brought(writing, seq, label, report, statements)
        commits = commitment(content(row, label, brought.reports, brought.statements), row["salt"])
        leaves.append(Act(at, by, draft.kind, entry_id, commits, label).serialise())
        writing.touch({label_id, *brought.label_ids}, seq)
        return Receipt(entry_id, report.id if report else None, new=True)

    def _entry_id(self, by: str, at: str, draft: Draft, label: str, report: Report | None) -> EntryId:
        if report is not None:
            return EntryId(self._ids.of("entry", draft.kind, report.id))
        if draft.key:
            return EntryId(self._ids.of("entry", draft.kind, label, *draft.key))
        said = json.dumps(draft.body, sort_keys=True)
        brought = "\n".join(sorted(self._statement(each, label, at).id for each in draft.statements))
        return EntryId(self._ids.of("entry", draft.kind, label, by, at, draft.about, said, brought))

    def report_of(self, new: NewReport, label: str, at: str) -> Report:
        """The report that `new` becomes under this label: one file from one source under one label is one report."""
        return Report(
            id=ReportId(self._ids.of("report", new.digest, new.source, new.reference, label)),
            title=new.title,
            text=new.text,
            source=new.source,
            origin=new.origin,
            channel=new.channel,
            grade=new.grade,
            label=label,
            written=new.written,
            place=new.place,
            learnt=at,
            digest=new.digest,
            media_type=new.media_type,
            reference=new.reference,
        )

    def _statement(self, new: NewStatement, label: str, at: str) -> Statement:
        its_label = label if new.label is None else str(labels.parse(new.label))
        return Statement(
            id=self.statement_id(new, its_label),
            subject=new.subject,
            schema=new.schema,
            prop=new.prop,
            value=new.value,
            report=new.report,
            label=its_label,
            origin=new.origin,
            learnt=at,
            start=new.start,
            end=new.end,
            grade=new.grade,
            assertion=new.assertion,
            held=new.held,
        )

    def statement_id(self, new: NewStatement, label: str) -> StatementId:
        """The id that the statement bears under this label, which is in its canonical form."""
        said = (new.assertion.polarity, new.assertion.modality, new.assertion.asserter, new.assertion.stance)
        parts = (new.subject, new.schema, new.prop, new.value, new.report, new.origin, str(new.start), str(new.end))
        held = (new.held.start, new.held.end)
        return StatementId(self._ids.of("statement", *parts, str(new.grade), *said, *held, label))

    def _seal(self, writing: Writing, leaves: list[bytes]) -> None:
        head = writing.head()
        before = Frontier.parse(head[1]) if head else Frontier()
        frontier, new_size = before.extended([leaf_hash(leaf) for leaf in leaves])
        checkpoint = self._signer.checkpoint(self._signer.name, new_size, frontier.root())
        writing.add_leaves(before.size, leaves, (new_size, frontier.serialise(), checkpoint))


Labelled = tuple[Mapping[str, Any], str]


@dataclass(frozen=True, slots=True)
class _Brought:
    reports: list[Labelled]
    statements: list[Labelled]
    label_ids: set[int]


def _brought(writing: Writing, seq: int, label: str, report: Report | None, statements: list[Statement]) -> _Brought:
    """Write the report and the statements that stand not yet; what was written is what the audit commits to."""
    reports = [from_report(report, writing.label_id(label), seq)] if report else []
    label_ids = {each: writing.label_id(each) for each in {statement.label for statement in statements}}
    unique: dict[str, Statement] = {each.id: each for each in statements}
    new = writing.unknown(tables.statement, list(unique))
    rows = [(from_statement(unique[each], label_ids[unique[each].label], seq), unique[each].label) for each in new]
    writing.add(tables.report, reports)
    writing.add(tables.statement, [row for row, _ in rows])
    return _Brought([(row, label) for row in reports], list(rows), set(label_ids.values()))
