"""What waits for somebody on the editor's desk, area by area. Each area says of itself what waits for a reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from leconfield.ledger.desk import Desk
from leconfield.ledger.view import View


@dataclass(frozen=True, slots=True)
class Waiting:
    """Some things of one kind that wait for whoever looks."""

    count: int
    words: str
    """What they are, for any count: `tips to read`, `questions to decide on`."""
    url: str
    """Where he does it."""
    due: str = ""
    """The instant by which the first is due (a stamp); empty: whenever he comes to it."""
    urgent: bool = False
    """Whether somebody is in danger, or something may be wrong in public."""


Waits = Callable[[Desk, View], Iterable[Waiting]]
"""A pure read of one area; it leaves out what the reader's roles do not let him do."""
