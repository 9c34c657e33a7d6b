"""FollowTheMoney lines in: each becomes a record or a link, or is left out with the reason."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final, NoReturn

from leconfield.errors import BadInputError
from leconfield.intake.ftm import terms
from leconfield.intake.readers.words import normal
from leconfield.intake.tables.model import MappedLink, MappedRecord, MappedRow
from leconfield.intake.tables.values import ValueProblem, checked, date_of
from leconfield.ledger import vocabulary as own
from leconfield.ledger.times import ALWAYS, Held

_LONGEST_LINE: Final = 4_000_000
_LONGEST_ID: Final = 500
_MOST_LINKS: Final = 1000
_ISO: Final = "YYYY-MM-DD"
_NOTED: Final = re.compile(r"([A-Za-z]+): (.+)", re.DOTALL)
_Values = dict[str, list[str]]


class LineError(BadInputError):
    """One line that is no entity we know; the lines around it are untouched."""

    def __init__(self, line: int, reason: str) -> None:
        self.line = line
        self.reason = reason
        super().__init__(f"line {line}: {reason}")


Refuse = Callable[[LineError], None]
"""Told of every line that is left out."""


def _stop(error: LineError) -> NoReturn:
    raise error


def read_ftm(lines: Iterable[bytes], refuse: Refuse = _stop) -> Iterator[MappedRow]:
    """What each line says, with the entity's id as the record's key; empty lines are left out.

    A link's ends may be entities that stand later in the file, or not in it at all.

    Raises:
        LineError: at the first line that is not understood, unless `refuse` takes it.
    """
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            said = _said(line, number)
        except ValueProblem as error:
            refuse(LineError(number, str(error)))
        else:
            yield said


def _said(line: bytes, number: int) -> MappedRow:
    entity = _entity(line)
    key, schema = (_word(entity, each) for each in ("id", "schema"))
    values = _values(entity.get("properties", {}))
    if schema in terms.ALL_INTERVALS:
        return MappedRow(number, (), _interval(terms.ALL_INTERVALS[schema], values))
    if schema not in terms.SCHEMATA_IN:
        raise ValueProblem(f'"{schema}" is no schema that is read here; leave the line out or choose a wider schema')
    links = tuple(_entity_links(key, schema, values))
    return MappedRow(number, (_record(key, schema, values),), links)


def _entity(line: bytes) -> dict[str, object]:
    if len(line) > _LONGEST_LINE:
        raise ValueProblem(f"is longer than {_LONGEST_LINE:,} bytes; split the entity")
    try:
        entity = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise ValueProblem("is no JSON; write one entity a line") from error
    if not isinstance(entity, dict):
        raise ValueProblem('is no entity; write {"id": ..., "schema": ..., "properties": {...}}')
    return entity


def _word(entity: dict[str, object], name: str) -> str:
    found = entity.get(name)
    if not isinstance(found, str) or not normal(found) or len(found) > _LONGEST_ID:
        raise ValueProblem(f'"{name}" is missing; write it as a text of up to {_LONGEST_ID} characters')
    return normal(found)


def _values(properties: object) -> _Values:
    if not isinstance(properties, dict):
        raise ValueProblem('"properties" must hold a list of texts for each property')
    values: _Values = {}
    for name, listed in properties.items():
        found = [listed] if isinstance(listed, str) else listed
        if not isinstance(found, list) or not all(isinstance(each, str) for each in found):
            raise ValueProblem(f'property "{name}" must be a list of texts')
        values[name] = [text for each in found if (text := normal(each))]
    return values


def _interval(interval: terms.Interval, values: _Values) -> tuple[MappedLink, ...]:
    lefts, rights = (values.get(end, []) for end in (interval.left, interval.right))
    for end, found in ((interval.left, lefts), (interval.right, rights)):
        if not found:
            raise ValueProblem(f'{interval.schema} has no "{end}"; write the id of the entity')
    for name in values:
        if name not in terms.TIMES | terms.LINK_DETAIL | terms.METADATA | {interval.left, interval.right}:
            raise ValueProblem(f'{interval.schema} has a property "{name}" that is not read here; leave it out')
    if len(lefts) * len(rights) > _MOST_LINKS:
        raise ValueProblem(f"links more than {_MOST_LINKS} pairs; split it")
    role = next(iter(values.get("role", [])), "")
    prop = role if interval is terms.UNKNOWN_LINK and role in own.LINKS else interval.prop
    held = _held(values)
    return tuple(MappedLink(left, prop, right, held) for left in lefts for right in rights)


def _held(values: _Values) -> Held:
    """The time that the interval names: `date` for one day, else from the first start to the last end."""
    starts, ends, days = (
        sorted(date_of(each, _ISO) for each in values.get(name, [])) for name in ("startDate", "endDate", "date")
    )
    if not starts and not ends:
        return Held(days[0], days[-1]) if days else ALWAYS
    held = Held(starts[0] if starts else "", ends[-1] if ends else "")
    if held.earliest and held.latest and held.latest < held.earliest:
        raise ValueProblem(f'"{held.end}" is before "{held.start}"; change them or leave one out')
    return held


def _entity_links(key: str, schema: str, values: _Values) -> Iterator[MappedLink]:
    """The links that a thing's own properties make; they are taken out of `values`."""
    for name in [each for each in values if (schema, each) in terms.ENTITY_PROPERTIES]:
        for other in values.pop(name):
            yield MappedLink(other, terms.ENTITY_PROPERTIES[schema, name], key, ALWAYS)
    lives = "residence" if terms.SCHEMATA_IN[schema] == own.PERSON else "location"
    for other in values.pop(terms.ADDRESS_ENTITY, []):
        yield MappedLink(key, lives, other, ALWAYS)


def _record(key: str, schema: str, values: _Values) -> MappedRecord:
    ours = terms.SCHEMATA_IN[schema]
    if schema == "UserAccount" and values.get("service") == [terms.TELEPHONE]:
        ours = own.PHONE
        del values["service"]
    parts = [values.pop(name, []) for name in terms.NAME_PARTS]
    if any(parts) and not values.get("name"):
        values["name"] = [" ".join(listed[0] for listed in parts if listed)]
    if schema == "Asset" and f"schema: {own.WEAPON}" in values.get("notes", []):
        ours = own.WEAPON
        values["notes"].remove(f"schema: {own.WEAPON}")
    statements = [
        _statement(name, value, schema, ours)
        for name, listed in values.items()
        if name not in terms.METADATA
        for value in listed
    ]
    return MappedRecord(key, ours, tuple(dict.fromkeys(statements)))


def _statement(name: str, value: str, schema: str, ours: str) -> tuple[str, str]:
    """The statement that a value makes; a note `colour: red` is one about the colour."""
    prop = terms.PROPERTIES_IN.get(name)
    if prop is None:
        raise ValueProblem(f'{schema} has a property "{name}" that is not read here; leave it out')
    noted = _NOTED.fullmatch(value) if prop == "notes" else None
    if noted and noted[1] in own.PROPERTIES.keys() - own.LINKS - terms.PROPERTIES_OUT[ours].keys():
        prop, value = noted[1], noted[2]
    return prop, checked(prop, value, _ISO)
