"""The words of organisations' names: which are one word in several languages, which are legal forms, which are common.

The tables are the same for every reader and every desk. Source: `data/words.txt`, gathered by hand.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

from leconfield.registry.scripts import fold

LEGAL_KINDS: Final = ("limited", "stock", "association", "unitary")
"""Kinds of legal form that contradict each other."""
COMPANY: Final = "company"
"""The kind of legal form that contradicts no other."""


@dataclass(frozen=True, slots=True)
class Words:
    """The tables, by folded word."""

    one: dict[str, str]
    """Words that are read as another: `banco` as `bank`."""
    legal: dict[tuple[str, ...], str]
    """Kinds of legal forms by their words."""
    common: frozenset[str]
    small: frozenset[str]

    def without_legal_forms(self, found: list[str]) -> tuple[list[int], frozenset[str]]:
        """Places of the words that are no legal form (all, if all are), and of which kinds the forms are."""
        kept: list[int] = []
        kinds: set[str] = set()
        place = 0
        while place < len(found):
            size = next((size for size in range(_LONGEST, 0, -1) if self._form(found, place, size)), 0)
            if size:
                kinds.add(self._form(found, place, size))
            else:
                kept.append(place)
            place += max(size, 1)
        return (kept, frozenset(kinds - {COMPANY})) if kept else (list(range(len(found))), frozenset())

    def _form(self, found: list[str], place: int, size: int) -> str:
        return self.legal.get(tuple(found[place : place + size]), "") if place + size <= len(found) else ""


_LONGEST: Final = 5


@cache
def organisation_words() -> Words:
    """The shipped tables, read once."""
    tables: dict[str, list[str]] = {}
    text = (files("leconfield.registry") / "data" / "words.txt").read_text(encoding="utf-8")
    for line in map(fold, text.splitlines()):
        if line.startswith("["):
            lines = tables[line.strip("[]")] = []
        elif not line.startswith("#"):
            lines.append(line)
    one = {word: kept for kept, others in map(_entry, tables["one"]) for word in others}
    legal = {tuple(form.split("_")): kind for kind, forms in map(_entry, tables["legal"]) for form in forms}
    common = frozenset(" ".join(tables["common"]).split()) | frozenset(one.values())
    return Words(one, legal, common, frozenset(" ".join(tables["small"]).split()))


def _entry(line: str) -> tuple[str, list[str]]:
    """What stands before the colon, and the words after it."""
    kept, _, others = line.partition(": ")
    return kept, others.split()
