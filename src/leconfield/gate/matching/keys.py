"""Keys: what a text says, in forms that can be looked up. A passage has the keys of all that is blunter than itself.

A date gives its day, month, year and weekday; a number its roundings; a town the cities near it and its country; a
role the blunter role. So a blunter sentence finds the finer passage that it was made of.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache, lru_cache
from math import cos, hypot, radians
from typing import Final

from leconfield.gate.matching.words import concepts, keys_of
from leconfield.intake.extraction.identifiers import identifiers
from leconfield.intake.extraction.places import Place, every, known, resolve
from leconfield.intake.extraction.reading import DATE, MONEY, Reading
from leconfield.intake.extraction.text import Token
from leconfield.intake.search import folded
from leconfield.registry.scripts import romanise

MONTHS: Final = [
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
WEEKDAYS: Final = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_DAYS: Final = frozenset(MONTHS + WEEKDAYS)
SEASONS: Final = {"winter": (12, 1, 2), "spring": (3, 4, 5), "summer": (6, 7, 8), "autumn": (9, 10, 11)}
_UNITS: Final = {
    word: number
    for number, word in enumerate(
        [
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
        ]
    )
}
_TENS: Final = {
    word: 10 * n
    for n, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
_TIMES: Final = {"hundred": 100, "thousand": 1000, "million": 1_000_000}
_CLOCK: Final = re.compile(r"([01]?\d|2[0-3])[:.]([0-5]\d)")
_LEAST_NUMBER: Final = 3
_MOST_NUMBER: Final = 10**12
NEAR_KM: Final = 40.0
_CITY: Final = 100_000
_KM_PER_DEGREE: Final = 111.2

Numbered = tuple[int, int, int]
"""A number, and the first and the last token that say it."""


def of_word(token: str) -> tuple[str, ...]:
    """The keys of a word as it stands; of one in other letters those of its Latin form, too."""
    plain = folded(token)
    if plain.isascii():
        return keys_of(plain)
    return (*keys_of(plain), *keys_of(romanise(token)))


def of_date(value: str) -> Iterator[str]:
    """The keys of a partial ISO date, the finest first; `d~` marks what is no finer than that."""
    day = value[:10]
    yield f"d:{day}"
    yield f"d~:{day}"
    if len(day) > len("2026"):
        yield f"d:{day[:4]}"
        yield f"m:{day[5:7]}"
        yield from (f"=season {name}" for name, months in SEASONS.items() if int(day[5:7]) in months)
    if len(day) == len("2026-03-05"):
        yield f"d:{day[:7]}"
        try:
            yield f"wd:{date.fromisoformat(day).weekday()}"
        except ValueError:
            return


def of_number(number: int) -> Iterator[str]:
    """The keys of a number: itself and its roundings to one and two figures."""
    yield f"n:{number}"
    for figures in (1, 2):
        yield f"n{figures}:{rounded(number, figures)}"


def rounded(number: int, figures: int) -> int:
    """The number with so many figures that count."""
    step = int(10 ** max(0, len(str(number)) - figures))
    return (number + step // 2) // step * step


def figures_of(number: int) -> int:
    """How many figures of it count: 400 has one, 420 two."""
    return len(str(number).rstrip("0")) or 1


def of_clock(token: str) -> Iterator[str]:
    """The keys of a time of day: itself, and the part of the day."""
    found = _CLOCK.fullmatch(token)
    if found is None:
        return
    hour = int(found[1])
    yield f"t:{hour:02}:{found[2]}"
    parts = ((5, "=night"), (12, "=morning"), (17, "w:afternoon"), (22, "=evening"), (24, "=night"))
    yield next(words for until, words in parts if hour < until)


def numbers(tokens: Sequence[Token]) -> Iterator[Numbered]:
    """The numbers of a text, in figures or in words, with their first and last token."""
    place = 0
    while place < len(tokens):
        found = _in_figures(tokens, place) or _in_words(tokens, place)
        if found is None:
            place += 1
            continue
        if _LEAST_NUMBER <= found[0] < _MOST_NUMBER:
            yield found
        place = found[2] + 1


def _in_figures(tokens: Sequence[Token], place: int) -> Numbered | None:
    text = tokens[place].text.replace(",", "")
    if not (text.isascii() and text.isdecimal() and len(text) <= len(str(_MOST_NUMBER))):
        return None
    following = tokens[place + 1].text.lower() if place + 1 < len(tokens) else ""
    times = _TIMES.get(following, 1)
    return int(text) * times, place, place + (times > 1)


def _in_words(tokens: Sequence[Token], place: int) -> Numbered | None:
    total = current = 0
    end = place
    while end < len(tokens):
        word = tokens[end].text.lower()
        if word in _UNITS or word in _TENS:
            current += _UNITS.get(word, 0) + _TENS.get(word, 0)
        elif word == "hundred" and end > place:
            current = max(current, 1) * 100
        elif word in _TIMES and end > place:
            total, current = total + max(current, 1) * _TIMES[word], 0
        elif not (word in {"and", "-"} and end > place and end + 1 < len(tokens) and _numeral(tokens[end + 1].text)):
            break
        end += 1
    return (total + current, place, end - 1) if end > place else None


def _numeral(text: str) -> bool:
    return text.lower() in _UNITS or text.lower() in _TENS


def vague(word: str) -> frozenset[str]:
    """The keys of every number that a vague word may stand for: `several`, `dozens`."""
    found = concepts().numbers.get(word)
    return frozenset() if found is None else spanned(*found)


def spanned(low: int, high: int) -> frozenset[str]:
    """The keys that some number from `low` to `high` has, and hardly another: fine where they are few."""
    if high - low <= 100:
        return frozenset(f"n:{each}" for each in range(low, high + 1))
    step = 10 ** (len(str(low)) - 1)
    return frozenset(f"n1:{each}" for each in range(low // step * step, high + 1, step))


@lru_cache(maxsize=1 << 14)
def place_named(words: str, country: str = "GB") -> Place | None:
    """The place of the gazetteer that has this very name; where several have it, the likeliest."""
    return resolve(words, country) if len(words) > 2 and known(words) else None


@lru_cache(maxsize=1 << 12)
def around(place: Place) -> tuple[str, ...]:
    """The keys of what a place lies in or near: its country, and the cities within 40 km."""
    keys = [f"pc:{place.country}"]
    if place.kind == "city":
        keys += [
            f"pl:{folded(each.name)}" for each in _cities().get(place.country, ()) if _apart(each, place) <= NEAR_KM
        ]
    return tuple(keys)


@cache
def _cities() -> dict[str, tuple[Place, ...]]:
    """The cities of each country."""
    found: dict[str, list[Place]] = defaultdict(list)
    for each in every():
        if each.kind == "city" and each.population >= _CITY:
            found[each.country].append(each)
    return {country: tuple(cities) for country, cities in found.items()}


def _apart(one: Place, other: Place) -> float:
    """Kilometres between two places, on a flat map: good enough for 40."""
    east = (one.longitude - other.longitude) * cos(radians(one.latitude))
    return hypot(east, one.latitude - other.latitude) * _KM_PER_DEGREE


def places(tokens: Sequence[Token]) -> Iterator[tuple[Place, int, int]]:
    """The places that capitalised words name, with their first and last token; the longest name counts."""
    at = 0
    while at < len(tokens):
        found, size = _longest_at(tokens, at) if tokens[at].text[0].isupper() else (None, 1)
        if found is not None:
            yield found, at, at + size - 1
        at += size


def _longest_at(tokens: Sequence[Token], at: int) -> tuple[Place | None, int]:
    """The place that the words from there on name, and how many they are; none, and one word."""
    for size in (3, 2, 1):
        found = _place_at(tokens, at, size)
        if found is not None:
            return found, size
    return None, 1


def _place_at(tokens: Sequence[Token], at: int, size: int) -> Place | None:
    words = tokens[at : at + size]
    if len(words) < size or not words[-1].text[0].isupper():
        return None
    if size == 1 and words[0].text.lower() in _DAYS:
        return None
    return place_named(" ".join(each.text for each in words))


def readings(text: str, written: str) -> list[Reading]:
    """Every identifier and date of a text (sums are told by their numbers)."""
    return [each for each in identifiers(text, written) if each.kind != MONEY]


def of_reading(found: Reading) -> Iterator[str]:
    """The keys of an identifier, or of a date."""
    if found.kind == DATE:
        yield from of_date(found.value)
        return
    yield f"i:{compact(found.value)}"


def compact(value: str) -> str:
    """An identifier as it is compared: letters and figures alone."""
    return "".join(filter(str.isalnum, value)).casefold()


def small_number(tokens: Sequence[Token]) -> int:
    """The number that the first words say, however small; 0 if they say none."""
    found = _in_figures(tokens, 0) or _in_words(tokens, 0)
    return found[0] if found else 0
