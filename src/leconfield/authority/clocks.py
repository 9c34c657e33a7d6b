"""What is due on authorities, and when: decisions, reviews, what is owed, renewals, ends. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from leconfield.authority.model import Authority, State, Step
from leconfield.authority.profile import Kind
from leconfield.authority.rules import ALIVE, standing
from leconfield.ledger.model import EntryId
from leconfield.ledger.times import stamp

SOON: Final = timedelta(days=7)
"""What is due within this is shown as coming."""
DECIDE: Final = "decide"
APPROVE: Final = "approve"
WRITE_UP: Final = "write up"
REVIEW: Final = "review"
RENEW: Final = "renew or cancel"
ENDS: Final = "ends"


@dataclass(frozen=True, slots=True)
class Reminder:
    """One thing that is due on an authority."""

    authority: EntryId
    what: str
    """One of the words above."""
    due: str
    """The last moment at which it is in time (a stamp); empty: as soon as may be."""
    role: str
    """Whose it is: a role, or empty for whoever applied."""


def reminders(authority: Authority, kind: Kind, moment: str) -> tuple[Reminder, ...]:
    """What is due on it at a moment (a stamp) or will be; nothing on one that has ended."""
    stands = standing(authority, moment)
    if authority.state is State.APPLIED:
        return (Reminder(authority.id, DECIDE, "", kind.decides),)
    if authority.state is State.AWAITING:
        return (Reminder(authority.id, APPROVE, "", kind.approves),)
    if stands not in ALIVE:
        return ()
    owed = {Step.WRITE_UP: (WRITE_UP, ""), Step.APPROVE: (APPROVE, kind.approves)}
    due = [
        Reminder(authority.id, what, authority.owed_by, role)
        for step, (what, role) in owed.items()
        if step in authority.owed
    ]
    if authority.state is State.RENEWING:
        due.append(Reminder(authority.id, APPROVE, authority.until, kind.approves))
    if authority.review and authority.review <= authority.until:
        due.append(Reminder(authority.id, REVIEW, authority.review, kind.decides))
    window = stamp(kind.renewal_window.before(datetime.fromisoformat(authority.until)))
    if authority.state is State.GRANTED and moment >= window:
        due.append(Reminder(authority.id, RENEW, authority.until, kind.decides))
    else:
        due.append(Reminder(authority.id, ENDS, authority.until, kind.decides))
    return tuple(sorted(due, key=lambda each: (each.due, each.what)))


def urgency(reminder: Reminder, moment: str) -> str:
    """How it stands at a moment (a stamp): `overdue`, `due`, `soon` or `calm`."""
    if not reminder.due:
        return "due"
    if reminder.due < moment:
        return "overdue"
    left = datetime.fromisoformat(reminder.due) - datetime.fromisoformat(moment)
    if left > SOON:
        return "calm"
    return "soon" if left > timedelta(days=1) else "due"
