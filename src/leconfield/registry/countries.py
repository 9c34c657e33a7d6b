"""Countries as people write them: `GB`, `British`, `United Kingdom` and `Welsh` are one.

The table is our own (`data/countries.txt`): a code of ISO 3166-1, the names, the words for who comes from there.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

from leconfield.registry.scripts import fold

LONGEST: Final = 5
"""Words of the longest name in the table."""


def country(words: str) -> str:
    """The code of the country that the words name; the words, folded, if the table has none."""
    folded = " ".join(fold(words).split()).removeprefix("the ")
    return _by_words().get(folded, folded)


def is_country(words: str) -> bool:
    """Whether the folded words name a country, or who comes from there."""
    return words in _by_words() and len(words) > len("xx")


def is_people(words: str) -> bool:
    """Whether the folded words say where somebody comes from: `polish`, not `poland`."""
    return words in _peoples()


@cache
def _lines() -> tuple[tuple[str, tuple[str, ...], tuple[str, ...]], ...]:
    text = (files("leconfield.registry") / "data" / "countries.txt").read_text(encoding="utf-8")
    found = []
    for line in text.splitlines():
        code, _, rest = line.partition(" ")
        names, _, peoples = rest.partition("|")
        found.append((code, tuple(names.split(",")), tuple(peoples.split(","))))
    return tuple(found)


@cache
def _by_words() -> dict[str, str]:
    """Codes by every word for them; where two share one (`congolese`), the first."""
    found: dict[str, str] = {}
    for code, names, peoples in _lines():
        for words in (code, *names, *peoples):
            found.setdefault(words, code)
    return found


@cache
def _peoples() -> frozenset[str]:
    return frozenset(each for _, _, peoples in _lines() for each in peoples)
