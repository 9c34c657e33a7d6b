"""What is asked of a trace: free text taken apart into identifiers, birth dates, a name, and whatever else was said."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from leconfield.errors import BadInputError
from leconfield.ledger.times import check_partial
from leconfield.registry.identifiers import Identifier, identifier
from leconfield.registry.names import Name, parse_name
from leconfield.registry.scripts import fold, listed

LONGEST: Final = 400
"""Letters of a question that are read."""

_IDENTIFIERS: Final = (
    ("email", re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")),
    ("website", re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)),
    ("handle", re.compile(r"(?<!\w)@\w{2,}")),
    ("registrationNumber", re.compile(r"(?<!\w)[a-z]{2}\d{2}\s?[a-z]{3}(?!\w)", re.IGNORECASE)),
)
_BORN: Final = re.compile(r"(?<!\w)(?:born(?: on| in)?|dob|d\.o\.b\.?|b\.)(?!\w)[: ]*", re.IGNORECASE)
_DATES: Final = (
    re.compile(r"(?<![\w-])(?P<y>\d{4})-(?P<m>\d{2})(?:-(?P<d>\d{2}))?(?![\w-])"),
    re.compile(r"(?<![\w/.])(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>\d{4})(?!\w)"),
    re.compile(r"(?<!\w)(?:(?P<d>\d{1,2}) )?(?P<m>[A-Za-z]{3,9}) (?P<y>(?:19|20)\d{2})(?!\w)"),
    re.compile(r"(?<![\w-])(?P<y>(?:19|20)\d{2})(?![\w-])"),
)
_MONTHS: Final = listed("jan feb mar apr may jun jul aug sep oct nov dec")
_PHONE: Final = re.compile(r"(?<!\w)\+?\(?\d[\d\s().-]{4,}\d(?!\w)")
_NUMBER: Final = re.compile(r"(?<!\w)(?=[\w-]*\d)[A-Za-z\d][\w-]{3,}(?!\w)")
_SMALL_NUMBER: Final = re.compile(r"(?<!\w)\d+(?!\w)")


@dataclass(frozen=True, slots=True)
class Query:
    """A question, taken apart."""

    text: str
    name: Name
    """The name asked for, read as a person's; without parts if there is none."""
    name_text: str
    identifiers: tuple[Identifier, ...]
    births: tuple[str, ...]
    details: tuple[str, ...]
    """Other words said of him (folded): they help to rank, they never find anybody."""

    @property
    def empty(self) -> bool:
        """Whether there is nothing in it to search by."""
        return not self.name.parts and not self.identifiers


def parse_query(text: str) -> Query:
    """Take a question apart. `Garcia, Jose` is a name; with two commas and more, what follows the first is detail."""
    rest = " ".join(text[:LONGEST].replace("\x00", " ").split())
    identifiers: list[Identifier] = []
    births: list[str] = []
    for prop, pattern in _IDENTIFIERS:
        rest = _take(pattern, prop, rest, identifiers)
    rest = _BORN.sub(" ", rest)
    for pattern in _DATES:
        rest = _take_dates(pattern, rest, births)
    rest = _take(_PHONE, "phone", rest, identifiers)
    rest = _take(_NUMBER, "idNumber", rest, identifiers)
    name_text, details = _name_and_details(_SMALL_NUMBER.sub(" ", rest))
    return Query(text, parse_name(name_text), name_text, tuple(identifiers), tuple(births), details)


def _take(pattern: re.Pattern[str], prop: str, rest: str, into: list[Identifier]) -> str:
    for found in pattern.finditer(rest):
        made = identifier(prop, found[0])
        if made:
            into.append(made)
    return pattern.sub(" ", rest)


def _take_dates(pattern: re.Pattern[str], rest: str, into: list[str]) -> str:
    def keep(found: re.Match[str]) -> str:
        date = _date(found.groupdict())
        if date is None:
            return found[0]
        into.append(date)
        return " "

    return pattern.sub(keep, rest)


def _date(parts: dict[str, str | None]) -> str | None:
    """The date as partial ISO; None if there is no such day."""
    month = parts.get("m") or ""
    if month and not month.isdecimal():
        if month[:3].lower() not in _MONTHS:
            return None
        month = str(_MONTHS.index(month[:3].lower()) + 1)
    day = parts.get("d") or ""
    text = "-".join(each.zfill(2) for each in (parts["y"] or "", month, day) if each)
    try:
        return check_partial(text)
    except BadInputError:
        return None


def _name_and_details(rest: str) -> tuple[str, tuple[str, ...]]:
    segments = [segment.strip() for segment in rest.split(",")]
    segments = [segment for segment in segments if segment]
    if len(segments) <= 2 and rest.count(",") <= 1:
        return ", ".join(segments), ()
    words = [word for segment in segments[1:] for word in fold(segment).split() if len(word) >= 3]
    return segments[0] if segments else "", tuple(dict.fromkeys(words))
