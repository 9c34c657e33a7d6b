"""What every act on the desk checks: that it is done now, with a reason in words, under a label that fits."""

from __future__ import annotations

from typing import Final

from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger.labels import all_of
from leconfield.ledger.model import SubjectId
from leconfield.ledger.view import View

MAX_REASON: Final = 4000
"""Characters of a reason, a note, a hypothesis."""


def refuse_the_past(view: View) -> None:
    """Nobody acts in the past.

    Raises:
        RefusedError: if the view is as of an earlier moment.
    """
    if view.as_of is not None:
        raise RefusedError("nobody acts in the past; go back to now and do it there")


def in_words(text: str, what: str = "your reason", most: int = MAX_REASON) -> str:
    """The text as it will be kept, without the blanks around it.

    Raises:
        BadInputError: if there is none, or it is too long.
    """
    kept = text.strip()
    if not kept:
        raise BadInputError(f"{what} is missing; write it in your own words")
    if len(kept) > most:
        raise BadInputError(f"{what} has {len(kept):,} characters; keep it to {most:,}, and file the rest as a report")
    return kept


def label_of_record(view: View, record: str) -> str:
    """The label under which the record as a whole is known: that of the statement which brought it.

    Raises:
        NotFoundError: if the view has no such record.
    """
    statements = view.statements(subject=SubjectId(record))
    if not statements:
        raise NotFoundError(f'nothing by the id "{record[:64]}" is known here; trace the name to find it')
    return statements[0].label


def label_over(*labels: str) -> str:
    """What one must hold to know of all of these; empty ones ask for nothing."""
    return all_of({each for each in labels if each})
