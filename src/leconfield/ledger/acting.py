"""What every act asks of whoever does it: that he does it now, and says what he has to say in words that fit."""

from __future__ import annotations

from leconfield.errors import BadInputError, RefusedError
from leconfield.ledger.view import View


def refuse_the_past(view: View) -> None:
    """Nobody acts in the past.

    Raises:
        RefusedError: if the view is as of an earlier moment.
    """
    if view.as_of is not None:
        raise RefusedError("nobody acts in the past; go back to now and do it there")


def in_words(text: str, what: str, most: int, hint: str = "") -> str:
    """The text as it will be kept, without the blanks around it; the hint ends what is said of too long a one.

    Raises:
        BadInputError: if there is none, or it is too long.
    """
    kept = tidied(text, what, most, hint)
    if not kept:
        raise BadInputError(f"{what} is missing; write it in your own words")
    return kept


def tidied(text: str, what: str, most: int, hint: str = "") -> str:
    """As `in_words` does, but there may be none.

    Raises:
        BadInputError: if it is too long.
    """
    kept = text.strip()
    if len(kept) > most:
        raise BadInputError(f"{what} has {len(kept):,} characters; keep it to {most:,}{hint}")
    return kept
