"""Names given in part: a surname alone, initials, a handle made of them. Somebody decides whether they are a leak.

`gate.names` looks for names that stand whole, however they are disguised; here is what a reader puts together himself.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Final, Self

from leconfield.gate.matching.words import ORDINARY, common, concepts, keys_of
from leconfield.gate.names.guarding import IsOpen, of_record
from leconfield.gate.names.model import Guarded, Leak
from leconfield.gate.names.spelling import NAME
from leconfield.intake.extraction.places import known
from leconfield.intake.search import folded
from leconfield.ledger.model import SubjectId
from leconfield.ledger.vocabulary import PERSON
from leconfield.ledger.world import Delta, World
from leconfield.registry.records import Record, Records

_SHORTEST: Final = 4
"""Letters of a surname that is looked for alone."""
_FEW: Final = 5
"""Bearers of a surname or initials from which on they single out nobody here."""
_HOW: Final = "in part"
_SURNAME: Final = re.compile(r"\b[^\W\d_a-z][^\W\d_]{3,}(?:-[^\W\d_]{2,})?")
_INITIALS: Final = re.compile(r"\b([A-Z])\.[ ]?([A-Z])\.(?![ ]?[A-Z][a-z])")
_HANDLE: Final = re.compile(r"@[\w.-]{4,40}|\b[\w.-]{3,40}(?=@)|\b[a-z]{5,24}\d{0,4}\b")
_BEFORE: Final = re.compile(r"\b([^\W\d_a-z][^\W\d_]{2,})[ ]$")
_WRITTEN: Final = re.compile(r"[^a-z]")
_NO_INITIALS: Final = frozenset({"us", "uk", "eu", "un", "pm", "am", "eg", "ie"})

Bearers = dict[str, set[SubjectId]]


class Parts:
    """What the names of a world's persons are made of (a `Derived`)."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._surnames: Bearers = defaultdict(set)
        self._initials: Bearers = defaultdict(set)
        self._handles: Bearers = defaultdict(set)
        self._waiting: dict[SubjectId, None] = dict.fromkeys(world.by_subject)

    @classmethod
    def of(cls, world: World) -> Self:
        """Take in every person when first asked."""
        return cls(world)

    def grow(self, _world: World, delta: Delta) -> None:
        """Note of whom something new is said."""
        self._waiting.update(dict.fromkeys(each.subject for each in delta.statements))

    def find(self, text: str, is_open: IsOpen) -> Iterator[Leak]:
        """Where a text gives a guarded name in part; unsure, all of it."""
        self._take_in()
        looks: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Iterable[SubjectId]]], ...] = (
            (_SURNAME, self._of_surname),
            (_INITIALS, self._of_initials),
            (_HANDLE, self._of_handle),
        )
        for pattern, bearers in looks:
            for found in pattern.finditer(text):
                for name in self._guarded(bearers(found), is_open):
                    yield Leak(found.start(), found.end(), Guarded(name, NAME, sure=False), _HOW, sure=False)

    def _of_surname(self, found: re.Match[str]) -> Iterable[SubjectId]:
        word = folded(found.group())
        if known(found.group()) or common(keys_of(word)) >= ORDINARY or _is_of_another(found):
            return ()
        alone = self._surnames.get(word, set())
        return alone or (self._surnames.get(word.removesuffix("s"), ()) if word.endswith("s") else ())

    def _of_initials(self, found: re.Match[str]) -> Iterable[SubjectId]:
        letters = (found[1] + found[2]).lower()
        return () if letters in _NO_INITIALS else self._initials.get(letters, ())

    def _of_handle(self, found: re.Match[str]) -> Iterable[SubjectId]:
        word = _WRITTEN.sub("", folded(found.group()))
        return () if common(keys_of(word)) > 0 else self._handles.get(word, ())

    def _guarded(self, bearers: Iterable[SubjectId], is_open: IsOpen) -> list[str]:
        """The names of those who are guarded, if they are few."""
        records = self._world.derived(Records).by_id
        found = {
            min(each.names)
            for each in (records[one] for one in bearers if one in records)
            if each.names and any(one.sure for one in of_record(self._world, each, is_open))
        }
        return sorted(found) if len(found) < _FEW else []

    def _take_in(self) -> None:
        with self._world.lock:
            records = self._world.derived(Records).by_id
            for each in self._waiting:
                record = records.get(each)
                if record is not None and record.schema == PERSON:
                    self._take(record)
            self._waiting = {}

    def _take(self, record: Record) -> None:
        for name in record.names:
            words = [_WRITTEN.sub("", each) for each in folded(name).split()]
            words = [each for each in words if each]
            if len(words) < 2:
                continue
            first, last = words[0], words[-1]
            self._initials[first[0] + last[0]].add(record.id)
            for handle in (first[0] + last, last + first[0], first + last[0], first + last, last + first):
                self._handles[handle].add(record.id)
            if len(last) >= _SHORTEST:
                self._surnames[last].add(record.id)


def _is_of_another(surname: re.Match[str]) -> bool:
    """Whether a first name stands before it: then it is a whole name, and looked for as one."""
    before = _BEFORE.search(surname.string[max(0, surname.start() - 40) : surname.start()])
    if before is None:
        return False
    word = folded(before[1])
    return word not in concepts().stop and common(keys_of(word)) == 0
