"""Who an agent is: sealed by his handler, opened by two holders under a live authority, told to oversight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from leconfield.agents import service
from leconfield.agents.model import AGENT, NOTED, Agent
from leconfield.agents.openings import WAIT, Beginning, Held, openings
from leconfield.agents.state import WORDS
from leconfield.authority import service as authority
from leconfield.authority.permit import Authorisation, authorised
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger.acting import in_words, refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.labels import all_of, any_of
from leconfield.ledger.model import Entry, EntryId
from leconfield.ledger.oversight import TOKEN as OVERSIGHT
from leconfield.ledger.vault import Kept, Opened
from leconfield.ledger.view import View

OPEN: Final = "open identity"
"""The conduct that an authority must permit."""
OFFERED: Final = "vault key offered"
SEALED: Final = "sealed into the vault"
SHARED: Final = "vault keys shared"
BEGUN: Final = "identity opening begun"
OPENED: Final = "identity opened"
READ: Final = "identity opened, read"
SHREDDED: Final = "identity destroyed"
FIELDS: Final[Mapping[str, tuple[str, ...]]] = {
    "identity": ("name", "born", "nationality", "lives at", "papers"),
    "contact": ("telephone", "e-mail", "other ways", "never by"),
    "payment": ("bank", "account", "paid as"),
    "welfare": ("next of kin", "health", "what he fears", "what was promised"),
}
"""What is kept of a person in the vault, and what a form asks of each."""
KINDS: Final = tuple(FIELDS)
MAX_REASON: Final = 2000
_HOLDERS: Final = "holders"


@dataclass(frozen=True, slots=True)
class Record:
    """What an agent's compartment knows of his record in the vault: nothing of what it says."""

    offered: tuple[str, ...]
    """Who holds a key and offered it for him."""
    openers: tuple[str, ...]
    """Who can open the record, two by two; empty before the first sealing."""
    sealed: tuple[tuple[str, str, str], ...]
    """When, by whom and what kind of thing was sealed, the oldest first."""
    destroyed: str
    """When his key was destroyed (a stamp); empty: it was not."""


def record(view: View, agent: Agent) -> Record:
    """The record of an agent in the vault, by the entries of a view alone."""
    told = [each for each in view.entries(about=agent.id) if each.label == agent.label]
    sealed = [each for each in told if each.kind == SEALED]
    named = [each.body[_HOLDERS].split() for each in told if each.kind in (SEALED, SHARED) and _HOLDERS in each.body]
    return Record(
        offered=tuple(dict.fromkeys(each.by for each in told if each.kind == OFFERED)),
        openers=tuple(dict.fromkeys(name for each in named for name in each)),
        sealed=tuple((each.at, each.by, each.body.get(WORDS, "")) for each in sealed),
        destroyed=next((each.at for each in told if each.kind == SHREDDED), ""),
    )


def offer(desk: Desk, view: View, which: str, *, passphrase: str) -> None:
    """Offer one's key for an agent's record; who has none yet is given one, under that passphrase.

    Raises:
        NotFoundError: if the view has no such agent.
        BadInputError: if it is offered already, or the passphrase of a new key is short.
        RefusedError: if he holds a key under another passphrase, or looks at the past.
    """
    agent = service.found(view, which)
    refuse_the_past(view)
    name = view.reader.name
    if name in record(view, agent).offered:
        raise BadInputError("your key is offered for this record already")
    if name in desk.vault.holders():
        desk.vault.prove(name, passphrase)
    else:
        desk.vault.enrol(name, passphrase)
    desk.append(view.reader, [Draft(OFFERED, agent.label, about=agent.id, body={AGENT: agent.id})])


def seal(
    desk: Desk, view: View, which: str, *, kind: str, fields: Mapping[str, str], holders: Sequence[str] = ()
) -> None:
    """Put something of an agent into the vault; `holders`, the first time: who may open it, two by two.

    The ledger learns that something of that kind is kept, and nothing of it.

    Raises:
        NotFoundError: if the view has no such agent.
        BadInputError: if the kind is none, nothing is said, or fewer than two hold keys.
        RefusedError: if his record was destroyed, or he who seals looks at the past.
    """
    agent = service.found(view, which)
    refuse_the_past(view)
    said = {name.strip(): each.strip() for name, each in fields.items() if name.strip() and each.strip()}
    if kind not in KINDS:
        raise BadInputError(f'"{kind[:40]}" is not kept in the vault; choose {", ".join(KINDS)}')
    if not said:
        raise BadInputError("there is nothing to keep; write a name at least")
    known = record(view, agent)
    if known.destroyed:
        raise RefusedError("his record was destroyed; nothing could open what would be put there")
    body = {AGENT: agent.id, WORDS: kind}
    if not desk.vault.has(agent.id):
        desk.vault.add_person(agent.id, holders)
    if not known.openers and holders:
        body[_HOLDERS] = " ".join(dict.fromkeys(holders))
    desk.vault.put(agent.id, kind, said)
    drafts = [Draft(SEALED, agent.label, about=agent.id, body=body)]
    if kind == "identity" and not agent.sealed:
        noted = {AGENT: agent.id, WORDS: "kept in the vault", "particular": "a"}
        drafts.append(Draft(NOTED, agent.label, about=agent.id, body=noted))
    desk.append(view.reader, drafts)


