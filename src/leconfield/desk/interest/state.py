"""Subjects of interest in a view: folded from its entries, joined as its partition joins their records."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from typing import Self

from leconfield.desk.interest.model import KINDS, OPENED, Interest, SubjectOfInterest
from leconfield.desk.interest.rules import OPENING, act_in, after, opened, together
from leconfield.ledger.model import Entry, EntryId, SubjectId
from leconfield.ledger.times import stamp, to_moment
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
        self._everybody: tuple[SubjectOfInterest, ...] | None = None
        self._due: list[tuple[str, SubjectOfInterest]] | None = None

    @classmethod
    def of(cls, world: World) -> Self:
        """Fold every entry of the world."""
        interests = cls(world)
        interests._take(world.entries)
        return interests

    def grow(self, _world: World, delta: Delta) -> None:
        """Fold the new entries; subjects may have been joined or split besides."""
        self._take(delta.entries)
        self._everybody = self._due = None

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
        if self._everybody is None:
            grouped: dict[SubjectId, list[Interest]] = defaultdict(list)
            for record, head in self._heads().items():
                grouped[head] += [self.by_id[each] for each in self._in_record[record]]
            self._everybody = tuple(together(head, grouped[head]) for head in sorted(grouped))
        return self._everybody

    def overdue(self, moment: str) -> list[SubjectOfInterest]:
        """Those whose re-assessment is late at the moment (a stamp; empty: nobody), the latest of them first."""
        if self._due is None:
            dated = ((stamp(to_moment(each.review)), each) for each in self.everybody() if each.review)
            self._due = sorted(dated, key=lambda pair: (pair[0], pair[1].subject))
        late = bisect_left(self._due, moment, key=lambda pair: pair[0])
        return [each for _, each in self._due[:late]]

    def _heads(self) -> dict[SubjectId, SubjectId]:
        """The subject of each record; one of a large table of which nobody here has spoken is a subject of its own."""
        elsewhere = [each for each in self._in_record if each not in self._world.by_subject]
        large = self._world.bulk.statements_of_each(elsewhere) if elsewhere and self._world.bulk.loaded else {}
        held = (each for each in self._in_record if each in self._world.by_subject)
        return {
            **{each: self._partition.head_of(each) for each in held},
            **{SubjectId(each): SubjectId(each) for each in large},
        }


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
