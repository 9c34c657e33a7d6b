"""Which step may follow which, who may take it, and what an authority comes to at a moment. Pure.

The table below is the whole law of it. A step that it does not list changes nothing, whoever wrote it down: what is
folded from entries fails closed even where an entry was appended that no officer's page would have let through.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from leconfield.authority.model import Authority, Deed, State, Step
from leconfield.authority.profile import Kind
from leconfield.ledger.times import stamp

TRANSITIONS: Final[Mapping[tuple[State, Step], State]] = {
    (State.APPLIED, Step.GRANT): State.GRANTED,
    (State.APPLIED, Step.GRANT_BY_WORD): State.URGENT,
    (State.APPLIED, Step.REFUSE): State.REFUSED,
    (State.APPLIED, Step.WITHDRAW): State.WITHDRAWN,
    (State.AWAITING, Step.APPROVE): State.GRANTED,
    (State.AWAITING, Step.DISAPPROVE): State.REFUSED,
    (State.AWAITING, Step.WITHDRAW): State.WITHDRAWN,
    (State.URGENT, Step.WRITE_UP): State.URGENT,
    (State.URGENT, Step.APPROVE): State.URGENT,
    (State.URGENT, Step.DISAPPROVE): State.REFUSED,
    (State.URGENT, Step.CANCEL): State.CANCELLED,
    (State.GRANTED, Step.REVIEW): State.GRANTED,
    (State.GRANTED, Step.RENEW): State.GRANTED,
    (State.GRANTED, Step.CANCEL): State.CANCELLED,
    (State.RENEWING, Step.APPROVE): State.GRANTED,
    (State.RENEWING, Step.DISAPPROVE): State.GRANTED,
    (State.RENEWING, Step.REVIEW): State.RENEWING,
    (State.RENEWING, Step.CANCEL): State.CANCELLED,
}
"""What becomes of it. Under a second lock a grant leads to `AWAITING` and a renewal to `RENEWING`; an urgent grant that
owes nothing any more leads to `GRANTED`."""
_LOCKED: Final[Mapping[Step, State]] = {Step.GRANT: State.AWAITING, Step.RENEW: State.RENEWING}
"""Where a step of the first lock leads if there is a second."""

DECIDING: Final = frozenset({Step.GRANT, Step.GRANT_BY_WORD, Step.REFUSE, Step.REVIEW, Step.RENEW, Step.CANCEL})
"""What whoever decides does, and never on what he applied for."""
APPROVING: Final = frozenset({Step.APPROVE, Step.DISAPPROVE})
"""What the second lock does: never whoever applied or granted."""
APPLYING: Final = frozenset({Step.WITHDRAW, Step.WRITE_UP})
"""What is left to whoever applied (or, of the reasons in writing, to whoever granted by word of mouth)."""


class Standing(StrEnum):
    """What an authority comes to at a moment."""

    ASKED = "asked for"
    LIVE = "live"
    REVIEW_LATE = "live, review overdue"
    EXPIRED = "expired"
    """It ran to its end."""
    LAPSED = "lapsed"
    """Granted by word of mouth, and what was owed did not come in time."""
    ENDED = "ended"
    """Refused, withdrawn or cancelled."""


ALIVE: Final = frozenset({Standing.LIVE, Standing.REVIEW_LATE})


def standing(authority: Authority, moment: str) -> Standing:
    """What it comes to at a moment (a stamp)."""
    owed_by = authority.owed_by if authority.owed else ""
    return standing_of(authority.state, authority.until, authority.review, owed_by, moment)


def standing_of(state: State, until: str, review: str, owed_by: str, moment: str) -> Standing:
    """What an authority in that state with those clocks comes to; without a moment to tell it by it is not live."""
    if state in (State.APPLIED, State.AWAITING):
        return Standing.ASKED
    if state not in (State.GRANTED, State.RENEWING, State.URGENT) or not moment:
        return Standing.ENDED
    if owed_by and moment > owed_by:
        return Standing.LAPSED
    if moment > until:
        return Standing.EXPIRED
    return Standing.REVIEW_LATE if review and moment > review else Standing.LIVE


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a step may not be taken, in words for whoever wants to."""

    words: str


def forbidden(
    authority: Authority, step: Step, kind: Kind, by: str, roles: Collection[str], moment: str
) -> Fault | None:
    """Why `by`, who holds these roles, may not take that step at that moment (a stamp); None if he may."""
    if (authority.state, step) not in TRANSITIONS:
        return Fault(f"it is {authority.state}: {_steps(authority.state)}")
    now = standing(authority, moment)
    if now in (Standing.EXPIRED, Standing.LAPSED):
        return Fault(f"it has {now}; apply anew")
    return _wrong_person(authority, step, kind, by, roles) or _wrong_time(authority, step, kind, moment)


def _wrong_person(authority: Authority, step: Step, kind: Kind, by: str, roles: Collection[str]) -> Fault | None:
    if step in APPLYING:
        allowed = {authority.applicant} | (authority.did(Step.GRANT_BY_WORD) if step is Step.WRITE_UP else set())
        return None if by in allowed else Fault(f"that is left to {' or '.join(sorted(allowed))}")
    if by == authority.applicant:
        return Fault("nobody decides on what he applied for; ask another who holds the role")
    role = kind.approves if step in APPROVING else kind.decides
    if not role:
        return Fault("there is no second lock on it")
    if role not in roles:
        return Fault(f"that takes the role {role}, which you do not hold")
    decided = authority.did(Step.GRANT, Step.GRANT_BY_WORD, Step.RENEW)
    if step in APPROVING and by in decided:
        return Fault("the second lock is another person than the first")
    return None


