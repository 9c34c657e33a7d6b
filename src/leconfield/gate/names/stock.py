"""Stocks of guarded things, ready to be looked for: under their shapes, and names also under how they sound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Protocol

from leconfield.gate.names.model import Guarded
from leconfield.gate.names.shapes import shape, skeleton
from leconfield.gate.names.shelf import Shelf
from leconfield.gate.names.spelling import NAME, Spellings
from leconfield.registry.scripts import romanise

SHORTEST: Final = 3
"""Letters of something that is looked for; so few only as a word of their own. A code may have one less."""
_NATIONAL: Final = 10
"""Digits of a number that are the same with a country before it and without."""


class Stock(Protocol):
    """Things that must not leave, under numbers."""

    @property
    def crowded(self) -> bool:
        """Whether so many names stand in it that one of them is near almost any other: then a near one is unsure."""
        ...

    def shelves(self) -> Sequence[Shelf]:
        """Their forms as shapes."""
        ...

    def spellings(self) -> Sequence[Spellings]:
        """The names among them, by how they sound."""
        ...

    def guarded(self, number: int) -> Sequence[Guarded]:
        """What stands under a number; nothing if it is not guarded any more."""
        ...


class Kept:
    """Some things, all of them guarded for good."""

    crowded = False

    def __init__(self, guarded: Iterable[Guarded]) -> None:
        self._guarded = list(guarded)
        self._shelves = [Shelf.of(shelved(enumerate(self._guarded)))]
        self._spellings = [Spellings.of(spelt(enumerate(self._guarded)))]

    def shelves(self) -> Sequence[Shelf]:
        """Their forms as shapes."""
        return self._shelves

    def spellings(self) -> Sequence[Spellings]:
        """The names among them, by how they sound."""
        return self._spellings

    def guarded(self, number: int) -> Sequence[Guarded]:
        """What stands under a number."""
        return self._guarded[number : number + 1]


def shelved(things: Iterable[tuple[int, Guarded]]) -> Iterator[tuple[str, int]]:
    """The forms of things that are long enough to be looked for, each with its thing's number."""
    for number, guarded in things:
        least = SHORTEST - _is_code(guarded)
        yield from ((form, number) for form in forms_of(guarded) if len(form) >= least)


def _is_code(guarded: Guarded) -> bool:
    """Whether it has letters and digits, as the reference `B7`: so short a word of letters alone is any word."""
    shapes = "".join(map(shape, guarded.form))
    return not shapes.isalpha() and not shapes.isdecimal()


def spelt(things: Iterable[tuple[int, Guarded]]) -> Iterator[tuple[str, int]]:
    """The names among things, each with its number."""
    return ((guarded.form, number) for number, guarded in things if guarded.kind == NAME)


def forms_of(guarded: Guarded) -> tuple[str, ...]:
    """The shapes under which something is looked for: as held, the surname first, in Latin letters, without country."""
    found = [skeleton(guarded.form)]
    first, _, rest = guarded.form.partition(" ")
    if guarded.kind == NAME and rest:
        found.append(skeleton(rest + first))
    if not guarded.form.isascii():
        found.append(skeleton(romanise(guarded.form)))
    if any(map(str.isdecimal, guarded.form)):
        digits = "".join(map(shape, guarded.form))
        bare = digits.lstrip("0")
        if digits.isdecimal() and len(bare) >= _NATIONAL:  # a number with or without 0, 00 or a country before it
            found.append(skeleton(bare[-_NATIONAL:]))
    return tuple(dict.fromkeys(found))
