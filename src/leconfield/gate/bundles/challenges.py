"""Challenges: the dates and limits that the inside orders, the parts of a brief, and what is sent in.

A brief is a release; its dates and limits are an order, fixed before the challenge opens. A submission is sealed twice:
for the desk, and within that for the challenge alone, whose key is not used before it has closed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from leconfield.errors import BadInputError, DamagedError
from leconfield.gate.bundles import boxes
from leconfield.gate.bundles.boxes import Box, Enclosed
from leconfield.gate.bundles.orders import Order
from leconfield.gate.bundles.telling import Block, sections

KIND: Final = "challenge"
"""The kind of the order that fixes dates and limits, and of everything's address outside."""
ANSWERS: Final = "challenge-answers"
"""The kind of the order that ties the release of all answers to a challenge."""
OUTCOME: Final = "challenge-outcome"
"""The kind of the order that says how many came and how many were taken forward."""
QUESTION: Final = "clarifying-question"
"""The kind of box that a question about a brief travels in."""
SUBMISSION: Final = "submission"
PURPOSE: Final = "submission"
"""What the seven words of a submission are for, where a code is derived for a purpose."""
BRIEF_FORM: Final = "challenge-brief"
ANSWERS_FORM: Final = "answers"
SECTIONS: Final[Mapping[str, str]] = {
    "context": "Context",
    "gap": "The gap",
    "themes": "Themes",
    "good": "What good looks like",
    "not-wanted": "What we do not want",
    "budget": "Budget",
    "weeks": "How long",
    "decide": "How we decide",
}
"""The parts of a brief in their order, by the heading that each stands under."""
GAP: Final = "gap"
"""The part that tells the world what we cannot do."""
PARTS: Final[Mapping[str, int]] = {
    "summary": 150,
    "approach": 600,
    "evidence": 300,
    "team": 250,
    "plan": 300,
    "risks": 200,
    "needs": 150,
}
"""What a submission says of the idea, part by part, with the most words of each where the order names no other."""
MOST_WORDS: Final = 5_000
"""The most that an order may allow for one part."""
QUESTION_WORDS: Final = 150
MAX_LINE: Final = 200
"""Characters of a name, an organisation, an address."""
MAX_FILES: Final = 5
MAX_FILE_BYTES: Final = 12 * 2**20
"""Bytes of all files of a submission together: they are sealed twice, and a box takes so much."""
AFTER_ANSWERS: Final = timedelta(days=5)
"""What is left at the least between the answers and the close: an answer that comes too late helps nobody."""
OPEN_FOR: Final = timedelta(days=14)
"""The least time that a challenge stands open."""
_INNER: Final = "submission.box"
_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,79}")
_RELEASE: Final = re.compile(r"[0-9a-f]{32}")
_KEY: Final = re.compile(r"[0-9a-f]{64}")
_INSTANT: Final = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z", re.ASCII)
_DATES: Final = ("opens", "briefing", "questions_until", "answers", "closes", "decision", "pitch")
_BETWEEN: Final = (("opens", "questions_until"), ("questions_until", "answers"), ("closes", "decision"))


class Stage(StrEnum):
    """How far a challenge is."""

    AHEAD = "ahead"
    """It is announced, and not open yet."""
    ASKING = "asking"
    """Questions and submissions are taken."""
    OPEN = "open"
    """Submissions are taken; the time for questions is over."""
    CLOSED = "closed"
    """Nothing is taken any more; it is being decided."""
    OVER = "over"
    """The day of the decision has come."""


@dataclass(frozen=True, slots=True)
class Dates:
    """The instants of a challenge (UTC, to the second), fixed before it opens; `briefing` and `pitch` may be empty."""

    opens: str
    questions_until: str
    answers: str
    """When the answers to all questions appear, for everybody at once."""
    closes: str
    decision: str
    briefing: str = ""
    pitch: str = ""

    def stage(self, now: datetime) -> Stage:
        """How far it is at a moment."""
        moment = _written(now)
        if moment < self.opens:
            return Stage.AHEAD
        if moment < self.questions_until:
            return Stage.ASKING
        if moment < self.closes:
            return Stage.OPEN
        return Stage.CLOSED if moment < self.decision else Stage.OVER

    def milestones(self) -> tuple[tuple[str, str], ...]:
        """The dates that there are, by their names, the earliest first."""
        named = [(getattr(self, each), each) for each in _DATES]
        return tuple((name, at) for at, name in sorted(named, key=lambda each: each[0]) if at)


