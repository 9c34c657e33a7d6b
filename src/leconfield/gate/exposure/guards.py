"""The finders of a world's direct leaks, one for each audience, made when first asked for."""

from __future__ import annotations

from typing import Final, Self

from leconfield.gate.exposure.profile import Audience, Profile
from leconfield.gate.names.finding import Finder
from leconfield.gate.names.guarding import IsOpen, of_the_house
from leconfield.gate.names.held import Seen
from leconfield.gate.names.model import Guarded
from leconfield.gate.names.stock import Kept
from leconfield.gate.names.tabled import tables_of
from leconfield.ledger.model import Report
from leconfield.ledger.world import Delta, World

_MOST_LAYERS: Final = 16
"""Times that the house's own names are added to before they are put together again."""
_Which = tuple[frozenset[str], frozenset[str]]


class Guards:
    """What must not leave, ready to be looked for (a `Derived`)."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._finders: dict[_Which, Finder] = {}
        self._houses: dict[_Which, tuple[frozenset[Guarded], list[Kept]]] = {}

    @classmethod
    def of(cls, world: World) -> Self:
        """Make room for them."""
        return cls(world)

    def grow(self, _world: World, _delta: Delta) -> None:
        """Ask anew what is guarded; what it takes to look for it is kept (`names.held`)."""
        self._finders.clear()

    def finder(self, profile: Profile, audience: Audience) -> Finder:
        """What looks for everything that the audience may not read."""

        def is_open(report: Report) -> bool:
            return profile.is_open(report, audience)

        which = (profile.open_channels, audience.holds)
        with self._world.lock:
            known = self._finders.get(which)
            if known is None:
                tables = tables_of(self._world, is_open)
                known = Finder((), (*self._house(which, is_open), Seen(self._world, is_open), *tables))
                self._finders[which] = known
        return known

    def _house(self, which: _Which, is_open: IsOpen) -> list[Kept]:
        """What names sources, operations and reports; what is new since it was last asked for is added."""
        now = frozenset(of_the_house(self._world, is_open))
        before, layers = self._houses.get(which, (frozenset[Guarded](), []))
        if not before <= now or len(layers) >= _MOST_LAYERS:
            before, layers = frozenset(), []
        if now - before:
            layers = [*layers, Kept(sorted(now - before, key=lambda each: (each.kind, each.form)))]
        self._houses[which] = now, layers
        return layers
