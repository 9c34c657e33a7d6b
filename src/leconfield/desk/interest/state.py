"""Subjects of interest in a view: folded from its entries, joined as its partition joins their records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Self

from leconfield.desk.interest.model import KINDS, OPENED, Interest, SubjectOfInterest
from leconfield.desk.interest.rules import OPENING, act_in, after, opened, together
from leconfield.ledger.model import Entry, EntryId, SubjectId
from leconfield.ledger.view import View
from leconfield.ledger.world import Delta, World
from leconfield.registry.resolution import Partition


class Interests:
    """Every interest of a world (a `Derived`); which subject each belongs to is asked of the partition when needed."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._partition = world.derived(Partition)
        self.by_id: dict[EntryId, Interest] = {}
        self._in_record: dict[SubjectId, list[EntryId]] = defaultdict(list)
        self._joined: dict[SubjectId, SubjectOfInterest] | None = None
        """By the id of the subject; made when it is first asked for, and kept up to date from then on."""
        self._head_of: dict[SubjectId, SubjectId] = {}
        """The subject that each record belonged to when that was made."""

    @classmethod
    def of(cls, world: World) -> Self:
        """Fold every entry of the world."""
        interests = cls(world)
        interests._take(world.entries)
        return interests

    def grow(self, _world: World, delta: Delta) -> None:
        """Fold the new entries; subjects may have been joined or split besides."""
        self._take(delta.entries)
        if self._joined is None:
            return
        replaced = (record.id for cluster in self._partition.replaced for record in cluster.records)
        told = (SubjectId(each.about) for each in delta.entries if each.kind in KINDS)
        came = (each.subject for each in delta.statements)
        self._rejoin(each for each in dict.fromkeys((*replaced, *told, *came)) if each in self._in_record)

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind == OPENED:
                self.by_id[each.id] = opened(SubjectId(each.about), act_in(each))
                self._in_record[SubjectId(each.about)].append(each.id)
            elif each.kind in KINDS and (known := self.by_id.get(EntryId(each.body.get(OPENING, "")))):
                self.by_id[known.id] = after(known, act_in(each))

    def records(self) -> Iterable[SubjectId]:
        """The records in which somebody has an interest."""
        return self._in_record.keys()

    def of_records(self, subject: SubjectId, records: Iterable[SubjectId]) -> SubjectOfInterest | None:
        """The subject of interest that consists of these records; None if nobody has an interest in any of them."""
        found = [self.by_id[one] for each in records if each in self._in_record for one in self._in_record[each]]
        return together(subject, found) if found else None

    def everybody(self) -> tuple[SubjectOfInterest, ...]:
        """All subjects of interest, by their id."""
        known = self._known()
        return tuple(known[each] for each in sorted(known))

    def overdue(self, moment: str) -> list[SubjectOfInterest]:
        """Those whose re-assessment is late at the moment (a stamp; empty: nobody), the latest of them first."""
        late = (each for each in self._known().values() if each.due and each.due < moment)
        return sorted(late, key=lambda each: (each.due, each.subject))

    def _known(self) -> dict[SubjectId, SubjectOfInterest]:
        if self._joined is None:
            self._joined = {}
            self._rejoin(self._in_record)
        return self._joined

    def _rejoin(self, records: Iterable[SubjectId]) -> None:
        """Put together the subjects that these records belong to now, in place of those they belonged to."""
        known = self._joined if self._joined is not None else {}
        now = self._heads(list(records))
        for record, head in now.items():
            known.pop(self._head_of.get(record, head), None)
            self._head_of[record] = head
        for head in dict.fromkeys(now.values()):
            members = self._partition.subject_of(head).records if head in self._world.by_subject else (head,)
            if (found := self.of_records(head, members)) is not None:
                known[head] = found

    def _heads(self, records: list[SubjectId]) -> dict[SubjectId, SubjectId]:
        """The subject of each record; one of a large table of which nobody here has spoken is a subject of its own."""
        elsewhere = [each for each in records if each not in self._world.by_subject]
        large = self._world.bulk.statements_of_each(elsewhere) if elsewhere and self._world.bulk.loaded else {}
        found = {each: self._partition.head_of(each) for each in records if each in self._world.by_subject}
        return {**found, **{SubjectId(each): SubjectId(each) for each in large}}


def interest_in(view: View, subject: SubjectId, records: Iterable[SubjectId]) -> SubjectOfInterest | None:
    """The subject of interest that a subject of the view is; None if it is none."""
    return view.derived(Interests).of_records(subject, records)


def everybody(view: View) -> tuple[SubjectOfInterest, ...]:
    """All subjects of interest of the view."""
    return view.derived(Interests).everybody()


def tier_of(view: View, subject: SubjectId, records: Iterable[SubjectId]) -> int:
    """The tier of a subject that is open; 0 if it is closed, or nobody has an interest in it."""
    found = interest_in(view, subject, records)
    return int(found.tier) if found and not found.closed else 0
