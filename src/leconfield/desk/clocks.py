"""How long there is until something is due, or how late it is: in words, and as clocks have it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from leconfield.ledger.times import to_moment

DAY: Final = timedelta(days=1)
_UNITS: Final = {"day": DAY, "hour": timedelta(hours=1), "minute": timedelta(minutes=1)}


@dataclass(frozen=True, slots=True)
class Due:
    """How something that is to be done stands. `state`: `calm`, `soon`, `due`, `overdue` or `done`."""

    state: str
    words: str


def due_by(last: str, moment: str, *, soon: timedelta, today: timedelta = timedelta(0), least: int = 1) -> Due:
    """How something stands at a moment (a stamp; empty: not known, so not late) that is to be done by `last`.

    `last`: partial ISO, in time until it is over. `soon`, `today`: within so long it is shown as coming, and as due.
    `least`: as for `span`.
    """
    if not moment:
        return Due("calm", "")
    now = datetime.fromisoformat(moment)
    left = to_moment(last) - now
    if left < timedelta(0):
        return Due("overdue", f"{span(-left, least)} late")
    if left < today:
        same_day = last[: len("2026-03-05")] == moment[: len("2026-03-05")]
        return Due("due", "due today" if same_day else f"in {span(left, least)}")
    return Due("soon" if left <= soon else "calm", f"in {span(left, least)}")


def span(time: timedelta, least: int = 1) -> str:
    """A length of time in the largest unit of which there are at least `least`; never "0 minutes"."""
    unit, length = next((each for each in _UNITS.items() if time >= least * each[1]), ("minute", _UNITS["minute"]))
    number = max(time // length, 1)
    return f"{number:,} {unit}" if number == 1 else f"{number:,} {unit}s"
