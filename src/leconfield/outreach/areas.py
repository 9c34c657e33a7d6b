"""What each area says waits for a reader: put together here."""

from __future__ import annotations

from typing import Final

from leconfield.ledger.desk import Desk
from leconfield.ledger.view import View
from leconfield.outreach.challenges import waits as challenges
from leconfield.outreach.publishing.waits import waits as publishing
from leconfield.outreach.recruiting.waits import waits as recruiting
from leconfield.outreach.rounds import waits as rounds
from leconfield.outreach.tips import pages as tips
from leconfield.outreach.waiting import Waiting, Waits

WAITS: Final[tuple[Waits, ...]] = (publishing, rounds.waits, recruiting, tips.waits, challenges.waits)
"""Each area's `waits`: add yours."""


def waiting_of(desk: Desk, view: View) -> tuple[Waiting, ...]:
    """All that waits for the reader, what is urgent first, then by what is due."""
    found = [one for each in WAITS for one in each(desk, view) if one.count]
    return tuple(sorted(found, key=lambda each: (not each.urgent, each.due or "9999", each.url)))
