"""What a row says, by its mapping: records with statements, and links with the time they held."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import NoReturn

from leconfield.intake.tables.model import (
    LinkMap,
    MappedLink,
    MappedRecord,
    MappedRow,
    Mapping,
    RecordMap,
    Row,
    RowError,
    TableError,
)
from leconfield.intake.tables.values import (
    ValueProblem,
    amount_of,
    checked,
    currency_of,
    date_of,
    later,
    on_the_clock,
)
from leconfield.ledger.times import ALWAYS, Held

Refuse = Callable[[RowError], None]
"""Told of every row that is left out."""


def _stop(error: RowError) -> NoReturn:
    raise error


def mapped(rows: Iterable[Row], mapping: Mapping, refuse: Refuse = _stop) -> Iterator[MappedRow]:
    """What each row says, one at a time; a row with a value that cannot be is left out whole and told to `refuse`.

    A record whose key cells are all empty is absent from that row, and its links with it (a withheld number).

    Raises:
        TableError: if the table lacks a column that the mapping needs.
        RowError: at the first bad row, unless `refuse` takes it.
    """
    known: frozenset[str] | None = None
    for row in rows:
        if known is None:
            known = frozenset(row.values)
            mapping = _fitted(mapping, known)
        try:
            said = _mapped_row(row, mapping)
        except RowError as error:
            refuse(error)
        else:
            yield said


def _fitted(mapping: Mapping, known: frozenset[str]) -> Mapping:
    """The mapping without the optional columns that this table lacks.

    Raises:
        TableError: if it lacks another one.
    """
    missing = mapping.columns - known
    needed = sorted(missing - mapping.optional)
    if needed:
        raise TableError(
            f"the table has no column {', '.join(_quoted(needed))}; it has {', '.join(_quoted(sorted(known)))}. "
            "Rename the column or choose another mapping"
        )
    records = tuple(
        replace(record, columns=tuple(each for each in record.columns if each[0] not in missing))
        for record in mapping.records
    )
    links = tuple(_without(link, missing) for link in mapping.links)
    return replace(mapping, records=records, links=links)


def _quoted(names: Iterable[str]) -> list[str]:
    return [f'"{name}"' for name in names]


def _without(link: LinkMap, missing: frozenset[str]) -> LinkMap:
    at, since, until, seconds, clock, amount, currency = ("" if each in missing else each for each in link.columns)
    kept = replace(link, at=at, since=since, until=until, seconds=seconds, clock=clock)
    return replace(kept, amount=amount, currency=currency)


def _mapped_row(row: Row, mapping: Mapping) -> MappedRow:
    if row.problem:
        raise RowError(row.number, "", row.problem)
    keys: dict[str, str] = {}
    records = []
    for each in mapping.records:
        record = _record(row, each, mapping)
        if record is not None:
            keys[each.name] = record.key
            records.append(record)
    called = {each.key: next((value for _, value in each.statements), each.key) for each in records}
    links = tuple(
        _link(row, link, (keys[link.left], keys[link.right]), called, mapping.dates)
        for link in mapping.links
        if link.left in keys and link.right in keys
    )
    return MappedRow(row.number, tuple(records), links)


def _link(row: Row, link: LinkMap, ends: tuple[str, str], called: dict[str, str], dates: str) -> MappedLink:
    held = _held(row, link, dates)
    if not link.amount or not row.values[link.amount]:
        return MappedLink(ends[0], link.prop, ends[1], held)
    try:
        paid = amount_of(row.values[link.amount])
    except ValueProblem as error:
        raise RowError(row.number, link.amount, str(error)) from error
    if paid.negative and not link.signed:
        raise RowError(
            row.number, link.amount, "is below nothing; say in the mapping that the sign tells which way it was paid"
        )
    left, right = ends if paid.negative or not link.signed else (ends[1], ends[0])
    words = " ".join((paid.number, _currency(row, link, paid.currency))).strip()
    return MappedLink(left, link.prop, right, held, f"{words} to {called[right]}")


def _currency(row: Row, link: LinkMap, with_it: str) -> str:
    said = row.values[link.currency] if link.currency else ""
    try:
        return currency_of(said) if said else with_it
    except ValueProblem as error:
        raise RowError(row.number, link.currency, str(error)) from error


def _record(row: Row, record: RecordMap, mapping: Mapping) -> MappedRecord | None:
    statements = [
        (prop, _checked(row, column, prop, value, mapping.dates))
        for column, prop in record.columns
        for value in _cell_values(row.values[column], column, record, mapping.separator)
    ]
    parts = [row.values.get(column, "") for column in record.key]
    if not any(parts) if record.key else not statements:
        return None
    key = f"{record.schema}:{_joined(parts)}" if record.key else f"row {row.number}:{record.name}"
    return MappedRecord(key, record.schema, tuple(dict.fromkeys((*statements, *record.constants))))


def _cell_values(cell: str, column: str, record: RecordMap, separator: str) -> list[str]:
    if not separator or column in record.key:
        return [cell] if cell else []
    return [value for part in cell.split(separator) if (value := part.strip())]


def _joined(parts: list[str]) -> str:
    """Key cells as one text; upper and lower case and white space do not tell records apart."""
    return "|".join(" ".join(part.casefold().split()).replace("\\", "\\\\").replace("|", "\\|") for part in parts)


def _checked(row: Row, column: str, prop: str, value: str, dates: str) -> str:
    try:
        return checked(prop, value, dates)
    except ValueProblem as error:
        raise RowError(row.number, column, str(error)) from error


def _held(row: Row, link: LinkMap, dates: str) -> Held:
    at, since, until = (_time(row, column, dates) for column in (link.at, link.since, link.until))
    if at and link.clock and row.values[link.clock]:
        at = _at_clock(row, link, at)
    if not at:
        return _ordered(row, link, Held(since, until)) if since or until else ALWAYS
    seconds = row.values[link.seconds] if link.seconds else ""
    if not seconds:
        return Held.on(at)
    try:
        return Held(at, later(at, seconds))
    except (ValueProblem, OverflowError) as error:
        raise RowError(row.number, link.seconds, str(error)) from error


def _at_clock(row: Row, link: LinkMap, day: str) -> str:
    try:
        return on_the_clock(day, row.values[link.clock])
    except ValueProblem as error:
        raise RowError(row.number, link.clock, str(error)) from error


def _ordered(row: Row, link: LinkMap, held: Held) -> Held:
    earliest, latest = held.earliest, held.latest
    if earliest and latest and latest < earliest:
        raise RowError(
            row.number, link.until, f'"{held.end}" is before "{held.start}"; change the two or leave one empty'
        )
    return held


def _time(row: Row, column: str, dates: str) -> str:
    value = row.values[column] if column else ""
    if not value:
        return ""
    try:
        return date_of(value, dates)
    except ValueProblem as error:
        raise RowError(row.number, column, str(error)) from error
