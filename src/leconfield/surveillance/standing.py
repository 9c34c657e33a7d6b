"""Under what authority an operation stands: now, and as was known at the moment a line was written."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from leconfield.authority.model import Authority, Step
from leconfield.authority.permit import live
from leconfield.authority.state import authorities
from leconfield.ledger.files import Files
from leconfield.ledger.view import View
from leconfield.ledger.world import Delta, World
from leconfield.surveillance.model import WATCH, Operation

_STEPS: Final = frozenset(each.value for each in Step)


class Standing(StrEnum):
    """What an operation comes to at a moment; words for the page."""

    CLOSED = "closed"
    LIVE = "may be logged on"
    ENDED = "its authority has ended"
    NONE = "no live authority"


@dataclass(frozen=True, slots=True)
class Stands:
    """How an operation stands, and by which authority."""

    standing: Standing
    authority: Authority | None
    """The one that is live; else the one that ended last; None: there was none."""


def stands(view: View, operation: Operation) -> Stands:
    """How an operation stands at the moment of the view; the end of its authority closes it by itself."""
    given = live(view, WATCH, operation.id, view.moment)
    if operation.closed:
        return Stands(Standing.CLOSED, given)
    if given is not None:
        return Stands(Standing.LIVE, given)
    over = [each for each in authorities(view).about(operation.id) if each.until]
    last = max(over, key=lambda each: (each.until, each.id), default=None)
    return Stands(Standing.ENDED if last else Standing.NONE, last)


class Then:
    """The authorities on one operation as they were known at past moments, out of what a view shows."""

    def __init__(self, view: View, operation: str) -> None:
        self._view = view
        self._operation = operation
        self._steps = [each for each in view.world.entries if each.kind in _STEPS and each.about == operation]
        self._views: dict[int, View] = {}

    def live(self, moment: str) -> Authority | None:
        """The authority that was live at that moment (a stamp), by the steps that were taken until then."""
        taken = [each for each in self._steps if each.at <= moment]
        if len(taken) not in self._views:
            world = World()
            world.grow(Delta(entries=tuple(taken)))
            self._views[len(taken)] = View(self._view.reader, None, self._view.question, world, Files(None))
        return live(self._views[len(taken)], WATCH, self._operation, moment)
