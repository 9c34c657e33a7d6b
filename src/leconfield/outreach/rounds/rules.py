"""What follows from questions and answers: what reads alike, what reads like its writer, how they are ordered. Pure."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz import fuzz

from leconfield.gate.bundles import rounds
from leconfield.gate.bundles.rounds import Asked, Became, Category, Round, Tally
from leconfield.gate.bundles.telling import Block, Heading, Paragraph
from leconfield.outreach.rounds.model import Planned, Question

GRAM: Final = 4
"""Characters of a piece by which two texts are compared (Stamatatos 2009: pieces of 3 to 5 tell writers best)."""
ALIKE: Final = 0.62
"""From here on two questions are offered as perhaps the same; only a person merges them."""
MOST_ALIKE: Final = 3
LEAST_LETTERS: Final = 240
"""Characters of an answer from which on its style is looked at."""
LEAST_HELD: Final = 600
"""Characters of the same officer's other answers, and of the others', from which on there is a style to compare."""
MARGIN: Final = 0.03
"""How much nearer to its writer than to the house an answer reads before it is said."""
_BETWEEN: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Likeness:
    """A question that perhaps asks the same."""

    question: Question
    score: float
    """0 to 1."""


@dataclass(frozen=True, slots=True)
class Style:
    """How near an answer reads to its writer's other answers, and to everybody else's: cosines, 0 to 1."""

    own: float
    house: float

    @property
    def telling(self) -> bool:
        """Whether it reads like its writer rather than like the house."""
        return self.own > self.house + MARGIN


def grams(text: str) -> Counter[str]:
    """The pieces of four characters of a text in small letters, each with how often it stands there."""
    plain = f" {_BETWEEN.sub(' ', text.casefold()).strip()} "
    return Counter(plain[at : at + GRAM] for at in range(max(0, len(plain) - GRAM + 1)))


def cosine(left: Mapping[str, int], right: Mapping[str, int]) -> float:
    """The cosine of two counts: 1 the same, 0 nothing in common."""
    shared = sum(count * right[each] for each, count in left.items() if each in right)
    size = math.sqrt(sum(each * each for each in left.values()) * sum(each * each for each in right.values()))
    return shared / size if size else 0.0


def likeness(left: str, right: str) -> float:
    """How alike two questions are: the better of the same words in any order, and the same pieces."""
    by_words = fuzz.token_sort_ratio(left.casefold(), right.casefold()) / 100
    return max(by_words, cosine(grams(left), grams(right)))


def alike(one: Question, others: Iterable[Question]) -> tuple[Likeness, ...]:
    """The questions of its round that perhaps ask the same, the likeliest first: a suggestion, never a decision."""
    found = (Likeness(each, likeness(one.shown, each.shown)) for each in others if each.id != one.id)
    near = (each for each in found if each.score >= ALIKE)
    return tuple(sorted(near, key=lambda each: (-each.score, each.question.id))[:MOST_ALIKE])


def style(words: str, by: str, written: Sequence[tuple[str, str]]) -> Style | None:
    """How an answer reads; None where there is too little to compare. `written`: (who, words) of all other answers."""
    own = "\n".join(each for who, each in written if who == by)
    others = "\n".join(each for who, each in written if who != by)
    if len(words) < LEAST_LETTERS or len(own) < LEAST_HELD or len(others) < LEAST_HELD:
        return None
    here = grams(words)
    return Style(cosine(here, grams(own)), cosine(here, grams(others)))


def votes_of(planned: Planned, questions: Iterable[Question]) -> dict[str, int]:
    """The votes of each question that stands, with those of the ones merged into it."""
    votes, standing = planned.votes or {}, {each.id: each for each in questions}
    total: dict[str, int] = {}
    for each in standing.values():
        where = target(each, standing)
        total[where] = total.get(where, 0) + votes.get(each.id, 0)
    return total


def target(question: Question, questions: Mapping[str, Question]) -> str:
    """Where a question is answered: itself, or whatever it was merged into, and that in turn."""
    seen = {question.id}
    while (decision := question.decision) is not None and decision.change.became is Became.MERGED:
        following = questions.get(decision.change.into)
        if following is None or following.id in seen:
            break
        question = following
        seen.add(question.id)
    return question.id


def in_order(planned: Planned, questions: Sequence[Question]) -> tuple[Question, ...]:
    """The questions that are answered, by votes and then by a hash: whoever wrote first is not in it."""
    by_id = {each.id: each for each in questions}
    accepted = [each.id for each in questions if each.accepted]
    return tuple(by_id[each] for each in rounds.ranked(votes_of(planned, questions), accepted, planned.id))


def unready(questions: Sequence[Question]) -> str:
    """Why the answers of a round cannot go out yet, in words; empty if they can."""
    undecided = sum(each.decision is None for each in questions)
    bare = sum(each.accepted and each.answer is None for each in questions)
    alone = sum(each.accepted and len(each.hands) == 1 for each in questions)
    personas = {each.answer.persona for each in questions if each.accepted and each.answer and each.answer.persona}
    if undecided:
        return f"nobody has decided on {_counted(undecided)}; every one is answered, or refused with a reason"
    if not any(each.accepted for each in questions):
        return "there is no question to answer"
    if bare:
        return f"there is no answer yet to {_counted(bare)}"
    if alone:
        return (
            f"one officer alone wrote the answer to {_counted(alone)} as it reads now; another writes it down unchanged"
        )
    if len(personas) > 1:
        return f"answers go out under {', '.join(sorted(personas))}; one persona speaks in a round, and the house"
    return ""


def _counted(count: int) -> str:
    return "one question" if count == 1 else f"{count} questions"


def blocks_of(questions: Iterable[Question]) -> tuple[Block, ...]:
    """The words of all answers: each question a heading, each answer its paragraphs under it."""
    made: list[Block] = []
    for each in questions:
        made.append(Heading(one_line(each.shown)))
        if each.answer is not None:
            first, *rest = each.answer.paragraphs
            named = f"{each.answer.persona}: {first}" if each.answer.persona else first
            made += [Paragraph(plain(part)) for part in (named, *rest)]
    return tuple(made)


def plain(words: str) -> str:
    """A paragraph that is read back as one: what would begin another block does not stand at its beginning."""
    return words.lstrip("#*~! ") or words


def one_line(words: str) -> str:
    """Words in one line, with one space between them."""
    return " ".join(words.split())


def tally(plan: Round, questions: Sequence[Question]) -> Tally:
    """How many came, and what became of them; what was passed on counts as out of scope, as it reads outside."""
    became = [each.decision.change for each in questions if each.decision is not None]
    refused = {one: sum(each.category is one for each in became) for one in Category}
    accepted = sum(each.became is Became.ACCEPTED for each in became)
    merged = sum(each.became is Became.MERGED for each in became)
    return Tally(plan.publishes, len(questions), accepted, merged, refused)


def told(questions: Iterable[Question]) -> tuple[Asked, ...]:
    """The questions as the open side is told of them: those that nobody decided on are not among them."""
    return tuple(
        Asked(each.id, each.place, tuple(one.change for one in each.told)) for each in questions if each.decisions
    )