def _wrong_time(authority: Authority, step: Step, kind: Kind, moment: str) -> Fault | None:
    if step in APPROVING and authority.state is State.URGENT and Step.APPROVE not in authority.owed:
        return Fault("it is approved already, or has no second lock")
    if step is Step.GRANT and not all(authority.particulars.values()):
        return Fault("its particulars are incomplete; it can be granted by word of mouth alone until it is written up")
    if step is Step.WRITE_UP and Step.WRITE_UP not in authority.owed:
        return Fault("its reasons stand in writing already")
    if step is Step.RENEW:
        opens = stamp(kind.renewal_window.before(datetime.fromisoformat(authority.until)))
        if moment < opens:
            return Fault(f"it may be renewed from {opens[:10]}, {kind.renewal_window} before its end")
    return None


def _steps(state: State) -> str:
    possible = sorted(step.value.removeprefix("authority ") for (at, step) in TRANSITIONS if at is state)
    return f"it can be {', '.join(possible)}" if possible else "nothing more is decided on it"


def applied(deed: Deed, kind: str, about: str, rests_on: str, particulars: Mapping[str, str]) -> Authority:
    """The authority that an application begins."""
    return Authority(deed.entry, kind, about, deed.label, deed.by, dict(particulars), (deed,), rests_on=rests_on)


def after(
    authority: Authority,
    deed: Deed,
    kind: Kind,
    roles: Collection[str],
    holidays: Collection[date],
    written: Mapping[str, str] = MappingProxyType({}),
) -> Authority:
    """The authority once that was done; unchanged where it may not be.

    `roles`: what whoever did it held when he did. `written`: the particulars that a writing up brings.
    """
    if deed.label != authority.label or forbidden(authority, deed.step, kind, deed.by, roles, deed.at):
        return authority
    state = TRANSITIONS[authority.state, deed.step]
    if kind.approves:
        state = _LOCKED.get(deed.step, state)
    changed = replace(authority, state=state, deeds=(*authority.deeds, deed))
    if deed.step is Step.WRITE_UP:
        said = {**changed.particulars, **{name: words for name, words in written.items() if words}}
        changed = replace(changed, particulars=said)
    if deed.conditions:
        changed = replace(changed, conditions=(*changed.conditions, deed.conditions))
    return _clocks(authority.state, changed, deed, kind, holidays)


def _clocks(before: State, authority: Authority, deed: Deed, kind: Kind, holidays: Collection[date]) -> Authority:
    """The ends and reviews that follow from a step taken in that state; an officer may set earlier ones alone."""
    at = datetime.fromisoformat(deed.at)
    review = _earlier(deed.review, kind.review.after(at, holidays))
    match deed.step:
        case Step.GRANT_BY_WORD:
            owed = frozenset({Step.WRITE_UP, *([Step.APPROVE] if kind.approves else [])})
            due = stamp(kind.urgent.after(at, holidays))
            return replace(
                authority, until=_earlier(deed.until, kind.urgent.after(at, holidays)), owed=owed, owed_by=due
            )
        case Step.GRANT if authority.state is State.GRANTED:
            return replace(authority, until=_earlier(deed.until, kind.lasts.after(at, holidays)), review=review)
        case Step.APPROVE if before is State.RENEWING:
            return _renewed(authority, _asked_until(authority, Step.RENEW), review, kind, holidays)
        case Step.APPROVE if authority.state is State.GRANTED:
            asked = _asked_until(authority, Step.GRANT)
            return replace(authority, until=_earlier(asked, kind.lasts.after(at, holidays)), review=review)
        case Step.APPROVE | Step.WRITE_UP:
            return _paid(authority, deed, kind, holidays)
        case Step.RENEW if authority.state is State.GRANTED:
            return _renewed(authority, deed.until, review, kind, holidays)
        case Step.REVIEW:
            return replace(authority, review=review)
        case _:
            return authority


def _paid(authority: Authority, deed: Deed, kind: Kind, holidays: Collection[date]) -> Authority:
    """An urgent authority that lacks one thing less; it stays as short as it was granted."""
    owed = authority.owed - {deed.step}
    if owed:
        return replace(authority, owed=owed)
    at = datetime.fromisoformat(deed.at)
    return replace(authority, owed=owed, state=State.GRANTED, review=stamp(kind.review.after(at, holidays)))


def _renewed(authority: Authority, asked: str, review: str, kind: Kind, holidays: Collection[date]) -> Authority:
    """Longer by what the law gives, counted from its end; or to the earlier end that was asked for."""
    end = kind.lasts.after(datetime.fromisoformat(authority.until), holidays)
    return replace(authority, until=_earlier(asked, end), review=review)


def _asked_until(authority: Authority, step: Step) -> str:
    return next((each.until for each in reversed(authority.deeds) if each.step is step), "")


def _earlier(chosen: str, last: datetime) -> str:
    end = stamp(last)
    return min(chosen, end) if chosen else end
