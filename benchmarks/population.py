"""Invented people for large desks: names by how often they are borne, and what a register says of each of them.

Two thirds bear names of the US census of 1990 by their shares; the others a given and a family name of two synthetic
persons of the same script, so that a fifth or so is not in Latin letters. Everything follows from the seed.
"""

from __future__ import annotations

import bisect
import csv
import gzip
import itertools
import os
import random
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
NAMES: Final = Path(os.environ.get("LECONFIELD_SHARED", ROOT.parent / "shared")) / "data" / "names"
COLUMNS: Final = (
    "name",
    "alias",
    "born",
    "birthplace",
    "nationality",
    "sex",
    "role",
    "phone",
    "document",
    "address",
    "organisation",
)
_CENSUS: Final = 2 / 3
_ROLES: Final = ("driver", "student", "cleaner", "nurse", "welder", "clerk", "cook", "electrician", "teacher", "porter")
_STREETS: Final = (
    "Mill Lane",
    "Station Road",
    "Quay Street",
    "Orchard Close",
    "High Street",
    "Chapel Row",
    "The Green",
)
_TRADES: Final = ("Haulage", "Foods", "Trading", "Motors", "Textiles", "Marine", "Logistics", "Cleaning")

Person = Mapping[str, str]
"""A row of a table of persons, by column; what is not known of him is not there."""


class Population:
    """People drawn one after another: five statements each, taken over all of them."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._given = [_census(f"dist.{sex}.first") for sex in ("female", "male")]
        self._family = _census("dist.all.last")
        self._by_script = _synthetic()
        self._scripts = list(self._by_script)
        self._sizes = [len(self._by_script[each]) for each in self._scripts]
        self._number = itertools.count()

    def __iter__(self) -> Iterator[Person]:
        while True:
            yield self._person(next(self._number))

    def _person(self, number: int) -> Person:
        chance = self._chance
        name = self._census_name() if chance.random() < _CENSUS else self._other_name()
        said = {
            "name": name,
            "born": f"{chance.randint(1930, 2006)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            "nationality": chance.choice(("GB", "IE", "FR", "PL", "TR", "PK", "NG", "RU", "CN", "IQ")),
        }
        said |= self._identifier(number)
        return said | self._besides()

    def _identifier(self, number: int) -> Person:
        if self._chance.random() < 0.7:
            return {"phone": f"+44 7{self._chance.randrange(10**9):09}"}
        return {"document": f"D{number * 7919 % 10**9:09}"}

    def _besides(self) -> Person:
        """One more thing that is known of him."""
        chance = self._chance
        which = chance.random()
        if which < 0.4:
            # a family name and a trade, as often as the names are: large firms and small ones
            return {"organisation": f"{self._one(self._family)} {chance.choice(_TRADES)}"}
        if which < 0.65:
            return {"address": f"{chance.randint(1, 400)} {chance.choice(_STREETS)}"}
        if which < 0.8:
            return {"alias": self._census_name()}
        return {"role": chance.choice(_ROLES)}

    def _census_name(self) -> str:
        return f"{self._one(self._chance.choice(self._given))} {self._one(self._family)}"

    def _other_name(self) -> str:
        (script,) = self._chance.choices(self._scripts, self._sizes)
        some = self._by_script[script]
        (given, _), (_, family) = self._chance.choice(some), self._chance.choice(some)
        return f"{given} {family}"

    def _one(self, table: tuple[list[str], list[float]]) -> str:
        names, upto = table
        return names[min(bisect.bisect(upto, self._chance.random() * upto[-1]), len(names) - 1)]


def _census(name: str) -> tuple[list[str], list[float]]:
    rows = [line.split() for line in (NAMES / name).read_text().splitlines() if line.strip()]
    return [row[0].capitalize() for row in rows], list(itertools.accumulate(float(row[1]) for row in rows))


def _synthetic() -> dict[str, list[tuple[str, str]]]:
    """Given and family names of the synthetic persons, by the script of the given name."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    with gzip.open(NAMES / "synthetic_persons_global.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            given, family = row["first_name"].strip(), row["last_name"].strip()
            if given and family:
                found[unicodedata.name(given[0], "OTHER").split()[0]].append((given, family))
    return dict(found)
