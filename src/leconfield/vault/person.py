"""Whoever may have a record in the vault, as the department that deals with him hands him over."""

from __future__ import annotations

from dataclasses import dataclass

from leconfield.authority.naming import Thing
from leconfield.errors import NotFoundError, RefusedError
from leconfield.ledger import labels
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import EntryId
from leconfield.ledger.view import View


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody whose true identity is kept: all that the vault needs to be told of him, and nothing of who he is."""

    id: EntryId
    """The entry that began what is kept of him outside the vault."""
    label: str
    """Who may know that there is such a record; every entry on it stands under it."""
    called: str
    """What he is called outside the vault."""
    noun: str
    """What that is: his codename, his working name."""
    url: str
    """The address of his record's pages in the vault."""
    home: Thing
    """The page of the department that deals with him."""
    who: str = ""
    """How he signs in, if he is of the house; empty: he is not."""
    noted: Draft | None = None
    """What is written down beside, once his identity is sealed; None: nothing, or it stands already."""


def dealt_with(view: View, person: Person) -> None:
    """Make sure that whoever looks may deal with this record.

    Raises:
        NotFoundError: if he may not know of it.
        RefusedError: if it is his own.
    """
    if not labels.admits(person.label, view.reader.tokens):
        raise NotFoundError("no such record here; look it up in the list")
    if person.who == view.reader.name:
        raise RefusedError("this record is about you; somebody else sees to it")
