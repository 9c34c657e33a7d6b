"""Words as they are compared: without endings, alike for alike, roles under blunter roles (`data/concepts.txt`)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

_VOWEL: Final = re.compile(r"[aeiouy]")
_SHORTEST: Final = 3
ORDINARY: Final = 0.001
"""In what part of ordinary sentences a word stands at the least that is no name, capital or not, and no topic."""


@dataclass(frozen=True, slots=True)
class Concepts:
    """The tables, by stem."""

    same: dict[str, str]
    """A word to the name of its group."""
    roles: dict[str, str]
    """A role, as a whole word in the singular, to the blunter role that it stands under."""
    numbers: dict[str, tuple[int, int]]
    """A word for a number, from and to which it may stand."""
    stop: frozenset[str]
    """Words that say nothing by themselves."""
    grave: frozenset[str]
    """Keys of groups of which no sentence speaks by the way."""


@cache
def concepts() -> Concepts:
    """The shipped tables, read once."""
    tables: dict[str, list[tuple[str, list[str]]]] = {}
    text = (files("leconfield.gate.matching") / "data" / "concepts.txt").read_text(encoding="utf-8")
    section = ""
    for line in text.splitlines():
        if line.startswith("["):
            section = line.strip("[]")
        elif line and not line.startswith("#"):
            head, _, rest = line.partition(": ")
            tables.setdefault(section, []).append((head, rest.split()))
    same = {bare(word): f"={head}" for head, words in tables["same"] for word in (head, *words)}
    roles = {word: head for head, words in tables["roles"] for word in (head, *words)}
    numbers = {head: (int(words[0]), int(words[1])) for head, words in tables["numbers"]}
    stop = frozenset(word for _, words in tables["stop"] for word in words)
    grave = frozenset(f"={word}" for _, words in tables["grave"] for word in words)
    return Concepts(same, roles, numbers, stop, grave)


@cache
def _often() -> Mapping[str, float]:
    """Keys that ordinary prose often has, and in what part of its sentences (`data/common.txt`), read once."""
    text = (files("leconfield.gate.matching") / "data" / "common.txt").read_text(encoding="utf-8")
    rows = (line.split() for line in text.splitlines() if line and not line.startswith("#"))
    return {key: int(count) / 10_000 for key, count in rows}


def common(wanted: Iterable[str]) -> float:
    """In what part of the sentences of ordinary prose one of these keys stands, about; 0 to 1."""
    often = _often()
    return min(1.0, sum(often.get(each, 0.0) for each in wanted))


@lru_cache(maxsize=1 << 17)
def bare(word: str) -> str:
    """A lower-case word without the commonest English endings: good for comparing, not for reading (after Porter 1980).

    It never crosses into another part of the alphabet: a word that is not plain Latin stays as it is.
    """
    if len(word) <= _SHORTEST or not word.isascii():
        return word
    for ending, instead in (("'s", ""), ("ies", "y"), ("sses", "ss"), ("ness", ""), ("ment", ""), ("ingly", "")):
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST:
            return _tidied(word[: len(word) - len(ending)] + instead)
    for ending in ("ings", "ing", "edly", "ed", "es", "ly", "s", "e"):
        stem = word[: len(word) - len(ending)]
        if word.endswith(ending) and len(stem) >= _SHORTEST and _VOWEL.search(stem) and not word.endswith("ss"):
            return _tidied(stem)
    return _tidied(word)


def _tidied(stem: str) -> str:
    """Without a doubled last letter, and `i` for `y`: `stopp` is `stop`, `carri` is `carry`."""
    if len(stem) > _SHORTEST and stem[-1] == stem[-2] and stem[-1] not in "aeiouls":
        stem = stem[:-1]
    return stem[:-1] + "i" if stem.endswith("y") else stem.removesuffix("e") if len(stem) > _SHORTEST else stem


@lru_cache(maxsize=1 << 17)
def keys_of(word: str) -> tuple[str, ...]:
    """The keys of a lower-case word, the finest first: itself, then what it is taken for. None if it says nothing."""
    if word in concepts().stop or len(word) < _SHORTEST:
        return ()
    return tuple(dict.fromkeys(_keys(word)))


def _keys(word: str) -> Iterator[str]:
    table, stem = concepts(), bare(word)
    group, role = table.same.get(stem), table.roles.get(word) or table.roles.get(word.removesuffix("s"))
    if group is not None and role is None:
        yield group
        return
    yield f"w:{stem}"
    if role is not None:
        yield f"r:{role}"
    if group is not None:
        yield group
