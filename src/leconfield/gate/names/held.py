"""What names the records of a world's memory, ready to be looked for: kept, and grown with the world.

What is found leads to a record; whether that is guarded, and against whom, is asked of the world as it is now. So one
stock serves every audience, and a new report adds what it names and makes nothing anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice
from typing import Final, Self

from leconfield.gate.names.guarding import IsOpen, of_record, telling
from leconfield.gate.names.model import Guarded
from leconfield.gate.names.shelf import Shelf
from leconfield.gate.names.spelling import Spellings
from leconfield.gate.names.stock import shelved, spelt
from leconfield.ledger.model import SubjectId
from leconfield.ledger.world import Delta, World
from leconfield.registry.records import Records

_FEW: Final = 4096
"""Forms that stand by themselves before they are put among the others,"""
_SHARE: Final = 8
"""or this part of those."""


class Held:
    """The names, numbers and addresses of all records in memory (a `Derived`)."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._records: list[SubjectId] = []
        self._number: dict[SubjectId, int] = {}
        self._waiting: dict[SubjectId, None] = dict.fromkeys(world.by_subject)
        """Records of which something new was said; they are taken in when somebody asks."""
        self._stood = Shelf.of(()), Spellings.of(())
        self._recent = Shelf.of(()), Spellings.of(())

    @classmethod
    def of(cls, world: World) -> Self:
        """Take in every record when first asked."""
        return cls(world)

    def grow(self, _world: World, delta: Delta) -> None:
        """Note the records of which something new is said."""
        self._waiting.update(dict.fromkeys(each.subject for each in delta.statements))

    def ready(self) -> tuple[Sequence[Shelf], Sequence[Spellings]]:
        """What stands, and what came lately."""
        with self._world.lock:
            while self.take(len(self._waiting)):
                pass
            return (self._stood[0], self._recent[0]), (self._stood[1], self._recent[1])

    def take(self, most: int) -> bool:
        """Take in some of the records that wait, so that whoever asks waits for fewer; whether there were any."""
        with self._world.lock:
            some = list(islice(self._waiting, most))
            self._take(some)
            for each in some:
                del self._waiting[each]
            return bool(some)

    def record(self, number: int) -> SubjectId:
        """The record that a number stands for."""
        return self._records[number]

    def _take(self, subjects: Sequence[SubjectId]) -> None:
        if not subjects:
            return
        things = [
            (self._numbered(subject), Guarded(form, kind))
            for subject in subjects
            for form, kind in telling(self._world, self._world.derived(Records).by_id[subject])
        ]
        shelf, spellings = self._recent
        shelf = Shelf.together((shelf, Shelf.of(shelved(things))))
        spellings = spellings.with_those_of(Spellings.of(spelt(things)))
        self._recent = shelf, spellings
        if len(shelf) > max(_FEW, len(self._stood[0]) // _SHARE):
            self._stood = Shelf.together((self._stood[0], shelf)), self._stood[1].with_those_of(spellings)
            self._recent = Shelf.of(()), Spellings.of(())

    def _numbered(self, subject: SubjectId) -> int:
        number = self._number.get(subject)
        if number is None:
            number = self._number[subject] = len(self._records)
            self._records.append(subject)
        return number


class Seen:
    """The same as it is guarded against one audience (a `Stock`), for as long as the world does not grow."""

    crowded = False

    def __init__(self, world: World, is_open: IsOpen) -> None:
        self._world = world
        self._is_open = is_open
        self._held = world.derived(Held)
        self._ready = self._held.ready()
        self._known: dict[int, tuple[Guarded, ...]] = {}

    def shelves(self) -> Sequence[Shelf]:
        """Their forms as shapes."""
        return self._ready[0]

    def spellings(self) -> Sequence[Spellings]:
        """The names among them, by how they sound."""
        return self._ready[1]

    def guarded(self, number: int) -> Sequence[Guarded]:
        """What names a record, if it is guarded."""
        found = self._known.get(number)
        if found is None:
            record = self._world.derived(Records).by_id[self._held.record(number)]
            found = self._known[number] = tuple(of_record(self._world, record, self._is_open))
        return found
