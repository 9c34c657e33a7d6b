"""What follows from a campaign: which step may be taken, in which order an assessor reads, where marks differ.

Ranking proposes; a person decides. No mark rests on anything but an answer: packets hold nothing else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from statistics import fmean
from typing import Final

from leconfield.outreach.recruiting.model import HIGHEST, INVITE, LOWEST, NOT_NOW, Campaign, Score, Stage, Step

SPREAD: Final = 2
"""Marks of one answer that differ by this much, or more, are moderated."""
MIN_ASSESSORS: Final = 2
"""Nobody is judged by one person."""
TRANSITIONS: Final[Mapping[tuple[Stage, Step], Stage]] = {
    (Stage.PLANNED, Step.OPEN): Stage.OPEN,
    (Stage.OPEN, Step.SIFT): Stage.SIFTING,
    (Stage.SIFTING, Step.MODERATE): Stage.MODERATING,
    (Stage.MODERATING, Step.DECIDE): Stage.DECIDING,
    (Stage.DECIDING, Step.ANSWER): Stage.ANSWERING,
    (Stage.ANSWERING, Step.CLOSE): Stage.CLOSED,
}
"""Every step there is: none leads back, so that what was marked is not marked again once somebody saw it."""
BY_CHAIR: Final = frozenset({Step.SIFT, Step.MODERATE, Step.DECIDE, Step.ANSWER})
"""Steps of the panel's chair; the others are the recruitment officer's."""


@dataclass(frozen=True, slots=True)
class Spread:
    """The marks of one answer by all assessors."""

    question: str
    packet: str
    marks: tuple[tuple[str, int], ...]
    """By assessor."""
    moderated: int | None = None

    @property
    def range(self) -> int:
        """By how much the highest is above the lowest."""
        marks = [mark for _, mark in self.marks]
        return max(marks) - min(marks) if marks else 0

    @property
    def wide(self) -> bool:
        """Whether they differ so much that somebody must hear why."""
        return self.range >= SPREAD

    @property
    def combined(self) -> Fraction:
        """The mark that counts: the moderated one, else their mean."""
        if self.moderated is not None:
            return Fraction(self.moderated)
        return Fraction(sum(mark for _, mark in self.marks), len(self.marks))


@dataclass(frozen=True, slots=True)
class Ranked:
    """A packet with its combined score, and what follows from the threshold."""

    packet: str
    mean: Fraction
    by_question: tuple[tuple[str, Fraction], ...]
    proposed: str


@dataclass(frozen=True, slots=True)
class Severity:
    """How an assessor marks beside the others who marked the same answers."""

    assessor: str
    by: float
    """His mean mark less theirs: below 0, he is the stricter."""
    answers: int


def next_step(stage: Stage) -> Step | None:
    """The one step that leads on from a stage; None: it is over."""
    return next((step for from_, step in TRANSITIONS if from_ is stage), None)


def forbidden(campaign: Campaign, step: Step, by: str, today: str) -> str:
    """Why somebody may not take a step now, in words; empty if he may. `today`: ISO."""
    if (campaign.stage, step) not in TRANSITIONS:
        following = next_step(campaign.stage)
        return f"the campaign is {campaign.stage.value}; " + (
            f"what comes next is to {following.value}" if following else "nothing more is done on it"
        )
    owner, who = (
        (campaign.chair, "the panel's chair") if step in BY_CHAIR else (campaign.officer, "its recruitment officer")
    )
    if by != owner:
        return f"that is for {who}, {owner}"
    return _missing(campaign, step, today)


def _missing(campaign: Campaign, step: Step, today: str) -> str:
    match step:
        case Step.OPEN:
            return _not_ready(campaign, today)
        case Step.SIFT:
            if today <= campaign.closes:
                return f"applications are taken until the end of {campaign.closes}; nobody reads any before that"
            return _too_few(campaign) or ("" if campaign.live else "nobody has applied; nothing is there to be read")
        case Step.MODERATE:
            waiting = unlocked(campaign)
            return f"{_counted(len(waiting), 'lock')} missing: {_who(waiting)}" if waiting else ""
        case Step.DECIDE:
            return _not_settled(campaign)
        case Step.ANSWER:
            left = len([each for each in campaign.live if each not in campaign.decisions])
            return f"{_counted(left, 'packet')} not decided on yet" if left else ""
        case Step.CLOSE:
            left = len(unanswered(campaign))
            return f"{_counted(left, 'applicant')} without feedback; everybody gets an answer" if left else ""


def _not_ready(campaign: Campaign, today: str) -> str:
    if not campaign.questions:
        return "it asks nothing yet; set a question first"
    if fault := _too_few(campaign):
        return fault
    if not campaign.release:
        return "nothing tells of it yet; draft the vacancy's text, and have it approved and published"
    return "its last day is over; plan it with another one" if campaign.closes < today else ""


def _too_few(campaign: Campaign) -> str:
    enough = len(campaign.assessors) >= MIN_ASSESSORS
    return "" if enough else f"name {MIN_ASSESSORS} assessors or more: nobody is judged by one person"


def _not_settled(campaign: Campaign) -> str:
    left = len([each for each in spreads(campaign) if each.wide and each.moderated is None])
    if left:
        return f"{_counted(left, 'answer')} not moderated yet"
    return "" if campaign.threshold else "no threshold is set yet"


def locked(campaign: Campaign, assessor: str, question: str) -> bool:
    """Whether an assessor's marks of a question stand: he locked them, and has marked whoever came in since."""
    if (assessor, question) not in campaign.locks:
        return False
    return all((assessor, question, each) in campaign.scores for each in campaign.live)


