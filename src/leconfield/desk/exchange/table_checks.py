"""A table before it is loaded: its first rows with what would be made of each, and what is wrong, by row and column.

The file is read as it goes; only the first rows are held.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import BinaryIO, Final

from leconfield.intake.tables import MappedLink, MappedRow, Mapping, Row, RowError, TableError, mapped, rows
from leconfield.ledger.vocabulary import SCHEMATA, words_for

SHOWN: Final = 20
CHECKED: Final = 20_000
"""Rows looked through before a table is loaded; a fault in a later one stops the loading, and nothing is loaded."""
MOST_PROBLEMS: Final = 50


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row as it stands, and what would be made of it."""

    number: int
    cells: tuple[str, ...]
    made: tuple[str, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a look through a table finds."""

    columns: tuple[str, ...]
    shown: tuple[ShownRow, ...]
    problems: tuple[RowError, ...]
    more_problems: int
    rows: int
    """Rows that were looked through."""
    whole: bool
    """Whether that were all of them."""


def first_rows(content: BinaryIO, filename: str) -> list[Row]:
    """The rows from which the meaning of the columns is guessed.

    Raises:
        TableError: if the file is no table, or has no rows.
    """
    content.seek(0)
    found = list(islice(rows(content, filename), SHOWN))
    if not found:
        raise TableError(f'"{filename}" has no rows below its header; choose another file')
    return found


def checked(content: BinaryIO, filename: str, mapping: Mapping | None) -> Checked:
    """Look through a table by its mapping; without one, only the rows as they stand.

    Raises:
        TableError: if the file is no table, or lacks a column that the mapping needs.
    """
    first = first_rows(content, filename)
    problems: list[RowError] = []
    made: dict[int, tuple[str, ...]] = {}
    number, whole = 0, False
    if mapping is not None:
        content.seek(0)
        counted = _Counted(rows(content, filename))
        for each in mapped(islice(counted, CHECKED), mapping, problems.append):
            if len(made) < SHOWN:
                made[each.number] = _words(each)
        number = counted.number
        whole = next(counted, None) is None
    faults = {each.row: str(each) for each in problems}
    shown = tuple(
        ShownRow(each.number, tuple(each.values.values()), made.get(each.number, ()), faults.get(each.number, ""))
        for each in first
    )
    more = max(0, len(problems) - MOST_PROBLEMS)
    return Checked(tuple(first[0].values), shown, tuple(problems[:MOST_PROBLEMS]), more, number, whole)


class _Counted:
    """Rows as they come, counted."""

    def __init__(self, found: Iterator[Row]) -> None:
        self._found = found
        self.number = 0

    def __iter__(self) -> _Counted:
        return self

    def __next__(self) -> Row:
        row = next(self._found)
        self.number += 1
        return row


def _words(row: MappedRow) -> tuple[str, ...]:
    """What a row says, a sentence for each link, and each record that no link speaks of."""
    called = {each.key: f"{SCHEMATA[each.schema]} {next((v for _, v in each.statements), '')}" for each in row.records}
    linked = {end for each in row.links for end in (each.left, each.right)}
    alone = (called[each.key] for each in row.records if each.key not in linked)
    return (*(_link(each, called) for each in row.links), *alone)


def _link(link: MappedLink, called: dict[str, str]) -> str:
    amount = f": {link.amount.partition(' to ')[0]}" if link.amount else ""
    when = f", {link.held.words}" if link.held.words else ""
    return f"{called[link.left]} {words_for(link.prop)} {called[link.right]}{amount}{when}"
