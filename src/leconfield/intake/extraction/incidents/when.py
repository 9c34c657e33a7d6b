"""When an incident happened, as precisely as the report says and no more; resolved against the report's own date."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from leconfield.ledger.times import ALWAYS, Held

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    r"(?P<{0}>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?|july?|aug(?:ust|\.)?"
    r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
)
_DAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NUMBERS: Final = {w: n for n, w in enumerate(("one", "two", "three", "four", "five", "six", "seven", "eight"), 1)}
_YEAR: Final = r"(?P<{0}>(?:1[5-9]|20)\d\d|\d\d(?= --))"
_WHEN: Final = re.compile(
    r"\b(?:"
    rf"(?P<iso>\d{{4}}-\d\d-\d\d)(?!\d)|(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{_MONTH.format('m1')}\b(?:,?\s+{_YEAR.format('y1')})?"
    rf"|{_MONTH.format('m2')}\s+(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\b(?!:)(?:,?\s+{_YEAR.format('y2')})?"
    rf"|(?P<in>in|of|during|since|last|early|late|mid)[\s-]+{_MONTH.format('m3')}\b(?:,?\s+(?:of\s+)?{_YEAR.format('y3')})?"
    r"|(?:in|of|during|since)\s+(?P<y4>(?:19|20)\d\d)\b"
    r"|(?P<today>today|tonight|this (?:morning|afternoon|evening|noon)|earlier today)"
    r"|(?P<yesterday>yesterday|last night|last evening)"
    rf"|(?P<weekday>{'|'.join(_DAYS)})"
    r"|(?P<last>last|past|this) (?P<unit>week|weekend|month|year)"
    r"|(?P<n>one|two|three|four|five|six|seven|eight|\d{1,2}|a) (?P<ago>day|week|month|year)s? ago"
    r")",
)
_DATELINE: Final = re.compile(
    rf"^[^\n]{{0,120}}?\b(?P<d>\d{{1,2}})\s+{_MONTH.format('m')}\s+(?P<y>\d{{4}}|\d\d)\s*(?:--|–|—|\()", re.MULTILINE
)


def written_on(low: str, written: str) -> date | None:
    """The day the report bears: the one given, else the one in its dateline; None if neither."""
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        pass
    found = _DATELINE.search(low[:600])
    if not found:
        return None
    year = int(found["y"])
    return _day(year if year > 99 else 1900 + year, _month(found["m"]), int(found["d"]))


def held_in(low: str, start: int, end: int, written: date | None) -> Held:
    """The first time named between two offsets; `ALWAYS` if none, or none that the report's date can resolve."""
    for found in _WHEN.finditer(low, start, end):
        held = _resolve(found, written)
        if held is not None:
            return held
    return ALWAYS


def _resolve(found: re.Match[str], written: date | None) -> Held | None:
    if found["iso"]:
        return _valid_iso(found["iso"])
    for n in ("1", "2"):
        if found[f"m{n}"]:
            return _day_of_month(_month(found[f"m{n}"]), int(found[f"d{n}"]), found[f"y{n}"], written)
    if found["m3"]:
        return _whole_month(_month(found["m3"]), found["y3"], written)
    if found["y4"]:
        return Held.on(found["y4"])
    return _relative(found, written) if written else None


def _relative(found: re.Match[str], written: date) -> Held | None:
    if found["today"]:
        return Held.on(written.isoformat())
    if found["yesterday"]:
        return _back(written, 1)
    if found["weekday"]:
        return _back(written, (written.weekday() - _DAYS.index(found["weekday"])) % 7 or 7)
    if found["unit"]:
        return _period(found["unit"], found["last"] == "this", written)
    count = 1 if found["n"] == "a" else _NUMBERS.get(found["n"]) or int(found["n"])
    return _ago(count, found["ago"], written)


def _ago(count: int, unit: str, written: date) -> Held | None:
    if unit == "day":
        return _back(written, count)
    if unit == "week":
        near = _back(written, 7 * count + 3), _back(written, 7 * count - 3)
        return Held(near[0].start, near[1].end) if near[0] and near[1] else None
    months = written.year * 12 + written.month - 1 - (count if unit == "month" else 12 * count)
    if months < 12:
        return None
    year = f"{months // 12:04d}"
    return Held.on(year if unit == "year" else f"{year}-{months % 12 + 1:02d}")


def _period(unit: str, this: bool, written: date) -> Held | None:
    monday = written.weekday()
    if unit == "week":
        first = _back(written, monday if this else monday + 7)
        last = Held.on(written.isoformat()) if this else _back(written, monday + 1)
        return Held(first.start, last.end) if first and last else None
    if unit == "weekend":
        first, last = _back(written, monday + 2), _back(written, monday + 1)
        return Held(first.start, last.end) if first and last else None
    return _ago(0 if this else 1, unit, written)


def _back(written: date, days: int) -> Held | None:
    try:
        return Held.on((written - timedelta(days=days)).isoformat())
    except OverflowError:
        return None


def _day_of_month(month: int, day: int, year: str | None, written: date | None) -> Held | None:
    if year:
        exact = _day(int(year) if len(year) == 4 else 1900 + int(year), month, day)
        return Held.on(exact.isoformat()) if exact else None
    if written is None:
        return None
    near = [found for y in (written.year, written.year - 1) if y > 0 and (found := _day(y, month, day))]
    past = [found for found in near if found <= written]
    return Held.on(past[0].isoformat()) if past else None


def _whole_month(month: int, year: str | None, written: date | None) -> Held | None:
    if year:
        return Held.on(f"{year}-{month:02d}") if len(year) == 4 else None
    if written is None:
        return None
    return Held.on(f"{written.year - (month > written.month):04d}-{month:02d}")


def _valid_iso(words: str) -> Held | None:
    try:
        return Held.on(date.fromisoformat(words).isoformat())
    except ValueError:
        return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month(words: str) -> int:
    return _MONTHS.index(words[:3]) + 1
