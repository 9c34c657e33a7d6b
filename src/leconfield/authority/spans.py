"""Lengths of time as the law writes them: 72 hours, 3 months, the end of the 2nd working day."""

from __future__ import annotations

import calendar
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from leconfield.errors import BadInputError

_SPAN: Final = re.compile(r"(?P<count>[1-9][0-9]{0,3}) (?P<unit>hour|day|month|working day)s?")
_SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class Span:
    """A length of time; `unit`: `hour`, `day`, `month` or `working day`."""

    count: int
    unit: str

    @classmethod
    def read(cls, text: str) -> Span:
        """The span that is written so.

        Raises:
            BadInputError: if it is none.
        """
        found = _SPAN.fullmatch(text)
        if found is None:
            raise BadInputError(f'"{text}" is no span; write 72 hours, 28 days, 3 months or 2 working days')
        return cls(int(found["count"]), found["unit"])

    def after(self, moment: datetime, holidays: Collection[date] = frozenset()) -> datetime:
        """The moment at which it is over; of working days, the end of the last of them.

        Three months from 31 January end when 30 April does not reach its 31st: with April (Interpretation Act
        1978 leaves months to the calendar). Working days leave out Saturdays, Sundays and `holidays`; that of
        `moment` is not counted.
        """
        if self.unit == "hour":
            return moment + timedelta(hours=self.count)
        if self.unit == "day":
            return moment + timedelta(days=self.count)
        if self.unit == "month":
            return _months_on(moment, self.count)
        return _end_of(_working_day(moment.astimezone(UTC).date(), self.count, holidays))

    def before(self, moment: datetime) -> datetime:
        """The moment so long before; months as 30 days, working days as days: for reminders and windows."""
        length = {"hour": timedelta(hours=1), "month": timedelta(days=30)}.get(self.unit, timedelta(days=1))
        return moment - self.count * length

    def __str__(self) -> str:
        return f"{self.count} {self.unit}{'s' if self.count != 1 else ''}"


def _months_on(moment: datetime, count: int) -> datetime:
    years, month = divmod(moment.month - 1 + count, 12)
    year = moment.year + years
    last = calendar.monthrange(year, month + 1)[1]
    return moment.replace(year=year, month=month + 1, day=min(moment.day, last))


def _working_day(day: date, count: int, holidays: Collection[date]) -> date:
    while count:
        day += timedelta(days=1)
        if day.weekday() < _SATURDAY and day not in holidays:
            count -= 1
    return day


def _end_of(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 23, 59, 59, 999999, tzinfo=UTC)
