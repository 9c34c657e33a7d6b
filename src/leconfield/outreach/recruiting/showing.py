"""What pages of recruiting show: rows and figures in the words that people read. Pure but for the answers' seal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from leconfield.gate.bundles.vacancies import word_count
from leconfield.ledger.desk import Desk
from leconfield.outreach.recruiting import people, rules
from leconfield.outreach.recruiting.model import SCALE, VERDICTS, Campaign, Decision, Packet, Question, Score, Stage
from leconfield.outreach.recruiting.rules import Ranked, Spread

STAGES: Mapping[Stage, str] = {
    Stage.PLANNED: "Planned",
    Stage.OPEN: "Open",
    Stage.SIFTING: "Sifting",
    Stage.MODERATING: "Moderating",
    Stage.DECIDING: "Deciding",
    Stage.ANSWERING: "Answering",
    Stage.CLOSED: "Closed",
}
GONE = "This answer is kept no longer."


@dataclass(frozen=True, slots=True)
class Task:
    """An assessor's work on one question."""

    question: Question
    marked: int
    of: int
    locked: bool
    next: int
    """The place, from 1, of the first answer without a mark; 1 if all have one."""


@dataclass(frozen=True, slots=True)
class Paper:
    """One answer, as an assessor reads it."""

    question: Question
    packet: str
    place: int
    of: int
    answer: tuple[str, ...]
    """Its paragraphs."""
    words: int
    score: Score | None
    locked: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A packet as it is decided on."""

    ranked: Ranked
    decision: Decision | None
    feedback: str
    answered: bool

    @property
    def against(self) -> bool:
        """Whether a person decided otherwise than the ranking proposed."""
        return self.decision is not None and self.decision.verdict != self.ranked.proposed


def called(packet: str) -> str:
    """What people call a packet: the beginning of its id."""
    return f"Packet {packet[:6].upper()}"


def mean(value: Fraction) -> str:
    """A mean mark for people: `4.33`."""
    return f"{float(value):.2f}"


def share(value: Fraction) -> str:
    """A share for people: `42 %`."""
    return f"{float(value) * 100:.0f} %"


def tasks(campaign: Campaign, assessor: str) -> list[Task]:
    """An assessor's questions in his order."""
    return [_task(campaign, assessor, each) for each in rules.questions_in_order(campaign, assessor)]


def _task(campaign: Campaign, assessor: str, which: str) -> Task:
    order = rules.order(campaign.id, assessor, which, campaign.live)
    left = set(rules.left_to_score(campaign, assessor, which))
    following = next((place for place, each in enumerate(order, start=1) if each in left), 1)
    question = campaign.question(which)
    assert question is not None, "the order is made of the campaign's own questions"
    return Task(question, len(order) - len(left), len(order), rules.locked(campaign, assessor, which), following)


def paper(desk: Desk, campaign: Campaign, assessor: str, question: Question, place: int) -> Paper | None:
    """The answer at a place, from 1, of an assessor's order; None: there is none."""
    order = rules.order(campaign.id, assessor, question.id, campaign.live)
    if not 1 <= place <= len(order):
        return None
    packet = campaign.packets[order[place - 1]]
    words = answer_of(desk, packet, question.id)
    score = campaign.scores.get((assessor, question.id, packet.id))
    done = score is not None and (assessor, question.id) in campaign.locks
    paragraphs = tuple(each.strip() for each in words.split("\n") if each.strip())
    return Paper(question, packet.id, place, len(order), paragraphs, word_count(words), score, done)


def answer_of(desk: Desk, packet: Packet, question: str) -> str:
    """An answer, from which names were taken."""
    told = people.unsealed(desk, packet.kept)
    return told.get(question, "") if told else GONE


def progress(campaign: Campaign) -> list[tuple[str, list[tuple[int, int, bool]]]]:
    """By assessor, for each question of the plan: how many he has marked, of how many, and whether he locked."""
    of = len(campaign.live)
    return [
        (
            who,
            [
                (
                    sum((who, each.id, packet) in campaign.scores for packet in campaign.live),
                    of,
                    rules.locked(campaign, who, each.id),
                )
                for each in campaign.questions
            ],
        )
        for who in campaign.assessors
    ]


def spread_of(spread: Spread) -> list[tuple[int, list[str]]]:
    """The marks of an answer from the lowest to the highest, each with who gave it."""
    marks = sorted({mark for _, mark in spread.marks})
    return [(each, [who for who, mark in spread.marks if mark == each]) for each in marks]


def ranges(spreads: tuple[Spread, ...]) -> list[tuple[int, int]]:
    """How many answers have marks that differ by so much, from nothing on."""
    found = Counter(each.range for each in spreads)
    return [(each, found[each]) for each in range(max(found, default=0) + 1)]


def rows(campaign: Campaign) -> list[Row]:
    """The packets in their ranking, with what was decided."""
    return [
        Row(
            each,
            campaign.decisions.get(each.packet),
            campaign.feedback.get(each.packet, ""),
            each.packet in campaign.answered,
        )
        for each in rules.ranking(campaign)
    ]


def verdict(word: str) -> str:
    """A decision in words."""
    return VERDICTS.get(word, word)


def band(score: Fraction) -> str:
    """A combined score in the words of the scale."""
    return SCALE[rules.band(score)]
