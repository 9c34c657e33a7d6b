"""Dates in prose, as partial ISO of honest precision; relative days are counted from the report's own date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from leconfield.intake.extraction.reading import DATE, Reading, reading

_MONTHS: Final = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_DAYS: Final = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_MONTH: Final = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|jan|feb|mar|apr|jun|jul|aug|sept|sep|oct|nov|dec)\b\.?"
)
_DAY: Final = r"(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)"
_NUMBER: Final = r"(?:0?[1-9]|[12]\d|3[01])"
_YEAR: Final = r"(?:(?:1[89]|20)\d\d|['’]?\d\d(?![\d:/.,]*\d))"
_LONG_YEAR: Final = r"(?:1[89]|20)\d\d"
_CLOCK: Final = r"(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s?[ap]\.?m\b\.?)?|(?:[01]\d|2[0-3])[0-5]\d\s?(?:hours|hrs|hr|h)\b"
_DATE: Final = re.compile(
    rf"(?P<before>(?:{_CLOCK})\s+on\s+(?:{_DAY},?\s+)?)?(?:"
    rf"(?P<y0>{_LONG_YEAR})-(?P<m0>0[1-9]|1[0-2])(?:-(?P<d0>0[1-9]|[12]\d|3[01]))?(?![-\d])"
    rf"|\b(?:{_DAY},?\s+)?(?P<d1>{_NUMBER})(?:st|nd|rd|th)?\s+(?:of\s+)?(?P<m1>{_MONTH})(?:,?\s+(?P<y1>{_YEAR})\b)?"
    rf"|\b(?:{_DAY},?\s+)?(?P<m2>{_MONTH})\s+(?P<d2>{_NUMBER})(?:st|nd|rd|th)?\b(?!:)(?:,?\s+(?P<y2>{_LONG_YEAR})\b)?"
    rf"|\b(?P<m3>{_MONTH}),?\s+(?:of\s+)?(?P<y3>{_LONG_YEAR})\b"
    rf"|\b(?P<d4>\d\d?)(?P<sep>[/.\-])(?P<m4>\d\d?)(?P=sep)(?P<y4>{_LONG_YEAR}|\d\d)\b(?![/\-]|\.\d)"
    rf"|\b(?P<relative>(?P<which>last|next|this|on|since|until|by)\s+(?P<day>{_DAY})"
    r"|today|yesterday|tomorrow|tonight|this\s+morning|this\s+afternoon|this\s+evening|last\s+night)\b"
    rf"|\b(?P<lead>in|since|during|until|from|early|late|by|mid|year)[\s-](?P<y5>{_LONG_YEAR})\b(?!\s*(?:hours|hrs))"
    rf")(?P<after>,?\s+(?:at|from|around|about)\s+(?:{_CLOCK}))?",
    re.IGNORECASE,
)
_CLOCK_PARTS: Final = re.compile(r"(\d\d?)[:.]?(\d\d)\s?(?:([ap])\.?m)?", re.IGNORECASE)
_TWO_DIGIT_TURN: Final = 10
_PIVOT: Final = 30


def dates(text: str, written: str = "") -> Iterator[Reading]:
    """Every date of a text; `written` is the report's own date (partial ISO), from which "yesterday" counts.

    A day without a year is taken as the last such day not after `written`; without `written` days that need it are
    left out. Day stands before month (03/04/1988 is in April) unless that is no date.
    """
    base = _day(written)
    for found in _DATE.finditer(text):
        value = _value(found, base)
        if value:
            start = found.start("day") if found["day"] and (found["which"] or "").lower() != "last" else found.start()
            start = found.start("y5") if found["y5"] else start
            yield reading(start, found.end(), DATE, value + _time(found, value))


def _day(written: str) -> date | None:
    """The day of a partial date: its first one where it names only a month or a year; None if it is none."""
    parts = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", written)
    if parts is None:
        return None
    try:
        return date(int(parts[1]), int(parts[2] or 1), int(parts[3] or 1))
    except ValueError:
        return None


def _value(found: re.Match[str], base: date | None) -> str:
    if found["relative"]:
        return _relative(found, base) if base else ""
    if found["y5"]:
        return found["y5"]
    for i in "01234":
        year = found["y" + i]
        month = found["m" + i]
        if month:
            number = found["d" + i] if i != "3" else None
            return _written_out(year, _month(month), int(number) if number else None, base)
    return ""


def _month(word: str) -> int:
    if word.isdigit():
        return int(word)
    return next(i for i, name in enumerate(_MONTHS, 1) if name.startswith(word.lower().rstrip(".")[:3]))


def _written_out(year: str | None, month: int, day: int | None, base: date | None) -> str:
    if day is not None and month > 12 >= day:
        month, day = day, month
    if year is None:
        return _latest(month, day, base) if base and day else ""
    full = _full_year(year, base)
    if day is None:
        return f"{full:04}-{month:02}"
    return _checked(full, month, day)


def _full_year(year: str, base: date | None) -> int:
    number = int(year.strip("'’"))
    if number >= 100:
        return number
    last = (base.year if base else 2000 + _PIVOT) + _TWO_DIGIT_TURN * bool(base)
    century = last - last % 100 + number
    return century if century <= last else century - 100


def _checked(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _latest(month: int, day: int, base: date) -> str:
    this_year = _checked(base.year, month, day)
    return this_year if this_year and this_year <= base.isoformat() else _checked(base.year - 1, month, day)


def _relative(found: re.Match[str], base: date) -> str:
    if not found["day"]:
        word = found["relative"].lower()
        shift = {"yesterday": -1, "tomorrow": 1}.get(word, -1 if word.startswith("last") else 0)
        return _shifted(base, shift)
    back = (base.weekday() - _DAYS.index(found["day"].lower())) % 7
    which = found["which"].lower()
    if which in {"next", "until", "by", "this"}:
        return _shifted(base, (7 - back) if back or which == "next" else 0)
    return _shifted(base, -(back or 7 * (which == "last")))


def _shifted(base: date, days: int) -> str:
    try:
        return (base + timedelta(days=days)).isoformat()
    except OverflowError:
        return ""


def _time(found: re.Match[str], value: str) -> str:
    """`T12:40` if the words give the clock time of a whole day."""
    words = found["after"] or found["before"]
    if not words or len(value) != len("2024-01-01"):
        return ""
    clock = _CLOCK_PARTS.search(words)
    if clock is None:
        return ""
    hour, half = int(clock[1]), (clock[3] or "").lower()
    if half:
        hour = hour % 12 + 12 * (half == "p")
    return f"T{hour:02}:{clock[2]}"
