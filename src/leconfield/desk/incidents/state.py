"""Incidents of a view, folded from its entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final, Self

from leconfield.desk.acts import lines
from leconfield.desk.incidents.model import (
    ACTED,
    CLOSED,
    ENTERED,
    KINDS,
    LEFT,
    OPENED,
    REOPENED,
    SETTLED,
    TASKED,
    TO_DO,
    TOLD,
    TRACED,
    Action,
    Given,
    Incident,
    Message,
    Settled,
)
from leconfield.errors import NotFoundError
from leconfield.ledger.model import Entry
from leconfield.ledger.view import View
from leconfield.ledger.world import Delta, World


class Incidents:
    """Every incident of a world (a `Derived`)."""

    def __init__(self) -> None:
        self.by_id: dict[str, Incident] = {}

    @classmethod
    def of(cls, world: World) -> Self:
        """Fold every entry of the world."""
        incidents = cls()
        incidents._take(world.entries)
        return incidents

    def grow(self, _world: World, delta: Delta) -> None:
        """Fold the new entries."""
        self._take(delta.entries)

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind not in KINDS:
                continue
            known = self.by_id.get(each.about)
            if known is not None:
                self.by_id[each.about] = after(known, each)
            elif each.kind == OPENED:
                self.by_id[each.about] = opened(each)


def opened(entry: Entry) -> Incident:
    """The incident that an opening begins; who opens it is in the room."""
    title, place, time, report = (entry.body.get(each, "") for each in ("title", "place", "time", "report"))
    begun = Incident(entry.about, title, place, time, report, entry.by, entry.at, entry.label)
    return replace(begun, present=((entry.by, entry.at),), timeline=(entry,))


def after(incident: Incident, entry: Entry) -> Incident:
    """The incident once that was done in it; a second opening changes nothing."""
    change = _CHANGES.get(entry.kind)
    if change is None:
        return incident
    changed = change(incident, entry)
    return replace(changed, present=_present(changed, entry), timeline=(*incident.timeline, entry))


def _present(incident: Incident, entry: Entry) -> tuple[tuple[str, str], ...]:
    """Whoever does something is there, until he leaves or the room is closed."""
    if incident.closed:
        return ()
    others = tuple(each for each in incident.present if each[0] != entry.by)
    return others if entry.kind == LEFT else (*others, (entry.by, entry.at))


def _told(found: Incident, entry: Entry) -> Incident:
    body = entry.body
    made = Message(entry.id, body.get("words", ""), body.get("source", ""), entry.by, entry.at, entry.label)
    return replace(found, messages=(*found.messages, made))


def _traced(found: Incident, entry: Entry) -> Incident:
    told = (line.partition("\t") for line in lines(entry.body.get("answers", "")))
    answers = tuple((name, verdict) for name, _, verdict in told)
    made = Given(entry.body.get("message", ""), answers, entry.by, entry.at)
    return replace(found, given=(*found.given, made))


def _settled(found: Incident, entry: Entry) -> Incident:
    said = {each: entry.body.get(each, "") for each in ("name", "verdict", "subject", "reason")}
    made = Settled(entry.id, **said, by=entry.by, at=entry.at, label=entry.label)
    return replace(found, settled=(*found.settled, made))


def _tasked(found: Incident, entry: Entry) -> Incident:
    said = {each: entry.body.get(each, "") for each in ("words", "owner", "due")}
    made = Action(entry.id, **said, state=TO_DO, by=entry.by, at=entry.at, label=entry.label)
    return replace(found, actions=(*found.actions, made))


def _acted(found: Incident, entry: Entry) -> Incident:
    body = entry.body
    changed = tuple(
        replace(each, state=body.get("state", each.state), outcome=body.get("reason", ""))
        if each.id == body.get("action")
        else each
        for each in found.actions
    )
    return replace(found, actions=changed)


def _closed(found: Incident, entry: Entry) -> Incident:
    return replace(found, closing=entry.body.get("reason", "") or "no reason is kept")


def _reopened(found: Incident, entry: Entry) -> Incident:
    del entry
    return replace(found, closing="")


def _there(found: Incident, entry: Entry) -> Incident:
    del entry
    return found


_CHANGES: Final[Mapping[str, Callable[[Incident, Entry], Incident]]] = {
    TOLD: _told,
    TRACED: _traced,
    SETTLED: _settled,
    ENTERED: _there,
    LEFT: _there,
    TASKED: _tasked,
    ACTED: _acted,
    CLOSED: _closed,
    REOPENED: _reopened,
}


def everything(view: View) -> tuple[Incident, ...]:
    """All incidents of the view: open before closed, those touched last first."""
    found = sorted(view.derived(Incidents).by_id.values(), key=lambda each: (each.touched, each.id), reverse=True)
    return tuple(sorted(found, key=lambda each: each.closed))


def incident_in(view: View, which: str) -> Incident:
    """The incident by its id.

    Raises:
        NotFoundError: in the same words whether it is hidden or has never existed.
    """
    found = view.derived(Incidents).by_id.get(which)
    if found is None:
        raise NotFoundError(f'no incident room "{which[:64]}" here; look it up among the incident rooms')
    return found
