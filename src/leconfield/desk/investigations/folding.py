"""What an investigation is once something was done on it: each kind of entry, and what it changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeVar

from leconfield.desk.acts import lines
from leconfield.desk.investigations.model import (
    ACTED,
    BROUGHT,
    CLOSED,
    DECIDED,
    DROPPED,
    LINKED,
    NOTED,
    OPEN,
    PRIORITISED,
    REOPENED,
    REVIEWED,
    SHUT,
    STAFFED,
    SUPPOSED,
    TASKED,
    TO_DO,
    UNLINKED,
    WEIGHED,
    WITHDRAWN,
    Action,
    Decision,
    Evidence,
    Hypothesis,
    Investigation,
    Link,
    Note,
    Opinion,
    Priority,
)
from leconfield.ledger.model import Entry

T = TypeVar("T", Priority, Hypothesis, Evidence, Action)


def opened(entry: Entry) -> Investigation:
    """The investigation that an opening begins."""
    body = entry.body
    found = Investigation(entry.about, body.get("title", ""), body.get("reason", ""), entry.by, entry.at, entry.label)
    return replace(found, lead=body.get("lead", entry.by), timeline=(entry,))


def after(investigation: Investigation, entry: Entry) -> Investigation:
    """The investigation once that was done on it; an entry of another kind changes nothing."""
    change = _CHANGES.get(entry.kind)
    if change is None:
        return investigation
    return replace(change(investigation, entry), timeline=(*investigation.timeline, entry))


def _closed(found: Investigation, entry: Entry) -> Investigation:
    return replace(found, state=SHUT, closing=entry.body.get("reason", ""))


def _reopened(found: Investigation, entry: Entry) -> Investigation:
    del entry
    return replace(found, state=OPEN, closing="")


def _prioritised(found: Investigation, entry: Entry) -> Investigation:
    body = entry.body
    made = Priority(
        entry.id,
        body.get("priority", ""),
        body.get("reason", ""),
        entry.by,
        entry.at,
        entry.label,
        body.get("reviewer", ""),
    )
    return replace(found, priorities=(*found.priorities, made))


def _reviewed(found: Investigation, entry: Entry) -> Investigation:
    body = entry.body

    def looked_at(each: Priority) -> Priority:
        return replace(
            each,
            reviewed_by=entry.by,
            verdict=body.get("verdict", ""),
            review=body.get("reason", ""),
            reviewed_at=entry.at,
        )

    return replace(found, priorities=_with(found.priorities, body.get("priority", ""), looked_at))


def _staffed(found: Investigation, entry: Entry) -> Investigation:
    return replace(found, lead=entry.body.get("lead", ""), team=lines(entry.body.get("team", "")))


def _linked(found: Investigation, entry: Entry) -> Investigation:
    body = entry.body
    made = Link(
        entry.id,
        body.get("kind", ""),
        body.get("target", ""),
        body.get("title", ""),
        body.get("reason", ""),
        entry.by,
        entry.at,
        entry.label,
    )
    return replace(found, links=(*found.links, made))


def _unlinked(found: Investigation, entry: Entry) -> Investigation:
    ended = entry.body.get("link", "")
    return replace(found, links=tuple(each for each in found.links if each.id != ended))


def _supposed(found: Investigation, entry: Entry) -> Investigation:
    made = Hypothesis(entry.id, entry.body.get("words", ""), entry.by, entry.at, entry.label)
    return replace(found, hypotheses=(*found.hypotheses, made))


def _dropped(found: Investigation, entry: Entry) -> Investigation:
    body = entry.body
    changed = _with(
        found.hypotheses, body.get("hypothesis", ""), lambda each: replace(each, dropped=body.get("reason", ""))
    )
    return replace(found, hypotheses=changed)


def _brought(found: Investigation, entry: Entry) -> Investigation:
    body = entry.body
    made = Evidence(entry.id, body.get("words", ""), body.get("report", ""), entry.by, entry.at, entry.label)
    return replace(found, evidence=(*found.evidence, made))


def _withdrawn(found: Investigation, entry: Entry) -> Investigation:
    body = entry.body
    changed = _with(
        found.evidence, body.get("evidence", ""), lambda each: replace(each, withdrawn=body.get("reason", ""))
    )
    return replace(found, evidence=changed)


def _weighed(found: Investigation, entry: Entry) -> Investigation:
    body = entry.body
    made = Opinion(
        entry.id,
        body.get("evidence", ""),
        body.get("hypothesis", ""),
        body.get("mark", ""),
        body.get("reason", ""),
        entry.by,
        entry.at,
        entry.label,
    )
    return replace(found, opinions=(*found.opinions, made))


def _tasked(found: Investigation, entry: Entry) -> Investigation:
    body = entry.body
    words, owner, due = (body.get(each, "") for each in ("words", "owner", "due"))
    made = Action(entry.id, words, owner, due, TO_DO, entry.by, entry.at, entry.label)
    return replace(found, actions=(*found.actions, made))


def _acted(found: Investigation, entry: Entry) -> Investigation:
    body = entry.body

    def changed(each: Action) -> Action:
        return replace(
            each,
            state=body.get("state") or each.state,
            owner=body.get("owner") or each.owner,
            due=body.get("due") or each.due,
            outcome=body.get("reason", ""),
            changed=entry.at,
        )

    return replace(found, actions=_with(found.actions, body.get("action", ""), changed))


def _decided(found: Investigation, entry: Entry) -> Investigation:
    body = entry.body
    rests = lines(body.get("rests", ""))
    made = Decision(entry.id, body.get("what", ""), body.get("why", ""), rests, entry.by, entry.at, entry.label)
    return replace(found, decisions=(*found.decisions, made))


def _noted(found: Investigation, entry: Entry) -> Investigation:
    made = Note(entry.id, entry.body.get("words", ""), entry.by, entry.at, entry.label)
    return replace(found, notes=(*found.notes, made))


def _with(found: tuple[T, ...], which: str, change: Callable[[T], T]) -> tuple[T, ...]:
    return tuple(change(each) if each.id == which else each for each in found)


_CHANGES: Final[dict[str, Callable[[Investigation, Entry], Investigation]]] = {
    CLOSED: _closed,
    REOPENED: _reopened,
    PRIORITISED: _prioritised,
    REVIEWED: _reviewed,
    STAFFED: _staffed,
    LINKED: _linked,
    UNLINKED: _unlinked,
    SUPPOSED: _supposed,
    DROPPED: _dropped,
    BROUGHT: _brought,
    WITHDRAWN: _withdrawn,
    WEIGHED: _weighed,
    TASKED: _tasked,
    ACTED: _acted,
    DECIDED: _decided,
    NOTED: _noted,
}
