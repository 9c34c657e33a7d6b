"""What follows from decisions on subjects of interest: their state, what joined ones are together, what is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Final

from leconfield.desk.interest.model import (
    CLOSED,
    OPEN,
    OPEN_AGAIN,
    OPENED,
    REOPENED,
    SHUT,
    TIERED,
    Act,
    Interest,
    SubjectOfInterest,
)
from leconfield.ledger.model import Entry, SubjectId
from leconfield.ledger.times import stamp, to_moment

SOON: Final = timedelta(days=14)
"""A re-assessment that is due within this is shown as coming."""
OPENING: Final = "interest"
"""The key of an entry's body that names the opening it belongs to."""


def act_in(entry: Entry) -> Act:
    """The act that an entry of one of `KINDS` records."""
    body = entry.body
    fields = {each: body.get(each, "") for each in ("reason", "tier", "risk", "residual", "review")}
    return Act(entry.id, entry.kind, entry.at, entry.by, entry.label, **fields)


def opened(record: SubjectId, act: Act) -> Interest:
    """The interest that an opening begins."""
    return Interest(act.entry, record, (act,), act.tier, OPEN, review=act.review, looked=act.at)


def after(interest: Interest, act: Act) -> Interest:
    """The interest once that was decided on it; an opening never follows another."""
    if act.kind == OPENED:
        return interest
    changed = replace(interest, acts=(*interest.acts, act), tier=act.tier or interest.tier)
    if act.kind == TIERED:
        return changed
    changed = replace(changed, looked=act.at, review=act.review, risk=act.risk or interest.risk)
    changed = replace(changed, residual=act.residual or interest.residual)
    state = {CLOSED: SHUT, REOPENED: OPEN_AGAIN}.get(act.kind, interest.state)
    return replace(changed, state=state)


def together(subject: SubjectId, interests: Sequence[Interest]) -> SubjectOfInterest:
    """What the interests in a subject's records come to: the gravest tier and *open* prevail, the next date counts."""
    ordered = tuple(sorted(interests, key=lambda each: (each.acts[0].at, each.id)))
    live = {each.state for each in ordered if not each.closed}
    last, review = min(((last_of(each.review), each.review) for each in ordered if each.review), default=("", ""))
    return SubjectOfInterest(
        subject,
        ordered,
        tier=min(each.tier for each in ordered),
        state=OPEN if OPEN in live else OPEN_AGAIN if live else SHUT,
        review=review,
        due=last,
        looked=max(each.looked for each in ordered),
    )


@lru_cache(maxsize=4096)
def last_of(review: str) -> str:
    """The last moment (a stamp) at which a re-assessment by that day (partial ISO) is in time."""
    return stamp(to_moment(review))


@dataclass(frozen=True, slots=True)
class Due:
    """How a re-assessment stands at a moment. `state`: `calm`, `soon`, `overdue`, or empty: no date was set."""

    state: str = ""
    words: str = ""
    days: int = 0
    """Whole days left; below zero: late by so many."""


def due(review: str, moment: str) -> Due:
    """How a re-assessment by that day (partial ISO) stands at the moment (a stamp; empty: not known, so not late)."""
    if not review or not moment:
        return Due()
    left = to_moment(review) - datetime.fromisoformat(moment)
    days = left // timedelta(days=1)
    if days < 0:
        return Due("overdue", f"{_days(-days)} late", days)
    return Due("soon" if left <= SOON else "calm", "today" if days == 0 else f"in {_days(days)}", days)


def overdue(review: str, moment: str) -> bool:
    """Whether the last day of a re-assessment is past."""
    return bool(review and moment) and last_of(review) < moment


def _days(count: int) -> str:
    return f"{count:,} day{'s' if count != 1 else ''}"
