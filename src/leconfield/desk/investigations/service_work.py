"""Acts on the day's work: actions with owner and due time, decisions, notes."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from leconfield.desk import acts
from leconfield.desk.investigations.model import ACTED, ACTION_STATES, DECIDED, NOTED, TASKED, Action
from leconfield.desk.investigations.service import live
from leconfield.errors import BadInputError, NotFoundError
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.times import check_partial, stamp, to_moment
from leconfield.ledger.view import View

MAX_WORDS: Final = 600
"""Characters of an action, and of what was decided."""
_A_DAY: Final = len("2026-03-05")


def add_action(desk: Desk, view: View, which: str, *, words: str, owner: str, due: str, label: str = "") -> None:
    """Set an action.

    Raises:
        NotFoundError: if the view has no such investigation.
        BadInputError: if words, owner or due time are missing or will not do.
        RefusedError: if it is closed, or he looks at the past.
    """
    found = live(view, which)
    body = {
        "words": acts.in_words(words, "what is to be done", MAX_WORDS),
        "owner": acts.name_of_officer(owner, "who does it"),
        "due": _due(view, due),
    }
    desk.append(view.reader, [Draft(TASKED, acts.label_over(found.label, label), about=which, body=body)])


def change_action(
    desk: Desk, view: View, which: str, *, action: str, reason: str, state: str = "", owner: str = "", due: str = ""
) -> None:
    """Say that it is done or given up, or give it to somebody else, or another due time; and what came of it.

    Raises:
        NotFoundError: if the view has no such action.
        BadInputError: if nothing is changed, or what is given will not do.
        RefusedError: if the investigation is closed, or he looks at the past.
    """
    standing = _action(live(view, which).actions, action)
    if state and state not in ACTION_STATES:
        raise BadInputError(f'"{state[:20]}" is no state of an action; choose {", ".join(ACTION_STATES)}')
    body = {
        "state": state if state != standing.state else "",
        "owner": acts.name_of_officer(owner, "who does it") if owner.strip() not in ("", standing.owner) else "",
        "due": _due(view, due) if due.strip() not in ("", standing.due) else "",
    }
    changed = {key: value for key, value in body.items() if value}
    if not changed:
        raise BadInputError("nothing would be changed; give another state, officer or due time")
    changed |= {"action": standing.id, "reason": acts.in_words(reason, "what came of it")}
    desk.append(view.reader, [Draft(ACTED, standing.label, about=which, body=changed)])


def decide(
    desk: Desk, view: View, which: str, *, what: str, why: str, rests: Iterable[str] = (), label: str = ""
) -> None:
    """Write a decision into the log: what, why, and the reports that it rests on.

    Raises:
        NotFoundError: if the view has no such investigation, or no such report.
        BadInputError: if what or why is missing.
        RefusedError: if it is closed, or he looks at the past.
    """
    found = live(view, which)
    reports = [view.report(each) for each in dict.fromkeys(each.strip() for each in rests) if each]
    body = {
        "what": acts.in_words(what, "what was decided", MAX_WORDS),
        "why": acts.in_words(why, "why it was decided"),
        "rests": "\n".join(each.id for each in reports),
    }
    its_label = acts.label_over(found.label, label, *(each.label for each in reports))
    desk.append(view.reader, [Draft(DECIDED, its_label, about=which, body=body)])


def note(desk: Desk, view: View, which: str, *, words: str, label: str = "") -> None:
    """Write a note.

    Raises:
        NotFoundError: if the view has no such investigation.
        BadInputError: if there are no words.
        RefusedError: if it is closed, or he looks at the past.
    """
    found = live(view, which)
    body = {"words": acts.in_words(words, "the note")}
    desk.append(view.reader, [Draft(NOTED, acts.label_over(found.label, label), about=which, body=body)])


def _action(actions: Iterable[Action], which: str) -> Action:
    found = next((each for each in actions if each.id == which), None)
    if found is None:
        raise NotFoundError("no such action stands here")
    return found


def _due(view: View, due: str) -> str:
    """The last day or minute on which it is in time.

    Raises:
        BadInputError: if it is missing, no date, less exact than a day, or past.
    """
    kept = due.strip().replace(" ", "T")
    if len(kept) < _A_DAY:
        raise BadInputError(f'due time "{kept}": give the day, as 2026-03-05, or the minute, as 2026-03-05T12:40')
    if view.moment and stamp(to_moment(check_partial(kept))) < view.moment:
        raise BadInputError(f'due time "{kept}" is past; give a later one')
    return kept
