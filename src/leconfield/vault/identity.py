"""Who somebody is: sealed by whoever deals with him, opened by two under a live authority, told to oversight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from leconfield.authority import service as authority
from leconfield.authority.permit import Authorisation, authorised
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger.acting import in_words, refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.labels import all_of, any_of
from leconfield.ledger.oversight import TOKEN as OVERSIGHT
from leconfield.ledger.vault import Kept, Opened
from leconfield.ledger.view import View
from leconfield.vault.openings import WAIT, Beginning, Held, openings
from leconfield.vault.person import Person, dealt_with

OPEN: Final = "open identity"
"""The conduct that an authority must permit."""
OFFERED: Final = "vault key offered"
SEALED: Final = "sealed into the vault"
SHARED: Final = "vault keys shared"
BEGUN: Final = "identity opening begun"
OPENED: Final = "identity opened"
READ: Final = "identity opened, read"
SHREDDED: Final = "identity destroyed"
"""By two: see `leconfield.vault.destroying`."""
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "identity": ("name", "born", "nationality", "lives at", "papers"),
    "contact": ("telephone", "e-mail", "other ways", "never by"),
    "payment": ("bank", "account", "paid as"),
    "welfare": ("next of kin", "health", "what he fears", "what was promised"),
}
"""What is kept of a person in the vault, and what a form asks of each."""
KINDS: Final = tuple(FIELDS)
WORDS: Final = "words"
"""The key of an entry's body that holds what was said."""
MAX_REASON: Final = 2000
_HOLDERS: Final = "holders"


@dataclass(frozen=True, slots=True)
class Record:
    """What those who deal with a person know of his record in the vault: nothing of what it says."""

    offered: tuple[str, ...]
    """Who holds a key and offered it for him."""
    openers: tuple[str, ...]
    """Who can open the record, two by two; empty before the first sealing."""
    sealed: tuple[tuple[str, str, str], ...]
    """When, by whom and what kind of thing was sealed, the oldest first."""
    destroyed: str
    """When his key was destroyed (a stamp); empty: it was not."""


def record(view: View, person: Person) -> Record:
    """The record of a person in the vault, by the entries of a view alone."""
    told = [each for each in view.entries(about=person.id) if each.label == person.label]
    sealed = [each for each in told if each.kind == SEALED]
    named = [each.body[_HOLDERS].split() for each in told if each.kind in (SEALED, SHARED) and _HOLDERS in each.body]
    return Record(
        offered=tuple(dict.fromkeys(each.by for each in told if each.kind == OFFERED)),
        openers=tuple(dict.fromkeys(name for each in named for name in each)),
        sealed=tuple((each.at, each.by, each.body.get(WORDS, "")) for each in sealed),
        destroyed=next((each.at for each in told if each.kind == SHREDDED), ""),
    )


def offer(desk: Desk, view: View, person: Person, *, passphrase: str) -> None:
    """Offer one's key for a person's record; who has none yet is given one, under that passphrase.

    Raises:
        NotFoundError: if whoever acts may not know of him.
        BadInputError: if it is offered already, or the passphrase of a new key is short.
        RefusedError: if he holds a key under another passphrase, or looks at the past.
    """
    dealt_with(view, person)
    refuse_the_past(view)
    name = view.reader.name
    if name in record(view, person).offered:
        raise BadInputError("your key is offered for this record already")
    if name in desk.vault.holders():
        desk.vault.prove(name, passphrase)
    else:
        desk.vault.enrol(name, passphrase)
    desk.append(view.reader, [Draft(OFFERED, person.label, about=person.id)])


def seal(
    desk: Desk, view: View, person: Person, *, kind: str, fields: Mapping[str, str], holders: Sequence[str] = ()
) -> None:
    """Put something of a person into the vault; `holders`, the first time: who may open it, two by two.

    The ledger learns that something of that kind is kept, and nothing of it.

    Raises:
        NotFoundError: if whoever acts may not know of him.
        BadInputError: if the kind is none, nothing is said, or fewer than two hold keys.
        RefusedError: if his record was destroyed, or he who seals looks at the past.
    """
    dealt_with(view, person)
    refuse_the_past(view)
    said = {name.strip(): each.strip() for name, each in fields.items() if name.strip() and each.strip()}
    if kind not in KINDS:
        raise BadInputError(f'"{kind[:40]}" is not kept in the vault; choose {", ".join(KINDS)}')
    if not said:
        raise BadInputError("there is nothing to keep; write a name at least")
    known = record(view, person)
    if known.destroyed:
        raise RefusedError("his record was destroyed; nothing could open what would be put there")
    body = {WORDS: kind}
    if not desk.vault.has(person.id):
        desk.vault.add_person(person.id, holders)
    if not known.openers and holders:
        body[_HOLDERS] = " ".join(dict.fromkeys(holders))
    desk.vault.put(person.id, kind, said)
    drafts = [Draft(SEALED, person.label, about=person.id, body=body)]
    if kind == "identity" and person.noted is not None:
        drafts.append(person.noted)
    desk.append(view.reader, drafts)


