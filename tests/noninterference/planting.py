"""What a planted leak has at hand, and the list of all leaks."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

import pytest

from leconfield.ledger.desk import Desk
from leconfield.ledger.model import Question
from leconfield.ledger.view import View
from leconfield.ledger.world import World
from leconfield.network.graph import Graph
from leconfield.registry.resolution import Partition
from tests.noninterference.acts import KARINA


class Plant:
    """What a planted leak has at hand: the desk that was looked at last, and everything on it."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch
        self.desk: Desk | None = None
        self.shown = World()
        """The world that the reader was shown last."""
        before = Desk.view

        def view(desk: Desk, reader: Any, as_of: Any = None, *, asking: Question) -> View:
            self.desk = desk
            found = before(desk, reader, as_of, asking=asking)
            self.shown = found.world
            return found

        patch.setattr(Desk, "view", view)

    @property
    def everything(self) -> World:
        """The world of whoever holds all there is."""
        assert self.desk is not None
        return self.desk._worlds.world(KARINA.tokens, None)

    def view(self) -> View:
        assert self.desk is not None
        return View(KARINA, None, Question("leak"), self.everything, self.desk._files)

    def graph(self) -> Graph:
        return Graph(self.everything, self.everything.derived(Partition))

    def put(self, owner: object, name: str, value: object) -> None:
        self._patch.setattr(owner, name, value)

    def wrap(self, owner: type, name: str, made: Callable[..., Any]) -> None:
        """Replace a method by `made(original, self, ...)`."""
        before = getattr(owner, name)
        self.put(owner, name, lambda *args, **named: made(before, *args, **named))

    def everywhere(self, function: Callable[..., Any], made: Callable[..., Any]) -> None:
        """Replace a function by `made(original, ...)` wherever it was imported to."""
        replacement = lambda *args, **named: made(function, *args, **named)  # noqa: E731
        for name, module in list(sys.modules.items()):
            if name.startswith(("leconfield", "tests.noninterference")) and ".leaks" not in name:
                for attribute, value in list(vars(module).items()):
                    if value is function:
                        self.put(module, attribute, replacement)


@dataclass(frozen=True, slots=True)
class Leak:
    """One planted leak."""

    name: str
    channel: str
    where: str
    """Where on the site it shows at the least, as its addresses begin; empty: to whoever asks the Python API."""
    plant: Callable[[Plant], None]


LEAKS: Final[dict[str, Leak]] = {}


def not_within_itself(made: Callable[..., Any]) -> Callable[..., Any]:
    """A replacement that looks at the whole, and must not be asked again by whatever computes the whole."""
    inside: list[bool] = []

    def guarded(before: Any, *args: Any) -> Any:
        if inside:
            return before(*args)
        inside.append(True)
        try:
            return made(before, *args)
        finally:
            inside.pop()

    return guarded


def leak(channel: str, where: str = "") -> Callable[[Callable[[Plant], None]], Callable[[Plant], None]]:
    def kept(plant: Callable[[Plant], None]) -> Callable[[Plant], None]:
        name = plant.__name__.replace("_", " ")
        LEAKS[name] = Leak(name, channel, where, plant)
        return plant

    return kept
