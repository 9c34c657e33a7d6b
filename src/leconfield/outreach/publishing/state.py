"""Deliveries, comments and stops of a view, folded from its entries."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from leconfield.errors import NotFoundError
from leconfield.gate.bundles.deliveries import Result, State
from leconfield.gate.release import sealing
from leconfield.gate.release.model import Release
from leconfield.gate.release.state import releases
from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Entry, EntryId
from leconfield.ledger.view import View
from leconfield.ledger.world import Folded
from leconfield.outreach.publishing.model import (
    ANSWERED,
    CAME_OF,
    DECIDED,
    HEARD,
    RESUMED,
    STOPPED,
    TOLD,
    TREATED,
    CameOf,
    Comment,
    Decision,
    Delivery,
    Step,
    Stop,
    Treatment,
)


class Published(Folded):
    """What is known of deliveries and comments (a `Derived`)."""

    def __init__(self) -> None:
        self.deliveries: dict[str, Delivery] = {}
        self.comments: dict[str, Comment] = {}
        self.came_of: dict[str, CameOf] = {}
        self.stops: list[Stop] = []

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            match each.kind:
                case str(kind) if kind == TOLD:
                    self._tell(each)
                case str(kind) if kind == HEARD and each.about not in self.comments:
                    self.comments[each.about] = replace(_comment(each), came_of=self.came_of.get(each.about))
                case str(kind) if kind == CAME_OF:
                    self._come(each)
                case str(kind) if kind == DECIDED and each.about in self.deliveries:
                    known = self.deliveries[each.about]
                    made = replace(known, decisions=(*known.decisions, _decision(each)))
                    self.deliveries[each.about] = made
                case str(kind) if kind in (TREATED, ANSWERED) and each.about in self.comments:
                    self.comments[each.about] = _treated(self.comments[each.about], each)
                case str(kind) if kind in (STOPPED, RESUMED):
                    reason = each.body.get("reason", "")
                    self.stops.append(Stop(kind == STOPPED, reason, each.by, each.at))
                case _:
                    pass

    def _come(self, entry: Entry) -> None:
        """What came of an order; it may be told before the comment itself is."""
        body = entry.body
        made = CameOf(int(body["serial"]), Result(body["result"]), body.get("why", ""))
        known = self.came_of.get(entry.about)
        if known is not None and known.later >= made.later:
            return
        self.came_of[entry.about] = made
        if entry.about in self.comments:
            self.comments[entry.about] = replace(self.comments[entry.about], came_of=made)

    def _tell(self, entry: Entry) -> None:
        step = _step(entry)
        known = self.deliveries.get(entry.about)
        if known is None:
            release, _, channel = entry.about.partition("-")
            self.deliveries[entry.about] = Delivery(entry.about, release, channel, entry.label, (step,))
        elif all(each.number != step.number for each in known.steps):
            steps = tuple(sorted((*known.steps, step), key=lambda each: each.number))
            self.deliveries[entry.about] = replace(known, steps=steps)


def _step(entry: Entry) -> Step:
    body = entry.body
    state = State(body["state"])
    return Step(int(body["step"]), state, body.get("at", ""), body.get("why", ""), body.get("address", ""))


def _decision(entry: Entry) -> Decision:
    body = entry.body
    ruling, address, reason = (body.get(each, "") for each in ("ruling", "address", "reason"))
    return Decision(ruling, int(body.get("step", "0")), address, reason, entry.by, entry.at)


def _comment(entry: Entry) -> Comment:
    channel, release, name, words, day = (
        entry.body.get(each, "") for each in ("channel", "release", "name", "words", "day")
    )
    return Comment(entry.about, channel, release, name, words, day, entry.label)


def _treated(comment: Comment, entry: Entry) -> Comment:
    if entry.kind == ANSWERED:
        return replace(comment, answer=EntryId(entry.body.get("release", "")))
    act, reason, serial = (entry.body.get(each, "") for each in ("act", "reason", "serial"))
    made = Treatment(act, reason, entry.by, entry.at, int(serial or 0))
    return replace(comment, treatments=(*comment.treatments, made))


def deliveries(view: View) -> tuple[Delivery, ...]:
    """Those of a view: what waits for a person first, then what stirred last."""
    found = sorted(view.derived(Published).deliveries.values(), key=lambda each: (each.last.at, each.key), reverse=True)
    return tuple(sorted(found, key=lambda each: not each.waits))


def comments(view: View) -> tuple[Comment, ...]:
    """Those of a view: what nobody has decided on first, then the newest."""
    found = sorted(view.derived(Published).comments.values(), key=lambda each: (each.day, each.id), reverse=True)
    return tuple(sorted(found, key=lambda each: not each.waits))


def stops(view: View) -> tuple[Stop, ...]:
    """When everything was stopped or let go on, the last first."""
    return tuple(reversed(view.derived(Published).stops))


def delivery_of(view: View, key: str) -> Delivery:
    """The delivery by its key.

    Raises:
        NotFoundError: in the same words whether it is hidden or has never been.
    """
    known = view.derived(Published).deliveries.get(key)
    if known is None:
        raise NotFoundError("no such delivery here; look it up in the list of deliveries")
    return known


def comment_of(view: View, which: str) -> Comment:
    """The comment by its short id.

    Raises:
        NotFoundError: in the same words whether it is hidden or has never been.
    """
    known = view.derived(Published).comments.get(which)
    if known is None:
        raise NotFoundError("no such comment here; look it up in the list of comments")
    return known


def by_public_id(desk: Desk, view: View) -> dict[str, Release]:
    """The releases of a view that were ever sealed, by the ids under which the outside knows them."""
    found = releases(view).by_id.values()
    return {sealing.public_id(desk, each.id): each for each in found if each.was_sealed}
