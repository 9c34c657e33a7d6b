"""What an index is told about parts of names: their Latin spellings, classes of equivalents, nicknames, how common."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from operator import itemgetter
from typing import Final, Self

from leconfield.registry.facts import facts
from leconfield.registry.names import Part
from leconfield.registry.scripts import LATIN
from leconfield.registry.transliteration import spellings

MOST_FORMS: Final = 6
"""Latin spellings of a part in another script that are kept."""
LONGEST_FORM: Final = 120
"""Bytes of a spelling; what follows is not compared."""
MOST_CLASSES: Final = 12
_COST: Final = 0.5
"""The share of a spelling's bits against the likeliest that it costs: any of them may be how a clerk writes it."""
_STEM: Final = 1.5
_SHORTEST_FEMININE: Final = 6
BY_TABLE: Final = 1.0
"""What the reading letter by letter costs, which is kept beside the learned ones."""
PLAIN: Final = 1
"""The kind of a spelling of a-z alone,"""
FOREIGN: Final = 2
"""of one read out of another script, which may have written no vowels,"""
EXACT: Final = 4
"""and of one that is looked for whole only, as nicknames are."""
Form = tuple[bytes, float, int]
"""A spelling in Latin letters, the bits by which it is less likely than the likeliest, and its kinds but `PLAIN`."""


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of parts of names in general; nothing in it is counted over anybody's records."""

    classes: Callable[[Part], Iterable[int]]
    nicknames: Callable[[str], Iterable[str]]
    version: str
    """Equal for equal tables: an index is read with the tables that it was built with."""

    @classmethod
    def shipped(cls) -> Self:
        """The tables that ship."""
        return cls(_classes, _nicknames, tables_version())

    @classmethod
    def without(cls, hidden: Callable[[str], bool], version: str) -> Self:
        """The shipped tables, less the classes of parts for which `hidden` holds: to measure what they are worth."""

        def classes(part: Part) -> Iterable[int]:
            return () if hidden(part.text) else part.classes

        return cls(classes, _nicknames, f"{tables_version()} {version}")


def forms_of(part: Part) -> tuple[Form, ...]:
    """The Latin spellings of a part, the likeliest first."""
    if part.script == LATIN:
        return latin_forms(part.latin)
    latin = part.latin.encode()[:LONGEST_FORM]
    read = spellings(part.text, MOST_FORMS)
    if not read:
        return ((latin, 0.0, FOREIGN),)
    forms = {each.latin.encode()[:LONGEST_FORM]: _COST * (each.bits - read[0].bits) for each in reversed(read)}
    forms.setdefault(latin, BY_TABLE)
    return tuple((form, cost, FOREIGN) for form, cost in sorted(forms.items(), key=itemgetter(1, 0)))


def latin_forms(latin: str) -> tuple[Form, ...]:
    """The spellings of a Latin part."""
    own, stem = (latin.encode()[:LONGEST_FORM], 0.0, 0), _masculine(latin)
    return (own, (stem.encode(), _STEM, 0)) if stem else (own,)


def _masculine(latin: str) -> str:
    """A woman's surname in -ova as her father bears it, who need not be an -ov; empty if it is none."""
    return latin[:-3] if latin.endswith("ova") and len(latin) >= _SHORTEST_FEMININE else ""


@cache
def tables_version() -> str:
    """A short hash of the shipped tables."""
    digest = hashlib.sha256()
    folder = files("leconfield.registry") / "data"
    for each in sorted(folder.iterdir(), key=lambda one: one.name):
        if each.is_file():
            digest.update(each.name.encode() + b"\0" + each.read_bytes())
    return digest.hexdigest()[:16]


def _classes(part: Part) -> Iterable[int]:
    return part.classes


def _nicknames(latin: str) -> Iterable[str]:
    return facts().nicknames.get(latin, ())
