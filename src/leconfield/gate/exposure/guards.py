"""The finders of a world's direct leaks, one for each audience, made when first asked for."""

from __future__ import annotations

from typing import Self

from leconfield.gate.exposure.profile import Audience, Profile
from leconfield.gate.names.finding import Finder
from leconfield.gate.names.guarding import guarded_in
from leconfield.ledger.world import Delta, World


class Guards:
    """What must not leave, ready to be looked for (a `Derived`)."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._finders: dict[tuple[frozenset[str], frozenset[str]], Finder] = {}

    @classmethod
    def of(cls, world: World) -> Self:
        """Make room for them."""
        return cls(world)

    def grow(self, _world: World, _delta: Delta) -> None:
        """Forget the finders: a new report may make a name public, or one that bears it."""
        self._finders.clear()

    def finder(self, profile: Profile, audience: Audience) -> Finder:
        """What looks for everything that the audience may not read."""
        which = (profile.open_channels, audience.holds)
        known = self._finders.get(which)
        if known is None:
            guarded = guarded_in(self._world, lambda report: profile.is_open(report, audience))
            known = self._finders[which] = Finder(guarded)
        return known
