"""Rows, mappings, and what rows become: records with statements, and links between them."""

from __future__ import annotations

import collections.abc
from dataclasses import dataclass

from leconfield.errors import BadInputError
from leconfield.ledger.times import Held


class MappingError(BadInputError):
    """A mapping that does not say what it should; the message names the place in it."""


class TableError(BadInputError):
    """A file that is no table, or not the one that the mapping describes."""


class RowError(TableError):
    """One row that is not what the mapping says; the rows around it are untouched."""

    def __init__(self, row: int, column: str, reason: str) -> None:
        self.row = row
        self.column = column
        self.reason = reason
        super().__init__(f'row {row}, column "{column}": {reason}' if column else f"row {row}: {reason}")


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    number: int
    """As a spreadsheet counts: the header is row 1."""
    values: collections.abc.Mapping[str, str]
    """By lower-case column name; empty cells are empty strings."""
    problem: str = ""
    """Why the row cannot be trusted; empty if it can."""


@dataclass(frozen=True, slots=True)
class RecordMap:
    """Which record a row tells of, and which of its columns say what about it."""

    name: str
    schema: str
    columns: tuple[tuple[str, str], ...]
    """Column and property."""
    key: tuple[str, ...] = ()
    """The columns that tell this record from others in the whole table; none: every row has one of its own."""
    constants: tuple[tuple[str, str], ...] = ()
    """Property and value said of every such record."""


@dataclass(frozen=True, slots=True)
class LinkMap:
    """A link between two of a row's records, and the columns that say when it held."""

    left: str
    prop: str
    right: str
    at: str = ""
    since: str = ""
    until: str = ""
    seconds: str = ""
    """How long it lasted from `at`: seconds, or hours, minutes and seconds."""
    clock: str = ""
    """The time of day, where `at` has the day alone."""
    amount: str = ""
    """How much was paid; said of whoever paid, with to whom."""
    currency: str = ""
    """In what, where the amount does not say it."""
    signed: bool = False
    """An amount below nothing was paid by the left one, one above by the right one (the account's own statement)."""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns that it speaks of, empty where it does not."""
        return (self.at, self.since, self.until, self.seconds, self.clock, self.amount, self.currency)


@dataclass(frozen=True, slots=True)
class Mapping:
    """What the columns of a kind of table mean."""

    title: str
    records: tuple[RecordMap, ...]
    links: tuple[LinkMap, ...] = ()
    optional: frozenset[str] = frozenset()
    """Columns that a table may lack."""
    dates: str = "YYYY-MM-DD"
    """How the table writes dates; ISO dates are understood in any case."""
    separator: str = ""
    """What stands between several values in one cell."""

    @property
    def columns(self) -> frozenset[str]:
        """Every column that the mapping speaks of."""
        of_records = {column for record in self.records for column, _ in record.columns}
        of_keys = {column for record in self.records for column in record.key}
        of_links = {column for link in self.links for column in link.columns}
        return frozenset((of_records | of_keys | of_links) - {""})


@dataclass(frozen=True, slots=True)
class MappedRecord:
    """A record as one row tells of it."""

    key: str
    """Unique in the table: rows that tell of the same record share it."""
    schema: str
    statements: tuple[tuple[str, str], ...]
    """Property and value."""


@dataclass(frozen=True, slots=True)
class MappedLink:
    """A link as one row tells of it, between the keys of two of its records."""

    left: str
    prop: str
    right: str
    held: Held
    amount: str = ""
    """How much was paid and to whom, in words; said of the left one."""


@dataclass(frozen=True, slots=True)
class MappedRow:
    """What one row says."""

    number: int
    records: tuple[MappedRecord, ...]
    links: tuple[MappedLink, ...]
