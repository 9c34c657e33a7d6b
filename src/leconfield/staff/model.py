"""What there is of the duty line: its people, rosters, changes made since, and what was done about alarms.

All of it stands under `DUTY_LINE` and rests on nothing else, so that everybody on the line has the same roster.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from leconfield.agents.safety import DUTY_LINE
from leconfield.ledger.model import EntryId

LABEL: Final = DUTY_LINE
"""The label of everything here."""

YEARS: Final = range(1970, 2200)
"""Within which days of duty lie."""

PUT: Final = "duty person put on"
TAKEN_OFF: Final = "duty person taken off"
AWAY: Final = "duty away"
BACK: Final = "duty away taken back"
ACCEPTED: Final = "duty roster accepted"
CHANGED: Final = "duty turn changed"
TAKEN: Final = "duty alarm taken"
RAISED: Final = "duty alarm raised"
HANDED_OVER: Final = "duty handed over"
KINDS: Final = frozenset({PUT, TAKEN_OFF, AWAY, BACK, ACCEPTED, CHANGED, TAKEN, RAISED, HANDED_OVER})

Slot = tuple[str, str]
"""A turn: the day on which it begins (ISO), and the duty's name."""
Turns = Mapping[Slot, str]
"""Who has which turn, by sign-in name; empty: nobody has it, and somebody must."""


class Way(StrEnum):
    """How a turn is changed."""

    SWAP = "swap"
    STAND_IN = "stand-in"
    SICK = "sick"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody on the line, under his persona."""

    name: str
    """As he signs in."""
    persona: str
    duties: frozenset[str]
    """Those that he takes."""
    reach: str = ""
    """How he is reached on duty: an extension, never a private number."""


@dataclass(frozen=True, slots=True)
class Away:
    """Days on which somebody is not there; nobody asks why."""

    entry: EntryId
    who: str
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Accepted:
    """A roster as it was accepted."""

    entry: EntryId
    first: str
    """Its first day (ISO)."""
    days: int
    turns: Turns
    people: Mapping[str, tuple[frozenset[str], int]]
    """Who was in it: the duties that he took, and the burden that his days away counted for."""
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Move:
    """A turn that passes from one to another; `to` empty: to nobody."""

    slot: Slot
    out: str
    into: str


@dataclass(frozen=True, slots=True)
class Change:
    """A change made after a roster was accepted."""

    entry: EntryId
    way: Way
    moves: tuple[Move, ...]
    reason: str
    breaks: tuple[str, ...]
    """What it broke of the rules."""
    overruled: str
    """Why that stands all the same, in the words of whoever made it; empty: it broke nothing."""
    undoes: str
    """The entry of the change that it takes back; empty: none."""
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Handling:
    """What the line did about an alarm before it was answered: somebody took it, or had the next one asked."""

    kind: str
    by: str
    at: str


@dataclass(frozen=True, slots=True)
class Note:
    """What the duty officer tells whoever comes after him."""

    words: str
    by: str
    at: str
