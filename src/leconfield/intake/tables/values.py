"""The values of cells: dates in the table's own order, numbers in their range, an e-mail address."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final

from leconfield.intake.readers.dates import partial_or_empty

DATE_ORDERS: Final[dict[str, tuple[str, ...]]] = {
    "YYYY-MM-DD": (),
    "DD/MM/YYYY": ("%d/%m/%Y", "%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S"),
    "MM/DD/YYYY": ("%m/%d/%Y", "%m/%d/%Y %H:%M", "%m/%d/%Y %H:%M:%S"),
    "DD.MM.YYYY": ("%d.%m.%Y", "%d.%m.%Y %H:%M", "%d.%m.%Y %H:%M:%S"),
}
"""How tables write dates, and the patterns of `strptime` beside ISO 8601."""
_DATES: Final = frozenset({"birthDate", "date"})
_RANGES: Final = {"latitude": 90.0, "longitude": 180.0}
_ADDRESS: Final = re.compile(r"[^@\s]+@[^@\s]+")
_LONGEST_CALL: Final = 366 * 86_400


class ValueProblem(ValueError):  # noqa: N818 - it becomes the reason of a `RowError`, which knows the row
    """What is wrong with a value, and what to do."""


def checked(prop: str, value: str, dates: str) -> str:
    """The value in the ledger's form.

    Raises:
        ValueProblem: if the property cannot have it.
    """
    if prop in _DATES:
        return date_of(value, dates)
    if prop in _RANGES:
        return _degrees(value, _RANGES[prop], prop)
    if prop == "email" and not _ADDRESS.fullmatch(value):
        raise ValueProblem(f'"{value}" is no e-mail address; write name@host or leave empty')
    return value


def date_of(value: str, dates: str) -> str:
    """The partial ISO date of a cell; UTC where the cell names another zone.

    Raises:
        ValueProblem: if it is none.
    """
    found = partial_or_empty(value)
    for pattern in DATE_ORDERS[dates]:
        found = found or _by(pattern, value)
    if not found:
        raise ValueProblem(f'"{value}" is no date; use {dates} or leave empty')
    return found


def _by(pattern: str, value: str) -> str:
    try:
        moment = datetime.strptime(value, pattern)  # noqa: DTZ007 - the zone is that of the table, taken as UTC
    except ValueError:
        return ""
    text = moment.isoformat()
    if "%H" not in pattern:
        return text[:10]
    return text if "%S" in pattern else text[:16]


def _degrees(value: str, most: float, prop: str) -> str:
    try:
        degrees = float(value.replace(",", "."))
    except ValueError:
        degrees = most + 1
    if not -most <= degrees <= most:
        raise ValueProblem(f'"{value}" is no {prop}; use degrees from -{most:.0f} to {most:.0f} or leave empty')
    return value.replace(",", ".")


def later(moment: str, seconds: str) -> str:
    """The moment so many seconds after another; the same moment if its time of day is not known.

    Raises:
        ValueProblem: if `seconds` is no number of seconds.
    """
    if not seconds.isascii() or not seconds.isdigit() or len(seconds) > 8 or int(seconds) > _LONGEST_CALL:
        raise ValueProblem(f'"{seconds}" is no number of seconds; use whole seconds or leave empty')
    if "T" not in moment:
        return moment
    end = datetime.fromisoformat(moment) + timedelta(seconds=int(seconds))
    return end.isoformat()
