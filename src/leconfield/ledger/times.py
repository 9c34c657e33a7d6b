"""The two times of a fact: when it was true (`Held`, often imprecise) and when it was learnt (a moment, UTC)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from leconfield.errors import BadInputError

_PARTIAL = re.compile(
    r"(?P<y>\d{4})(?:-(?P<m>\d{2})(?:-(?P<d>\d{2})(?:T(?P<H>\d{2}):(?P<M>\d{2})(?::(?P<S>\d{2}))?)?)?)?",
    re.ASCII,
)
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def check_partial(text: str) -> str:
    """`text` if it is a date of honest precision: `1989`, `1989-03`, `1989-03-05`, `1989-03-05T12:40`.

    Raises:
        BadInputError: if it is not, or names a day that does not exist.
    """
    if _PARTIAL.fullmatch(text):
        try:
            _bounds(text)
        except (ValueError, OverflowError):
            pass
        else:
            return text
    raise BadInputError(f'"{text}" is no date; write 1989, 1989-03, 1989-03-05 or 1989-03-05T12:40')


def _bounds(text: str) -> tuple[datetime, datetime]:
    found = _PARTIAL.fullmatch(text)
    if found is None:
        raise BadInputError(f'"{text}" is no date; write 1989, 1989-03, 1989-03-05 or 1989-03-05T12:40')
    year, month, day, hour, minute, second = (int(part) if part else None for part in found.groups())
    start = datetime(year or 1, month or 1, day or 1, hour or 0, minute or 0, second or 0, tzinfo=UTC)
    if month is None:
        return start, start.replace(month=12, day=31, hour=23, minute=59, second=59)
    if day is None:
        first_of_next = (start.replace(day=28) + timedelta(days=4)).replace(day=1)
        return start, first_of_next - timedelta(seconds=1)
    if hour is None:
        return start, start.replace(hour=23, minute=59, second=59)
    if second is None:
        return start, start.replace(second=59)
    return start, start


@dataclass(frozen=True, slots=True, order=True)
class Held:
    """When a fact was true: from `start` to `end`, each a date of honest precision, empty = open or unknown."""

    start: str = ""
    end: str = ""

    @classmethod
    def on(cls, text: str) -> Held:
        """True on that day (or in that month, year, minute)."""
        return cls(text, text)

    @property
    def earliest(self) -> datetime | None:
        """The first second at which it may have been true; None if open."""
        return _bounds(self.start)[0] if self.start else None

    @property
    def latest(self) -> datetime | None:
        """The last second at which it may have been true; None if open."""
        return _bounds(self.end)[1] if self.end else None

    @property
    def words(self) -> str:
        """The time in words, no more precise than it is known: `March 1989`, `before 5 March 1989`."""
        if not self.start and not self.end:
            return ""
        if self.start == self.end:
            return in_words(self.start)
        if not self.start:
            return f"until {in_words(self.end)}"
        if not self.end:
            return f"since {in_words(self.start)}"
        return f"{in_words(self.start)} to {in_words(self.end)}"


ALWAYS = Held()


def in_words(text: str) -> str:
    """A partial date for people: `5 March 1989, 12:40`, `March 1989`, `1989`; what is none stays as it is."""
    found = _PARTIAL.fullmatch(text)
    if found is None or not 1 <= int(found["m"] or 1) <= len(_MONTHS):
        return text
    words = found["y"]
    if found["m"]:
        words = f"{_MONTHS[int(found['m']) - 1]} {words}"
    if found["d"]:
        words = f"{int(found['d'])} {words}"
    if found["H"]:
        words = f"{words}, {found['H']}:{found['M']}"
    return words


def to_moment(text: str) -> datetime:
    """The last second of the moment that `text` names, in UTC: `as of 1989-03-05` includes that whole day.

    Raises:
        BadInputError: if it is no date.
    """
    check_partial(text)
    return _bounds(text)[1]


def stamp(moment: datetime) -> str:
    """A moment as stored: UTC, ISO 8601, microseconds, so that text order is time order."""
    return f"{moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z"


def today_of(moment: datetime) -> date:
    """The day of a moment, in UTC."""
    return moment.astimezone(UTC).date()
