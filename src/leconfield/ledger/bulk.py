"""Bulk statements: what large tables said, read from the segments that a world's entries name.

A segment is visible just where its entry is: the files of hidden ones are neither opened nor counted. Bulk records
are no part of any computation over the whole world (partition, indexes, graph): each is a subject of its own until a
statement or judgement made by a person says more.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from leconfield.errors import DamagedError
from leconfield.ledger.drafts import NewStatement
from leconfield.ledger.model import Entry, ReportId, Statement, StatementId
from leconfield.ledger.stores.rows import to_statement
from leconfield.ledger.stores.segments import Segments
from leconfield.ledger.vocabulary import IDENTIFIERS, NAMES

if TYPE_CHECKING:
    from leconfield.ledger.stores.segment_reading import Row, SegmentReader

SEGMENT_LOADED: Final = "segment loaded"
_KEPT: Final = 4096
"""Answers kept at hand; segments never change."""

Looked = tuple[NewStatement, str]
"""A statement to be loaded, and the form under which it is looked up: the words of a name, the key of an identifier."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A segment as its entry tells of it."""

    digest: str
    report: ReportId
    label: str
    learnt: str
    rows: int
    records: int


def loaded_in(entry: Entry) -> Loaded | None:
    """The segment that the entry brought; None if it is of another kind.

    Raises:
        DamagedError: if the entry does not say how many rows it has, of how many records.
    """
    if entry.kind != SEGMENT_LOADED:
        return None
    rows, records = (_number(entry, each) for each in ("rows", "records"))
    return Loaded(entry.body.get("digest", ""), ReportId(entry.about), entry.label, entry.at, rows, records)


def _number(entry: Entry, what: str) -> int:
    words = entry.body.get(what, "")
    if not words.isdecimal():
        raise DamagedError(f'entry {entry.id}: "{words}" is no number of {what}; run "leconfield audit verify"')
    return int(words)


class Bulk:
    """The statements of the segments that one world admits."""

    def __init__(self, segments: Segments, loaded: Iterable[Loaded] = ()) -> None:
        self.loaded = tuple(loaded)
        self._segments = segments
        self._of_report: Mapping[str, Loaded] = {each.report: each for each in self.loaded}
        self._said: dict[str, tuple[Statement, ...]] = {}
        self._by_id: dict[str, Statement] = {}
        """The same statements by their ids: whoever shows a record asks for some of them by id."""
        self._pointing = lru_cache(_KEPT)(self._pointing_at)

    @property
    def files(self) -> tuple[Path, ...]:
        """The files that are handed to DuckDB: those of the visible segments."""
        return tuple(self._segments.path(each.digest) for each in self.loaded)

    def count(self) -> int:
        """How many statements they hold."""
        return sum(each.rows for each in self.loaded)

    def records(self) -> int:
        """How many records they speak of."""
        return sum(each.records for each in self.loaded)

    def statements_of(self, subject: str) -> tuple[Statement, ...]:
        """What was said of one record."""
        return self.statements_of_each([subject]).get(subject, ())

    def statements_of_each(self, subjects: Sequence[str]) -> dict[str, tuple[Statement, ...]]:
        """What was said of each of these records, in one go; those of which nothing was said are left out."""
        if not self.loaded or not subjects:
            return {}
        known = {each: self._said[each] for each in subjects if each in self._said}
        if unknown := [each for each in dict.fromkeys(subjects) if each not in known]:
            known.update(self._statements_of(unknown))
            self._remember(known)
        return {each: known[each] for each in subjects if known[each]}

    def pointing_at(self, value: str) -> tuple[Statement, ...]:
        """Statements with that value: links that lead to a record, or whoever bears an identifier as it is written."""
        return self._pointing(value) if self.loaded else ()

    def statement(self, statement_id: str) -> Statement | None:
        """One statement; None if no visible segment holds it."""
        if known := self._by_id.get(statement_id):
            return known
        found = self._made(self._reader.by_id(statement_id)) if self.loaded else ()
        return found[0] if found else None

    def with_value(self, values: Sequence[str], props: Collection[str] = IDENTIFIERS) -> tuple[Statement, ...]:
        """Statements of these properties under one of these lookup forms.

        Keys of identifiers, or with `NAMES` the sorted Latin words of whole names. Reads only row groups that hold one.
        """
        return self._made(self._reader.by_lookup(props, values)) if self.loaded and values else ()

    def _statements_of(self, subjects: Sequence[str]) -> dict[str, tuple[Statement, ...]]:
        found: dict[str, list[Statement]] = {each: [] for each in subjects}
        for each in self._made(self._reader.by_subject(subjects)):
            found[each.subject].append(each)
        return {subject: tuple(said) for subject, said in found.items()}

    def _remember(self, known: Mapping[str, tuple[Statement, ...]]) -> None:
        if len(self._said) + len(known) > _KEPT:
            self._said, self._by_id = {}, {}
        self._said.update(known)
        self._by_id.update((each.id, each) for said in known.values() for each in said)

    def _pointing_at(self, value: str) -> tuple[Statement, ...]:
        return self._made(self._reader.by_value(value))

    @cached_property
    def _reader(self) -> SegmentReader:
        from leconfield.ledger.stores.segment_reading import SegmentReader  # noqa: PLC0415 - loads DuckDB, where used

        return SegmentReader(self.files)

    def _made(self, rows: Iterable[Row]) -> tuple[Statement, ...]:
        return tuple(sorted(map(self._statement, rows), key=lambda each: (each.learnt, each.id)))

    def _statement(self, row: Row) -> Statement:
        loaded = self._of_report.get(row["report"])
        if loaded is None:
            raise DamagedError(f"statement {row['id']} is of a report that no visible entry names; verify the audit")
        return to_statement({**row, "learnt": loaded.learnt}, loaded.label)


def names_in(segment: Path) -> Iterator[tuple[str, str]]:
    """Each name that a segment's file gives, with the id of the record that bears it.

    Raises:
        DamagedError: if it cannot be read.
    """
    from leconfield.ledger.stores.segment_reading import SegmentReader  # noqa: PLC0415 - loads DuckDB, where used

    return SegmentReader([segment]).bearers(NAMES)


def values_in(segment: Path, props: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """What a segment's file says by these properties: the schema of the record, the property, the value.

    Raises:
        DamagedError: if it cannot be read.
    """
    from leconfield.ledger.stores.segment_reading import SegmentReader  # noqa: PLC0415 - loads DuckDB, where used

    return SegmentReader([segment]).values(props)


def cells_of(identifier: StatementId, new: NewStatement, lookup: str) -> tuple[str | int, ...]:
    """The row of a statement in a segment, in the order of its columns."""
    said = new.assertion
    return (
        identifier,
        new.subject,
        new.schema,
        new.prop,
        new.value,
        new.report,
        new.origin,
        new.start,
        new.end,
        str(new.grade),
        said.polarity,
        said.modality,
        said.asserter,
        said.stance,
        new.held.start,
        new.held.end,
        lookup,
    )


def named_in(entries: Iterable[Mapping[str, object]]) -> Iterator[tuple[str, str]]:
    """The entries, among rows of the store, that name a segment: their id, and its digest.

    Raises:
        DamagedError: if one cannot be read.
    """
    for row in entries:
        if row["kind"] == SEGMENT_LOADED:
            try:
                yield str(row["id"]), str(json.loads(str(row["body"]))["digest"])
            except (ValueError, KeyError, TypeError) as error:
                raise DamagedError(
                    f'entry {row["id"]} is not what was written; run "leconfield audit verify"'
                ) from error