def unlocked(campaign: Campaign) -> tuple[tuple[str, str], ...]:
    """Assessor and question of every lock that is missing."""
    return tuple(
        (who, each.id)
        for who in campaign.assessors
        for each in campaign.questions
        if not locked(campaign, who, each.id)
    )


def told(campaign: Campaign) -> frozenset[str]:
    """The questions of which everybody on the panel may see all marks: those that all assessors locked."""
    waiting = {question for _, question in unlocked(campaign)}
    return frozenset(each.id for each in campaign.questions if each.id not in waiting)


def unanswered(campaign: Campaign) -> tuple[str, ...]:
    """Packets of applicants who were not answered; whoever took his application back is not waiting."""
    return tuple(each for each in campaign.live if each not in campaign.answered)


def order(campaign: str, assessor: str, question: str, packets: Iterable[str]) -> tuple[str, ...]:
    """The packets in the order in which this assessor reads their answers to this question.

    It is his alone, and the same whenever he looks, so that nobody is always read first or last.
    """
    seed = f"{campaign}|{assessor}|{question}"
    return tuple(sorted(packets, key=lambda each: sha256(f"{seed}|{each}".encode()).digest()))


def questions_in_order(campaign: Campaign, assessor: str) -> tuple[str, ...]:
    """The questions in this assessor's order."""
    return order(campaign.id, assessor, "questions", (each.id for each in campaign.questions))


def fault_in_mark(mark: int) -> str:
    """Why a number is no mark; empty if it is one."""
    return "" if LOWEST <= mark <= HIGHEST else f"a mark is a whole number from {LOWEST} to {HIGHEST}"


def left_to_score(campaign: Campaign, assessor: str, question: str) -> tuple[str, ...]:
    """The packets whose answer he has not marked, in his order."""
    its_order = order(campaign.id, assessor, question, campaign.live)
    return tuple(each for each in its_order if (assessor, question, each) not in campaign.scores)


def seen_by(campaign: Campaign, reader: str) -> tuple[Score, ...]:
    """The marks that somebody may see: his own, and everybody's of a question once every assessor has locked his."""
    done = told(campaign)
    return tuple(each for each in campaign.scores.values() if each.assessor == reader or each.question in done)


def spreads(campaign: Campaign) -> tuple[Spread, ...]:
    """The marks of every answer, by question and packet; of questions that all assessors locked."""
    done, live = told(campaign), campaign.live
    found = []
    for question in (each.id for each in campaign.questions if each.id in done):
        for packet in live:
            marks = tuple((who, campaign.scores[who, question, packet].mark) for who in campaign.assessors)
            known = campaign.moderated.get((question, packet))
            found.append(Spread(question, packet, marks, known.mark if known else None))
    return tuple(found)


def severities(all_spreads: Iterable[Spread]) -> tuple[Severity, ...]:
    """Each assessor against the mean of the others who marked the same answer (leave one out), the strictest first."""
    apart: dict[str, list[float]] = {}
    for each in all_spreads:
        if len(each.marks) < MIN_ASSESSORS:
            continue
        total = sum(mark for _, mark in each.marks)
        for who, mark in each.marks:
            apart.setdefault(who, []).append(mark - (total - mark) / (len(each.marks) - 1))
    made = (Severity(who, fmean(found), len(found)) for who, found in apart.items())
    return tuple(sorted(made, key=lambda each: (each.by, each.assessor)))


def ranking(campaign: Campaign) -> tuple[Ranked, ...]:
    """The packets by their combined score, the highest first; equal ones by id, which says nothing."""
    by_packet: dict[str, list[Spread]] = {}
    for each in spreads(campaign):
        by_packet.setdefault(each.packet, []).append(each)
    made = [_ranked(packet, found, campaign) for packet, found in by_packet.items()]
    return tuple(sorted(made, key=lambda each: (-each.mean, each.packet)))


def _ranked(packet: str, found: Sequence[Spread], campaign: Campaign) -> Ranked:
    combined = tuple((each.question, each.combined) for each in found)
    mean = sum((each for _, each in combined), Fraction()) / len(combined)
    above = campaign.threshold is not None and mean >= campaign.threshold.mean
    return Ranked(packet, mean, combined, INVITE if above else NOT_NOW)


def band(score: Fraction) -> int:
    """The mark whose words a combined score is told in: rounded, a half upwards."""
    return min(HIGHEST, max(LOWEST, int(score + Fraction(1, 2))))


def _counted(number: int, what: str) -> str:
    return f"{number:,} {what}{'s are' if number > 1 else ' is'}"


def _who(waiting: Collection[tuple[str, str]]) -> str:
    return ", ".join(sorted({who for who, _ in waiting}))
