"""A window with a round, for tests of its pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from leconfield.gate.bundles import rounds
from leconfield.gate.bundles.rounds import Asked, Became, Category, Change, Round, Tally
from tests.window.houses import House, house

OPENS = datetime(2026, 11, 24, 9, tzinfo=UTC)
DAY = timedelta(days=1)
PLAN = Round(OPENS, OPENS + 7 * DAY, OPENS + 14 * DAY, OPENS + 15 * DAY, votes_an_hour=3)
ROUND = "a" * 32
SLEEP, TRUST, LUNCH, GONE = (letter * 32 for letter in "1234")
WORDS = {
    SLEEP: "How do you sleep after a hard day?",
    TRUST: "Why should anybody trust you?",
    LUNCH: "What is for lunch?",
}
ANSWERS = "\n\n".join(f"## {each}\n\nThis is the answer." for each in WORDS.values())


def accepted(which: str, since: datetime = OPENS + DAY, place: str = "") -> Asked:
    """A question that is to be answered."""
    return Asked(which, place or which * 2, (Change(since, Became.ACCEPTED, words=WORDS[which]),))


def refused(which: str = GONE, since: datetime = OPENS + DAY, place: str = "") -> Asked:
    """A question that is not."""
    return Asked(which, place or which * 2, (Change(since, Became.REFUSED, category=Category.OPERATIONS),))


def announced(folder: Path, plan: Round = PLAN, toml: str = "") -> House:
    """A window on which a round is announced; the clock stands a day before it opens."""
    made = house(folder, toml)
    announce(made, plan)
    return made


def announce(made: House, plan: Round = PLAN) -> None:
    """The announcement of the round, and its order, come in."""
    release = made.release("round", "Ask us about our working days.", title="Life and work")
    made.order(rounds.ROUND, ROUND, rounds.body_of(replace(plan, announcement=release)))


def questions(made: House, *asked: Asked) -> None:
    """What became of these questions is known to the window."""
    made.order(rounds.QUESTIONS, ROUND, rounds.questions_body(asked))


def answers(made: House, plan: Round = PLAN, release: str = "") -> str:
    """The sealed answers, the counts and the order that names them come in; their release."""
    embargo = rounds.written(plan.publishes)
    release = made.release("answers", ANSWERS, title="Answers: Life and work", embargo=embargo, release=release)
    announcement = made.window.shelf.shown(made.clock()).releases("round")[0].release
    bound = replace(plan, announcement=announcement, answers=release)
    made.order(rounds.ROUND, ROUND, rounds.body_of(bound))
    tally = Tally(plan.publishes, 7, 3, 1, {Category.OPERATIONS: 2, Category.ABUSE: 1})
    made.order(rounds.COUNTS, ROUND, rounds.counts_body(tally))
    return release


def at(made: House, moment: datetime) -> None:
    """It is then."""
    made.clock.at = moment
