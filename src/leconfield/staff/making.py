"""Rosters that a page makes piece by piece, kept with the world whose duty line they are for."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date, timedelta
from typing import Final, Self

from leconfield.ledger.world import Delta, World
from leconfield.staff.model import Slot
from leconfield.staff.roster import Search
from leconfield.staff.turns import Request, Roster

KEPT: Final = 2
"""Searches that are kept of one world."""
ROUNDS: Final = 5
"""Pieces that one visit does, once a roster was found; before that, one is enough for a visit."""


class Searches:
    """The searches of a world (a `Derived`): each follows from its request alone, so that growth changes none."""

    def __init__(self) -> None:
        self._searches: OrderedDict[str, Search] = OrderedDict()

    @classmethod
    def of(cls, _world: World) -> Self:
        """None is begun yet."""
        return cls()

    def grow(self, _world: World, _delta: Delta) -> None:
        """What is asked for anew begins anew; what was asked before is as it was."""

    def gone_on(self, request: Request) -> Search:
        """The search for that request, gone on with for one visit."""
        key = _key(request)
        search = self._searches.get(key)
        if search is None:
            search = self._searches[key] = Search(request)
        self._searches.move_to_end(key)
        while len(self._searches) > KEPT:
            self._searches.popitem(last=False)
        for _ in range(1 if not search.steps else ROUNDS):
            if not search.done:
                search.step()
        return search


def _key(request: Request) -> str:
    officers = [(each.name, sorted(each.away), each.borne, sorted(each.refrains)) for each in request.officers]
    return repr((officers, request.days, request.first_weekday, request.duties, sorted(request.before.items())))


def turns_of(made: Roster, first: date) -> dict[Slot, str]:
    """The turns of a roster that begins on a day, each of one person."""
    return {((first + timedelta(days=day)).isoformat(), duty): who[0] for (day, duty), who in made.turns.items()}
