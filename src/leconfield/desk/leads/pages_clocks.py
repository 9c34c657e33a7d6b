"""How long something has waited and what is left of its time, as the clock widget shows it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from leconfield.desk.leads.model import Item, Lead
from leconfield.desk.leads.rules import band_of, due_of
from leconfield.ledger.times import to_moment
from leconfield.web.values import Clock

_SOON: Final = timedelta(hours=12)
_HOUR: Final = 3600
_DAY: Final = 86_400


def lasting(seconds: float) -> str:
    """A length of time in words, in the one unit that fits: `40 min`, `5 h`, `3 days`."""
    whole = max(0, int(seconds))
    if whole < _HOUR:
        return f"{whole // 60} min"
    if whole < 2 * _DAY:
        return f"{whole // _HOUR} h"
    return f"{whole // _DAY:,} days"


def age(came: str, moment: datetime) -> str:
    """How long ago something came (a stamp)."""
    return lasting((moment - datetime.fromisoformat(came)).total_seconds())


def waiting_clock(item: Item, moment: datetime) -> Clock:
    """How long an item has waited; overdue once its band's time is over."""
    due, since = due_of(item), datetime.fromisoformat(item.came)
    left = due - moment
    quarter = (due - since) / 4
    state = "overdue" if left < timedelta(0) else "due" if left < quarter else "soon" if left < 2 * quarter else "calm"
    return Clock(f"{band_of(item.bits).name}", f"waits {age(item.came, moment)}", state)


def step_clock(lead: Lead, moment: datetime) -> Clock | None:
    """What is due next on a lead; None: no step with a time is set."""
    if lead.step is None or not lead.step.due or not lead.standing:
        return None
    return due_clock(lead.step.words, lead.step.due, lead.owner or lead.step.by, moment)


def due_clock(what: str, due: str, who: str, moment: datetime) -> Clock:
    """How long there is until something is due (a partial date), or how late it is."""
    left = to_moment(due) - moment
    late = left < timedelta(0)
    words = f"{lasting(-left.total_seconds())} late" if late else f"in {lasting(left.total_seconds())}"
    state = "overdue" if late else "due" if left < _SOON else "calm"
    return Clock(what, words, state, who=who, due=due)