def begin(
    desk: Desk, view: View, authorisation: Authorisation, person: Person, *, passphrase: str, other: str, reason: str
) -> Beginning:
    """Take off one's own seal, for a reason; it waits in memory until the other holder takes off his.

    Raises:
        NotFoundError: if whoever acts may not know of him, or nothing opens his record.
        RefusedError: if the authority does not permit it now, or the passphrase is wrong.
        BadInputError: if the reason is missing.
    """
    dealt_with(view, person)
    words = in_words(reason, "your reason", MAX_REASON)
    authorisation.allow(OPEN, person.id, desk)
    if record(view, person).destroyed:
        raise NotFoundError("the record of this person was destroyed; nothing opens it")
    half = desk.vault.begin(person.id, view.reader.name, passphrase, other)
    body = {WORDS: words, "other": other}
    draft = Draft(BEGUN, all_of((person.label, authorisation.label)), about=person.id, body=body)
    authority.under(desk, view, authorisation, OPEN, person.id, [draft])
    beginning = Beginning(person, half, authorisation, words, desk.clock() + WAIT)
    openings(desk).wait(beginning)
    return beginning


def complete(desk: Desk, view: View, beginning: Beginning, *, passphrase: str) -> tuple[Opened, tuple[Kept, ...]]:
    """Take off the second seal: what is kept, and the record, open to both for a while.

    That it was opened, by whom and under which authority, is on disk and told to oversight before anything is read.

    Raises:
        NotFoundError: if whoever acts may not know of him.
        RefusedError: if it is another's to do, the authority ended, or the passphrase is wrong.
    """
    person = beginning.person
    dealt_with(view, person)
    if view.reader.name != beginning.half.second:
        raise RefusedError("the second seal is another's; it takes two different persons")
    until = datetime.fromisoformat(beginning.authorisation.until)
    opened = desk.vault.complete(beginning.half, view.reader.name, passphrase, until)
    body = {WORDS: beginning.reason, "first": beginning.half.first}
    label = all_of((person.label, beginning.authorisation.label))
    told = Draft(
        OPENED,
        any_of((label, OVERSIGHT)),
        about=beginning.authorisation.authority,
        body={"first": beginning.half.first, "second": view.reader.name},
    )
    drafts = [Draft(READ, label, about=person.id, body=body)]
    authority.under(desk, view, beginning.authorisation, OPEN, person.id, drafts, beside=[told])
    pair = frozenset({beginning.half.first, view.reader.name})
    openings(desk).hold(beginning, Held(person.id, pair, opened, beginning.authorisation))
    return opened, opened.read()


def read(desk: Desk, view: View, person: Person) -> tuple[Held, tuple[Kept, ...]]:
    """What is kept of a person, to either of the two who opened it, while it is open.

    Raises:
        NotFoundError: if whoever acts may not know of him, or his record is not open to whoever asks.
        RefusedError: if the authority is live no more.
    """
    dealt_with(view, person)
    held = openings(desk).held(person.id, view.reader.name)
    if held is None:
        raise NotFoundError("this record is not open to you; it takes two holders, and closes by itself")
    authorised(desk, view, held.authorisation.authority, OPEN, person.id)  # it may have been cancelled since
    return held, held.opened.read()


def share(desk: Desk, view: View, person: Person) -> tuple[str, ...]:
    """Let all who offered their keys open a person's record, two by two; by one to whom it is open. Who can now.

    Raises:
        NotFoundError: if whoever acts may not know of him, or his record is not open to whoever asks.
        RefusedError: if the authority is live no more.
    """
    held, _ = read(desk, view, person)
    known = record(view, person)
    holders = tuple(dict.fromkeys((*known.openers, *known.offered)))
    desk.vault.share(held.opened, holders)
    body = {_HOLDERS: " ".join(holders)}
    desk.append(view.reader, [Draft(SHARED, person.label, about=person.id, body=body)])
    return holders
