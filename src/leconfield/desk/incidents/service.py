"""Acts in an incident room: open it, bring messages, decide on names, enter and leave, set actions, close."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from leconfield.desk import acts
from leconfield.desk.incidents.model import (
    ACTED,
    ACTION_STATES,
    CLOSED,
    CONFIRMED,
    ENTERED,
    LEFT,
    OPENED,
    REOPENED,
    SETTLED,
    TASKED,
    TOLD,
    TRACED,
    VERDICTS,
    Incident,
)
from leconfield.desk.incidents.names import Named, answer_to, mentions_of, names_in
from leconfield.desk.incidents.rules import key_of
from leconfield.desk.incidents.state import incident_in
from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.ledger.acting import refuse_the_past
from leconfield.ledger.desk import Desk
from leconfield.ledger.drafts import Draft
from leconfield.ledger.model import Question
from leconfield.ledger.times import check_partial
from leconfield.ledger.view import View
from leconfield.registry.lookup import subject_at

MAX_TITLE: Final = 120
MAX_PLACE: Final = 200
MAX_NAME: Final = 64
MAX_MESSAGE: Final = 20_000
"""Characters of one message; more is filed as a report."""
MOST_TRACED: Final = 40
"""Names of one message that are traced as it comes; a longer list is screened as a list."""


@dataclass(frozen=True, slots=True)
class Told:
    """A name in a message, and what the trace said to him who brought it."""

    name: str
    verdict: str
    likeliest: str
    """What the likeliest subject is called; empty: there is none."""


def open_incident(
    desk: Desk, view: View, *, title: str, label: str, place: str = "", time: str = "", report: str = ""
) -> str:
    """Open a room; its id. Whoever opens it is in it. One that begins with a report is known to who may know of that.

    Raises:
        BadInputError: if title or label is missing, or the time is no date.
        NotFoundError: if the view has no such report.
        RefusedError: if the label would hide it from him who opens it, or he looks at the past.
    """
    refuse_the_past(view)
    if not label.strip():
        raise BadInputError("say who may know of this room; with no label everybody could")
    body = {"title": acts.in_words(title, "the title", MAX_TITLE)}
    if place.strip():
        body["place"] = acts.in_words(place, "the place", MAX_PLACE)
    if time.strip():
        body["time"] = check_partial(time.strip())
    if report:
        body["report"] = view.report(report).id
    its_label = acts.label_over(label.strip(), view.report(report).label if report else "")
    which = desk.ids.of("incident", view.reader.name, view.moment, body["title"], its_label)
    desk.append(view.reader, [Draft(OPENED, its_label, about=which, body=body)])
    return which


def tell(desk: Desk, view: View, which: str, *, words: str, source: str = "", label: str = "") -> list[Told]:
    """Bring a message, and trace every name in it that is new to the room; each trace is recorded as any other is.

    What the traces said is kept for those who hold all that he holds: it rests on all that he may see.

    Raises:
        NotFoundError: if the view has no such room.
        BadInputError: if there are no words, or too many.
        RefusedError: if it is closed, or he looks at the past.
    """
    found = live(view, which)
    body = {"words": acts.in_words(words, "the message", MAX_MESSAGE)}
    if source.strip():
        body["source"] = acts.in_words(source, "the source", MAX_PLACE)
    before = {each.key for each in names_in(view, found)}
    said = {key_of(each.words): each.words for each in mentions_of(view, body["words"])}
    new = [name for key, name in said.items() if key and key not in before][:MOST_TRACED]
    (receipt,) = desk.append(view.reader, [Draft(TOLD, acts.label_over(found.label, label), about=which, body=body)])
    answered = [_traced(desk, view, name) for name in new]
    if answered:
        lines = "\n".join(f"{each.name}\t{each.verdict}" for each in answered)
        its_label = acts.label_over(found.label, label, *view.reader.tokens)
        kept = {"message": receipt.entry, "answers": lines}
        desk.append(view.reader, [Draft(TRACED, its_label, about=which, body=kept)])
    return answered


def _traced(desk: Desk, view: View, name: str) -> Told:
    """Trace one name, once it is recorded that it is asked for."""
    asked = desk.view(view.reader, asking=Question("trace", name))
    answer = answer_to(asked, name)
    return Told(name, answer.verdict, answer.hits[0].subject.name if answer.hits else "")


def settle(
    desk: Desk, view: View, which: str, *, name: str, verdict: str, reason: str, subject: str = "", label: str = ""
) -> None:
    """Decide on a name that came into the room: it is that subject, or it is set aside.

    Known to who may know of the message that the name came with, and of the subject.

    Raises:
        NotFoundError: if the view has no such room, no such name in it, or no such subject.
        BadInputError: if there is no such verdict, no reason, or nobody who is confirmed.
        RefusedError: if it is closed, or he looks at the past.
    """
    found = live(view, which)
    named = next((each for each in names_in(view, found) if each.key == key_of(name)), None)
    if named is None:
        raise NotFoundError("no such name has come into this room; bring it as a message first")
    if verdict not in VERDICTS:
        raise BadInputError(f'"{verdict[:20]}" is no decision on a name; choose {" or ".join(VERDICTS)}')
    body = {"name": named.words, "verdict": verdict, "reason": acts.in_words(reason)}
    labels = [found.label, label, _label_of(named, found)]
    if verdict == CONFIRMED:
        if not subject.strip():
            raise BadInputError("say who it is: choose one of those found, or trace the name to find him")
        body["subject"] = subject_at(view, subject.strip()).id
        labels.append(acts.label_of_record(view, body["subject"]))
    desk.append(view.reader, [Draft(SETTLED, acts.label_over(*labels), about=which, body=body)])


def _label_of(named: Named, incident: Incident) -> str:
    """What one must hold to know that the name came: the room's own label if any message with it has no other."""
    labels = [each.label for each in named.messages] or [named.settled.label if named.settled else incident.label]
    return incident.label if incident.label in labels else labels[0]


