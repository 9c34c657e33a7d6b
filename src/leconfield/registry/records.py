"""Records: what one report, one table row or one officer said about somebody, folded from its statements."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

from leconfield.ledger.model import ACTUAL, AFFIRMED, IN_TEXT, ReportId, Statement, SubjectId
from leconfield.ledger.vocabulary import IDENTIFIERS, LINKS, ORGANISATION, PERSON, VEHICLE
from leconfield.ledger.world import Delta, World
from leconfield.registry.identifiers import Identifier, identifier, identifiers_of_name
from leconfield.registry.names import Name, parse_name

_SEXES: Final = {"m": "male", "male": "male", "man": "male", "f": "female", "female": "female", "woman": "female"}
_PLACES: Final = frozenset({"birthPlace", "address"})
_COUNTRIES: Final = frozenset({"country", "nationality"})
_ONE_AT_A_TIME: Final = {
    PERSON: frozenset({"idNumber"}),
    ORGANISATION: frozenset({"idNumber", "registrationNumber"}),
    VEHICLE: frozenset({"registrationNumber"}),
}
"""Identifiers of which a subject of the schema has only one of each kind at a time."""
_ACTS: Final = LINKS - {"family", "knownAs", "owner", "residence"}
"""Links of somebody who does something; the others may well be dated after a death."""


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a kind of which one has only one at a time, and when it was good (partial ISO; empty: not known)."""

    prop: str
    value: str
    key: str
    since: str
    until: str

    def rivals(self, other: Number) -> bool:
        """Whether nobody can have both: another number of the same make, good at the same time."""
        if self.prop != other.prop or self.key == other.key or _make(self.key) != _make(other.key):
            return False
        return not (_before(self.until, other.since) or _before(other.until, self.since))


def _make(key: str) -> str:
    """The pattern of a number: two kinds of document seldom share it."""
    return "".join("9" if letter.isdecimal() else "a" for letter in key)


def _before(end: str, start: str) -> bool:
    return bool(end and start) and end < start[: len(end)]


@dataclass(frozen=True)
class Record:
    """Everything one record says of what tells subjects apart (no slots: what is derived is kept)."""

    id: SubjectId
    schema: str
    learnt: str
    """When the desk first heard of it."""
    registered: bool
    """Whether an officer or a table entered it, rather than the engine reading it in a text."""
    names: tuple[str, ...]
    weak_names: tuple[str, ...]
    identifiers: tuple[Identifier, ...]
    births: tuple[str, ...]
    sexes: tuple[str, ...]
    places: tuple[str, ...]
    countries: tuple[str, ...]
    reports: tuple[ReportId, ...]
    numbers: tuple[Number, ...] = ()
    deaths: tuple[str, ...] = ()
    last_act: str = ""
    """The latest date on which it is said to have done something (partial ISO); empty: none."""

    @cached_property
    def parsed(self) -> tuple[Name, ...]:
        """Its names, aliases included, parsed; weak aliases left out."""
        return tuple(name for name in (parse_name(text, self.schema) for text in self.names) if name.parts)

    @cached_property
    def all_parsed(self) -> tuple[Name, ...]:
        """Its names with the weak aliases: enough to find it by, not to join it by."""
        weak = (parse_name(text, self.schema) for text in self.weak_names)
        return (*self.parsed, *(name for name in weak if name.parts))

    @cached_property
    def order(self) -> tuple[str, str]:
        """The canonical order of records: by when they were learnt, then by id."""
        return (self.learnt, self.id)


def fold_record(subject: SubjectId, statements: Iterable[Statement]) -> Record:
    """The record that these statements make; the same for any order of them. Denied statements do not count."""
    ordered = sorted(statements, key=_by_learnt)
    first = ordered[0]
    said: dict[str, dict[str, None]] = defaultdict(dict)
    for each in ordered:
        if each.assertion.polarity == AFFIRMED:
            said[each.prop][each.value] = None
    names = (*said["name"], *said["alias"])
    return Record(
        id=subject,
        schema=first.schema,
        learnt=first.learnt,
        registered=any(each.origin != IN_TEXT for each in ordered),
        names=tuple(dict.fromkeys(names)),
        weak_names=tuple(said["weakAlias"]),
        identifiers=tuple(_identifiers(first.schema, said)),
        births=tuple(said["birthDate"]),
        sexes=tuple({_SEXES[value.casefold()]: None for value in said["gender"] if value.casefold() in _SEXES}),
        places=_folded(said, _PLACES),
        countries=_folded(said, _COUNTRIES),
        reports=tuple(dict.fromkeys(each.report for each in ordered)),
        numbers=tuple(_numbers(first.schema, ordered)),
        deaths=tuple(said["deathDate"]),
        last_act=max((each.held.start for each in ordered if _is_act(each)), default=""),
    )


def _is_act(statement: Statement) -> bool:
    plain = statement.assertion.polarity == AFFIRMED and statement.assertion.modality == ACTUAL
    return statement.prop in _ACTS and plain


def _numbers(schema: str, statements: Iterable[Statement]) -> Iterable[Number]:
    for each in statements:
        if each.prop in _ONE_AT_A_TIME.get(schema, ()) and each.assertion.polarity == AFFIRMED:
            found = identifier(each.prop, each.value)
            if found:
                yield Number(each.prop, each.value, found.key, each.held.start, each.held.end)


def _by_learnt(statement: Statement) -> tuple[str, str]:
    return (statement.learnt, statement.id)


def _folded(said: dict[str, dict[str, None]], props: frozenset[str]) -> tuple[str, ...]:
    return tuple(sorted({value.casefold() for prop in props if prop in said for value in said[prop]}))


def _identifiers(schema: str, said: dict[str, dict[str, None]]) -> Iterable[Identifier]:
    for prop in sorted(prop for prop in said if prop in IDENTIFIERS):
        for value in said[prop]:
            found = identifier(prop, value)
            if found:
                yield found
    for name in said["name"]:
        named = identifiers_of_name(schema, name)
        if named:
            yield named


class Records:
    """Every record of a world."""

    def __init__(self) -> None:
        self.by_id: dict[SubjectId, Record] = {}
        self.by_identifier: dict[str, set[SubjectId]] = defaultdict(set)
        """Records by identifier key, whatever the property."""

    @classmethod
    def of(cls, world: World) -> Self:
        """Fold all of them."""
        records = cls()
        records._fold(world, world.by_subject)
        return records

    def grow(self, world: World, delta: Delta) -> None:
        """Fold again those that new statements speak of."""
        self._fold(world, dict.fromkeys(each.subject for each in delta.statements))

    def _fold(self, world: World, subjects: Iterable[SubjectId]) -> None:
        for subject in subjects:
            record = self.by_id[subject] = fold_record(subject, world.by_subject[subject])
            for each in record.identifiers:
                self.by_identifier[each.key].add(subject)
