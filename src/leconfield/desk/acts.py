"""What every act on the desk checks besides: that it has a reason in words, under a label that fits."""

from __future__ import annotations

from typing import Final

from leconfield.errors import BadInputError, NotFoundError
from leconfield.ledger import acting
from leconfield.ledger.labels import all_of
from leconfield.ledger.model import SubjectId
from leconfield.ledger.view import View

MAX_REASON: Final = 4000
"""Characters of a reason, a note, a hypothesis."""
MAX_NAME: Final = 64
"""Characters of an officer's name."""


def in_words(text: str, what: str = "your reason", most: int = MAX_REASON) -> str:
    """The text as it will be kept, without the blanks around it.

    Raises:
        BadInputError: if there is none, or it is too long.
    """
    return acting.in_words(text, what, most, ", and file the rest as a report")


def one_line(text: str, what: str, most: int) -> str:
    """Words on one line, every run of white space one blank.

    Raises:
        BadInputError: if there are none, too many, or letters that cannot be printed.
    """
    words = " ".join(text.split())
    if not words.isprintable():
        raise BadInputError(f"{what} has a letter that cannot be printed; write it anew")
    return in_words(words, what, most)


def name_of_officer(name: str, what: str) -> str:
    """An officer's name as he signs in; who is named need not be known here.

    Raises:
        BadInputError: if there is none, or it runs over a line.
    """
    kept = in_words(name, what, MAX_NAME)
    if not kept.isprintable():
        raise BadInputError(f"{what} must stand on one line; write the name that the officer signs in with")
    return kept


def lines(text: str) -> tuple[str, ...]:
    """What stands on the lines of a list in an entry's body."""
    return tuple(each for each in text.split("\n") if each)


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
