"""What a duty roster is made of, and what a turn burdens; `leconfield.staff.roster` finds one.

Apart from it, since the solver alone takes most of a second to load and most commands need none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

LOOKS_BACK: Final = 7
"""Days before the first that count for rest and days off."""
_SATURDAY: Final = 5
_DAY: Final = 24 * 60


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty of every day."""

    name: str
    begins: int
    """Minutes from midnight."""
    minutes: int
    people: int = 1
    weight: int = 2
    """How much it burdens; at weekends half as much again."""
    on_call: bool = False
    """Whether one sleeps at home and is rung: no rest is needed before or after it, only that two do not overlap."""


DUTIES: Final = (
    Duty("day", 7 * 60, 480),
    Duty("evening", 15 * 60, 480, weight=3),
    Duty("night", 23 * 60, 480, weight=4),
)


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who takes his turn, under his persona."""

    name: str
    away: frozenset[int] = frozenset()
    """Days on which he is not there, counted from 0."""
    borne: int = 0
    """The burden that he bore in the months before."""
    refrains: frozenset[str] = frozenset()
    """Duties that he does not take."""


@dataclass(frozen=True, slots=True)
class Request:
    """What a roster is made of."""

    officers: tuple[Officer, ...]
    days: int = 28
    first_weekday: int = 0
    """0: it begins on a Monday."""
    duties: tuple[Duty, ...] = DUTIES
    rest: int = 11 * 60
    """Minutes between two duties of one officer."""
    in_a_row: int = 5
    """Days of duty in a row, at most."""
    fixed: Mapping[tuple[int, str], str] = field(default_factory=dict)
    """What was decided by hand: who has which duty on which day."""
    before: Mapping[tuple[int, str], str] = field(default_factory=dict)
    """Who had which duty on the days before the first, which is 0: from -1 down to -`LOOKS_BACK`."""


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is on duty."""

    turns: Mapping[tuple[int, str], tuple[str, ...]]
    """By day and duty."""
    burden: Mapping[str, int]
    """By officer, with what he bore before, and what would have fallen to him while he was away."""
    spread: int
    """Of people who take the same duties, the most burdened less the least burdened, where that is the largest."""
    bound: int
    """What no roster costs less than."""
    cost: int


def weight_of(request: Request, day: int, duty: Duty) -> int:
    """How much a duty on that day burdens, in halves."""
    return burden_of(duty, (request.first_weekday + day) % 7)


def burden_of(duty: Duty, weekday: int) -> int:
    """How much a duty on that day of the week (0: Monday) burdens, in halves."""
    return duty.weight * (3 if weekday >= _SATURDAY else 2)


def rest_between(rest: int, one: Duty, other: Duty) -> int:
    """Minutes that must lie between the end of one and the beginning of the other: none where one sleeps at home."""
    return 0 if one.on_call or other.on_call else rest


def too_soon(request: Request) -> Iterator[tuple[int, Duty, int, Duty]]:
    """Every two duties that nobody can have both, the later one second: on which days from each other."""
    for one in request.duties:
        for other in request.duties:
            for later in (0, 1, 2):
                gap = later * _DAY + other.begins - one.begins - one.minutes
                first = (0, one.begins) < (later, other.begins) or (
                    later == 0 and one is not other and one.begins == other.begins
                )
                if first and gap < rest_between(request.rest, one, other):
                    yield 0, one, later, other


def share(request: Request, officer: Officer) -> int:
    """What somebody would have borne on the days on which he is away: leave is not made up for."""
    taken = [duty for duty in request.duties if duty.name not in officer.refrains]
    gone = officer.away & set(range(request.days))
    return round(
        sum(
            weight_of(request, day, duty)
            * duty.people
            / sum(duty.name not in each.refrains for each in request.officers)
            for day in gone
            for duty in taken
        )
    )
