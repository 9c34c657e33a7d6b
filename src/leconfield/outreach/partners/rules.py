"""What follows from what: when an item is served, and whether a file was made for a partner."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Final

BATCH_HOUR: Final = 6
"""The hour (UTC) at which all that was put into feeds since the batch before is served, at once."""
AHEAD: Final = timedelta(hours=12)
"""A batch is so far ahead at the least: the files have to cross before its instant, or a partner who asks for what is
new since his last visit would miss them."""


def batch_after(moment: datetime) -> str:
    """The instant (UTC, to the second) of the batch that something goes with which is put in at a moment.

    It follows from the day alone, so that it does not tell who was on duty; it is 12 to 36 hours ahead.
    """
    earliest = moment.astimezone(UTC) + AHEAD
    batch = earliest.replace(hour=BATCH_HOUR, minute=0, second=0, microsecond=0)
    if batch < earliest:
        batch += timedelta(days=1)
    return batch.strftime("%Y-%m-%dT%H:%M:%SZ")


def same_name(one: str, another: str) -> bool:
    """Whether two names are those of one recipient: capitals and blanks do not count, as in the ids of hand-overs."""
    return plain(one) == plain(another)


def plain(name: str) -> str:
    """A recipient's name without what does not count in it."""
    return " ".join(name.casefold().split())
