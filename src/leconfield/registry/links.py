"""The engine's sure links: the keys under which records meet, and whether two that meet there are surely one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

from leconfield.ledger.vocabulary import ORGANISATION, PERSON, PLACE
from leconfield.registry.evidence import births_agree, is_common, known_birth
from leconfield.registry.identifiers import is_sure
from leconfield.registry.names import Name
from leconfield.registry.records import Record
from leconfield.registry.scripts import listed

BY_IDENTIFIER: Final = "1 identifier"
BY_NAME: Final = "2 name"
BY_COMMON_NAME: Final = "3 common name"
BY_ACRONYM: Final = "4 acronym"

_GENERIC: Final = frozenset(
    listed(
        "police army government guerrilla guerrillas rebels rebel terrorists terrorist group organization organisation "
        "party union church bank company embassy ministry court congress senate troops soldiers forces navy airforce"
    )
)


class Key(NamedTuple):
    """Where records meet: the kind of link, the schema, what they have in common."""

    kind: str
    schema: str
    value: str


def keys_of(record: Record) -> tuple[Key, ...]:
    """The keys of a record, in canonical order."""
    keys = {
        Key(BY_IDENTIFIER, record.schema, f"{each.prop} {each.key}")
        for each in record.identifiers
        if is_sure(record.schema, each.prop)
    }
    for name in record.parsed:
        keys.update(_name_keys(record, name))
    return tuple(sorted(keys))


def _name_keys(record: Record, name: Name) -> list[Key]:
    country = " ".join(record.countries[:1])
    if record.schema == PERSON and name.full:
        if is_common(name):
            return [Key(BY_COMMON_NAME, PERSON, f"{name.key}|{country}")]
        return [Key(BY_NAME, PERSON, name.key)]
    if record.schema == PLACE and len(name.key) >= 2:
        return [Key(BY_NAME, PLACE, f"{name.key}|{country}")]
    if record.schema == ORGANISATION and len(name.key) >= 2 and name.key not in _GENERIC:
        keys = [Key(BY_NAME, ORGANISATION, name.key)]
        short = name.acronym or name.initials
        return [*keys, Key(BY_ACRONYM, ORGANISATION, short)] if len(short) >= 3 else keys
    return []


@dataclass(frozen=True, slots=True)
class Meeting:
    """The records that meet under a key, and what was found in looking at all of them."""

    key: Key
    births_differ: bool
    sexes_differ: bool
    several_expansions: bool

    def sure(self, left: Record, right: Record) -> bool:
        """Whether two of them are surely one.

        Where namesakes are known to differ in a fact, only those who agree in that fact are joined: a record without
        it could be either, and is left to a person.
        """
        if self.key.kind == BY_IDENTIFIER:
            return True
        if self.several_expansions:
            return False
        if self.births_differ and not _agree_or_both_silent(left, right):
            return False
        if self.sexes_differ and set(left.sexes) != set(right.sexes):
            return False
        in_texts = not (left.registered or right.registered)
        return self.key.kind != BY_COMMON_NAME or in_texts or _born_alike(left, right)

    @property
    def words(self) -> str:
        """Why they are one, for people."""
        value = self.key.value.partition("|")[0]
        if self.key.kind == BY_IDENTIFIER:
            prop, _, number = value.partition(" ")
            return f"same {prop} {number}"
        if self.key.kind == BY_ACRONYM:
            return f"{value.upper()} is the acronym"
        return "same full name" if self.key.schema == PERSON else "same name"


@lru_cache(maxsize=1 << 14)
def _stands_for(name: Name) -> str:
    """The acronym that a name written out stands for; empty for an acronym, or a name too short to have one."""
    return "" if name.acronym else name.initials


def meeting(key: Key, records: list[Record]) -> Meeting:
    """Look at all records that meet under the key; the order of `records` does not matter."""
    births = {birth for record in records for birth in record.births}
    sexes = {sex for record in records for sex in record.sexes}
    several = False
    if key.kind == BY_ACRONYM:
        names = (name for record in records for name in record.parsed)
        expansions = {name.key for name in names if _stands_for(name) == key.value}
        several = len(expansions) != 1
    differ = any(not births_agree(one, other) for one in births for other in births) if len(births) > 1 else False
    return Meeting(key, differ, len(sexes) > 1, several)


def _agree_or_both_silent(left: Record, right: Record) -> bool:
    if not left.births or not right.births:
        return not left.births and not right.births
    return any(births_agree(one, other) for one in left.births for other in right.births)


def _born_alike(left: Record, right: Record) -> bool:
    """The same birth date to the day: what makes a common name sure."""
    days = {birth for birth in left.births if len(birth) == len("1990-02-28") and known_birth(birth) == birth}
    return not days.isdisjoint(right.births)
