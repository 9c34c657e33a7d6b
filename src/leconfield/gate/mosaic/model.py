"""Of whom the pieces of a mosaic are: the people who could be meant, and what a sentence says of one of them."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from leconfield.errors import BadInputError

MOST_MEMBERS: Final = 100_000
SECRET: Final = ("team", "post")
"""Facts of a member that must stay open however little is left of the rest: where he works, and as what."""
_WHO: Final = "name"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who could be meant, and what is true of him."""

    name: str
    facts: Mapping[str, frozenset[str]]
    """Kind of fact to its values: occupation, joined, born, town, language, hobby, sex, children, team, post ..."""


@dataclass(frozen=True, slots=True)
class Register:
    """The reference population: everybody who could be meant."""

    members: tuple[Member, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of facts that it knows, in order."""
        return tuple(sorted({kind for each in self.members for kind in each.facts}))


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that a sentence says of whoever it is about."""

    words: str
    wanted: Mapping[str, frozenset[str]]
    """By kind of fact the values that fit: who has one of them, of any kind, may be meant."""


@dataclass(frozen=True, slots=True)
class Counted:
    """How many people fit what was said, and what is open of them still."""

    k: int
    """How many members of the register fit."""
    diversity: Mapping[str, int]
    """By secret kind, how many different values those who fit have."""
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What one text says, on top of those before it."""

    counted: Counted
    claims: tuple[Claim, ...]
    unchecked: tuple[str, ...]
    """Its words that say something of which the register knows nothing."""
    fitting: tuple[Member, ...]
    """Who fits still."""


@dataclass(frozen=True, slots=True)
class Effect:
    """What one sentence does to the mosaic."""

    sentence: str
    before: Counted
    after: Counted
    unchecked: tuple[str, ...]
    """Its words that say something of which the register knows nothing."""


def read_register(text: str, file: str = "the staff register") -> Register:
    """The register in a CSV table: a column `name`, and one for each kind of fact; several values parted by `;`.

    Raises:
        BadInputError: naming the row and what is wrong in it.
    """
    rows = csv.DictReader(io.StringIO(text))
    heads = rows.fieldnames or ()
    if _WHO not in heads or len(heads) < 2:
        raise BadInputError(f'{file}: the first line must name the columns: "name", and one for each kind of fact')
    members: list[Member] = []
    for number, row in enumerate(rows, 2):
        name = (row.get(_WHO) or "").strip()
        if not name or None in row:
            raise BadInputError(f"{file}, row {number}: it needs a name and as many cells as the first line")
        if len(members) == MOST_MEMBERS:
            raise BadInputError(f"{file}: more than {MOST_MEMBERS:,} members; keep those apart who cannot be meant")
        facts = {kind: _values(cell) for kind, cell in row.items() if kind != _WHO and cell and cell.strip()}
        members.append(Member(name, facts))
    return Register(tuple(members))


def _values(cell: str) -> frozenset[str]:
    return frozenset(" ".join(each.split()) for each in cell.split(";") if each.strip())
