"""Turns laid out as a month: weeks of days, each with its duties and who has them. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from leconfield.errors import BadInputError
from leconfield.staff import rules
from leconfield.staff.model import Slot, Turns
from leconfield.staff.profile import Profile
from leconfield.staff.state import is_day


@dataclass(frozen=True, slots=True)
class Turn:
    """One duty of one day."""

    duty: str
    who: str
    """His persona's first words; empty: nobody has it."""
    mine: bool
    url: str
    """Where it is changed; empty: it is over, or stands for a proposal."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day of the grid."""

    day: str
    number: int
    weekday: str
    turns: tuple[Turn, ...]
    beside: bool
    """Whether it belongs to the month before or after."""
    today: bool


def month_of(text: str, otherwise: date) -> date:
    """The first of the month that is asked for.

    Raises:
        BadInputError: if it is no month.
    """
    if not text:
        return otherwise.replace(day=1)
    if not is_day(f"{text}-01"):
        raise BadInputError(f'"{text[:40]}" is no month; write it as 2026-03')
    return date.fromisoformat(f"{text}-01")


def weeks(first: date, last: date) -> list[list[date]]:
    """Whole weeks, from Mondays, that hold both days."""
    begin = first - timedelta(days=first.weekday())
    count = ((last - begin).days // 7) + 1
    return [[begin + timedelta(days=7 * week + n) for n in range(7)] for week in range(count)]


def turned(first: date, months: int) -> date:
    """The first of the month so many months on."""
    place = first.year * 12 + first.month - 1 + months
    return date(place // 12, place % 12 + 1, 1)


def grid(
    profile: Profile, turns: Turns, personas: Mapping[str, str], first: date, last: date, *, reader: str, today: str
) -> list[list[Day]]:
    """The days between two, with their turns; `today`: turns from this day on may be changed, empty: none."""
    return [
        [_day(profile, turns, personas, each, reader, today, beside=not first <= each <= last) for each in week]
        for week in weeks(first, last)
    ]


def _day(
    profile: Profile, turns: Turns, personas: Mapping[str, str], day: date, reader: str, today: str, *, beside: bool
) -> Day:
    text = day.isoformat()
    found = tuple(
        _turn((text, name), turns[text, name], personas, reader, changes=bool(today) and text >= today)
        for name in profile.names
        if (text, name) in turns and not beside
    )
    return Day(text, day.day, f"{day:%A}", found, beside, text == today)


def _turn(slot: Slot, who: str, personas: Mapping[str, str], reader: str, *, changes: bool) -> Turn:
    url = f"/duty/roster?month={slot[0][:7]}&day={slot[0]}&duty={slot[1]}#change" if changes else ""
    return Turn(slot[1], rules.short(personas.get(who, who)), bool(who) and who == reader, url)
