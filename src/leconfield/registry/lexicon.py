"""Words by which a question is read: places, vehicles and names as the records of a view have them; colours as all do.

Nothing outside the view is asked: a place is a place here because a record that one may read says so.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final, Self

from leconfield.ledger.model import AFFIRMED, Statement
from leconfield.ledger.vocabulary import NAMES, PERSON, PLACE, VEHICLE
from leconfield.ledger.world import Delta, World
from leconfield.registry.names import parse_name, part_of
from leconfield.registry.scripts import fold, listed

COLOURS: Final = {
    **{
        each: each
        for each in listed("black white grey silver blue red green yellow brown orange purple gold pink beige")
    },
    "gray": "grey",
    "maroon": "red",
    "burgundy": "red",
    "navy": "blue",
    "turquoise": "blue",
    "cream": "beige",
    "bronze": "brown",
    "tan": "brown",
    "graphite": "grey",
    "golden": "gold",
}
"""Colours of vehicles, to what they are next to."""
LONGEST_PLACE: Final = 4
"""Words of a place that are read together."""
_NUMBERED: Final = re.compile(r"\d")
_PLACES: Final = frozenset({"address", "birthPlace"})
_MODELS: Final = frozenset({"make", "model"})
_FEW: Final = 2
"""Others of the name from which on it is common here: one may be himself in another spelling."""
GENERAL: Final = 500
"""How many people the shipped table of names stands for beside those of the view."""
_SHORTEST: Final = 3


class Lexicon:
    """Places, makes, models and parts of persons' names in a world, and how many different names have each part."""

    def __init__(self) -> None:
        self.places: Counter[str] = Counter()
        """Folded places to how often records give them."""
        self.models: Counter[str] = Counter()
        self.parts: Counter[str] = Counter()
        """Parts of persons' names, in plain letters, to how many different full names have them."""
        self._names: set[str] = set()
        self._latin: dict[str, str] = {}
        """Folded words of persons' names, as they are written, to plain letters."""

    @classmethod
    def of(cls, world: World) -> Self:
        """Gather them from the whole world."""
        lexicon = cls()
        lexicon._take(world.statements.values())
        return lexicon

    def grow(self, _world: World, delta: Delta) -> None:
        """Add those of new statements."""
        self._take(delta.statements)

    def is_place(self, words: str) -> bool:
        """Whether a record has the folded words for a place."""
        return words in self.places

    def is_name(self, words: str) -> bool:
        """Whether each of the folded words is part of a person's name in some record."""
        return all(each in self._latin for each in words.split())

    def is_model(self, word: str) -> bool:
        """Whether a vehicle is called so by a record."""
        return word in self.models

    def commoner_by(self, text: str) -> float:
        """Bits by which a folded part of a name is commoner here than the shipped table has it; 0 if it is not.

        The share of all full names here that have it, apart from one: he himself is no evidence that others are
        called so. The table counts for so many names as `GENERAL`.
        """
        others = self.parts[self._latin.get(text, "")] - 1
        if others < _FEW:
            return 0.0
        part = part_of(text)
        share = (others + GENERAL * 2.0**-part.bits) / (len(self._names) - 1 + GENERAL)
        return max(0.0, part.bits + math.log2(share))

    def _take(self, statements: Iterable[Statement]) -> None:
        for each in statements:
            if each.assertion.polarity != AFFIRMED:
                continue
            if each.prop in NAMES:
                self._name(each)
            elif each.prop in _PLACES:
                self.places.update(phrases(each.value))
            elif each.prop in _MODELS:
                self.models.update(_words(each.value))

    def _name(self, statement: Statement) -> None:
        if statement.schema == PLACE:
            self.places.update(phrases(statement.value))
        elif statement.schema == VEHICLE:
            self.models.update(_words(statement.value))
        elif statement.schema == PERSON:
            name = parse_name(statement.value)
            self._latin.update((part.text, part.latin) for part in name.parts)
            if name.full and name.key not in self._names:
                self._names.add(name.key)
                self.parts.update({part.latin for part in name.parts})


def phrases(value: str) -> Iterator[str]:
    """A place and the places that it lies in: `12 Farley Rise, Luton` is in `farley rise` and in `luton`."""
    for segment in re.split(r"[,;\n]", value[:200]):
        words = [word for word in fold(segment).replace(".", " ").split() if not _NUMBERED.search(word)]
        if 0 < len(words) <= LONGEST_PLACE and len("".join(words)) >= _SHORTEST:
            yield " ".join(words)


def _words(value: str) -> Iterator[str]:
    """Words of a make, a model or what a vehicle is called; no plates, and no colours."""
    for word in re.split(r"[\W_]+", fold(value[:100])):
        if (
            len(word) >= _SHORTEST
            and word not in COLOURS
            and not (_NUMBERED.search(word) and len(word) > _SHORTEST + 1)
        ):
            yield word
