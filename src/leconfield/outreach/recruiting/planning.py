"""Pure: how a plan is written and read: ids, days, questions with their guides, the vacancy that follows from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from typing import Final

from leconfield.errors import BadInputError
from leconfield.gate.bundles import roles, telling
from leconfield.gate.bundles.telling import Block, Heading, Paragraph
from leconfield.gate.bundles.vacancies import (
    MAX_MINUTES,
    MAX_QUESTIONS,
    MAX_WORDS,
    Asked,
    Sample,
    Stage,
    Vacancy,
)
from leconfield.ledger.acting import in_words, tidied
from leconfield.outreach.recruiting.model import ANSWER, HIGHEST, LOWEST, QUESTION_KINDS, SAMPLE, Campaign, Question

MAX_NAME: Final = 100
MAX_TEXT: Final = 2_000
"""Characters of a question, and of what a guide says of one mark."""
_STAGES: Final = (Stage("sift"), Stage("conversation"), Stage("checks"), Stage("decision"))
_ID: Final = re.compile(r"[a-z][a-z0-9-]{0,39}")
_DRAWN: Final = 12
_MARK: Final = re.compile(r"(?P<mark>\d)\s*:\s*(?P<words>.+)", re.DOTALL)
_DAY_ENDS: Final = time(23, 59)


def public_id(drawn: str) -> str:
    """What a campaign is called where everybody reads it, before the gate has seen any word of it: `role-3f09...`."""
    return f"role-{drawn[:_DRAWN]}"


def public_questions(campaign: Campaign) -> Mapping[str, str]:
    """What each question is called outside, by its short name inside: `q1` in their order, and `sample`."""
    asked = {each.id: f"q{place}" for place, each in enumerate(asked_in(campaign), start=1)}
    sample = sample_in(campaign)
    return asked | ({sample.id: SAMPLE} if sample else {})


def day(written: str, what: str) -> str:
    """A day as it is kept.

    Raises:
        BadInputError: if it is none.
    """
    try:
        return date.fromisoformat(written.strip()).isoformat()
    except ValueError:
        raise BadInputError(f'{what}: "{written[:40]}" is no day; write it as 2026-12-01') from None


def question(which: str, kind: str, words: str, most: str, minutes: str, guide: str) -> Question:
    """A question as it was typed.

    Raises:
        BadInputError: naming what will not do, and what to write instead.
    """
    if _ID.fullmatch(which.strip()) is None:
        raise BadInputError("the short name is lower-case letters, digits and -, and begins with a letter")
    if kind not in QUESTION_KINDS:
        raise BadInputError(f'"{kind[:20]}" is no kind of question; choose {" or ".join(QUESTION_KINDS)}')
    its_minutes = whole(minutes, "minutes", MAX_MINUTES) if kind == SAMPLE else 0
    return Question(
        which.strip(),
        " ".join(in_words(words, "the question", MAX_TEXT).split()),
        whole(most, "words", MAX_WORDS),
        guide_in(guide),
        kind,
        its_minutes,
    )


def whole(written: str, what: str, most: int, least: int = 1) -> int:
    """A whole number as it was typed.

    Raises:
        BadInputError: if it is none, or too great.
    """
    text = written.strip()
    if not text.isascii() or not text.isdigit() or len(text) > len(str(most)) or not least <= int(text) <= most:
        raise BadInputError(f'{what}: "{written[:20]}" is not a whole number from {least} to {most:,}')
    return int(text)


def guide_in(written: str) -> dict[int, str]:
    """A marking guide: lines such as `4: names one way to check it`; what follows belongs to the line before.

    Raises:
        BadInputError: if a line begins with no mark, one stands twice, or none is described.
    """
    found: dict[int, str] = {}
    mark = 0
    for line in (each.strip() for each in written.splitlines() if each.strip()):
        begun = _MARK.fullmatch(line)
        if begun is None and not mark:
            raise BadInputError(f'guide: begin "{line[:40]}" with the mark that it describes, as "4: ..."')
        if begun is None:
            found[mark] = f"{found[mark]} {line}"
            continue
        mark = int(begun["mark"])
        if not LOWEST <= mark <= HIGHEST or mark in found:
            raise BadInputError(f"guide: {mark} is no mark from {LOWEST} to {HIGHEST}, or stands twice")
        found[mark] = begun["words"].strip()
    if not found:
        raise BadInputError('guide: say what an acceptable answer looks like, as "4: ..."; better for 1 and 7 as well')
    if long := next((each for each, words in found.items() if len(words) > MAX_TEXT), 0):
        raise BadInputError(f"guide: what it says of {long} is longer than {MAX_TEXT:,} characters")
    return found


def guide_written(guide: Mapping[int, str]) -> str:
    """A guide as it is typed; `guide_in` reads it back."""
    return "\n".join(f"{mark}: {words}" for mark, words in sorted(guide.items()))


def fault_in_question(campaign: Campaign, made: Question) -> str:
    """Why a question does not fit the others, in words; empty if it does."""
    others = [each for each in campaign.questions if each.id != made.id]
    if made.kind == SAMPLE and any(each.kind == SAMPLE for each in others):
        return "it has a work sample already; one is asked for at most"
    if made.kind == ANSWER and sum(each.kind == ANSWER for each in others) >= MAX_QUESTIONS:
        return f"it asks {MAX_QUESTIONS} questions already; more makes applying a barrier"
    return ""


def asked_in(campaign: Campaign) -> tuple[Question, ...]:
    """Its questions, without the work sample."""
    return tuple(each for each in campaign.questions if each.kind == ANSWER)


def sample_in(campaign: Campaign) -> Question | None:
    """Its work sample, if there is one."""
    return next((each for each in campaign.questions if each.kind == SAMPLE), None)


def vacancy_of(campaign: Campaign, release: str) -> Vacancy:
    """What crosses of a campaign: `release` is the public id of the one that tells of it."""
    sample, called = sample_in(campaign), public_questions(campaign)
    return Vacancy(
        campaign.id,
        release,
        datetime.combine(date.fromisoformat(campaign.opens), time(), UTC),
        datetime.combine(date.fromisoformat(campaign.closes), _DAY_ENDS, UTC),
        tuple(Asked(called[each.id], each.most) for each in asked_in(campaign)),
        Sample(called[sample.id], sample.minutes, sample.most) if sample else None,
        (_STAGES[0], Stage("work-sample"), *_STAGES[1:]) if sample else _STAGES,
    )


def text_of(campaign: Campaign) -> str:
    """The text of a vacancy to begin with: every heading, the questions in their order, the work sample."""
    asked, sample = asked_in(campaign), sample_in(campaign)
    made: list[Block] = []
    head = ""
    for each in roles.skeleton([one.words for one in asked] or ["..."]):
        head = each.words if isinstance(each, Heading) else head
        in_sample = head == roles.SECTIONS["sample"]
        if in_sample and sample is None:
            continue
        made.append(Paragraph(sample.words) if in_sample and sample and isinstance(each, Paragraph) else each)
    return telling.written(made)


def check_text(campaign: Campaign, title: str, text: str, release: str) -> None:
    """Make sure that a vacancy's text and its plan say the same.

    Raises:
        BadInputError: if they do not: a question that is missing, is another, or stands elsewhere.
    """
    told = roles.role(title, telling.blocks(text), vacancy_of(campaign, release))
    for planned, written in zip(asked_in(campaign), told.questions, strict=True):
        if planned.words.casefold() != " ".join(written.split()).casefold():
            raise BadInputError(f'the text asks "{written[:80]}" where the plan asks "{planned.words[:80]}"')


def note(words: str, what: str) -> str:
    """A note that may be left out, as it is kept.

    Raises:
        BadInputError: if it is too long.
    """
    return tidied(words, what, MAX_TEXT)