@dataclass(frozen=True, slots=True)
class Challenge:
    """What the open side knows of a challenge beside the words of its brief."""

    id: str
    release: str
    """The id under which the outside knows the release that is its brief."""
    dates: Dates
    key: str
    """The public half (hex) of the challenge's own X25519 key, to which submissions are sealed."""
    limits: Mapping[str, int] = field(default_factory=lambda: dict(PARTS))
    """The most words of each part of a submission."""
    files: int = MAX_FILES
    """How many files may come along; 0: none."""


@dataclass(frozen=True, slots=True)
class Submission:
    """An idea that somebody sent in, and who he is."""

    challenge: str
    organisation: str
    """Empty: he comes in his own name."""
    contact: str
    email: str
    parts: Mapping[str, str]
    place: str
    """Where a letter to him is put (64 hex), derived from his seven words."""
    reply_to: str
    """The public half (hex) of the key to which a letter to him is sealed."""
    files: tuple[Enclosed, ...] = ()


def words_in(text: str) -> int:
    """How many words a text has: what stands between blanks."""
    return len(text.split())


def fault_in_dates(dates: Dates) -> str:
    """Why dates will not do, in words; empty if they will."""
    for name in _DATES:
        value = getattr(dates, name)
        if (value or name not in ("briefing", "pitch")) and not _is_instant(value):
            return f'{name.replace("_", " ")} "{value[:40]}": write the instant as 2026-12-01T09:00:00Z'
    for before, after in _BETWEEN:
        if getattr(dates, before) >= getattr(dates, after):
            return f"{after.replace('_', ' ')} comes after {before.replace('_', ' ')}; set it later"
    if _moment(dates.closes) < _moment(dates.answers) + AFTER_ANSWERS:
        return f"between the answers and the close lie at least {AFTER_ANSWERS.days} days; close it later"
    if _moment(dates.closes) < _moment(dates.opens) + OPEN_FOR:
        return f"a challenge is open for {OPEN_FOR.days} days at least; close it later"
    if dates.briefing and not dates.opens <= dates.briefing < dates.closes:
        return "the briefing lies between the opening and the close"
    if dates.pitch and not dates.closes < dates.pitch <= dates.decision:
        return "the pitch day lies between the close and the decision"
    return ""


def body_of(challenge: Challenge) -> dict[str, object]:
    """What the order about a challenge says; `challenge_in` reads it back."""
    dates = {name: getattr(challenge.dates, name) for name in _DATES}
    head: dict[str, object] = {"release": challenge.release, "key": challenge.key, "files": challenge.files}
    return {**head, "dates": dates, "limits": dict(challenge.limits)}


def challenge_in(order: Order) -> Challenge:
    """The challenge that an order is about.

    Raises:
        DamagedError: if it is no order about one, or says what cannot be so.
    """
    where, body = f"order challenge {order.about}", order.body
    dates, limits, files = body.get("dates"), body.get("limits"), body.get("files")
    if order.kind != KIND or not isinstance(dates, dict) or set(dates) != set(_DATES):
        raise DamagedError(f"{where}: it has no dates, or others than a challenge has")
    made = Dates(**{name: str(dates[name]) for name in _DATES})
    if fault := fault_in_dates(made):
        raise DamagedError(f"{where}: {fault}")
    if not isinstance(limits, dict) or set(limits) != set(PARTS) or not all(map(_is_limit, limits.values())):
        raise DamagedError(f"{where}: its limits are not one number of words for each part")
    if type(files) is not int or not 0 <= files <= MAX_FILES:
        raise DamagedError(f"{where}: 0 to {MAX_FILES} files may come with a submission")
    release, key = str(body.get("release", "")), str(body.get("key", ""))
    if _RELEASE.fullmatch(release) is None or _KEY.fullmatch(key) is None:
        raise DamagedError(f"{where}: its release or its key is none")
    return Challenge(order.about, release, made, key, {name: limits[name] for name in PARTS}, files)


