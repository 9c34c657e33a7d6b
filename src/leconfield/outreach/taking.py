"""What a handler of sealed boxes is handed, and what it may do with it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from leconfield.gate.bundles.boxes import Box
from leconfield.ledger.desk import Desk
from leconfield.ledger.view import View


@dataclass(frozen=True, slots=True)
class Taking:
    """One box's way in: the desk, the view of whoever takes it in as it stands at this box, and the label for it."""

    desk: Desk
    view: View
    label: str


Handler = Callable[[Taking, Box], None]
"""Makes entries of a box. It must be idempotent by `box.id` (a draft's key): a box may come twice, or after a crash.

It raises `BadInputError` or `DamagedError` for a box that will never do: that one is put aside with the words. For one
that belongs to what this view does not have (`NotFoundError`), or that comes too early (`RefusedError`), it does not:
that one stays where it lies, for somebody who knows of it, or for later.
"""
