"""Decisions on a delivery: which state may follow which, what is public of ours, when a person is asked. Pure."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final
from urllib.parse import urlsplit

from leconfield.gate.bundles.deliveries import Resolution, Ruling, State
from leconfield.window.publishing.model import Delivery, Seen
from leconfield.window.publishing.trouble import Kind

MOST_TRIES: Final = 3
"""Containers in one attempt."""
WORKING_FOR: Final = timedelta(minutes=15)
"""How long a platform may work on a container before another is made."""
SETTLES: Final = timedelta(minutes=15)
"""How long the platform is read after a doubt before a person is asked."""
WATCHED: Final = timedelta(hours=24)
"""How long it is read, now and then, while a person has not decided."""
PATIENCE: Final = timedelta(hours=24)
"""How long a platform that cannot be asked is asked again, while nothing is public, before a person is."""
LATER: Final = timedelta(minutes=30)
"""After which something is tried again that had to wait."""
STEPS_BEGAN: Final = datetime(2026, 1, 1, tzinfo=UTC)
"""From when the milliseconds are counted that steps are numbered by."""

_ANY_TIME: Final = frozenset({State.REJECTED, State.MANUAL})
EDGES: Final[Mapping[State, frozenset[State]]] = {
    State.QUEUED: frozenset({State.SUBMITTED, State.LIVE, *_ANY_TIME}),
    State.SUBMITTED: frozenset({State.PROCESSING, State.QUEUED, State.AMBIGUOUS, State.LIVE, *_ANY_TIME}),
    State.PROCESSING: frozenset({State.QUEUED, State.AMBIGUOUS, State.LIVE, *_ANY_TIME}),
    State.AMBIGUOUS: frozenset({State.LIVE, State.PROCESSING, State.MANUAL}),
    State.LIVE: frozenset({State.MANUAL, State.REJECTED}),
    State.REJECTED: frozenset({State.QUEUED, State.LIVE}),
    State.MANUAL: frozenset({State.LIVE, State.QUEUED, State.REJECTED}),
}
"""What may follow what. Nothing leads from `ambiguous` to `queued` but a person, by way of `manual_resolution`.

From `live` straight to `rejected` goes our own site alone: from there it is gone with its release.
"""


def same(one: str, other: str) -> bool:
    """Whether two texts say the same, however a platform has set their spaces."""
    return _plain(one) == _plain(other)


def _plain(words: str) -> str:
    return " ".join(unicodedata.normalize("NFC", words).split())


def ours(delivery: Delivery, seen: Iterable[Seen], claimed: Collection[str]) -> Seen | None:
    """What of a list is this delivery: the same words, not there before it was begun, and no other's. The oldest.

    No clock is asked: ours and the platform's may differ, and what was there before it was begun is known by its id.
    """
    found = unclaimed(delivery, seen, claimed) if delivery.intent is not None else ()
    return min(found, key=lambda each: (each.at, each.id), default=None)


def unclaimed(delivery: Delivery, seen: Iterable[Seen], claimed: Collection[str]) -> tuple[Seen, ...]:
    """What of a list says the same as this delivery, was not there when it was last looked at, and is no other's."""
    known = {*delivery.before, *claimed}
    return tuple(each for each in seen if each.id not in known and same(each.words, delivery.words))


def meant(delivery: Delivery, seen: Iterable[Seen], claimed: Collection[str], *, twins: bool) -> Seen | None:
    """Which of a list a person meant who said that it is there: at the address he gave, else with the same words.

    None if none is, or several are. `twins`: another release says the same, so that words alone tell nothing.
    """
    free = [each for each in seen if each.id not in claimed]
    there = [each for each in free if delivery.address and _place(each.address) == _place(delivery.address)]
    alike = [each for each in free if same(each.words, delivery.words) and not twins]
    new = [each for each in alike if each.id not in delivery.before]
    return next((found[0] for found in (there, new, alike) if len(found) == 1), None)


def _place(address: str) -> tuple[str, str]:
    """Host and last part of an address: browsers and apps give a post's with more before it and behind."""
    parts = urlsplit(address)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/").rpartition("/")[2]


def next_step(last: int, now: datetime) -> int:
    """The number of the next step: greater than the last one's, and than any that an older store had given.

    Whoever has lost a store, or put an old copy back, would else number anew what the inside knows already.
    """
    return max(last + 1, (now - STEPS_BEGAN) // timedelta(milliseconds=1))


def overdue(delivery: Delivery, now: datetime) -> bool:
    """Whether the platform has been read long enough after a doubt."""
    return delivery.intent is not None and past(delivery.intent, now, SETTLES)


def watched(delivery: Delivery, now: datetime) -> bool:
    """Whether it is worth reading the platform while a person has not decided."""
    return delivery.intent is not None and not delivery.media and not past(delivery.intent, now, WATCHED)


def after_trouble(delivery: Delivery, kind: Kind) -> State:
    """Where a delivery goes of which nothing is public, when submitting it went wrong."""
    if kind is Kind.FIX:
        return State.REJECTED
    if kind is Kind.LIMIT or delivery.tries < MOST_TRIES:
        return State.QUEUED
    return State.MANUAL if kind is Kind.AUTH else State.REJECTED


def wait(kind: Kind, poll: timedelta, tries: int) -> timedelta:
    """After how long a thing that went wrong is tried again: five times as long after each try."""
    return LATER if kind in (Kind.LIMIT, Kind.AUTH) else min(LATER, poll * 5 ** max(0, tries - 1))


def past(began: datetime, now: datetime, span: timedelta) -> bool:
    """Whether it began longer ago than that; also if by a clock that was wrong it is yet to begin."""
    return now >= began + span or began > now + span


def hopeless(kind: Kind, asked_for: timedelta) -> bool:
    """Whether it is of no use to ask a platform on, while nothing is public.

    At times it says of what is there that it is not: that is believed after a while.
    """
    return kind is Kind.FIX or asked_for >= (SETTLES if kind is Kind.LIE else PATIENCE)


def ripe(due: datetime, now: datetime, longest: timedelta = LATER) -> bool:
    """Whether it is time. Nothing is put off for longer than `longest`: what is, a wrong clock has put off."""
    return due <= now or due > now + longest


def begun(delivery: Delivery) -> bool:
    """Whether making public what lies with the platform now was begun, and said to have come too early."""
    return delivery.intent is not None and delivery.intent >= delivery.since


def decided(delivery: Delivery, decision: Resolution) -> State | None:
    """Where a person's decision leads; None: nowhere, since it was made on another step or is none here."""
    if decision.step != delivery.step:
        return None
    wanted = {Ruling.LIVE: State.LIVE, Ruling.ANEW: State.QUEUED, Ruling.LEFT: State.REJECTED}[decision.ruling]
    if delivery.state not in (State.MANUAL, State.REJECTED) or wanted not in EDGES[delivery.state]:
        return None
    return wanted
