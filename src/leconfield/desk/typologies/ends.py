"""What a score may know of the other end of a link: its kind, and what it is known as; never who it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Self

from leconfield.desk.interest.model import KINDS
from leconfield.desk.interest.state import Interests
from leconfield.desk.typologies.model import PERPETRATOR_NEAR, TIER_NEAR
from leconfield.desk.typologies.trust import is_denied
from leconfield.desk.typologies.words import tells_protected
from leconfield.ledger.model import ACTUAL, ATTEMPTED, Statement, SubjectId
from leconfield.ledger.vocabulary import EVENT, PERSON, THING
from leconfield.ledger.world import Delta, World
from leconfield.registry.resolution import Partition
from leconfield.registry.subjects import Subject


@dataclass(frozen=True, slots=True)
class End:
    """The other end of a link."""

    schema: str
    protected: bool
    """Whether it is a church, a party, a union, a clinic: that there is a link to it says what is protected."""
    marks: frozenset[str] = frozenset()
    """What it is known as: `perpetrator` of an incident, `tier 1` of the subjects of interest."""


UNKNOWN: Final = End(THING, protected=True)


class Ends:
    """Every record of a world as the end of a link (a `Derived`)."""

    def __init__(self) -> None:
        self._perpetrators: set[SubjectId] = set()
        """Records that a statement names as the perpetrator of an incident."""
        self._of: dict[SubjectId, End] = {}
        self.changed: set[SubjectId] = set()
        """Records whose end is another than before this last grew."""
        self.settled: dict[SubjectId, Subject] = {}
        """Subjects that were looked at again when this last grew: those of new statements, those joined or split."""

    @classmethod
    def of(cls, world: World) -> Self:
        """Look at the whole world."""
        ends = cls()
        ends._note(world.statements.values())
        interests = world.derived(Interests)
        for subject in world.derived(Partition).subjects():
            ends._settle(subject, interests)
        ends.changed = set()
        return ends

    def grow(self, world: World, delta: Delta) -> None:
        """Look again at the subjects that are touched."""
        partition = world.derived(Partition)
        named = self._note(delta.statements)
        touched = {each.subject for each in delta.statements} | named
        touched.update(record.id for cluster in partition.replaced for record in cluster.records)
        touched.update(SubjectId(each.about) for each in delta.entries if each.kind in KINDS)
        interests = world.derived(Interests)
        heads = {partition.head_of(each) for each in touched if each in world.by_subject}
        self.changed, self.settled = set(), {each: partition.subject_of(each) for each in heads}
        for each in self.settled.values():
            self._settle(each, interests)

    def of_record(self, record: SubjectId) -> End:
        """What the subject of that record is as the end of a link."""
        return self._of.get(record, UNKNOWN)

    def _note(self, statements: Iterable[Statement]) -> set[SubjectId]:
        named = {SubjectId(each.value) for each in statements if _names_perpetrator(each)}
        self._perpetrators |= named
        return named

    def _settle(self, subject: Subject, interests: Interests) -> None:
        protected = subject.schema != PERSON and any(tells_protected(each) for each in subject.names)
        marks = set() if self._perpetrators.isdisjoint(subject.records) else {PERPETRATOR_NEAR}
        interest = interests.of_records(subject.id, subject.records)
        if interest is not None and not interest.closed:
            marks.add(f"{TIER_NEAR} {interest.tier}")
        end = End(subject.schema, protected, frozenset(marks))
        for each in subject.records:
            if self._of.get(each, UNKNOWN) != end:
                self.changed.add(each)
            self._of[each] = end


def labels_of_marks(world: World, record: SubjectId) -> set[str]:
    """What one must hold to know what the subject of that record is known as."""
    if record not in world.by_subject:
        return set()
    subject = world.derived(Partition).subject_of(record)
    interest = world.derived(Interests).of_records(subject.id, subject.records)
    found = {each.label for each in interest.history} if interest else set()
    pointing = (each for one in subject.records for each in world.pointing_at.get(one, ()))
    return found | {each.label for each in pointing if _names_perpetrator(each)}


def _names_perpetrator(said: Statement) -> bool:
    done = said.assertion.modality in (ACTUAL, ATTEMPTED)
    return said.prop == "perpetrator" and said.schema == EVENT and done and not is_denied(said.assertion)
