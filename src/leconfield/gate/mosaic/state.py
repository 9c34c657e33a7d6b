"""What was said of each persona, and the register they are counted in, folded from a world's entries.

What was published here counts by itself where it names the persona, or was published as said of it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from leconfield.errors import BadInputError
from leconfield.gate.exposure.published import TOLD
from leconfield.gate.mosaic.counting import Mosaic
from leconfield.gate.mosaic.model import Register, read_register
from leconfield.ledger.model import Entry
from leconfield.ledger.world import Folded

SAID_OF: Final = "said of a persona"
"""Kind of entry, about a persona: words about it that left the house, here or elsewhere."""
KEPT: Final = "staff register kept"
"""Kind of entry: everybody who could be meant, as a table; the last one counts."""
WORDS: Final = "words"
WHERE: Final = "where"
TABLE: Final = "table"
PERSONA: Final = "persona"
"""In the body of a published text: of whom of ours it speaks, though it need not name him."""


@dataclass(frozen=True, slots=True)
class Saying:
    """Something that was said of a persona."""

    words: str
    on: str
    """The day (ISO)."""
    where: str
    by: str = ""
    """Who wrote it down; empty: it was published here."""


@dataclass(frozen=True, slots=True)
class _Told:
    """A text that was published here."""

    saying: Saying
    persona: str


class Personas(Folded):
    """Everything ever said openly of each persona (a `Derived`)."""

    def __init__(self) -> None:
        self.said: dict[str, list[Saying]] = defaultdict(list)
        self.names: dict[str, str] = {}
        """Each persona as it was first written."""
        self.kept_at = ""
        """When the register was kept (a stamp), by whom and under which label; empty: there is none."""
        self.kept_by = ""
        self.label = ""
        self._told: list[_Told] = []
        self._table = ""

    @cached_property
    def mosaic(self) -> Mosaic | None:
        """The register that they are counted in; None if this world has none."""
        register = self._register()
        return Mosaic(register) if register is not None else None

    def sayings(self, persona: str) -> list[Saying]:
        """Everything that was said of a persona, by day: what was written down, and what was published here."""
        key, named = key_of(persona), _naming(persona)
        noted = self.said.get(key, [])
        written = {(each.words, each.on) for each in noted}
        told = (
            each.saying
            for each in self._told
            if (each.persona == key or named.search(each.saying.words))
            and (each.saying.words, each.saying.on) not in written
        )
        return sorted([*noted, *told], key=lambda each: each.on) if key else []

    def of_persona(self, persona: str) -> list[tuple[str, str]]:
        """What was said of a persona, each with its day."""
        return [(each.words, each.on) for each in self.sayings(persona)]

    def _register(self) -> Register | None:
        try:
            return read_register(self._table) if self._table else None
        except BadInputError:  # nobody can have written it by the service: as good as none, which fails closed
            return None

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            on = each.body.get("on", each.at)[:10]
            if each.kind == SAID_OF:
                saying = Saying(each.body.get(WORDS, ""), on, each.body.get(WHERE, ""), each.by)
                self.said[key_of(each.about)].append(saying)
                self._name(each.body.get(PERSONA, each.about))
            elif each.kind == TOLD and WORDS in each.body:
                persona = each.body.get(PERSONA, "")
                self._told.append(_Told(Saying(each.body[WORDS], on, "published here"), key_of(persona)))
                self._name(persona)
            elif each.kind == KEPT:
                self._table = each.body.get(TABLE, "")
                self.kept_at, self.kept_by, self.label = each.at, each.by, each.label
                self.__dict__.pop("mosaic", None)

    def _name(self, persona: str) -> None:
        if persona.strip():
            self.names.setdefault(key_of(persona), " ".join(persona.split()))


def _naming(persona: str) -> re.Pattern[str]:
    """What finds a persona's name in a text."""
    words = map(re.escape, persona.split())
    return re.compile("\\b" + "\\s+".join(words) + "\\b", re.IGNORECASE)


def key_of(persona: str) -> str:
    """A persona's name as it is compared."""
    return " ".join(persona.casefold().split())