def enter(desk: Desk, view: View, which: str) -> None:
    """Say that one is in the room."""
    _there(desk, view, which, ENTERED)


def leave(desk: Desk, view: View, which: str) -> None:
    """Say that one has left the room."""
    _there(desk, view, which, LEFT)


def _there(desk: Desk, view: View, which: str, kind: str) -> None:
    found = live(view, which)
    desk.append(view.reader, [Draft(kind, found.label, about=which)])


def set_action(desk: Desk, view: View, which: str, *, words: str, owner: str, due: str, label: str = "") -> None:
    """Set an action.

    Raises:
        NotFoundError: if the view has no such room.
        BadInputError: if words, owner or due time are missing or will not do.
        RefusedError: if it is closed, or he looks at the past.
    """
    found = live(view, which)
    body = {
        "words": acts.in_words(words, "what is to be done"),
        "owner": acts.name_of_officer(owner, "who does it"),
        "due": check_partial(acts.in_words(due, "by when")),
    }
    desk.append(view.reader, [Draft(TASKED, acts.label_over(found.label, label), about=which, body=body)])


def change_action(desk: Desk, view: View, which: str, *, action: str, state: str, reason: str) -> None:
    """Say what came of an action.

    Raises:
        NotFoundError: if the view has no such room, or no such action in it.
        BadInputError: if there is no such state, or nothing is said of what came of it.
        RefusedError: if it is closed, or he looks at the past.
    """
    found = live(view, which)
    standing = next((each for each in found.actions if each.id == action), None)
    if standing is None:
        raise NotFoundError("no such action is in this room")
    if state not in ACTION_STATES:
        raise BadInputError(f'"{state[:20]}" is no state of an action; choose {", ".join(ACTION_STATES)}')
    body = {"action": standing.id, "state": state, "reason": acts.in_words(reason, "what came of it")}
    desk.append(view.reader, [Draft(ACTED, standing.label, about=which, body=body)])


def close(desk: Desk, view: View, which: str, *, reason: str) -> None:
    """Close the room; what is in it stays to be read.

    Raises:
        NotFoundError: if the view has no such room.
        BadInputError: if there is no reason.
        RefusedError: if it is closed, or he looks at the past.
    """
    found = live(view, which)
    desk.append(view.reader, [Draft(CLOSED, found.label, about=which, body={"reason": acts.in_words(reason)})])


def reopen(desk: Desk, view: View, which: str, *, reason: str) -> None:
    """Open a closed room again.

    Raises:
        NotFoundError: if the view has no such room.
        BadInputError: if there is no reason.
        RefusedError: if it is open, or he looks at the past.
    """
    refuse_the_past(view)
    found = incident_in(view, which)
    if not found.closed:
        raise RefusedError("open already")
    desk.append(view.reader, [Draft(REOPENED, found.label, about=which, body={"reason": acts.in_words(reason)})])


def live(view: View, which: str) -> Incident:
    """The room, to be acted in now.

    Raises:
        NotFoundError: if the view has no such room.
        RefusedError: if it is closed, or the view is of the past.
    """
    refuse_the_past(view)
    found = incident_in(view, which)
    if found.closed:
        raise RefusedError("this room is closed; open it again first")
    return found
