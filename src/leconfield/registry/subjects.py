"""Subjects: clusters of records, under the name that people know best."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from leconfield.ledger.model import SubjectId
from leconfield.registry.identifiers import NAMED_BY
from leconfield.registry.records import Record


@dataclass(frozen=True, slots=True)
class Subject:
    """A cluster of records: somebody or something that we hold statements about."""

    id: SubjectId
    """The id of its oldest visible record: stable, and no number that could be counted."""
    schema: str
    names: tuple[str, ...]
    """The best first."""
    records: tuple[SubjectId, ...]
    registered: bool

    @property
    def name(self) -> str:
        """The best name, or the words for having none."""
        return self.names[0] if self.names else "unnamed"


def subject_from(records: tuple[Record, ...]) -> Subject:
    """The subject that these records are, given the oldest first. A registered name goes before one read in a text."""
    rank: dict[str, tuple[bool, int, int]] = {}
    count: dict[str, int] = defaultdict(int)
    written: dict[str, str] = {}
    for record in records:
        for place, text in enumerate((*record.names, *record.weak_names)):
            folded = text.casefold()
            count[folded] += 1
            written[folded] = min(written.get(folded, text), text, key=_capitals)
            best = rank.get(folded, (True, 99, 0))
            rank[folded] = min(best, (not record.registered, min(place, 1), -len(text)))
    names = sorted(rank, key=lambda each: (*rank[each][:2], -count[each], rank[each][2], each))
    registered = any(record.registered for record in records)
    schema = next((record.schema for record in records if record.registered), records[0].schema)
    called = tuple(written[each] for each in names) or _numbers(schema, records)
    return Subject(records[0].id, schema, called, tuple(each.id for each in records), registered)


def _capitals(name: str) -> int:
    """How many capitals a name is written with: logs shout surnames, and a page should not."""
    return sum(letter.isupper() for letter in name)


def _numbers(schema: str, records: tuple[Record, ...]) -> tuple[str, ...]:
    """What a phone, a vehicle, an account goes by where nobody gave it a name: its number, each once."""
    prop = NAMED_BY.get(schema)
    found = (each for record in records for each in record.identifiers if each.prop == prop)
    return tuple({each.key: each.value for each in found}.values())
