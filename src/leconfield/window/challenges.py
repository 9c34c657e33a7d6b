"""Challenges as the shelf has them: brief, dates, answers, outcome; and what is sent in, on its way out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from leconfield.errors import BadInputError, DamagedError
from leconfield.gate.bundles import challenges as formats
from leconfield.gate.bundles.boxes import Box, Enclosed
from leconfield.gate.bundles.challenges import MAX_LINE, PARTS, Challenge, Stage, Submission
from leconfield.gate.bundles.content import Member
from leconfield.gate.bundles.telling import Block
from leconfield.window.codes import Derived
from leconfield.window.told import Shown, Told

REQUIRED: Final = ("summary", "approach", "team", "plan")
"""Parts without which nobody could judge an idea."""
WHO: Final = ("organisation", "contact", "email")
_EMAIL: Final = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_CONTROL: Final = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a brief, as it is set out."""

    name: str
    """Its key in `formats.SECTIONS`."""
    blocks: tuple[Block, ...]
    files: Mapping[str, Member]


@dataclass(frozen=True, slots=True)
class Known:
    """A challenge that may be shown."""

    challenge: Challenge
    brief: Told
    stage: Stage
    answers: Told | None
    """The answers to all questions, once they show."""
    outcome: tuple[int, int] | None
    """How many came, and how many were taken forward."""

    @property
    def id(self) -> str:
        """By what its address is made."""
        return self.challenge.id

    @property
    def title(self) -> str:
        """What it is called."""
        return self.brief.title or self.brief.lead

    @property
    def lead(self) -> str:
        """What it is about, in a sentence or two."""
        return self.brief.lead

    @property
    def sections(self) -> tuple[Section, ...]:
        """The parts of its brief; none if it is not written in parts."""
        try:
            parts = formats.parts_of_brief(self.brief.blocks)
        except BadInputError:
            return ()
        return tuple(Section(name, blocks, self.brief.files) for name, blocks in parts.items())

    @property
    def asking(self) -> bool:
        """Whether questions are taken."""
        return self.stage is Stage.ASKING

    @property
    def taking(self) -> bool:
        """Whether submissions are taken."""
        return self.stage in (Stage.ASKING, Stage.OPEN)

    def until(self, now: datetime) -> datetime | None:
        """When it becomes another one by itself; None: never."""
        instants = (datetime.fromisoformat(at) for _, at in self.challenge.dates.milestones())
        return next((each for each in instants if each > now), None)


def all_in(shown: Shown, now: datetime) -> tuple[Known, ...]:
    """Every challenge that may be shown at a moment: those that are open first, then by when they close."""
    found = [each for which in shown.orders(formats.KIND) if (each := known_in(shown, which, now)) is not None]
    order = (Stage.ASKING, Stage.OPEN, Stage.AHEAD, Stage.CLOSED, Stage.OVER)
    return tuple(sorted(found, key=lambda each: (order.index(each.stage), each.challenge.dates.closes, each.id)))


def known_in(shown: Shown, which: str, now: datetime) -> Known | None:
    """The challenge of that id at a moment; None: there is none that may be shown."""
    challenge = ordered(shown, which)
    brief = shown.told(challenge.release) if challenge else None
    if challenge is None or brief is None or brief.form != formats.BRIEF_FORM:
        return None
    return Known(challenge, brief, challenge.dates.stage(now), _answers(shown, which), _outcome(shown, which))


def of_release(shown: Shown, release: str, now: datetime) -> Known | None:
    """The challenge whose brief or whose answers a release is; None: it is neither."""
    for known in all_in(shown, now):
        if release in (known.challenge.release, known.answers.release if known.answers else ""):
            return known
    return None


def ordered(shown: Shown, which: str) -> Challenge | None:
    """What was ordered of a challenge, whether its brief may be shown or not."""
    order = shown.order(formats.KIND, which)
    try:
        return formats.challenge_in(order) if order is not None else None
    except DamagedError:
        return None


def fault_in_who(answers: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What is wrong with who sends something in: field, and the key of the words."""
    for name in WHO:
        words = answers.get(name, "")
        if len(words) > MAX_LINE or _CONTROL.search(words):
            yield name, "long"
    if not answers.get("contact", ""):
        yield "contact", "contact"
    if _EMAIL.fullmatch(answers.get("email", "")) is None:
        yield "email", "email"


def fault_in_part(name: str, words: str, limits: Mapping[str, int]) -> str:
    """What is wrong with a part of a submission, as the key of the words; empty if nothing is."""
    if not words and name in REQUIRED:
        return "empty"
    return "words" if formats.words_in(words) > limits[name] else ""


def fault_in_files(files: Sequence[Enclosed], most: int) -> str:
    """What is wrong with the files of a submission, as the key of the words; empty if nothing is."""
    if len(files) > most:
        return "many"
    return "large" if sum(len(each.held) for each in files) > formats.MAX_FILE_BYTES else ""


def box_of(
    challenge: Challenge, answers: Mapping[str, str], files: Sequence[Enclosed], receipt: Derived, *, day: str, id_: str
) -> Box:
    """A submission, sealed for its challenge, in its box.

    Raises:
        BadInputError: if it is too large.
    """
    parts = {name: answers.get(name, "") for name in PARTS}
    who = {name: answers.get(name, "") for name in WHO}
    made = Submission(
        challenge.id, **who, parts=parts, place=receipt.place, reply_to=receipt.mailbox.hex(), files=tuple(files)
    )
    return replace(formats.seal_submission(made, challenge.key, day), id=id_)


def _answers(shown: Shown, which: str) -> Told | None:
    order = shown.order(formats.ANSWERS, which)
    told = shown.told(str(order.body.get("release", ""))) if order is not None else None
    return told if told is not None and told.form == formats.ANSWERS_FORM else None


def _outcome(shown: Shown, which: str) -> tuple[int, int] | None:
    order = shown.order(formats.OUTCOME, which)
    numbers = [order.body.get(name) for name in ("received", "taken")] if order is not None else []
    match numbers:
        case [int(received), int(taken)] if 0 <= taken <= received:
            return received, taken
    return None
