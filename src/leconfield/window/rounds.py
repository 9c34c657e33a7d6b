"""Rounds as the window knows them: what of its orders and releases may show at a moment, and the sending in of votes.

Orders say more than may show yet: each question says from when it shows, the counts say not before when, and the
answers are a release under embargo. Whatever a page tells of a round it takes from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from leconfield.errors import DamagedError
from leconfield.gate.bundles import rounds
from leconfield.gate.bundles.orders import Order
from leconfield.gate.bundles.rounds import Asked, Became, Change, Round, Stage, Tally
from leconfield.window.house import Window
from leconfield.window.told import Shown, Told
from leconfield.window.votes import FILE, Votes, box_of, votes_in

PURPOSE: Final = "question"
"""What the code of a question is for (`codes.derived`)."""


@dataclass(frozen=True, slots=True)
class Known:
    """A round that was announced."""

    id: str
    plan: Round
    announcement: Told
    stage: Stage
    answers: Told | None
    """None: they are not out."""

    @property
    def title(self) -> str:
        """As it was announced."""
        return self.announcement.title


@dataclass(frozen=True, slots=True)
class Standing:
    """A question that is to be answered."""

    id: str
    words: str
    votes: int
    """Of it and of those merged into it; 0 until the round has closed."""


@dataclass(frozen=True, slots=True)
class Fate:
    """What became of a question that somebody comes back to; of one that nothing is known of, nothing."""

    round: Known
    change: Change
    words: str
    """As it is shown, or as the one it was merged into is; empty: it is not shown."""


def known_rounds(shown: Shown, now: datetime) -> tuple[Known, ...]:
    """Every round that was announced, the one that opens last first."""
    found = (_known(which, order, shown, now) for which, order in shown.orders(rounds.ROUND).items())
    return tuple(sorted((each for each in found if each), key=lambda each: (each.plan.opens, each.id), reverse=True))


def known_round(shown: Shown, which: str, now: datetime) -> Known | None:
    """The round by that id, if it was announced."""
    order = shown.order(rounds.ROUND, which)
    return None if order is None else _known(which, order, shown, now)


def standing(shown: Shown, known: Known, now: datetime, votes: Mapping[str, int]) -> tuple[Standing, ...]:
    """The questions of a round that show, by votes once it has closed, otherwise by a hash."""
    asked = {each.id: each for each in _asked(shown, known.id)}
    changes = {which: change for which, each in asked.items() if (change := each.at(now)) is not None}
    counted = votes if known.stage in (Stage.CLOSED, Stage.OUT) else {}
    total: dict[str, int] = {}
    for which in asked:
        where = _target(which, changes)
        total[where] = total.get(where, 0) + counted.get(which, 0)
    accepted = [which for which, change in changes.items() if change.became is Became.ACCEPTED]
    ordered = rounds.ranked(total, accepted, known.id)
    return tuple(Standing(which, changes[which].words, total.get(which, 0)) for which in ordered)


def tally(shown: Shown, known: Known, now: datetime) -> Tally | None:
    """How many were asked and answered, and why others were not; it shows with the answers."""
    order = shown.order(rounds.COUNTS, known.id)
    if order is None or known.answers is None:
        return None
    try:
        counts = rounds.counts_in(order.body)
    except DamagedError:
        return None
    return counts if counts.not_before <= now else None


def fate(shown: Shown, place: str, now: datetime) -> Fate | None:
    """What became of the question at that place; None: nothing that shows, or there is no such question.

    Every round is looked through to its end, whether one is found or not.
    """
    found = None
    for known in known_rounds(shown, now):
        asked = {each.id: each for each in _asked(shown, known.id)}
        changes = {which: change for which, each in asked.items() if (change := each.at(now)) is not None}
        for which, each in asked.items():
            change = changes.get(which)
            if each.place == place and change is not None:
                where = changes.get(_target(which, changes))
                found = Fate(known, change, where.words if where is not None else "")
    return found


def changes_at(shown: Shown, now: datetime) -> datetime | None:
    """The next instant at which something about rounds shows that does not show now; None: there is none."""
    instants: set[datetime] = set()
    for known in known_rounds(shown, now):
        instants |= {known.plan.opens, known.plan.closes, known.plan.publishes}
        instants |= {change.since for each in _asked(shown, known.id) for change in each.changes}
    return min((each for each in instants if each > now), default=None)


def votes_of(window: Window) -> Votes:
    """The votes of a window."""
    return votes_in(window.store(FILE))


def send_in(window: Window) -> None:
    """Send in the votes of every round that has closed, once."""
    now = window.clock()
    votes = votes_of(window)
    for known in known_rounds(window.shelf.shown(now), now):
        if known.stage in (Stage.CLOSED, Stage.OUT) and not votes.sent(known.id):
            _send_in(window, votes, known)


def _send_in(window: Window, votes: Votes, known: Known) -> None:
    """Close first, so that no vote is counted that is not in the box; whoever is stopped sends the same box again."""
    box = box_of(known.id, votes.close(known.id), known.plan.closes.date().isoformat())
    window.outbox.put(box)
    votes.mark_sent(known.id)


def _known(which: str, order: Order, shown: Shown, now: datetime) -> Known | None:
    try:
        plan = rounds.round_in(order.body)
    except DamagedError:  # signed, and yet of another make: as good as none
        return None
    announcement = shown.told(plan.announcement) if plan.announcement else None
    if announcement is None:
        return None
    stage = rounds.stage(plan, now)
    answers = shown.told(plan.answers) if plan.answers and stage is Stage.OUT else None
    return Known(which, plan, announcement, stage, answers)


def _asked(shown: Shown, which: str) -> tuple[Asked, ...]:
    order = shown.order(rounds.QUESTIONS, which)
    try:
        return rounds.questions_in(order.body) if order is not None else ()
    except DamagedError:
        return ()


def _target(which: str, changes: Mapping[str, Change]) -> str:
    """Where a question is answered: itself, or the one that it was merged into, and that in turn."""
    for following in _path(which, changes):
        which = following
    return which


def _path(which: str, changes: Mapping[str, Change]) -> Iterator[str]:
    seen = set()
    while which not in seen:
        seen.add(which)
        yield which
        change = changes.get(which)
        if change is None or change.became is not Became.MERGED:
            return
        which = change.into
