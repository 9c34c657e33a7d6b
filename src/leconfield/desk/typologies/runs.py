"""Back-tests that a page goes through in steps, kept with the world whose past they run over."""

from __future__ import annotations

from collections import OrderedDict
from typing import Final, Self

from leconfield.desk.typologies.backtest import BackTest
from leconfield.desk.typologies.model import Typology
from leconfield.ledger.world import Delta, World

KEPT: Final = 3
"""Runs that are kept of one world."""


class Runs:
    """The back-tests of a world (a `Derived`): begun when asked for, forgotten when the world grows."""

    def __init__(self) -> None:
        self._runs: OrderedDict[Typology, BackTest] = OrderedDict()

    @classmethod
    def of(cls, _world: World) -> Self:
        """None is begun yet."""
        return cls()

    def grow(self, _world: World, _delta: Delta) -> None:
        """The past has become longer: what was run is out of date."""
        self._runs.clear()

    def run(self, world: World, typology: Typology, statements: int) -> BackTest:
        """The run of that typology, gone on with for so many statements; a whole week at least."""
        run = self._runs.get(typology)
        if run is None:
            run = self._runs[typology] = BackTest(world, typology)
        self._runs.move_to_end(typology)
        while len(self._runs) > KEPT:
            self._runs.popitem(last=False)
        done = 0
        while not run.done and done < statements:
            done += run.step()
        return run
