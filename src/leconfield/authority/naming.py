"""What the thing of an authority is called, as the departments that keep such things tell it within a view."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from leconfield.ledger.view import View


@dataclass(frozen=True, slots=True)
class Thing:
    """An agent, an operation, a subject: what an authority is about."""

    words: str
    url: str


Namer = Callable[[View, str], Thing | None]
"""What a thing is called by its id, to whoever may know of it; None: none of this department's."""
_namers: tuple[Namer, ...] = ()


def named_by(namers: Sequence[Namer]) -> None:
    """Let these say what things are called; told once, where the site is put together."""
    global _namers  # noqa: PLW0603 - the one seam through which authorities learn of what is kept above them
    _namers = tuple(namers)


def thing(view: View, which: str) -> Thing:
    """What a thing is called in a view; the beginning of its id where the view knows no name of it."""
    return next((found for namer in _namers if (found := namer(view, which))), Thing(which[:12], ""))
