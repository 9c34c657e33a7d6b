"""The dilemmas log: what weighs on a handler, for him, his controller and the ethics counsellor; outside every case.

A note is an entry under a label of these three alone, and says nothing but that there is one: its words lie sealed
under a key that is destroyed when their time is over. No search, view of an agent, or case reads it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from leconfield.errors import BadInputError, RefusedError
from leconfield.ledger import labels
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.labels import Token
from leconfield.ledger.model import Entry, EntryId
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View

NOTED: Final = "dilemma noted"
ANSWERED: Final = "dilemma answered"
KEPT: Final = timedelta(days=90)
"""How long the words can be read."""
MAX_WORDS: Final = 4000
TOKENS: Final = "DILEMMAS."
"""What the token of a handler's log begins with."""
_NOTE: Final = "note"
_SEALED: Final = "sealed"
_UNTIL: Final = "until"


@dataclass(frozen=True, slots=True)
class Dilemma:
    """One note, with what was said to it."""

    id: EntryId
    at: str
    by: str
    words: str
    """Empty once their time is over."""
    until: str
    """Until when the words are kept, and those of the answers (a stamp)."""
    handler: str
    """Whose log it is in."""
    answers: tuple[tuple[str, str, str], ...] = ()
    """When, who, what."""


def compartment(handler: str) -> str:
    """The label of a handler's log: a token that he, his controller and the counsellor hold, and nobody else."""
    return str(Token(f"{TOKENS}{handler.upper()}"))


def logs(view: View) -> tuple[str, ...]:
    """The handlers into whose logs the reader may look, by name."""
    return tuple(sorted(each.removeprefix(TOKENS).lower() for each in view.reader.tokens if each.startswith(TOKENS)))


def note(desk: Desk, view: View, *, handler: str, words: str) -> EntryId:
    """Write down what weighs on a handler; its id.

    Raises:
        RefusedError: if the writer is none of the three, or looks at the past.
        BadInputError: if there are no words, or too many.
    """
    return _append(desk, view, NOTED, compartment(handler), words, desk.clock() + KEPT, {})


def answer(desk: Desk, view: View, which: str, *, words: str) -> EntryId:
    """Say something to a note; kept as long as the note's own words.

    Raises:
        RefusedError: if the view has no such note, its time is over, or he looks at the past.
        BadInputError: if there are no words, or too many.
    """
    noted = next((each for each in view.entries(kind=NOTED) if each.id == which), None)
    if noted is None:
        raise RefusedError("no such note here")
    until = _until(noted)
    if until < desk.clock():
        raise RefusedError(
            "the words of that note are gone, and with them whatever could be said to it; write a new one"
        )
    return _append(desk, view, ANSWERED, noted.label, words, until, {_NOTE: which})


def log(desk: Desk, view: View) -> tuple[Dilemma, ...]:
    """The notes that a view shows, the newest first; words whose time is over are gone."""
    answers = view.entries(kind=ANSWERED)
    return tuple(
        Dilemma(
            each.id,
            each.at,
            each.by,
            _read(desk, each.body),
            stamp(_until(each)),
            each.label.strip('"').removeprefix(TOKENS).lower(),
            tuple((one.at, one.by, _read(desk, one.body)) for one in answers if one.body.get(_NOTE) == each.id),
        )
        for each in reversed(view.entries(kind=NOTED))
    )


def _until(noted: Entry) -> datetime:
    return datetime.fromisoformat(noted.body[_UNTIL])


def _append(
    desk: Desk, view: View, kind: str, label: str, words: str, until: datetime, fields: dict[str, str]
) -> EntryId:
    refuse_the_past(view)
    kept = words.strip()
    if not kept or len(kept) > MAX_WORDS:
        raise BadInputError(f"write what weighs on you, in {MAX_WORDS:,} characters at most")
    if not labels.admits(label, view.reader.tokens):
        raise RefusedError("this log is for the handler, his controller and the counsellor")
    body = {**fields, _UNTIL: stamp(until), _SEALED: desk.vault.seal_until(kept, until)}
    (receipt,) = desk.append(view.reader, [Draft(kind, label, body=body)])
    return receipt.entry


def _read(desk: Desk, body: dict[str, str]) -> str:
    return desk.vault.unsealed(body.get(_SEALED, "")) or ""
