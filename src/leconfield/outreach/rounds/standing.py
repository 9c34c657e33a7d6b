"""Whether anything in a round may still change: not once its answers are put together, so that what two approve leaves.

Acts are appended here alone, one at a time: none rests on what another changed meanwhile.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from leconfield.errors import RefusedError
from leconfield.gate.release.model import State
from leconfield.gate.release.state import found as release_found
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.view import View
from leconfield.outreach.rounds import state
from leconfield.outreach.rounds.model import ACTED, ANNOUNCEMENT, ANSWERS, BOUND, Planned, Question

OPEN: Final = (State.DRAFT, State.CHECKED, State.HALF, State.APPROVED)
"""A release of answers that stands so can still be taken apart."""
MADE: Final = (
    "the answers of this round are put together, and perhaps approved as they are: on the page of the round, take "
    "their release apart first, and make it again after"
)
OUT: Final = "the answers of this round are sealed; nothing in it changes any more"


def answers_of(view: View, known: Planned) -> str:
    """The release of a round's answers, by its id in the ledger; empty: there is none, or it was taken apart."""
    made = _bound(view, known.id, ANSWERS)
    release = release_found(view, made) if made else None
    return made if release and (release.was_sealed or release.state in OPEN) else ""


def settled(view: View, known: Planned) -> str:
    """Why nothing in a round may change now, in words; empty if it may."""
    made = answers_of(view, known)
    if not made:
        return ""
    return MADE if release_found(view, made).state in OPEN else OUT


def announcement_of(view: View, known: Planned) -> str:
    """The release that announces a round, by its id in the ledger; empty: there is none."""
    return _bound(view, known.id, ANNOUNCEMENT)


def _bound(view: View, which: str, as_what: str) -> str:
    made = [each for each in view.entries(about=which, kind=BOUND) if each.body.get(state.AS) == as_what]
    return made[-1].body.get("draft", "") if made else ""


def unmade(view: View, which: str) -> tuple[Question, Planned]:
    """A question and its round, in which everything may still change.

    Raises:
        NotFoundError: if the view has no such question.
        RefusedError: if its answers are put together.
    """
    planned = state.found(view, state.question(view, which).round)  # first: what is read after it is no older
    check_unmade(view, planned)
    return state.question(view, which), planned


def check_unmade(view: View, planned: Planned) -> None:
    """Make sure that everything in a round may still change.

    Raises:
        RefusedError: if its answers are put together.
    """
    if fault := settled(view, planned):
        raise RefusedError(fault)


def append(desk: Desk, view: View, planned: Planned, drafts: Sequence[Draft]) -> None:
    """Append what somebody does on a round, as he found it: all of it, or nothing if another acted on it since.

    Raises:
        RefusedError: if another did.
    """
    acted = Draft(ACTED, planned.label, about=planned.id, key=(planned.id, str(planned.acts + 1)))
    desk.append(view.reader, [acted, *drafts], once=True)
