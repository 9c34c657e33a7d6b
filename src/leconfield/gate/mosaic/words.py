"""Words that say the same of somebody, and what is said of a town: tables gathered by hand (`data/`), read once."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Final

COAST: Final = "coast"
_WORD: Final = re.compile(r"[^\W_]+(?:[-'\u2019][^\W_]+)*")
_BORDERS: Final = frozenset({"scotland", "wales", "northern ireland"})


@dataclass(frozen=True, slots=True)
class Group:
    """Words that lead to the same values of one kind of fact."""

    kind: str
    heads: frozenset[str]
    """Words of a register's value."""
    words: frozenset[str]
    """Words of a text."""


@cache
def groups() -> tuple[Group, ...]:
    """The groups of all kinds."""
    found = []
    for kind, head, rest in _lines("groups.txt"):
        found.append(Group(kind, frozenset(head.split()), frozenset(rest.split())))
    return tuple(found)


@cache
def groups_by_word() -> Mapping[str, tuple[Group, ...]]:
    """The groups that a word of a text leads to."""
    found: dict[str, list[Group]] = defaultdict(list)
    for group in groups():
        for word in group.words:
            found[word].append(group)
    return {word: tuple(each) for word, each in found.items()}


@cache
def said_of_towns() -> Mapping[str, frozenset[str]]:
    """By town (small letters) what is said of it: its regions, and `coast`."""
    found: dict[str, set[str]] = defaultdict(set)
    for region, shore, towns in _lines("towns.txt"):
        wide = {region, *_around(region)}
        for town in towns.lower().split():
            found[town] |= wide | ({COAST} if shore == COAST else set())
    return {town: frozenset(each) for town, each in found.items()}


def _around(region: str) -> Iterator[str]:
    """The wider regions that one lies in."""
    if region in {"north east", "north west", "yorkshire"}:
        yield "north"
    if region in {"south east", "south west", "london"}:
        yield "south"
    if region not in _BORDERS:
        yield "england"


def _lines(file: str) -> Iterator[tuple[str, str, str]]:
    """Section, head and rest of each line of a table."""
    section = ""
    for line in (files("leconfield.gate.mosaic") / "data" / file).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            head, _, rest = line.partition(": ")
            yield section, head, rest


def words_of(text: str) -> list[tuple[str, int, int]]:
    """The words of a text in small letters, each with where it begins and ends; hyphened ones also in their parts."""
    found = []
    for each in _WORD.finditer(text):
        word = each[0].lower().replace("\u2019", "'")
        found.append((word, each.start(), each.end()))
        if "-" in word or "'" in word:
            found += [(part[0].lower(), part.start(), part.end()) for part in _parts(text, each)]
    return found


def _parts(text: str, word: re.Match[str]) -> Iterator[re.Match[str]]:
    return re.compile(r"[^\W_]+").finditer(text, word.start(), word.end())


def pairs_of(words: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Two words in a row as one: `social work` is looked up as `social-work`."""
    plain = [each for each in words if "-" not in each[0]]
    return [(f"{one[0]}-{other[0]}", one[1], other[2]) for one, other in pairwise(plain) if other[1] - one[2] == 1]
