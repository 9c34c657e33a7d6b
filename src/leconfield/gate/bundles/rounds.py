"""A round of questions and answers, as both sides know it: its instants, its stage, and the bodies of its orders.

All instants are fixed before a round opens, and whatever shows on the open side shows at one of them: at the opening,
at the same minute of each day after it, at the close, and when all answers appear at once. When somebody wrote or
decided something cannot be read from when it shows (`docs/rounds.md`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final

from leconfield.errors import BadInputError, DamagedError
from leconfield.gate.bundles.content import MAX_WORDS, fault_in_words

ROUND: Final = "round"
"""Kind of order, about a round: its instants and limits."""
QUESTIONS: Final = "round-questions"
"""Kind of order, about a round: what became of each question."""
COUNTS: Final = "round-counts"
"""Kind of order, about a round: how many questions were asked, answered, and not answered for which reason."""
QUESTION: Final = "question"
"""Kind of box: somebody asks."""
BALLOTS: Final = "ballots"
"""Kind of box: the votes of a round, once it has closed."""
LONGEST: Final = MAX_WORDS
"""Characters of a question at the most; a round may ask for fewer."""
SHORTEST: Final = 10
VOTES_AN_HOUR: Final = 60
"""Votes that one question takes in an hour, unless a round says otherwise."""
LEAST_MARGIN: Final = timedelta(hours=12)
"""Between answers due and their publication: two approve and a crossing is made in it."""
LONGEST_ROUND: Final = timedelta(days=92)
_ID: Final = re.compile(r"[0-9a-f]{32}")
_PLACE: Final = re.compile(r"[0-9a-f]{64}")
_INSTANT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:00Z", re.ASCII)
_A_DAY: Final = timedelta(days=1)


class Stage(StrEnum):
    """How far a round is."""

    ANNOUNCED = "announced"
    OPEN = "open"
    """Questions and votes are taken."""
    CLOSED = "closed"
    """Answers are being written."""
    OUT = "out"
    """The instant at which the answers show has come."""


class Became(StrEnum):
    """What became of a question."""

    ACCEPTED = "accepted"
    MERGED = "merged"
    """It asks what another asks, and is answered there."""
    REFUSED = "refused"


class Category(StrEnum):
    """Why a question is not answered: all that is ever said of it, in the same words for all."""

    OPERATIONS = "operations"
    IDENTITY = "identity"
    DUPLICATE = "duplicate"
    ABUSE = "abuse"
    SCOPE = "out of scope"


@dataclass(frozen=True, slots=True)
class Round:
    """When what happens, in UTC, to the minute."""

    opens: datetime
    closes: datetime
    due: datetime
    """Until when officers write; nothing of it shows."""
    publishes: datetime
    announcement: str = ""
    """The release that announces it; empty: not bound yet."""
    answers: str = ""
    """The release that answers it."""
    longest: int = LONGEST
    votes_an_hour: int = VOTES_AN_HOUR
    put_off: int = 0
    """How often its answers were put off: their instant is then later than was said."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a question is from an instant on."""

    since: datetime
    became: Became
    words: str = ""
    """Of one accepted: as it is shown."""
    into: str = ""
    """Of one merged: the question that it was merged into."""
    category: Category | None = None
    """Of one refused."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the open side is told of it."""

    id: str
    """32 hexadecimal digits that say nothing."""
    place: str
    """Where whoever asked finds it, 64 hexadecimal digits that follow from his code."""
    changes: tuple[Change, ...] = ()
    """The oldest first."""

    def at(self, now: datetime) -> Change | None:
        """What it is at a moment; None: nothing that shows yet."""
        return next((each for each in reversed(self.changes) if each.since <= now), None)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many were asked, and what became of them; it shows with the answers."""

    not_before: datetime
    asked: int
    answered: int
    merged: int
    refused: Mapping[Category, int] = field(default_factory=dict)


def stage(the_round: Round, now: datetime) -> Stage:
    """How far a round is at a moment."""
    if now < the_round.opens:
        return Stage.ANNOUNCED
    if now < the_round.closes:
        return Stage.OPEN
    return Stage.CLOSED if now < the_round.publishes else Stage.OUT


def turn(the_round: Round, now: datetime) -> datetime:
    """The next instant at which what was decided by now may show.

    That is the minute of the opening, each day, or the publication if that is sooner: who decided when is not in it.
    """
    if now < the_round.opens:
        return the_round.opens
    days = (now - the_round.opens) // _A_DAY + 1
    return min(the_round.opens + days * _A_DAY, max(the_round.publishes, now))


def fault_in(the_round: Round) -> str:
    """Why these instants will not do, in words; empty if they will."""
    told = (the_round.opens, the_round.closes, the_round.due, the_round.publishes)
    if any(each.tzinfo is None or each.second or each.microsecond for each in told):
        return "write each instant to the minute, in UTC"
    if not the_round.opens + _A_DAY <= the_round.closes:
        return "a round is open for a day at the least, so that everybody can ask, whatever his hours"
    if the_round.due < the_round.closes:
        return "answers are due after the round has closed"
    if the_round.publishes < the_round.due + LEAST_MARGIN:
        return "twelve hours at the least lie between answers due and answers out: two approve them, and they cross"
    if the_round.publishes - the_round.opens > LONGEST_ROUND:
        return "a round is over in three months at the most; plan two"
    if not SHORTEST <= the_round.longest <= LONGEST:
        return f"a question has {SHORTEST} to {LONGEST} characters"
    return "" if 1 <= the_round.votes_an_hour <= 10_000 else "a question takes 1 to 10,000 votes an hour"


def ranked(votes: Mapping[str, int], questions: Iterable[str], the_round: str) -> tuple[str, ...]:
    """Questions by their votes, the most first; those with as many by a hash, which follows no order of writing."""
    return tuple(sorted(questions, key=lambda each: (-votes.get(each, 0), hashed(the_round, each))))


def hashed(the_round: str, question: str) -> str:
    """What orders questions that have as many votes."""
    return sha256(f"leconfield round order v1\n{the_round}\n{question}".encode()).hexdigest()


def body_of(the_round: Round) -> dict[str, object]:
    """The body of the order `round`.

    Raises:
        BadInputError: if its instants will not do.
    """
    if fault := fault_in(the_round):
        raise BadInputError(fault)
    instants = {name: written(getattr(the_round, name)) for name in ("opens", "closes", "due", "publishes")}
    bound = {"announcement": the_round.announcement, "answers": the_round.answers}
    limits = {name: getattr(the_round, name) for name in ("longest", "votes_an_hour", "put_off")}
    return {**instants, **bound, **limits}


def round_in(body: Mapping[str, object], where: str = "round") -> Round:
    """The round that an order's body tells.

    Raises:
        DamagedError: if a part of it is missing or of another kind.
    """
    opens, closes, due, publishes = (
        _instant(body.get(name), f"{where}, {name}") for name in ("opens", "closes", "due", "publishes")
    )
    announcement, answers = (_text(body.get(name), f"{where}, {name}") for name in ("announcement", "answers"))
    longest, votes, put_off = (
        _number(body.get(name), f"{where}, {name}") for name in ("longest", "votes_an_hour", "put_off")
    )
    if any(each and _ID.fullmatch(each) is None for each in (announcement, answers)):
        raise DamagedError(f"{where}: a release's id is 32 hexadecimal digits")
    made = Round(opens, closes, due, publishes, announcement, answers, longest, votes, put_off)
    if fault := fault_in(made):
        raise DamagedError(f"{where}: {fault}")
    return made


def questions_body(asked: Iterable[Asked]) -> dict[str, object]:
    """The body of the order `round-questions`: sorted by id, which follows no order of asking.

    Raises:
        BadInputError: if the words of a question may not stand in it.
    """
    return {"questions": [_written(each) for each in sorted(asked, key=lambda each: each.id)]}


def questions_in(body: Mapping[str, object], where: str = "round-questions") -> tuple[Asked, ...]:
    """The questions that an order's body tells.

    Raises:
        DamagedError: if a part of it is missing or of another kind.
    """
    return tuple(_asked(each, where) for each in _listed(body.get("questions"), where))


def counts_body(tally: Tally) -> dict[str, object]:
    """The body of the order `round-counts`."""
    refused = {each.value: tally.refused.get(each, 0) for each in Category}
    counts = {"asked": tally.asked, "answered": tally.answered, "merged": tally.merged}
    return {**counts, "refused": refused, "not_before": written(tally.not_before)}


def counts_in(body: Mapping[str, object], where: str = "round-counts") -> Tally:
    """The counts that an order's body tells.

    Raises:
        DamagedError: if a part of it is missing or of another kind.
    """
    told = body.get("refused")
    if not isinstance(told, dict):
        raise DamagedError(f"{where}: how many were refused is missing")
    refused = {each: _number(told.get(each.value), f"{where}, {each.value}") for each in Category}
    asked, answered, merged = (_number(body.get(name), f"{where}, {name}") for name in ("asked", "answered", "merged"))
    return Tally(_instant(body.get("not_before"), where), asked, answered, merged, refused)


def written(instant: datetime) -> str:
    """An instant as it stands in an order: `2026-12-01T09:00:00Z`."""
    return instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def instant_in(text: str, what: str = "instant") -> datetime:
    """The instant that is written as `2026-12-01T09:00:00Z`, or as a form sends it (`2026-12-01T09:00`), in UTC.

    Raises:
        BadInputError: naming what is none.
    """
    full = f"{text}:00Z" if len(text) == len("2026-12-01T09:00") else text
    try:
        if _INSTANT.fullmatch(full):
            return datetime.fromisoformat(full)
    except ValueError:
        pass
    raise BadInputError(f'{what}: "{text[:40]}" is no instant; write it as 2026-12-01T09:00')


def _written(asked: Asked) -> dict[str, object]:
    if fault := next((each for each in map(_fault_in_change, asked.changes) if each), ""):
        raise BadInputError(fault)
    changes = [
        {
            "became": each.became.value,
            "category": each.category.value if each.category else "",
            "into": each.into,
            "since": written(each.since),
            "words": each.words,
        }
        for each in asked.changes
    ]
    return {"changes": changes, "id": asked.id, "place": asked.place}


def _asked(told: object, where: str) -> Asked:
    if not isinstance(told, dict):
        raise DamagedError(f"{where}: a question is an object")
    its_id, place = _text(told.get("id"), where), _text(told.get("place"), where)
    if _ID.fullmatch(its_id) is None or _PLACE.fullmatch(place) is None:
        raise DamagedError(f"{where}: a question has an id and a place")
    return Asked(its_id, place, tuple(_change(each, where) for each in _listed(told.get("changes"), where)))


def _change(told: object, where: str) -> Change:
    if not isinstance(told, dict):
        raise DamagedError(f"{where}: a change is an object")
    words, into, category, became = (_text(told.get(name), where) for name in ("words", "into", "category", "became"))
    try:
        made = Change(
            _instant(told.get("since"), where), Became(became), words, into, Category(category) if category else None
        )
    except ValueError:
        raise DamagedError(f'{where}: "{became[:20]}" or "{category[:20]}" is nothing that becomes of one') from None
    if fault := _fault_in_change(made):
        raise DamagedError(f"{where}: {fault}")
    return made


def _fault_in_change(change: Change) -> str:
    match change.became:
        case Became.ACCEPTED:
            return fault_in_words(change.words, "question") or ("" if change.words else "a question has words")
        case Became.MERGED:
            return "" if _ID.fullmatch(change.into) else "a question is merged into another, by its id"
        case Became.REFUSED:
            return "" if change.category else "a question is refused for one of five reasons"


def _listed(told: object, where: str) -> list[object]:
    if not isinstance(told, list):
        raise DamagedError(f"{where}: a list is missing")
    return told


def _text(told: object, where: str) -> str:
    if not isinstance(told, str):
        raise DamagedError(f"{where}: it is no text")
    return told


def _number(told: object, where: str) -> int:
    if not isinstance(told, int) or isinstance(told, bool) or told < 0:
        raise DamagedError(f"{where}: it is no number of things")
    return told


def _instant(told: object, where: str) -> datetime:
    try:
        return instant_in(_text(told, where), where)
    except BadInputError as error:
        raise DamagedError(str(error)) from None
