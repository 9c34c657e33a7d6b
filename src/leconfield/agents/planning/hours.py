"""Hours of a week as people write them: `mon 10:00-12:00, fri 22:00-01:00`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from leconfield.agents.planning.model import DAY, Window
from leconfield.errors import BadInputError

DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST: Final = 21
"""Stretches of a week."""
_STRETCH: Final = re.compile(
    r"(?P<day>[a-z]{3})[a-z]*\s+(?P<h>\d{1,2}):(?P<m>\d{2})\s*(?:-|–|to)\s*(?P<H>\d{1,2}):(?P<M>\d{2})", re.ASCII
)
_HOURS: Final = 24
_MINUTES: Final = 60


def parsed(text: str) -> tuple[Window, ...]:
    """The stretches that a text names, in order; one that ends before it begins runs past midnight.

    Raises:
        BadInputError: with the part that is none, or if there are too many.
    """
    parts = [each.strip() for each in re.split(r"[,;\n]", text[:2000]) if each.strip()]
    if not 0 < len(parts) <= MOST:
        raise BadInputError(
            f"write when it can be, {MOST} stretches at most, such as: mon 10:00-12:00, fri 18:00-21:30"
        )
    return tuple(sorted({_stretch(each) for each in parts}, key=lambda each: (each.begin, each.end)))


def _stretch(part: str) -> Window:
    found = _STRETCH.fullmatch(part.lower())
    if found is None or found["day"] not in DAYS:
        raise BadInputError(f'"{part[:40]}" is no stretch of a week; write it as mon 10:00-12:00')
    day, begin, end = DAYS.index(found["day"]), _minute(found["h"], found["m"]), _minute(found["H"], found["M"])
    if begin is None or end is None or begin == end:
        raise BadInputError(f'"{part[:40]}" has hours that no clock shows; write it as mon 10:00-12:00')
    last = day * DAY + end + (DAY if end < begin else 0)
    if last > len(DAYS) * DAY:
        raise BadInputError(f'"{part[:40]}" runs past the end of the week; let it end on sun 24:00')
    return Window(day * DAY + begin, last)


def _minute(hour: str, minute: str) -> int | None:
    at = int(hour) * _MINUTES + int(minute)
    return at if int(minute) < _MINUTES and at <= _HOURS * _MINUTES else None


def words(windows: Iterable[Window]) -> str:
    """Stretches as `parsed` reads them."""
    return ", ".join(f"{DAYS[each.begin // DAY]} {clock(each.begin)}-{clock(each.end)}" for each in windows)


def clock(minute: int) -> str:
    """The hour of a minute of the week: `09:05`."""
    return f"{minute // _MINUTES % _HOURS:02}:{minute % _MINUTES:02}"


def shifted(windows: Iterable[Window], days: int, within: int = 7) -> tuple[Window, ...]:
    """The stretches so many days later; those that leave the week are left out."""
    moved = (Window(each.begin + days * DAY, each.end + days * DAY) for each in windows)
    return tuple(each for each in moved if each.begin >= 0 and each.end <= within * DAY)
