"""Destroying a record of the vault: asked by one, confirmed by another, told to oversight, and proven.

It cannot be taken back, so nobody does it alone: one asks with a reason, and within a quarter of an hour another who
deals with the same record confirms it, in a session of his own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from leconfield.errors import NotFoundError, RefusedError
from leconfield.ledger.acting import in_words, refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.labels import any_of
from leconfield.ledger.model import Entry, EntryId
from leconfield.ledger.oversight import TOKEN as OVERSIGHT
from leconfield.ledger.view import View
from leconfield.vault.identity import MAX_REASON, SHREDDED, WORDS, record
from leconfield.vault.openings import WAIT, Asked, openings
from leconfield.vault.person import Person, dealt_with

ASKED: Final = "identity destruction asked"
REFUSED: Final = "identity destruction refused"
FIRST: Final = "first"
"""The key of an entry's body that says who asked."""
SECOND: Final = "second"
_NOTHING_WAITS: Final = "no destruction waits here; one waits 15 minutes, then it is asked for anew"


def ask(desk: Desk, view: View, person: Person, *, reason: str) -> Asked:
    """Ask that the key to a person's record be destroyed; it waits in memory until another confirms it.

    Raises:
        NotFoundError: if whoever acts may not know of him, or nothing of him lies in the vault.
        RefusedError: if it was destroyed already, or he looks at the past.
        BadInputError: if the reason is missing.
    """
    _in_the_vault(desk, view, person)
    words = in_words(reason, "your reason", MAX_REASON)
    if record(view, person).destroyed:
        raise RefusedError("his record was destroyed already; look at the proof")
    desk.append(view.reader, [Draft(ASKED, person.label, about=person.id, body={WORDS: words})])
    asked = Asked(person, view.reader.name, words, desk.clock() + WAIT)
    openings(desk).ask(asked)
    return asked


def confirm(desk: Desk, view: View, asked: Asked) -> EntryId:
    """Destroy the key to a person's record, as another asked: nothing opens it any more. The act stays in the ledger.

    Raises:
        NotFoundError: if whoever acts may not know of him.
        RefusedError: if he asked himself, nothing waits any more, or he looks at the past.
    """
    person, name = asked.person, view.reader.name
    _in_the_vault(desk, view, person)
    if name == asked.by:
        raise RefusedError("another must confirm it; it takes two different persons")
    if openings(desk).asked(person.id) != asked:
        raise RefusedError(_NOTHING_WAITS)
    two = {FIRST: asked.by, SECOND: name}
    draft = Draft(SHREDDED, person.label, about=person.id, body={WORDS: asked.reason, **two})
    told = Draft(SHREDDED, any_of((person.label, OVERSIGHT)), about=desk.ids.of("shredded", person.id), body={**two})
    receipts = desk.append(view.reader, [draft, told])
    openings(desk).unask(person.id)
    openings(desk).close(person.id)
    desk.vault.shred(person.id)
    return receipts[0].entry


def waiting(desk: Desk, person: Person) -> Asked:
    """The destruction of a person's record that waits.

    Raises:
        RefusedError: if none does.
    """
    asked = openings(desk).asked(person.id)
    if asked is None:
        raise RefusedError(_NOTHING_WAITS)
    return asked


def refuse(desk: Desk, view: View, person: Person) -> EntryId:
    """Say no to the destruction that waits, or take back what one asked oneself; that it was asked stays written down.

    Raises:
        NotFoundError: if whoever acts may not know of him.
        RefusedError: if no destruction waits, or he looks at the past.
    """
    _in_the_vault(desk, view, person)
    asked = waiting(desk, person)
    body = {FIRST: asked.by, WORDS: asked.reason}
    (receipt,) = desk.append(view.reader, [Draft(REFUSED, person.label, about=person.id, body=body)])
    openings(desk).unask(person.id)
    return receipt.entry


def again(desk: Desk, view: View, person: Person) -> EntryId:
    """Destroy once more what two have had destroyed, should it have been stopped between the ledger and the vault.

    Raises:
        NotFoundError: if whoever acts may not know of him, or it was not destroyed.
        RefusedError: if he looks at the past.
    """
    _in_the_vault(desk, view, person)
    if not record(view, person).destroyed:
        raise NotFoundError("his record was not destroyed; it takes two to do it")
    body = {WORDS: "again, since a key still stood"}
    (receipt,) = desk.append(view.reader, [Draft(SHREDDED, person.label, about=person.id, body=body)])
    desk.vault.shred(person.id)
    return receipt.entry


def _in_the_vault(desk: Desk, view: View, person: Person) -> None:
    dealt_with(view, person)
    refuse_the_past(view)
    if not desk.vault.has(person.id):
        raise NotFoundError("nothing of him lies in the vault; there is nothing to destroy")


@dataclass(frozen=True, slots=True)
class Proof:
    """What was searched after a record was destroyed, and what came of it."""

    entry: Entry
    """That it was destroyed: when, by whom, why."""
    seals: int
    """Seals on his key that the vault still lists."""
    things: int
    """What was sealed to his key: noise now."""
    traces: tuple[str, ...]
    """Files of the desk in which a row of such a seal still stands, deleted or not."""
    verifies: bool
    """Whether the audit log, with every entry and every read, is still what was written."""

    @property
    def holds(self) -> bool:
        """Whether nothing opens the record, and the ledger is whole."""
        return not self.seals and not self.traces and self.verifies

    @property
    def by(self) -> tuple[str, ...]:
        """Who did it: who asked, and who confirmed it."""
        body = self.entry.body
        return tuple(each for each in (body.get(FIRST, ""), body.get(SECOND, self.entry.by)) if each)


def proof(desk: Desk, view: View, person: Person) -> Proof:
    """Look through every file of the desk for what opened a person's record, and verify the audit log.

    It says nothing of how much was looked through: that would tell of others.

    Raises:
        NotFoundError: if whoever asks may not know of him, or his record was not destroyed.
        RefusedError: if the record is about himself.
    """
    dealt_with(view, person)
    known = record(view, person)
    if not known.destroyed or not desk.vault.has(person.id):
        raise NotFoundError("his record was not destroyed; there is nothing to prove")
    remains = desk.vault.remains(person.id, (*known.openers, *known.offered))
    entry = next(each for each in view.entries(about=person.id, kind=SHREDDED) if each.label == person.label)
    return Proof(entry, remains.seals, remains.things, remains.traces, not desk.verify().faults)
