"""Everything that is bound for the window, and how far each of it is. Read from a view."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from leconfield.gate.release import forms, profile, rules, sealing, service
from leconfield.gate.release.model import Release, State, Step
from leconfield.gate.release.state import releases
from leconfield.ledger.desk import Desk
from leconfield.ledger.view import View
from leconfield.outreach.crossing import Crossings
from leconfield.outreach.orders import of_kind
from leconfield.outreach.outward import PUBLIC

CHANNELS: Final = "channels"
"""Kind of order, about a release: where it goes beside our own site."""


class Group(StrEnum):
    """How far it is, as the queue is parted."""

    WRITING = "Being written"
    DECIDING = "At the gate, waiting for decisions"
    READY = "Ready to leave"
    OUT = "Out"
    BACK = "Taken back"


_GROUPS: Final[Mapping[State, Group]] = {
    State.DRAFT: Group.WRITING,
    State.CHECKED: Group.DECIDING,
    State.HALF: Group.DECIDING,
    State.APPROVED: Group.READY,
    State.SEALED: Group.READY,
    State.PUBLISHED: Group.OUT,
    State.WITHDRAWN: Group.BACK,
}
_MINE: Final[Mapping[Step, str]] = {
    Step.APPROVE: "to approve or refuse",
    Step.SEAL: "to seal",
    Step.PUBLISH: "to publish",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One release on its way to the window."""

    release: Release
    form: str
    group: Group
    mine: str
    """What whoever looks may do to bring it on; empty: nothing now."""
    awaits: str
    """Whose turn it is, in words."""
    channels: tuple[str, ...]
    """Where it goes beside our own site."""
    crossed: str
    """When it first crossed (a stamp); empty: it has not."""

    @property
    def title(self) -> str:
        """What it is called, or what it is."""
        return self.release.content.title or self.form


def rows(desk: Desk, view: View) -> tuple[Row, ...]:
    """The releases for everybody, by how far they are, the newest first within each group."""
    found = (each for each in releases(view).by_id.values() if each.content.audience == PUBLIC)
    made = [_row(desk, view, each) for each in found if each.state is not State.WITHDRAWN or each.was_sealed]
    made.reverse()
    order = list(Group)
    return tuple(sorted(made, key=lambda each: order.index(each.group)))


def waiting(found: Iterable[Row]) -> tuple[Row, ...]:
    """Those that wait for whoever looks."""
    return tuple(each for each in found if each.mine)


def channels_of(desk: Desk, view: View, release: Release) -> tuple[str, ...]:
    """The channels that were ordered for a release."""
    issued = of_kind(view, CHANNELS).get(sealing.public_id(desk, release.id))
    listed = issued.order.body.get(CHANNELS) if issued else None
    return tuple(each for each in listed if isinstance(each, str)) if isinstance(listed, list) else ()


def _row(desk: Desk, view: View, known: Release) -> Row:
    audience = profile.shipped().audience(known.content.audience)
    crossed = view.derived(Crossings).out.get(known.id)
    return Row(
        known,
        forms.in_words(known.content.form),
        _GROUPS[known.state],
        _mine(desk, view, known),
        rules.awaited(known, audience),
        channels_of(desk, view, known),
        crossed.at if crossed else "",
    )


def _mine(desk: Desk, view: View, known: Release) -> str:
    """What the reader may do now; what shows by itself at its embargo's end needs nobody who publishes it."""
    if view.as_of is not None:
        return ""
    if known.state is State.DRAFT:
        return "to finish" if view.reader.name in known.authors else ""
    if known.state is State.SEALED and known.content.embargo:
        return ""
    possible = service.faults(desk, view, known)
    return next((words for step, words in _MINE.items() if possible.get(step) == ""), "")
