"""Acts on operations: plan, staff, brief, send out, hand over, debrief, close. Lines are taken in `taking`."""

from __future__ import annotations

from typing import Final

from leconfield.authority import service as authority
from leconfield.authority.permit import Authorisation
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger import labels
from leconfield.ledger.acting import in_words, refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import EntryId
from leconfield.ledger.view import View
from leconfield.surveillance.model import (
    BRIEFED,
    CLOSED,
    DEBRIEFED,
    DEPLOYED,
    HANDED,
    OPERATION,
    PLANNED,
    STAFFED,
    WATCH,
    Operation,
)
from leconfield.surveillance.state import NAME, WORDS, Operations

MAX_WORDS: Final = 8000
MAX_NAME: Final = 80
"""Characters of a name, a call sign, a role."""


def plan(desk: Desk, view: View, *, name: str, about: str, label: str) -> EntryId:
    """Plan an operation; it can be logged on once it has an authority. Its id.

    Raises:
        BadInputError: if name, label or what it is about is missing.
        RefusedError: if the label would hide it from whoever plans it.
    """
    refuse_the_past(view)
    if not label.strip():
        raise BadInputError("say who may know of it; with no label everybody could")
    if not about.strip():
        raise BadInputError("say whom or what it is about")
    its_label = str(labels.parse(label.strip()))
    draft = Draft(
        PLANNED, its_label, about=about.strip()[:MAX_WORDS], body={NAME: in_words(name, "the name", MAX_NAME)}
    )
    (receipt,) = desk.append(view.reader, [draft])
    return receipt.entry


def deploy(desk: Desk, view: View, authorisation: Authorisation, which: str, *, words: str) -> None:
    """Send the team out: the act that intrudes.

    Raises:
        NotFoundError: if the view has no such operation.
        RefusedError: if the authority does not permit it now, or the operation is closed.
    """
    operation = _open(view, which)
    body = {OPERATION: operation.id, WORDS: in_words(words, "what is to be done", MAX_WORDS)}
    draft = Draft(DEPLOYED, operation.label, about=operation.about, body=body)
    authority.under(desk, view, authorisation, WATCH, operation.id, [draft])


def staff(desk: Desk, view: View, which: str, *, member: str, call_sign: str, role: str) -> None:
    """Put somebody into the team, or give him another call sign.

    Raises:
        NotFoundError: if the view has no such operation.
        RefusedError: if it is closed, or another has that call sign.
    """
    operation = _open(view, which)
    sign = in_words(call_sign, "the call sign", MAX_NAME)
    if any(each.call_sign == sign and each.name != member.strip() for each in operation.team):
        raise RefusedError(f"{sign} is another's call sign in this operation; choose another")
    fields = {
        "member": in_words(member, "who", MAX_NAME),
        "call_sign": sign,
        "role": in_words(role, "the role", MAX_NAME),
    }
    _append(desk, view, operation, STAFFED, "", fields)


def brief(desk: Desk, view: View, which: str, *, words: str) -> None:
    """Set down the briefing; the last one stands."""
    _append(desk, view, _open(view, which), BRIEFED, in_words(words, "the briefing", MAX_WORDS), {})


def hand_over(desk: Desk, view: View, which: str, *, words: str) -> None:
    """Set down what the next shift must know."""
    _append(desk, view, _open(view, which), HANDED, in_words(words, "what is handed over", MAX_WORDS), {})


def debrief(desk: Desk, view: View, which: str, *, words: str) -> None:
    """Set down what came of it, on a closed operation too."""
    _append(desk, view, found(view, which), DEBRIEFED, in_words(words, "the debrief", MAX_WORDS), {})


def close(desk: Desk, view: View, which: str, *, words: str) -> None:
    """Close it: nothing is logged from then on but what was written before."""
    _append(desk, view, _open(view, which), CLOSED, in_words(words, "your reason", MAX_WORDS), {})


def found(view: View, which: str) -> Operation:
    """The operation by that id.

    Raises:
        NotFoundError: in the same words whether it is hidden or has never been.
    """
    known = view.derived(Operations).by_id.get(EntryId(which))
    if known is None:
        raise NotFoundError("no such operation here; look it up in the list of operations")
    return known


def _open(view: View, which: str) -> Operation:
    refuse_the_past(view)
    operation = found(view, which)
    if operation.closed:
        raise RefusedError("the operation is closed; debrief it, or plan another")
    return operation


def _append(desk: Desk, view: View, operation: Operation, kind: str, words: str, fields: dict[str, str]) -> None:
    refuse_the_past(view)
    body = {OPERATION: operation.id, WORDS: words, **fields}
    desk.append(view.reader, [Draft(kind, operation.label, about=operation.about, body=body)])
