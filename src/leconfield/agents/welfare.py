"""How much contact fell on each handler, week by week: for his welfare, never for his appraisal. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Final

from leconfield.agents.model import Agent
from leconfield.agents.rules import Load, loads
from leconfield.ledger.times import stamp

WEEKS: Final = 12
"""So many weeks are shown."""


@dataclass(frozen=True, slots=True)
class Weeks:
    """The contacts of one handler in each of some weeks, the oldest first."""

    who: str
    weeks: tuple[tuple[date, Load], ...]
    """Each with its Monday."""

    @property
    def whole(self) -> Load:
        """All of them together."""
        found = [each for _, each in self.weeks]
        return Load(
            self.who,
            sum(each.contacts for each in found),
            sum(each.at_night for each in found),
            sum(each.at_weekends for each in found),
        )

    @property
    def most(self) -> int:
        """The contacts of the fullest week."""
        return max(each.contacts for _, each in self.weeks)


def by_week(agents: Sequence[Agent], moment: datetime, weeks: int = WEEKS) -> tuple[Weeks, ...]:
    """The contacts of each handler in so many weeks up to a moment, by name; of those who had any."""
    today = moment.astimezone(UTC).date()
    last = today - timedelta(days=today.weekday())
    mondays = [last - timedelta(weeks=each) for each in reversed(range(weeks))]
    found = [
        (each, {load.who: load for load in loads(agents, _midnight(each), _end(each, moment))}) for each in mondays
    ]
    names = sorted({who for _, each in found for who in each})
    return tuple(
        Weeks(who, tuple((monday, known.get(who, Load(who, 0, 0, 0))) for monday, known in found)) for who in names
    )


def _midnight(day: date) -> str:
    return stamp(datetime(day.year, day.month, day.day, tzinfo=UTC))


def _end(monday: date, moment: datetime) -> str:
    return min(_midnight(monday + timedelta(weeks=1)), stamp(moment + timedelta(seconds=1)))