def parts_of_brief(told: Sequence[Block]) -> dict[str, tuple[Block, ...]]:
    """The blocks of a brief by its parts, in their order.

    Raises:
        BadInputError: naming the part that is missing, empty, unknown or there twice.
    """
    by_heading = {heading: name for name, heading in SECTIONS.items()}
    found: dict[str, tuple[Block, ...]] = {}
    for heading, its in sections(told):
        name = by_heading.get(heading, "")
        if not heading:
            raise BadInputError(f'begin the brief with "## {SECTIONS["context"]}"; something stands before it')
        if not name or name in found:
            fault = "stands there twice" if name else "is no part of a brief"
            raise BadInputError(f'"## {heading[:60]}" {fault}; its parts are {", ".join(SECTIONS.values())}')
        if not its:
            raise BadInputError(f'nothing stands under "## {heading[:60]}"; say it there')
        found[name] = its
    if missing := next((each for each in SECTIONS if each not in found), ""):
        raise BadInputError(f'"## {SECTIONS[missing]}" is missing; a brief says it, however short')
    return {name: found[name] for name in SECTIONS}


def fault_in_question(words: str) -> str:
    """Why a question will not do, in words; empty if it will."""
    if not words.strip():
        return "write your question"
    count = words_in(words)
    return f"{count} words; {QUESTION_WORDS} at most" if count > QUESTION_WORDS else ""


def question_box(challenge: str, words: str, day: str) -> Box:
    """A question about a brief, as a box; who asks it stands nowhere."""
    return Box(QUESTION, day, {"challenge": challenge, "words": words.strip()})


def question_in(box: Box) -> tuple[str, str]:
    """The id of the challenge, and the question.

    Raises:
        DamagedError: if it is no such box, or the question will not do.
    """
    challenge, words = box.fields.get("challenge", ""), box.fields.get("words", "").strip()
    if box.kind != QUESTION or _ID.fullmatch(challenge) is None or (fault_in_question(words)):
        raise DamagedError("it is no question about a challenge, or one that no form of ours takes")
    return challenge, words


def seal_submission(submission: Submission, key: str, day: str) -> Box:
    """A submission sealed for its challenge, in a box that says for which challenge it is and nothing else.

    Raises:
        BadInputError: if it is too large.
    """
    fields = {"organisation": submission.organisation, "contact": submission.contact, "email": submission.email}
    mine = {"challenge": submission.challenge, "place": submission.place, "reply_to": submission.reply_to}
    said = {f"part {name}": words for name, words in submission.parts.items()}
    inner = Box(SUBMISSION, day, {**fields, **mine, **said}, submission.files)
    sealed = boxes.seal(inner, [X25519PublicKey.from_public_bytes(bytes.fromhex(key))])
    file = Enclosed(_INNER, "application/octet-stream", sealed)
    return Box(SUBMISSION, day, {"challenge": submission.challenge}, (file,))


def sealed_in(box: Box) -> tuple[str, bytes]:
    """The id of the challenge, and what is still sealed for it.

    Raises:
        DamagedError: if it is no such box.
    """
    challenge = box.fields.get("challenge", "")
    if box.kind != SUBMISSION or _ID.fullmatch(challenge) is None or len(box.files) != 1:
        raise DamagedError("it is no sealed submission to a challenge")
    return challenge, box.files[0].held


def submission_in(sealed: bytes, key: X25519PrivateKey, challenge: str, *, where: str = "submission") -> Submission:
    """What was sent in, once the challenge's key may be used.

    Raises:
        BadInputError, RefusedError, DamagedError: as `boxes.opened`; also if it is for another challenge.
    """
    box = boxes.opened(sealed, key, where=where)
    told = box.fields
    if box.kind != SUBMISSION or told.get("challenge") != challenge:
        raise DamagedError(f"{where}: it was sealed for another challenge")
    place, reply_to = told.get("place", ""), told.get("reply_to", "")
    if _KEY.fullmatch(place) is None or _KEY.fullmatch(reply_to) is None:
        raise DamagedError(f"{where}: it has no place for a letter back")
    parts = {name: told.get(f"part {name}", "") for name in PARTS}
    names = [told.get(name, "")[:MAX_LINE] for name in ("organisation", "contact", "email")]
    return Submission(challenge, names[0], names[1], names[2], parts, place, reply_to, box.files)


def _is_limit(value: object) -> bool:
    return type(value) is int and 0 < value <= MOST_WORDS


def _is_instant(text: str) -> bool:
    if _INSTANT.fullmatch(text) is None:
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _written(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
