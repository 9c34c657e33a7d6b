"""Who an agent is: sealed by his handler, opened by two holders under a live authority, told to oversight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from leconfield.agents import service
from leconfield.agents.model import AGENT, NOTED
from leconfield.agents.state import WORDS
from leconfield.authority import service as authority
from leconfield.authority.permit import Authorisation
from leconfield.errors import BadInputError, RefusedError
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.labels import any_of
from leconfield.ledger.model import EntryId
from leconfield.ledger.oversight import TOKEN as OVERSIGHT
from leconfield.ledger.vault import HalfOpened, Kept, Opened
from leconfield.ledger.view import View

OPEN: Final = "open identity"
"""The conduct that an authority must permit."""
BEGUN: Final = "identity opening begun"
OPENED: Final = "identity opened"
SHREDDED: Final = "identity destroyed"
KINDS: Final = ("identity", "contact", "payment", "welfare")
"""What is kept of a person in the vault."""


def seal(
    desk: Desk, view: View, which: str, *, kind: str, fields: Mapping[str, str], holders: Sequence[str] = ()
) -> None:
    """Put something of an agent into the vault; `holders`, the first time: who may open it, two by two.

    The ledger learns that his identity is kept, and nothing of it.

    Raises:
        NotFoundError: if the view has no such agent.
        BadInputError: if the kind is none, nothing is said, or fewer than two hold keys.
    """
    agent = service.found(view, which)
    said = {name.strip(): each.strip() for name, each in fields.items() if name.strip() and each.strip()}
    if kind not in KINDS:
        raise BadInputError(f'"{kind[:40]}" is not kept in the vault; choose {", ".join(KINDS)}')
    if not said:
        raise BadInputError("there is nothing to keep; write a name at least")
    if not desk.vault.has(agent.id):
        desk.vault.add_person(agent.id, holders)
    desk.vault.put(agent.id, kind, said)
    if kind == "identity" and not agent.sealed:
        body = {AGENT: agent.id, WORDS: "kept in the vault", "particular": "a"}
        desk.append(view.reader, [Draft(NOTED, agent.label, about=agent.id, body=body)])


@dataclass(frozen=True, slots=True)
class Beginning:
    """An opening that waits for the second holder; kept in memory alone."""

    half: HalfOpened
    authorisation: Authorisation = field(repr=False)
    reason: str


def begin(
    desk: Desk, view: View, authorisation: Authorisation, which: str, *, passphrase: str, other: str, reason: str
) -> Beginning:
    """Take off one's own seal, for a reason; the other holder takes off his.

    Raises:
        NotFoundError: if the view has no such agent, or nothing opens his record.
        RefusedError: if the authority does not permit it now, or the passphrase is wrong.
        BadInputError: if the reason is missing.
    """
    agent = service.found(view, which)
    if not reason.strip():
        raise BadInputError("your reason is missing; write it in your own words")
    authorisation.allow(OPEN, agent.id, desk)
    half = desk.vault.begin(agent.id, view.reader.name, passphrase, other)
    body = {AGENT: agent.id, WORDS: reason.strip(), "other": other}
    draft = Draft(BEGUN, agent.label, about=agent.id, body=body)
    authority.under(desk, view, authorisation, OPEN, agent.id, [draft])
    return Beginning(half, authorisation, reason.strip())


def complete(desk: Desk, view: View, beginning: Beginning, *, passphrase: str) -> tuple[Opened, tuple[Kept, ...]]:
    """Take off the second seal: what is kept, and the record, open for a while.

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
    told = Draft(
        OPENED,
        any_of((agent.label, OVERSIGHT)),
        about=beginning.authorisation.authority,
        body={"first": beginning.half.first, "second": view.reader.name},
    )
    drafts = [Draft(f"{OPENED}, read", agent.label, about=agent.id, body=body)]
    authority.under(desk, view, beginning.authorisation, OPEN, agent.id, drafts, beside=[told])
    return opened, opened.read()


def shred(desk: Desk, view: View, which: str, *, reason: str) -> EntryId:
    """Destroy the key to an agent's record in the vault: nothing opens it any more. The act stays in the ledger.

    Raises:
        NotFoundError: if the view has no such agent, or he is not in the vault.
        BadInputError: if the reason is missing.
    """
    agent = service.found(view, which)
    if not reason.strip():
        raise BadInputError("your reason is missing; write it in your own words")
    if view.as_of is not None:
        raise RefusedError("nobody acts in the past; go back to now and do it there")
    draft = Draft(SHREDDED, agent.label, about=agent.id, body={AGENT: agent.id, WORDS: reason.strip()})
    told = Draft(SHREDDED, any_of((agent.label, OVERSIGHT)), about=desk.ids.of("shredded", agent.id))
    receipts = desk.append(view.reader, [draft, told])
    desk.vault.shred(agent.id)
    return receipts[0].entry
