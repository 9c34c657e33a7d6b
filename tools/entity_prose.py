"""Invented prose with known names: teaches the tagger how reports of an investigation desk speak.

Every sentence is our own; people are drawn from lists of common names, so that nobody in particular is meant.
"""

from __future__ import annotations

import random
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

Gold = tuple[int, int, str]

_PROSE: Final = tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
PEOPLE: Final = [(each["forenames"].split(), each["surnames"].split()) for each in _PROSE["people"].values()]
"""Forenames and surnames that go together, by origin."""
HONORIFICS: Final = ("", "", "", "", "", "", "Mr ", "Mrs ", "Ms ", "Miss ", "Dr ")
_MONTHS: Final = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "Jan",
    "Feb",
    "Mar",
    "Sept",
    "Oct",
    "Nov",
    "Dec",
]
_DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_SLOT: Final = re.compile(r"\{(\w+)\}")
_TYPES: Final = {
    "P": "Person",
    "F": "Person",
    "S": "Person",
    "N": "Person",
    "T": "Location",
    "street": "Location",
    "address": "Location",
    "O": "Organisation",
    "V": "Vehicle",
    "D": "Temporal",
    "time": "Temporal",
    "A": "Nationality",
}


@dataclass(frozen=True, slots=True)
class Names:
    """What the slots are filled with."""

    people: Sequence[tuple[Sequence[str], Sequence[str]]]
    """Pairs of forenames and surnames that go together."""
    towns: Sequence[str]


def prose(names: Names, sentences: int, seed: int) -> list[tuple[str, list[Gold]]]:
    """Invented paragraphs, each with its gold spans (start, end, type)."""
    chance = random.Random(seed)
    found = []
    while sentences > 0:
        size = min(sentences, chance.randint(2, 6))
        found.append(_paragraph(names, chance, size))
        sentences -= size
    return found


def _paragraph(names: Names, chance: random.Random, size: int) -> tuple[str, list[Gold]]:
    text, gold = "", []
    for _ in range(size):
        sentence, spans = _sentence(names, chance)
        gold += [(start + len(text), end + len(text), kind) for start, end, kind in spans]
        text += sentence + " "
    return text, gold


def _sentence(names: Names, chance: random.Random) -> tuple[str, list[Gold]]:
    template = chance.choice(_PROSE["templates"])
    fill = _filler(names, chance)
    text, gold, done = "", [], 0
    for slot in _SLOT.finditer(template):
        text += template[done : slot.start()]
        value = fill(slot[1])
        if slot[1] in _TYPES:
            gold.append((len(text), len(text) + len(value), _TYPES[slot[1]]))
        text += value
        done = slot.end()
    return text + template[done:], gold


def _filler(names: Names, chance: random.Random) -> Callable[[str], str]:
    forenames, surnames = chance.choice(names.people)

    def person() -> str:
        first, last = chance.choice(forenames), chance.choice(surnames)
        if chance.random() < 0.15:
            first += " " + chance.choice((chance.choice(forenames), first[0] + ".", "bin", "Abu"))
        if chance.random() < 0.08:
            last += "-" + chance.choice(surnames) if "-" not in last else ""
        return chance.choice(HONORIFICS) + first + " " + last

    def organisation() -> str:
        return _SLOT.sub(lambda slot: fill(slot[1]), chance.choice(_PROSE["organisations"]))

    def fill(slot: str) -> str:
        makers: dict[str, Callable[[], str]] = {
            "P": person,
            "F": lambda: chance.choice(forenames),
            "S": lambda: chance.choice(surnames),
            "N": lambda: chance.choice(_PROSE["nicknames"]),
            "T": lambda: chance.choice(names.towns),
            "O": organisation,
            "V": lambda: chance.choice(_PROSE["vehicles"]),
            "A": lambda: chance.choice(_PROSE["nationalities"].split()),
            "D": lambda: _date(chance),
            "time": lambda: _time(chance),
            "age": lambda: str(chance.randint(18, 70)),
            "street": lambda: chance.choice(_PROSE["streets"]),
            "address": lambda: f"{chance.randint(1, 220)} {chance.choice(_PROSE['streets'])}",
        }
        return makers[slot]()

    return fill


def _date(chance: random.Random) -> str:
    day, month, year = chance.randint(1, 28), chance.choice(_MONTHS), chance.randint(1960, 2026)
    return chance.choice(
        (
            f"{day} {month} {year}",
            f"{day} {month}",
            f"{chance.choice(_DAYS)} {day} {month}",
            chance.choice(_DAYS),
            f"{day:02}/{chance.randint(1, 12):02}/{year}",
            f"{month} {year}",
            str(year),
        )
    )


def _time(chance: random.Random) -> str:
    hour, minute = chance.randint(0, 23), chance.randint(0, 59)
    return chance.choice((f"{hour:02}:{minute:02}", f"{hour:02}{minute:02} hours", f"{hour % 12 + 1}.{minute:02} pm"))
