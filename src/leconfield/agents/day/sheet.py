"""A week for people: the plan by day with the ways between, what of it stands already, and the picture of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from leconfield.agents.day.inventory import TAG
from leconfield.agents.planning.hours import clock
from leconfield.agents.planning.model import DAY, Meeting, Place, Plan, Planned, Week
from leconfield.ledger.times import in_words

WEEKDAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_HOUR: Final = 60
HEAD: Final = 22
GAP: Final = 4
_LOWEST: Final = 28
_LANE: Final = 20
_MORNING: Final = 8
_EVENING: Final = 18
"""Hours that the picture always shows."""


@dataclass(frozen=True, slots=True)
class Line:
    """One meeting of a plan, in words."""

    letter: str
    weekday: str
    day: str
    """Partial ISO."""
    begins: str
    ends: str
    minutes: int
    place: Place
    handler: str
    cover: str
    garments: tuple[str, ...]
    way: int
    """Minutes from his meeting before on that day; 0: it is the first."""
    start: int
    """Minutes from the beginning of the week."""

    @property
    def tags(self) -> tuple[str, ...]:
        """What hangs on the garments: letters that say nothing."""
        return tuple(each[-TAG:] for each in self.garments)


def lines(week: Week, plan: Plan, monday: str) -> tuple[Line, ...]:
    """The meetings of a plan in the order of their time."""
    meetings = {each.id: each for each in week.meetings}
    before: dict[tuple[str, int], Place] = {}
    found = []
    for each in sorted(plan.meetings, key=lambda one: (one.start, one.meeting)):
        meeting = meetings[each.meeting]
        last = before.get((each.handler, each.start // DAY))
        before[each.handler, each.start // DAY] = meeting.place
        found.append(_line(monday, meeting, each, week.rules.way(last, meeting.place) if last else 0))
    return tuple(found)


def _line(monday: str, meeting: Meeting, planned: Planned, way: int) -> Line:
    day = planned.start // DAY
    return Line(
        short(meeting.id),
        WEEKDAYS[day],
        day_of(monday, day),
        clock(planned.start),
        clock(planned.start + meeting.minutes),
        meeting.minutes,
        meeting.place,
        planned.handler,
        planned.cover,
        planned.garments,
        way,
        planned.start,
    )


def short(meeting: str) -> str:
    """The letter alone of a meeting."""
    return meeting.rpartition(" ")[2]


def day_of(monday: str, day: int) -> str:
    """A day of the week, as ISO."""
    return (date.fromisoformat(monday) + timedelta(days=day)).isoformat()


def moved_words(monday: str, windows: Iterable[int], days: int) -> str:
    """Where a move leads: `Tuesday 10 March 2026`, or by how many days if the hours lie on several."""
    led = sorted({begin // DAY + days for begin in windows if 0 <= begin // DAY + days < len(WEEKDAYS)})
    if len(led) == 1:
        return f"to {WEEKDAYS[led[0]]} {in_words(day_of(monday, led[0]))}"
    count = f"{abs(days)} day{'' if abs(days) == 1 else 's'}"
    return f"{count} {'later' if days > 0 else 'earlier'}"


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a day in the picture: an agent's hours, or a meeting."""

    day: int
    left: float
    """Hours from the left edge of the picture."""
    width: float
    letter: str
    met: bool
    top: int
    height: int
    """In units of the picture: each meeting of a day has a lane of its own."""


@dataclass(frozen=True, slots=True)
class Band:
    """A day in the picture."""

    name: str
    top: int
    height: int


@dataclass(frozen=True, slots=True)
class Picture:
    """A week by day and hour: which hours it shows, from when until when it is light, and what lies where."""

    first: int
    last: int
    light: tuple[float, float]
    days: tuple[Band, ...]
    blocks: tuple[Block, ...]

    @property
    def height(self) -> int:
        """Of all of it, in its own units."""
        return self.days[-1].top + self.days[-1].height + GAP


def picture(week: Week, plan: Plan | None) -> Picture:
    """The agents' hours, and the meetings where there is a plan, as far as the hours reach."""
    stretches = list(_stretches(week, plan))
    first = min((begin % DAY // _HOUR for begin, *_ in stretches), default=_MORNING)
    last = max((_last(begin, end) for begin, end, *_ in stretches), default=_EVENING)
    first, last = min(first, _MORNING), max(last, _EVENING)
    asked = any(each.by_daylight for each in week.meetings)
    sun = (week.rules.sunrise, week.rules.sunset) if asked else (0, 0)
    dawn, dusk = (min(max(each / _HOUR, first), last) - first for each in sun)
    lanes = [sorted({letter for begin, _, letter, _ in stretches if begin // DAY == day}) for day in range(week.days)]
    days = tuple(_bands(lanes))
    blocks = tuple(
        Block(begin // DAY, begin % DAY / _HOUR - first, (end - begin) / _HOUR, letter, met, top, height)
        for begin, end, letter, met in stretches
        for top, height in (_lane(days[begin // DAY], lanes[begin // DAY], letter),)
    )
    return Picture(first, last, (dawn, dusk), days, blocks)


def _bands(lanes: Iterable[list[str]]) -> Iterator[Band]:
    top = HEAD
    for name, those in zip(WEEKDAYS, lanes, strict=False):
        height = max(_LOWEST, _LANE * len(those))
        yield Band(name, top, height)
        top += height + GAP


def _lane(day: Band, letters: list[str], letter: str) -> tuple[int, int]:
    """From where and how high a meeting's lane of a day is."""
    height = day.height // len(letters)
    return day.top + letters.index(letter) * height, height


def _last(begin: int, end: int) -> int:
    return min(24, -(-(begin % DAY + end - begin) // _HOUR))


def _stretches(week: Week, plan: Plan | None) -> Iterator[tuple[int, int, str, bool]]:
    """Begin, end, letter and whether it is a meeting; what runs past midnight is cut there in two."""
    long = {each.id: each.minutes for each in week.meetings}
    hours = ((one.begin, one.end, short(each.id), False) for each in week.meetings for one in each.windows)
    planned = plan.meetings if plan else ()
    met = ((each.start, each.start + long[each.meeting], short(each.meeting), True) for each in planned)
    for begin, end, letter, is_met in (*hours, *met):
        midnight = (begin // DAY + 1) * DAY
        yield begin, min(end, midnight), letter, is_met
        if end > midnight and midnight // DAY < len(WEEKDAYS):
            yield midnight, end, letter, is_met
