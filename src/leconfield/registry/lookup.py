"""Whatever a record's id stands for, wherever its statements are kept: in memory, or in the segment of a large table.

The partition holds what is in memory and nothing else. A record of a large table is a subject of its own; once an
officer records something about it, the partition holds that, and here the table's own statements are added to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Self

from leconfield.errors import NotFoundError
from leconfield.ledger.model import BY_PERSON, Statement, SubjectId
from leconfield.ledger.view import View
from leconfield.ledger.world import Delta, World
from leconfield.registry.records import Record, Records, fold_record
from leconfield.registry.resolution import Partition
from leconfield.registry.service import REGISTERED
from leconfield.registry.subjects import Subject, subject_from


class Amended:
    """Records of which officers alone have spoken, without having registered them: those a large table may know."""

    def __init__(self) -> None:
        self._by_officers: set[SubjectId] = set()
        self._registered: set[str] = set()

    @classmethod
    def of(cls, world: World) -> Self:
        """Look through the whole world."""
        amended = cls()
        amended._take(world, world.by_subject)
        amended._registered.update(each.about for each in world.entries if each.kind == REGISTERED)
        return amended

    def grow(self, world: World, delta: Delta) -> None:
        """Look again at those that new statements speak of."""
        self._take(world, dict.fromkeys(each.subject for each in delta.statements))
        self._registered.update(each.about for each in delta.entries if each.kind == REGISTERED)

    def __contains__(self, record: SubjectId) -> bool:
        return record in self._by_officers and record not in self._registered

    def _take(self, world: World, subjects: Iterable[SubjectId]) -> None:
        for each in subjects:
            if all(said.origin == BY_PERSON for said in world.by_subject[each]):
                self._by_officers.add(each)
            else:
                self._by_officers.discard(each)


def subject_at(view: View, which: str) -> Subject:
    """The subject by the id of any of its records.

    Raises:
        NotFoundError: in the same words whether it is hidden or has never existed.
    """
    return subject_in(view.world, SubjectId(which))


def is_held(view: View, subject: Subject) -> bool:
    """Whether the partition has it too: a record of a large table, of which nobody here has spoken, is not in it."""
    return subject.id in view.world.by_subject


def subject_in(world: World, which: SubjectId) -> Subject:
    """The subject by the id of any of its records.

    Raises:
        NotFoundError: if this world has no such record.
    """
    found = subjects_in(world, [which]).get(which)
    if found is None:
        raise NotFoundError(f'nothing by the id "{which}" is known here; trace the name to find it')
    return found


def subjects_in(world: World, which: Sequence[SubjectId]) -> dict[SubjectId, Subject]:
    """The subjects by the ids of any of their records, in one go; ids that this world does not know are left out."""
    partition = world.derived(Partition)
    elsewhere = [each for each in which if each not in world.by_subject]
    found = {each: _whole(world, partition.subject_of(each)) for each in which if each in world.by_subject}
    for each, said in world.bulk.statements_of_each(elsewhere).items():
        found[SubjectId(each)] = subject_from((fold_record(SubjectId(each), said),))
    return found


def records_in(world: World, subject: Subject) -> tuple[Record, ...]:
    """The records of a subject, in its own order."""
    records = world.derived(Records).by_id
    return tuple(
        fold_record(each, said_of(world, each)) if _in_segments(world, each) else records[each]
        for each in subject.records
    )


def said_of(world: World, record: SubjectId) -> Sequence[Statement]:
    """Everything said of one record, wherever it is kept."""
    held = world.by_subject.get(record, ())
    return (*held, *world.bulk.statements_of(record)) if _in_segments(world, record) else held


def _in_segments(world: World, record: SubjectId) -> bool:
    """Whether segments may have something to say of the record; without segments nothing is asked."""
    if not world.bulk.loaded:
        return False
    return record not in world.by_subject or record in world.derived(Amended)


def _whole(world: World, subject: Subject) -> Subject:
    """The subject with what large tables say of those of its records that officers have spoken of."""
    if not any(_in_segments(world, each) for each in subject.records):
        return subject
    return subject_from(records_in(world, subject))
