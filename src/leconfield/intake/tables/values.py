"""The values of cells: dates in the table's own order, numbers in their range, an e-mail address."""

from __future__ import annotations

import re
from dataclasses import dataclass
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
_CLOCK: Final = re.compile(r"(?P<h>\d{1,2}):(?P<m>\d{2})(?::(?P<s>\d{2}))?(?:\.\d+)?", re.ASCII)
_SIGNS: Final = {"£": "GBP", "€": "EUR", "$": "USD"}
_AMOUNT: Final = re.compile(
    r"(?P<open>\()?(?P<first>[+-])?(?P<before>[£€$]|[A-Za-z]{3})? ?(?P<sign>[+-])?(?P<number>\d[\d., ']{0,30}?) ?"
    r"(?P<last>-)?(?P<after>[£€$]|[A-Za-z]{3})?(?(open)\))",
    re.ASCII,
)


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
    lasted = _seconds(seconds)
    if lasted is None or lasted > _LONGEST_CALL:
        raise ValueProblem(f'"{seconds}" is no number of seconds; use whole seconds, 00:03:20, or leave empty')
    if "T" not in moment:
        return moment
    return (datetime.fromisoformat(moment) + timedelta(seconds=lasted)).isoformat()


def _seconds(words: str) -> int | None:
    """Whole seconds, or hours, minutes and seconds, or minutes and seconds; None if it is none of them."""
    parts = words.split(":")
    if len(parts) > 3 or any(not part.isascii() or not part.isdigit() or len(part) > 8 for part in parts):
        return None
    numbers = [int(part) for part in parts]
    if any(number > 59 for number in numbers[1:]):
        return None
    return sum(number * unit for number, unit in zip(reversed(numbers), (1, 60, 3600), strict=False))


def on_the_clock(day: str, clock: str) -> str:
    """The moment on that day at that time of day; of a moment, the moment itself.

    Raises:
        ValueProblem: if `clock` is no time of day, or the day is not known to the day.
    """
    found = _CLOCK.fullmatch(clock)
    hour, minute, second = ((found[part] or "00") for part in ("h", "m", "s")) if found else ("99", "", "")
    if int(hour) > 23 or int(minute) > 59 or int(second) > 59:
        raise ValueProblem(f'"{clock}" is no time of day; use 14:05 or 14:05:30, or leave empty')
    if "T" in day:
        return day
    if len(day) < len("2026-01-01"):
        raise ValueProblem(f'"{day}" is no whole day that a time of day could be on; write the day, or leave empty')
    return f"{day}T{int(hour):02}:{minute}" + (f":{second}" if found and found["s"] else "")


@dataclass(frozen=True, slots=True)
class Amount:
    """Money: how much, in what (empty: not said), and whether below nothing."""

    number: str
    currency: str
    negative: bool


def amount_of(text: str) -> Amount:
    """An amount as banks write it: `1,234.50`, `1.234,50`, `-12`, `(12.00)`, `£5`, `5 EUR`.

    Raises:
        ValueProblem: if it is none.
    """
    found = _AMOUNT.fullmatch(text.strip().replace("\N{MINUS SIGN}", "-"))
    if found is None or (found["before"] and found["after"]):
        raise ValueProblem(f'"{text}" is no amount; write 1234.50, or leave empty')
    whole, fraction = _at_point(found["number"].replace(" ", "").replace("'", ""))
    if not whole.isdigit() or (fraction and not fraction.isdigit()):
        raise ValueProblem(f'"{text}" is no amount; write 1234.50, or leave empty')
    named = found["before"] or found["after"] or ""
    negative = "-" in (found["first"], found["sign"], found["last"]) or bool(found["open"])
    number = f"{int(whole)}.{fraction}" if fraction else str(int(whole))
    return Amount(number, currency_of(named) if named else "", negative)


def _at_point(number: str) -> tuple[str, str]:
    """The whole and the rest: what stands last with one or two figures behind it is the point, the others group."""
    at = max(number.rfind("."), number.rfind(","))
    if at >= 0 and 1 <= len(number) - at - 1 <= 2:
        return number[:at].replace(",", "").replace(".", "") or "0", number[at + 1 :]
    return number.replace(",", "").replace(".", ""), ""


def currency_of(text: str) -> str:
    """The three letters of a currency (ISO 4217), or those that its sign stands for.

    Raises:
        ValueProblem: if it is none.
    """
    known = _SIGNS.get(text.strip(), text.strip().upper())
    if len(known) != 3 or not known.isascii() or not known.isalpha():
        raise ValueProblem(f'"{text}" is no currency; write three letters such as GBP, or leave empty')
    return known
