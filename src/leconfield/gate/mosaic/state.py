"""What was said of each persona, and the register they are counted in, folded from a world's entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final, Self

from leconfield.errors import BadInputError
from leconfield.gate.mosaic.counting import Mosaic
from leconfield.gate.mosaic.model import Register, read_register
from leconfield.ledger.model import Entry
from leconfield.ledger.world import Delta, World

SAID_OF: Final = "said of a persona"
"""Kind of entry, about a persona: words about it that left the house, here or elsewhere."""
KEPT: Final = "staff register kept"
"""Kind of entry: everybody who could be meant, as a table; the last one counts."""
WORDS: Final = "words"
WHERE: Final = "where"
TABLE: Final = "table"


@dataclass(frozen=True, slots=True)
class Saying:
    """Something that was said of a persona."""

    words: str
    on: str
    """The day (ISO)."""
    where: str


class Personas:
    """Everything ever said openly of each persona (a `Derived`)."""

    def __init__(self) -> None:
        self.said: dict[str, list[Saying]] = defaultdict(list)
        self._table = ""

    @classmethod
    def of(cls, world: World) -> Self:
        """Fold every entry of the world."""
        found = cls()
        found._take(world.entries)
        return found

    def grow(self, _world: World, delta: Delta) -> None:
        """Fold the new entries."""
        self._take(delta.entries)

    @cached_property
    def mosaic(self) -> Mosaic | None:
        """The register that they are counted in; None if this world has none."""
        register = self._register()
        return Mosaic(register) if register is not None else None

    def of_persona(self, persona: str) -> list[tuple[str, str]]:
        """What was said of a persona, each with its day."""
        return [(each.words, each.on) for each in self.said.get(key_of(persona), ())]

    def _register(self) -> Register | None:
        try:
            return read_register(self._table) if self._table else None
        except BadInputError:  # nobody can have written it by the service: as good as none, which fails closed
            return None

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind == SAID_OF:
                self.said[key_of(each.about)].append(
                    Saying(each.body.get(WORDS, ""), each.body.get("on", each.at)[:10], each.body.get(WHERE, ""))
                )
            elif each.kind == KEPT:
                self._table = each.body.get(TABLE, "")
                self.__dict__.pop("mosaic", None)


def key_of(persona: str) -> str:
    """A persona's name as it is compared."""
    return " ".join(persona.casefold().split())
