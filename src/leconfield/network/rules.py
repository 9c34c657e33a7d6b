"""What follows from what in a network: who is named together, what is only alleged, how a link is called."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Self

from leconfield.ledger.model import ACTUAL, Assertion, Statement, SubjectId
from leconfield.ledger.vocabulary import NAMES

NEAR: Final = 200
"""Characters between two names within which they count as named together: about two sentences."""


def link_id(left: SubjectId, prop: str, right: SubjectId) -> str:
    """What a link is called: the same in every world that holds both subjects."""
    return f"{left}~{prop}~{right}"


def alleges(assertion: Assertion) -> bool:
    """Whether it is only somebody's claim, or of something not said to have happened."""
    return bool(assertion.asserter) or assertion.modality != ACTUAL or assertion.stance not in ("", "fact")


@dataclass(frozen=True, slots=True)
class Names:
    """The names in the text of one report, in reading order; those without a span are absent."""

    in_order: tuple[Statement, ...]
    starts: tuple[int, ...]
    longest: int

    @classmethod
    def among(cls, statements: Iterable[Statement]) -> Self:
        """The names among the statements of one report."""
        found = sorted((each for each in statements if each.prop in NAMES and each.start >= 0), key=reading_order)
        longest = max((each.end - each.start for each in found), default=0)
        return cls(tuple(found), tuple(each.start for each in found), longest)

    def near(self, name: Statement, characters: int = NEAR) -> Iterator[Statement]:
        """Names of other records whose span ends or begins at most so many characters away from that of `name`."""
        first = bisect_left(self.starts, name.start - characters - self.longest)
        last = bisect_right(self.starts, name.end + characters)
        for each in self.in_order[first:last]:
            if each.subject != name.subject and name.start - each.end <= characters:
                yield each


def reading_order(name: Statement) -> tuple[int, int, str]:
    """Where in the text it stands; the id decides between readings of the same words."""
    return name.start, name.end, name.id
