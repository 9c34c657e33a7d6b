"""Births as they are asked for: days, months, years, ranges, alternatives, decades, and ages against a day.

`take_births` finds them in a text and leaves a mark where each stood; `weigh` holds them against recorded dates.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from leconfield.errors import BadInputError
from leconfield.ledger.times import check_partial, in_words
from leconfield.registry.evidence import Weight, known_birth, weigh_births
from leconfield.registry.scripts import listed

MARK: Final = "\x01"
"""Stands where something was read out of a question, so that what was apart is not run together."""
_YEAR: Final = r"(?:1[89]|20)\d\d"
_MONTHS: Final = listed("jan feb mar apr may jun jul aug sep oct nov dec")
_TENS: Final = listed("teens twenties thirties forties fifties sixties seventies eighties nineties")
_ROUGHLY: Final = r"(?:about|around|approximately|approx\.?|roughly|circa|ca\.|c\.|perhaps|maybe|some)"
_OLD: Final = r"(?:[\s-]*(?:years?|yrs?)(?:[\s-]*old)?|\s*y/o|\s*yo)(?!\w)"
_BORN: Final = re.compile(
    r"(?<!\w)(?:(?:was )?born(?: on| in)?(?: the)?|date of birth|dob|d\.o\.b\.?|b\.)(?!\w)[: ]*", re.IGNORECASE
)
_YEARS: Final = re.compile(
    rf"(?<![\w/.-])(?P<between>between\s+)?(?P<from>{_YEAR})\s*(?:-|–|—|to|until|and)\s*"
    rf"(?P<to>{_YEAR}|1[3-9]|[2-9]\d)(?![\w/-])",
    re.IGNORECASE,
)
_DECADE: Final = re.compile(
    r"(?<!\w)(?:(?P<part>early|mid|late)[\s-]*)?(?P<decade>(?:1[89]|20)\d)0['’]?s(?!\w)", re.IGNORECASE
)
_AGES: Final = (
    re.compile(
        rf"(?<![\w-])(?:(?P<word>aged?|between)\s+)?(?P<low>\d\d)\s*(?:-|–|to|and)\s*(?P<high>\d\d)(?P<old>{_OLD})?(?![\w-])",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<!\w)(?:in\s+)?(?:(?:his|her|their)\s+)?(?:(?P<part>early|mid|late)[\s-]*)?"
        rf"(?:(?P<tens>\d)0['’]?s|(?P<named>{'|'.join(_TENS)}))(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(
        rf"(?<![\w-])(?:aged?\s+)?(?P<rough>{_ROUGHLY})\s*(?P<age>\d{{1,2}})(?:{_OLD})?(?![\w/-])", re.IGNORECASE
    ),
    re.compile(rf"(?<![\w-])(?P<rough>)(?:aged?(?: of)?[:\s]+(?P<age>\d{{1,3}})(?:{_OLD})?)(?![\w/-])", re.IGNORECASE),
    re.compile(rf"(?<![\w-])(?P<rough>{_ROUGHLY}\s+)?(?P<age>\d{{1,3}}){_OLD}", re.IGNORECASE),
    re.compile(r"(?<![\w-])(?P<age>\d\d)[\s-]?(?P<rough>ish)(?!\w)", re.IGNORECASE),
)
_DATES: Final = (
    re.compile(r"(?<![\w-])(?P<y>\d{4})-(?P<m>\d{2})(?:-(?P<d>\d{2}))?(?![\w-])"),
    re.compile(r"(?<![\w/.])(?P<d>\d{1,2})[/.](?P<m>\d{1,2})[/.](?P<y>\d{4})(?!\w)"),
    re.compile(r"(?<!\w)(?:(?P<d>\d{1,2}) )?(?P<m>[A-Za-z]{3,9}) (?P<y>(?:19|20)\d{2})(?!\w)"),
    re.compile(r"(?<![\w-])(?P<y>(?:19|20)\d{2})(?![\w-])"),
)
_DATED: Final = re.compile(r"\d{4}(?:-\d\d(?:-\d\d)?)?(?!\d)", re.ASCII)
"""A recorded date that begins as one: what was read in a text may be anything."""
_TIMED: Final = re.compile(rf"\d|{'|'.join(_TENS)}", re.IGNORECASE)
"""What every way of telling a time has in it."""
_OR: Final = re.compile(rf"{MARK}\s*(?:or|/|and)\s*(?={MARK})", re.IGNORECASE)
_ROUGH_YEARS: Final = 0.1
"""What `about` adds on either side of an age, as a share of it, and two years at least."""
_LIVING: Final = 70.0
"""Years over which births of people asked about are spread: agreeing on one year of them is worth log2 of it."""
_PARTS: Final = {"early": (0, 3), "mid": (3, 6), "late": (7, 9)}
_OLDEST: Final = 120


@dataclass(frozen=True, slots=True)
class Span:
    """Born between two days, both included."""

    earliest: str
    latest: str
    said: str
    rough: bool
    """Whether a year or two beyond it is no contradiction: what was asked was about so much."""

    @property
    def words(self) -> str:
        """`1991 to 1997`."""
        first, last = self.earliest[:4], self.latest[:4]
        return first if first == last else f"{first} to {last}"


@dataclass(frozen=True, slots=True)
class Births:
    """What was asked about a birth: any one of it will do."""

    dates: tuple[str, ...] = ()
    """Partial ISO dates."""
    spans: tuple[Span, ...] = ()
    said: tuple[str, ...] = ()
    """The words that were read."""
    unread: tuple[str, ...] = ()
    """Ages with no day to count them from."""

    def __bool__(self) -> bool:
        return bool(self.dates or self.spans)

    @property
    def words(self) -> str:
        """How it was read: `1988 or 1989`, `between 1991 and 1997`."""
        return " or ".join(
            (*(in_words(known_birth(each)) for each in self.dates), *(each.words for each in self.spans))
        )


class _Taken:
    """What has been read so far, and the words that it was read from."""

    def __init__(self, today: date | None) -> None:
        self.today = today
        self.dates: list[str] = []
        self.spans: list[Span] = []
        self.said: list[str] = []
        self.unread: list[str] = []

    def births(self) -> Births:
        dates = tuple(dict.fromkeys(self.dates))
        return Births(dates, tuple(self.spans), tuple(self.said), tuple(self.unread))


def take_births(text: str, today: date | None) -> tuple[Births, str]:
    """The births asked for in a text, and the text with a mark where each stood; ages count back from `today`."""
    rest = _BORN.sub(" ", text)
    if not _TIMED.search(rest):
        return Births(), rest
    taken = _Taken(today)
    rest = _each(_YEARS, rest, lambda found: _years(taken, found))
    rest = _each(_DECADE, rest, lambda found: _decade(taken, found))
    for pattern in _DATES:
        rest = _each(pattern, rest, lambda found: _day(taken, found))
    for pattern in _AGES:
        rest = _each(pattern, rest, lambda found: _age(taken, found))
    return taken.births(), _OR.sub(" ", rest)


def _each(pattern: re.Pattern[str], text: str, read: Callable[[re.Match[str]], bool]) -> str:
    return pattern.sub(lambda found: f" {MARK} " if read(found) else found[0], text)


def _years(taken: _Taken, found: re.Match[str]) -> bool:
    first, last = found["from"], found["to"]
    last = first[:2] + last if len(last) == 2 else last
    if last < first or (" and " in found[0].lower() and not found["between"]):
        return False
    taken.spans.append(Span(f"{first}-01-01", f"{last}-12-31", found[0], rough=False))
    taken.said.append(found[0])
    return True


def _decade(taken: _Taken, found: re.Match[str]) -> bool:
    decade = int(found["decade"]) * 10
    low, high = _PARTS[found["part"].lower()] if found["part"] else (0, 9)
    taken.spans.append(Span(f"{decade + low}-01-01", f"{decade + high}-12-31", found[0], rough=bool(found["part"])))
    taken.said.append(found[0])
    return True


def _day(taken: _Taken, found: re.Match[str]) -> bool:
    made = _date(found.groupdict())
    if made is None:
        return False
    taken.dates.append(made)
    taken.said.append(found[0])
    return True


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


def _age(taken: _Taken, found: re.Match[str]) -> bool:
    """An age or a span of ages; False for two numbers that nothing says are ages."""
    parts = found.groupdict()
    span = _ages(parts)
    if span is None:
        return False
    said = " ".join(found[0].split())
    if taken.today is None:
        taken.unread.append(said)
        return True
    low, high = span
    rough = bool(parts.get("rough") or parts.get("part") or parts.get("old") is not None)
    taken.spans.append(Span(_back(taken.today, high + 1), _back(taken.today, low), said, rough))
    taken.said.append(said)
    return True


def _ages(parts: dict[str, str | None]) -> tuple[int, int] | None:
    if parts.get("low"):
        low, high = int(parts["low"] or 0), int(parts["high"] or 0)
        return (low, high) if (parts["word"] or parts["old"]) and low <= high else None
    if parts.get("age"):
        age = int(parts["age"] or 0)
        slack = max(2, round(age * _ROUGH_YEARS)) if parts.get("rough") else 0
        return (max(0, age - slack), age + slack) if age <= _OLDEST else None
    named = parts.get("named")
    tens = 10 * (_TENS.index(named.lower()) + 1) if named else 10 * int(parts["tens"] or 0)
    first, last = _PARTS[(parts["part"] or "").lower()] if parts["part"] else (0, 9)
    return (tens + first, tens + last) if tens else None


def _back(today: date, years: int) -> str:
    """The day so many years before; 28 February for a day that year did not have."""
    year = max(1, today.year - years)
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return f"{year:04d}-{today.month:02d}-{day:02d}"


def weigh(asked: Births, recorded: tuple[str, ...]) -> Weight:
    """The births asked for against those recorded: the alternative that agrees best, less for there being several."""
    weights = [weigh_births((each,), recorded) for each in asked.dates]
    weights += [_weigh_span(span, each) for span in asked.spans for each in recorded if _DATED.match(each)]
    if not weights:
        return Weight(f"born {recorded[0]}: no date to compare", 0.0)
    best = max(weights, key=lambda weight: weight.bits)
    alternatives = len(asked.dates) + len(asked.spans)
    if best.bits > 0 and alternatives > 1:
        return Weight(best.words, best.bits - math.log2(alternatives))
    return best


def _weigh_span(span: Span, recorded: str) -> Weight:
    held = known_birth(recorded)
    first, last = _filled(held, "-01-01"), _filled(held, "-12-31")
    shown = in_words(held)
    if first <= span.latest and last >= span.earliest:
        width = max(1.0, float(int(span.latest[:4]) - int(span.earliest[:4]) + 1))
        return Weight(f"born {shown}: fits {span.said} ({span.words})", max(0.5, math.log2(_LIVING / width)))
    years = max(int(span.earliest[:4]) - int(last[:4]), int(first[:4]) - int(span.latest[:4]))
    words = f"born {shown} against {span.said} ({span.words})"
    return Weight(words, _beyond(years, rough=span.rough))


def _beyond(years: int, *, rough: bool) -> float:
    """Bits against a birth so many years outside what was asked."""
    if rough:
        return {0: -0.5, 1: -1.0, 2: -2.5, 3: -4.0, 4: -6.0}.get(years, -10.0)
    return {0: -3.0, 1: -4.0}.get(years, -10.0)


def _filled(partial: str, rest: str) -> str:
    """A partial date as the first or last day that it can be."""
    days = partial[:10]
    return days + rest[len(days) - 4 :] if len(days) < len("1990-01-01") else days
