"""What follows from what in a network: who is named together, what is only alleged, how a link is called."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

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


def pairs_named_together(statements: Iterable[Statement], near: int = NEAR) -> Iterator[tuple[Statement, Statement]]:
    """Pairs of name statements of one report whose spans lie at most `near` characters apart, earlier one first.

    Names without a span (of tables, of officers) are near nobody. A sweep over the names in reading order.
    """
    named = [each for each in statements if each.prop in NAMES and each.start >= 0]
    named.sort(key=lambda each: (each.start, each.end, each.id))
    open_names: list[Statement] = []
    for later in named:
        open_names = [earlier for earlier in open_names if later.start - earlier.end <= near]
        for earlier in open_names:
            if earlier.subject != later.subject:
                yield earlier, later
        open_names.append(later)
