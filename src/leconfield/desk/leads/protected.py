"""What must never be put behind a score: statements of protected characteristics (DPA 2018, sections 86 and 96-97)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from leconfield.errors import BadInputError
from leconfield.ledger.model import Statement
from leconfield.ledger.vocabulary import PROTECTED, words_for

PROXIES: Final = frozenset({"gender", "nationality", "birthPlace", "country"})
"""Properties that stand in for what is protected."""


def is_protected(statement: Statement) -> bool:
    """Whether a statement may not be put behind a score."""
    return statement.prop in PROTECTED or statement.prop in PROXIES


def refuse_protected(statements: Iterable[Statement]) -> None:
    """Let no score rest on a protected characteristic.

    Raises:
        BadInputError: if one of the statements tells of one.
    """
    for each in statements:
        if is_protected(each):
            raise BadInputError(
                f'a score cannot rest on "{words_for(each.prop)}": it is a protected characteristic, or stands in for '
                "one; point at what was done or said instead"
            )
