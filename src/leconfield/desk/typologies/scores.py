"""The scores of a world's subjects by every typology in force; as it grows, only what is touched is read anew.

A record is read once for each typology; a subject's score is that of its records together on a given day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Final, Self

from leconfield.desk.typologies.catalogue import Catalogue
from leconfield.desk.typologies.ends import Ends
from leconfield.desk.typologies.matching import Reading
from leconfield.desk.typologies.model import Typology
from leconfield.desk.typologies.scorable import LINKED, PARTS, ScorableReader
from leconfield.desk.typologies.scoring import Assessed, Score, assess, score_of, together
from leconfield.desk.typologies.sentences import NAMED, CleanTexts
from leconfield.ledger.model import SubjectId
from leconfield.ledger.vocabulary import EVENT, NAMES, ORGANISATION, PERSON
from leconfield.ledger.world import Delta, World
from leconfield.registry.resolution import Partition

SCORED: Final = frozenset({PERSON, ORGANISATION})
"""Schemata of those who can be scored."""


@dataclass(slots=True)
class _Read:
    """What one typology has read."""

    reading: Reading
    by_record: dict[SubjectId, Assessed] = field(default_factory=dict)
    """Records that say something to an indicator, or are of an origin that counts for one."""
    heads: dict[SubjectId, None] = field(default_factory=dict)
    """Subjects of which some record has a hit."""
    day: int = 0
    scores: dict[SubjectId, Score] = field(default_factory=dict)
    """Those computed for that day."""

    @property
    def counting(self) -> bool:
        """Whether an origin counts even if it says nothing to an indicator."""
        return any(each.absent for each in self.reading.typology.indicators)


class Scores:
    """Scores by typology and subject (a `Derived`)."""

    def __init__(self, fixed: tuple[Typology, ...] = ()) -> None:
        self._fixed = fixed
        self._read: dict[Typology, _Read] = {}
        self._records_of: dict[SubjectId, tuple[SubjectId, ...]] = {}

    @classmethod
    def of(cls, world: World) -> Self:
        """Read the whole world by every typology in force."""
        return cls.by(world, ())

    @classmethod
    def by(cls, world: World, typologies: tuple[Typology, ...]) -> Self:
        """Read the whole world by these, in force or not; none given: by all that are in force."""
        for kind in (Partition, Catalogue, CleanTexts, Ends):
            world.derived(kind)
        scores = cls(typologies)
        scores._records_of = {
            each.id: each.records for each in world.derived(Partition).subjects() if each.schema in SCORED
        }
        scores._keep_to(world)
        return scores

    def grow(self, world: World, delta: Delta) -> None:
        """Read anew the records that are touched, for the typologies that were in force, and all for new ones."""
        heads = self._settle(world)
        records = touched(world, delta)
        self._take(self._read.values(), ScorableReader(world), records)
        heads.update(world.derived(Partition).head_of(each) for each in records)
        for read in self._read.values():
            self._count(read, heads)
        self._keep_to(world)

    def scored(self, typology: Typology, day: int) -> dict[SubjectId, Score]:
        """The scores of all subjects to which the typology speaks, on that day, by the id of the subject.

        A typology that is not in force gives none.
        """
        read = self._read.get(typology)
        if read is None:
            return {}
        if read.day != day:
            read.day, read.scores = day, {}
        for head in read.heads:
            if head not in read.scores:
                read.scores[head] = self._score(typology, read, head, day)
        return read.scores

    def _score(self, typology: Typology, read: _Read, head: SubjectId, day: int) -> Score:
        known = (read.by_record.get(each) for each in self._records_of[head])
        return score_of(typology, together(each for each in known if each is not None), day)

    def _keep_to(self, world: World) -> None:
        """Read by those that are wanted and not read by yet; forget the others."""
        wanted = self._fixed or _in_force(world)
        fresh = {each: _Read(Reading(each)) for each in wanted if each not in self._read}
        self._read = {each: fresh.get(each) or self._read[each] for each in wanted}
        if fresh:
            everything = [record for records in self._records_of.values() for record in records]
            self._take(fresh.values(), ScorableReader(world), everything)
            for read in fresh.values():
                self._count(read, self._records_of)

    def _settle(self, world: World) -> set[SubjectId]:
        """Bring the subjects that were looked at again up to date; the ids of those that are, or were, among them."""
        settled = world.derived(Ends).settled
        gone = {
            each
            for subject in settled.values()
            for each in subject.records
            if each in self._records_of and each not in settled
        }
        for each in gone:
            del self._records_of[each]
        for head, subject in settled.items():
            if subject.schema in SCORED:
                self._records_of[head] = subject.records
            else:
                self._records_of.pop(head, None)
        return {*settled, *gone}

    def _take(self, reads: Collection[_Read], reader: ScorableReader, records: Iterable[SubjectId]) -> None:
        """Read the records by each typology, and keep what says something."""
        for record in records:
            scorable = reader.record(record)
            for read in reads:
                found = assess(read.reading, scorable)
                if found.hits or (read.counting and found.origins):
                    read.by_record[record] = found
                else:
                    read.by_record.pop(record, None)

    def _count(self, read: _Read, heads: Iterable[SubjectId]) -> None:
        for head in heads:
            read.scores.pop(head, None)
            records = self._records_of.get(head, ())
            if any(each in read.by_record and read.by_record[each].hits for each in records):
                read.heads[head] = None
            else:
                read.heads.pop(head, None)


def day_of(moment: str) -> int:
    """The day of a stamp, as scores count days."""
    return date.fromisoformat(moment[:10]).toordinal()


def touched(world: World, delta: Delta) -> set[SubjectId]:
    """Every record in which something else may be read than before the world grew by this."""
    found: set[SubjectId] = set()
    for each in delta.statements:
        found.add(each.subject)
        if each.prop in LINKED or each.prop in PARTS:
            found.add(SubjectId(each.value))
        if each.schema == EVENT:
            found.update(SubjectId(one.value) for one in world.by_subject[each.subject] if one.prop in PARTS)
        if each.prop in NAMES and each.schema in NAMED and each.start >= 0:
            found.update(one for said in world.by_report[each.report] for one in (said.subject, SubjectId(said.value)))
    for record in world.derived(Ends).changed:
        found.update(_linked_with(world, record))
    return {each for each in found if each in world.by_subject}


def _linked_with(world: World, record: SubjectId) -> Iterator[SubjectId]:
    yield record
    for each in world.by_subject.get(record, ()):
        if each.prop in LINKED:
            yield SubjectId(each.value)
    for each in world.pointing_at.get(record, ()):
        if each.prop in LINKED:
            yield each.subject


def _in_force(world: World) -> tuple[Typology, ...]:
    return tuple(dict.fromkeys(each.typology for each in world.derived(Catalogue).all_in_force()))
