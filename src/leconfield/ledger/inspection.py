"""Whether the ledger is what was written: every entry with all it brought held against the signed log."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from leconfield.errors import DamagedError
from leconfield.ledger.audit import Verifier, verify_acts, verify_log
from leconfield.ledger.bulk import named_in
from leconfield.ledger.stores import tables
from leconfield.ledger.stores.rows import content
from leconfield.ledger.stores.segments import Segments
from leconfield.ledger.stores.sqlite import SqliteStore

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Verification:
    """What an inspection found."""

    leaves: int
    entries: int
    faults: tuple[str, ...]


def verify(store: SqliteStore, segments: Segments, verifier: Verifier, witnessed: Sequence[str] = ()) -> Verification:
    """Recompute everything. Reads all rows whatever their label, and tells nothing of them but ids and faults.

    A segment that no entry names is no fault: nobody sees it, and the next load removes it.
    """
    head = store.head()
    checkpoint = head[2] if head else ""
    log = verify_log(store.leaves(), checkpoint, verifier.vkey, witnessed=witnessed)
    counted = _Counted(store)
    acts = verify_acts(store.leaves(), counted.entries())
    broken = _segment_faults(store, segments)
    faults = (*(str(each) for each in (*log.faults, *acts.faults)), *counted.orphans, *broken)
    return Verification(log.size, counted.number, faults)


def _segment_faults(store: SqliteStore, segments: Segments) -> list[str]:
    """What is wrong with the segments that entries name."""
    found: list[str] = []
    for entry in store.everything(tables.entry):
        try:
            found += [
                f"segment {digest[:12]}… of entry {entry_id} {fault}"
                for entry_id, digest in named_in([entry])
                if (fault := segments.fault(digest))
            ]
        except DamagedError as error:
            found.append(str(error))
    return found


class _Counted:
    """Walks entries with what each brought, in order, and notes rows that no entry brought."""

    def __init__(self, store: SqliteStore) -> None:
        self._store = store
        self._labels = store.labels()
        self.number = 0
        self.orphans: list[str] = []

    def entries(self) -> Iterator[tuple[str, bytes, bytes]]:
        reports = _Run("report", self._store.everything(tables.report), self.orphans)
        statements = _Run("statement", self._store.everything(tables.statement), self.orphans)
        for entry in self._store.everything(tables.entry):
            self.number += 1
            brought = (self._labelled(run.upto(entry["seq"])) for run in (reports, statements))
            yield entry["id"], content(entry, self._label(entry), *brought), entry["salt"]
        for run in (reports, statements):
            run.rest()

    def _label(self, row: Row) -> str:
        return self._labels.get(row["label_id"], "no such label")

    def _labelled(self, rows: Iterable[Row]) -> list[tuple[Row, str]]:
        return [(row, self._label(row)) for row in rows]


class _Run:
    """Rows in the order of their entries, taken entry by entry."""

    def __init__(self, kind: str, rows: Iterator[Row], orphans: list[str]) -> None:
        self._kind = kind
        self._rows = rows
        self._orphans = orphans
        self._next = next(rows, None)

    def upto(self, seq: int) -> list[Row]:
        """The rows of entry `seq`; any before it belong to no entry."""
        found = []
        while self._next is not None and self._next["seq"] <= seq:
            if self._next["seq"] == seq:
                found.append(self._next)
            else:
                self._orphan(self._next)
            self._next = next(self._rows, None)
        return found

    def rest(self) -> None:
        """Whatever is left belongs to no entry."""
        while self._next is not None:
            self._orphan(self._next)
            self._next = next(self._rows, None)

    def _orphan(self, row: Row) -> None:
        self._orphans.append(f"{self._kind} {row['id']}: no entry brought it")
