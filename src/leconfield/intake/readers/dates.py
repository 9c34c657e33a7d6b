"""Dates as files write them, brought to the ledger's partial ISO form."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Final

from leconfield.errors import BadInputError
from leconfield.ledger.times import check_partial, stamp

_ISO: Final = re.compile(
    r"\s*(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:[T ](\d{2}:\d{2})(:\d{2})?(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?\s*"
)

_WITH_TIME: Final = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:")


def written_of(moment: datetime) -> str:
    """The minute of a moment, in UTC (a moment without zone is taken as UTC)."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        return aware.astimezone(UTC).strftime("%Y-%m-%dT%H:%M").rjust(16, "0")
    except OverflowError:
        return ""


def partial_or_empty(text: str) -> str:
    """The partial ISO date that a stranger's file bears; empty if it bears none that can be understood."""
    found = _ISO.fullmatch(text[:64])
    if found is None:
        return ""
    day, minute, second, zone = found.groups()
    try:
        if not minute:
            return check_partial(day)
        clock = f"{day}T{minute}{second or ''}"
        if zone is None:
            return check_partial(clock)
        moment = datetime.fromisoformat(f"{clock}{zone}").astimezone(UTC)
        return check_partial(moment.replace(tzinfo=None).isoformat(timespec="seconds" if second else "minutes"))
    except (BadInputError, ValueError, OverflowError):
        return ""


def moment_of(text: str) -> str:
    """The moment written as ISO date-time (UTC unless it names a zone), as the ledger stores moments.

    Raises:
        BadInputError: if it is no date with a time of day.
    """
    try:
        moment = datetime.fromisoformat(text if _WITH_TIME.match(text) else "")
        return stamp(moment if moment.tzinfo else moment.replace(tzinfo=UTC))
    except (ValueError, OverflowError) as error:
        raise BadInputError(f'"{text}" is no moment; write it as 2024-03-05T12:40') from error
