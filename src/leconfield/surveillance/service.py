"""Acts on operations: plan, staff, brief, log, hand over, debrief, close."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from leconfield.authority import service as authority
from leconfield.authority.model import AUTHORITY
from leconfield.authority.permit import Authorisation, live
from leconfield.authority.register import act_under
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger import labels
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.labels import any_of
from leconfield.ledger.model import EntryId
from leconfield.ledger.oversight import TOKEN as OVERSIGHT
from leconfield.ledger.times import stamp
from leconfield.ledger.view import View
from leconfield.surveillance import rules
from leconfield.surveillance.model import (
    BRIEFED,
    CLOSED,
    DEBRIEFED,
    DEPLOYED,
    HANDED,
    LOGGED,
    OPERATION,
    PLANNED,
    STAFFED,
    Operation,
    Written,
)
from leconfield.surveillance.state import LINE, NAME, WORDS, Operations, text_of

WATCH: Final = "watch"
"""The conduct that an authority must permit."""
MAX_WORDS: Final = 8000
MOST_LINES: Final = 500
"""Lines that a device sends at once."""
WITHOUT: Final = "observed without authority"
"""The kind of the entry that tells oversight of a line for which no authority was live."""


def plan(desk: Desk, view: View, *, name: str, about: str, label: str) -> EntryId:
    """Plan an operation; it can be logged on once it has an authority. Its id.

    Raises:
        BadInputError: if name, label or what it is about is missing.
        RefusedError: if the label would hide it from whoever plans it.
    """
    _refuse_the_past(view)
    if not label.strip():
        raise BadInputError("say who may know of it; with no label everybody could")
    if not about.strip():
        raise BadInputError("say whom or what it is about")
    its_label = str(labels.parse(label.strip()))
    draft = Draft(PLANNED, its_label, about=about.strip(), body={NAME: _words(name, "the name")})
    (receipt,) = desk.append(view.reader, [draft])
    return receipt.entry


def deploy(desk: Desk, view: View, authorisation: Authorisation, which: str, *, words: str) -> None:
    """Send the team out: the act that intrudes.

    Raises:
        NotFoundError: if the view has no such operation.
        RefusedError: if the authority does not permit it now, or the operation is closed.
    """
    operation = _open(view, which)
    body = {OPERATION: operation.id, WORDS: _words(words, "what is to be done")}
    draft = Draft(DEPLOYED, operation.label, about=operation.about, body=body)
    authority.under(desk, view, authorisation, WATCH, operation.id, [draft])


def staff(desk: Desk, view: View, which: str, *, member: str, call_sign: str, role: str) -> None:
    """Put somebody into the team, or give him another call sign.

    Raises:
        NotFoundError: if the view has no such operation.
        RefusedError: if it is closed, or another has that call sign.
    """
    operation = _open(view, which)
    sign = _words(call_sign, "the call sign")
    if any(each.call_sign == sign and each.name != member.strip() for each in operation.team):
        raise RefusedError(f"{sign} is another's call sign in this operation; choose another")
    fields = {"member": _words(member, "who"), "call_sign": sign, "role": _words(role, "the role")}
    _append(desk, view, operation, STAFFED, "", fields)


def brief(desk: Desk, view: View, which: str, *, words: str) -> None:
    """Set down the briefing; the last one stands."""
    _append(desk, view, _open(view, which), BRIEFED, _words(words, "the briefing"), {})


def hand_over(desk: Desk, view: View, which: str, *, words: str) -> None:
    """Set down what the next shift must know."""
    _append(desk, view, _open(view, which), HANDED, _words(words, "what is handed over"), {})


def debrief(desk: Desk, view: View, which: str, *, words: str) -> None:
    """Set down what came of it, on a closed operation too."""
    _append(desk, view, found(view, which), DEBRIEFED, _words(words, "the debrief"), {})


def close(desk: Desk, view: View, which: str, *, words: str) -> None:
    """Close it: nothing is logged from then on but what was written before."""
    _append(desk, view, _open(view, which), CLOSED, _words(words, "your reason"), {})


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the lines that a device sent."""

    kept: int
    held_already: int
    without_authority: int
    fault: str = ""
    """Why the next line was not kept; those after it were not, either. Empty: all are held."""


def take(desk: Desk, view: View, which: str, lines: Sequence[Written]) -> Taken:
    """Keep the lines that a device sends, in its order: each once, however often it is sent.

    What was seen is never thrown away for want of a paper: a line for whose time no authority is live is kept, marked,
    and told to oversight. Lines that a device wrote before the operation was closed are kept after it, too.

    Raises:
        NotFoundError: if the view has no such operation.
        BadInputError: if there are too many at once, or whoever saw it is not in the team.
    """
    _refuse_the_past(view)
    if len(lines) > MOST_LINES:
        raise BadInputError(f"{len(lines):,} lines at once are too many; send {MOST_LINES} at a time")
    kept = held = loose = 0
    for line in lines:
        operation = found(view, which)
        if rules.held_already(operation, line):
            held += 1
            continue
        if fault := _fault(operation, line, stamp(desk.clock())):
            return Taken(kept, held, loose, fault)
        loose += not _keep(desk, view, operation, line)
        kept += 1
        view = desk.view(view.reader, asking=view.question)
    return Taken(kept, held, loose)


def _fault(operation: Operation, line: Written, moment: str) -> str:
    if line.by not in {each.call_sign for each in operation.team}:
        return f"{line.by[:40]} is nobody's call sign in this operation; staff it first"
    if not line.seen.strip() or len(line.seen) > MAX_WORDS:
        return f"line {line.number} says nothing, or more than {MAX_WORDS:,} characters"
    if operation.closed and line.at > operation.closed:
        return "the operation was closed before this was written"
    return rules.fault_of(operation, line, moment)


def _keep(desk: Desk, view: View, operation: Operation, line: Written) -> bool:
    """Put a line into the ledger; whether an authority was live when it was written, as was known at that time."""
    key = (operation.id, line.device, str(line.number), line.seal)
    body = {OPERATION: operation.id, LINE: text_of(line)}
    then = desk.view(view.reader, datetime.fromisoformat(line.at), asking=view.question)
    standing = live(then, WATCH, operation.id, line.at)
    if standing is not None:
        body[AUTHORITY] = standing.id
        line_of_register = act_under(standing.id, operation.label, WATCH)
    else:
        label = any_of((operation.label, OVERSIGHT))
        line_of_register = Draft(WITHOUT, label, about=operation.id, body={"at": line.at}, key=key)
    draft = Draft(LOGGED, operation.label, about=operation.about, body=body, key=key)
    desk.append(view.reader, [draft, line_of_register])
    return standing is not None


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
    _refuse_the_past(view)
    operation = found(view, which)
    if operation.closed:
        raise RefusedError("the operation is closed; debrief it, or plan another")
    return operation


def _append(desk: Desk, view: View, operation: Operation, kind: str, words: str, fields: dict[str, str]) -> None:
    _refuse_the_past(view)
    body = {OPERATION: operation.id, WORDS: words, **fields}
    desk.append(view.reader, [Draft(kind, operation.label, about=operation.about, body=body)])


def _words(text: str, what: str) -> str:
    kept = text.strip()
    if not kept:
        raise BadInputError(f"{what} is missing; write it in your own words")
    if len(kept) > MAX_WORDS:
        raise BadInputError(f"{what} has {len(kept):,} characters; keep it to {MAX_WORDS:,}")
    return kept


def _refuse_the_past(view: View) -> None:
    if view.as_of is not None:
        raise RefusedError("nobody acts in the past; go back to now and do it there")
