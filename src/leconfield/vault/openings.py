"""What waits for a second person at the vault, and records that are open, while they are: in memory alone, and few.

Nothing of this lies in a file, so a restart closes everything. What has run out is let go of at the next look.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final
from weakref import WeakKeyDictionary

from leconfield.authority.permit import Authorisation
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import EntryId
from leconfield.ledger.vault import HalfOpened, Opened
from leconfield.vault.person import Person

WAIT: Final = timedelta(minutes=15)
"""How long an opening or a destruction waits for the second person."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """An opening that waits for the second holder."""

    person: Person
    half: HalfOpened
    authorisation: Authorisation = field(repr=False)
    reason: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A destruction that waits for a second person."""

    person: Person
    by: str
    """Who asked; anybody else who deals with the record may confirm it."""
    reason: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A record that two opened together."""

    person: EntryId
    pair: frozenset[str]
    opened: Opened = field(repr=False)
    authorisation: Authorisation = field(repr=False)


class Openings:
    """What is begun, asked or open on one desk: one beginning for each officer, the others one for each person."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._begun: dict[str, Beginning] = {}
        self._asked: dict[EntryId, Asked] = {}
        self._held: dict[EntryId, Held] = {}

    def wait(self, beginning: Beginning) -> None:
        """Let it wait for the second holder, in place of whatever the same officer began before."""
        self._tidy()
        self._begun[beginning.half.first] = beginning

    def waiting(self, second: str) -> tuple[Beginning, ...]:
        """What waits for somebody's seal, that which runs out first on top."""
        self._tidy()
        found = (each for each in self._begun.values() if each.half.second == second)
        return tuple(sorted(found, key=lambda each: each.until))

    def begun(self, person: EntryId, name: str) -> Beginning | None:
        """The opening of a person's record that somebody began or is the second of."""
        self._tidy()
        found = (each for each in self._begun.values() if each.person.id == person)
        return next((each for each in found if name in (each.half.first, each.half.second)), None)

    def ask(self, asked: Asked) -> None:
        """Let a destruction wait for a second person, in place of whatever was asked of the same record before."""
        self._tidy()
        self._asked[asked.person.id] = asked

    def asked(self, person: EntryId) -> Asked | None:
        """The destruction of a person's record that waits, if one does."""
        self._tidy()
        return self._asked.get(person)

    def asked_by_others(self, name: str) -> tuple[Asked, ...]:
        """Destructions that wait for somebody else than whoever asked, that which runs out first on top."""
        self._tidy()
        return tuple(sorted((each for each in self._asked.values() if each.by != name), key=lambda each: each.until))

    def hold(self, beginning: Beginning, held: Held) -> None:
        """Keep a record open that was half open."""
        self._begun.pop(beginning.half.first, None)
        self._held[held.person] = held

    def held(self, person: EntryId, name: str) -> Held | None:
        """A person's open record, if it is open to that officer."""
        self._tidy()
        found = self._held.get(person)
        return found if found is not None and name in found.pair else None

    def unask(self, person: EntryId) -> None:
        """Let go of the destruction of a person's record that waits."""
        self._asked.pop(person, None)

    def close(self, person: EntryId) -> None:
        """Let go of everything of a person's that is open or half open; a destruction that waits goes on waiting."""
        self._held.pop(person, None)
        self._begun = {name: each for name, each in self._begun.items() if each.person.id != person}

    def _tidy(self) -> None:
        now = self._clock()
        self._begun = {name: each for name, each in self._begun.items() if each.until >= now}
        self._asked = {person: each for person, each in self._asked.items() if each.until >= now}
        self._held = {person: each for person, each in self._held.items() if each.opened.until >= now}


_OF_DESKS: Final[WeakKeyDictionary[Desk, Openings]] = WeakKeyDictionary()
"""Beside the desk and not in it: what is open must never lie where something could write it down."""


def openings(desk: Desk) -> Openings:
    """What is half open, asked or open on a desk."""
    return _OF_DESKS.setdefault(desk, Openings(desk.clock))