def begin(
    desk: Desk, view: View, authorisation: Authorisation, which: str, *, passphrase: str, other: str, reason: str
) -> Beginning:
    """Take off one's own seal, for a reason; it waits in memory until the other holder takes off his.

    Raises:
        NotFoundError: if the view has no such agent, or nothing opens his record.
        RefusedError: if the authority does not permit it now, or the passphrase is wrong.
        BadInputError: if the reason is missing.
    """
    agent = service.found(view, which)
    words = in_words(reason, "your reason", MAX_REASON)
    authorisation.allow(OPEN, agent.id, desk)
    if record(view, agent).destroyed:
        raise NotFoundError("the record of this person was destroyed; nothing opens it")
    half = desk.vault.begin(agent.id, view.reader.name, passphrase, other)
    body = {AGENT: agent.id, WORDS: words, "other": other}
    draft = Draft(BEGUN, all_of((agent.label, authorisation.label)), about=agent.id, body=body)
    authority.under(desk, view, authorisation, OPEN, agent.id, [draft])
    beginning = Beginning(half, authorisation, words, desk.clock() + WAIT)
    openings(desk).wait(beginning)
    return beginning


def complete(desk: Desk, view: View, beginning: Beginning, *, passphrase: str) -> tuple[Opened, tuple[Kept, ...]]:
    """Take off the second seal: what is kept, and the record, open to both for a while.

    That it was opened, by whom and under which authority, is on disk and told to oversight before anything is read.

    Raises:
        RefusedError: if it is another's to do, the authority ended, or the passphrase is wrong.
    """
    agent = service.found(view, beginning.half.person)
    if view.reader.name != beginning.half.second:
        raise RefusedError("the second seal is another's; it takes two different persons")
    until = datetime.fromisoformat(beginning.authorisation.until)
    opened = desk.vault.complete(beginning.half, view.reader.name, passphrase, until)
    body = {AGENT: agent.id, WORDS: beginning.reason, "first": beginning.half.first}
    label = all_of((agent.label, beginning.authorisation.label))
    told = Draft(
        OPENED,
        any_of((label, OVERSIGHT)),
        about=beginning.authorisation.authority,
        body={"first": beginning.half.first, "second": view.reader.name},
    )
    drafts = [Draft(READ, label, about=agent.id, body=body)]
    authority.under(desk, view, beginning.authorisation, OPEN, agent.id, drafts, beside=[told])
    pair = frozenset({beginning.half.first, view.reader.name})
    openings(desk).hold(beginning, Held(agent.id, pair, opened, beginning.authorisation))
    return opened, opened.read()


def read(desk: Desk, view: View, which: str) -> tuple[Held, tuple[Kept, ...]]:
    """What is kept of an agent, to either of the two who opened it, while it is open.

    Raises:
        NotFoundError: if the view has no such agent, or his record is not open to whoever asks.
        RefusedError: if the authority is live no more.
    """
    agent = service.found(view, which)
    held = openings(desk).held(agent.id, view.reader.name)
    if held is None:
        raise NotFoundError("this record is not open to you; it takes two holders, and closes by itself")
    authorised(desk, view, held.authorisation.authority, OPEN, agent.id)  # it may have been cancelled since
    return held, held.opened.read()


def share(desk: Desk, view: View, which: str) -> tuple[str, ...]:
    """Let all who offered their keys open an agent's record, two by two; by one to whom it is open. Who can now.

    Raises:
        NotFoundError: if the view has no such agent, or his record is not open to whoever asks.
        RefusedError: if the authority is live no more.
    """
    held, _ = read(desk, view, which)
    agent = service.found(view, which)
    known = record(view, agent)
    holders = tuple(dict.fromkeys((*known.openers, *known.offered)))
    desk.vault.share(held.opened, holders)
    body = {AGENT: agent.id, _HOLDERS: " ".join(holders)}
    desk.append(view.reader, [Draft(SHARED, agent.label, about=agent.id, body=body)])
    return holders


def shred(desk: Desk, view: View, which: str, *, reason: str) -> EntryId:
    """Destroy the key to an agent's record in the vault: nothing opens it any more. The act stays in the ledger.

    It may be done again, should a first time have been stopped between the ledger and the vault.

    Raises:
        NotFoundError: if the view has no such agent, or he is not in the vault.
        BadInputError: if the reason is missing.
    """
    agent = service.found(view, which)
    words = in_words(reason, "your reason", MAX_REASON)
    refuse_the_past(view)
    if not desk.vault.has(agent.id):
        raise NotFoundError("nothing of him lies in the vault; there is nothing to destroy")
    draft = Draft(SHREDDED, agent.label, about=agent.id, body={AGENT: agent.id, WORDS: words})
    told = Draft(SHREDDED, any_of((agent.label, OVERSIGHT)), about=desk.ids.of("shredded", agent.id))
    receipts = desk.append(view.reader, [draft, told])
    openings(desk).close(agent.id)
    desk.vault.shred(agent.id)
    return receipts[0].entry


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


def proof(desk: Desk, view: View, which: str) -> Proof:
    """Look through every file of the desk for what opened an agent's record, and verify the audit log.

    It says nothing of how much was looked through: that would tell of others.

    Raises:
        NotFoundError: if the view has no such agent, or his record was not destroyed.
    """
    agent = service.found(view, which)
    known = record(view, agent)
    if not known.destroyed or not desk.vault.has(agent.id):
        raise NotFoundError("his record was not destroyed; there is nothing to prove")
    remains = desk.vault.remains(agent.id, (*known.openers, *known.offered))
    entry = next(each for each in view.entries(about=agent.id, kind=SHREDDED) if each.label == agent.label)
    return Proof(entry, remains.seals, remains.things, remains.traces, not desk.verify().faults)
