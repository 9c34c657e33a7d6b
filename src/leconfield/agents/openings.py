"""Records of the vault that are half open or open, while they are: in memory alone, few, and each for a while.

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

WAIT: Final = timedelta(minutes=15)
"""How long an opening waits for the second holder."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """An opening that waits for the second holder."""

    half: HalfOpened
    authorisation: Authorisation = field(repr=False)
    reason: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Held:
    """A record that two opened together."""

    agent: EntryId
    pair: frozenset[str]
    opened: Opened = field(repr=False)
    authorisation: Authorisation = field(repr=False)


class Openings:
    """What is half open or open on one desk: one beginning for each officer, one open record for each agent."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._begun: dict[str, Beginning] = {}
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

    def begun(self, agent: EntryId, name: str) -> Beginning | None:
        """The opening of an agent's record that somebody began or is the second of."""
        self._tidy()
        found = (each for each in self._begun.values() if each.half.person == agent)
        return next((each for each in found if name in (each.half.first, each.half.second)), None)

    def hold(self, beginning: Beginning, held: Held) -> None:
        """Keep a record open that was half open."""
        self._begun.pop(beginning.half.first, None)
        self._held[held.agent] = held

    def held(self, agent: EntryId, name: str) -> Held | None:
        """An agent's open record, if it is open to that officer."""
        self._tidy()
        found = self._held.get(agent)
        return found if found is not None and name in found.pair else None

    def close(self, agent: EntryId) -> None:
        """Let go of everything of an agent's that is open or half open."""
        self._held.pop(agent, None)
        self._begun = {name: each for name, each in self._begun.items() if each.half.person != agent}

    def _tidy(self) -> None:
        now = self._clock()
        self._begun = {name: each for name, each in self._begun.items() if each.until >= now}
        self._held = {agent: each for agent, each in self._held.items() if each.opened.until >= now}


_OF_DESKS: Final[WeakKeyDictionary[Desk, Openings]] = WeakKeyDictionary()
"""Beside the desk and not in it: what is open must never lie where something could write it down."""


def openings(desk: Desk) -> Openings:
    """What is half open or open on a desk."""
    return _OF_DESKS.setdefault(desk, Openings(desk.clock))
