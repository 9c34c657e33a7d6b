"""The campaigns of a view, folded from its entries."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Final

from leconfield.errors import NotFoundError
from leconfield.ledger.model import Entry
from leconfield.ledger.view import View
from leconfield.ledger.world import Folded
from leconfield.outreach.recruiting import rules
from leconfield.outreach.recruiting.model import (
    ANSWER,
    ANSWERED,
    BARRED,
    DECIDED,
    KINDS,
    LOCKED,
    MODERATED,
    MOVED,
    PACKET,
    PLANNED,
    QUESTION_DROPPED,
    QUESTION_SET,
    SCORED,
    STAFFED,
    TAKEN_OFF,
    WITHDRAWN,
    WORDED,
    WORDS_WRITTEN,
    Campaign,
    Decision,
    Moderated,
    Move,
    Packet,
    Question,
    Score,
    Stage,
    Step,
    Threshold,
)


@dataclass(slots=True)
class _Books:
    """A campaign while it is folded: what there are many of is written on in place."""

    campaign: Campaign
    packets: dict[str, Packet] = field(default_factory=dict)
    scores: dict[tuple[str, str, str], Score] = field(default_factory=dict)
    locks: dict[tuple[str, str], str] = field(default_factory=dict)
    moderated: dict[tuple[str, str], Moderated] = field(default_factory=dict)
    decisions: dict[str, Decision] = field(default_factory=dict)
    feedback: dict[str, str] = field(default_factory=dict)

    def told(self) -> Campaign:
        """The campaign with all that is written."""
        return replace(
            self.campaign,
            packets=self.packets,
            scores=self.scores,
            locks=self.locks,
            moderated=self.moderated,
            decisions=self.decisions,
            feedback=self.feedback,
        )


class Campaigns(Folded):
    """Every campaign of a world (a `Derived`)."""

    def __init__(self) -> None:
        self._books: dict[str, _Books] = {}

    def _take(self, entries: Iterable[Entry]) -> None:
        for each in entries:
            if each.kind == PLANNED and each.about not in self._books:
                self._books[each.about] = _Books(_planned(each))
                continue
            books = self._books.get(each.about) if each.kind in KINDS else None
            if books is not None and each.label == books.campaign.label:
                _TAKING[each.kind](books, each)

    def everything(self) -> list[Campaign]:
        """All of them, in the order in which they were planned."""
        return [each.told() for each in self._books.values()]

    def one(self, which: str) -> Campaign | None:
        """The campaign by that id."""
        books = self._books.get(which)
        return books.told() if books else None


def campaigns(view: View) -> tuple[Campaign, ...]:
    """Those that a view shows, the newest first."""
    known = view.derived(Campaigns).everything()
    return tuple(sorted(known, key=lambda each: (each.planned, each.id), reverse=True))


def campaign_in(view: View, which: str) -> Campaign:
    """The campaign by that id.

    Raises:
        NotFoundError: in the same words whether it is hidden or has never been.
    """
    known = view.derived(Campaigns).one(which)
    if known is None:
        raise NotFoundError("no such campaign here; look it up in the list of campaigns")
    return known


def question_written(question: Question) -> str:
    """A question as an entry keeps it; `_question` reads it back."""
    guide = {str(mark): words for mark, words in sorted(question.guide.items())}
    told = {"id": question.id, "words": question.words, "most": question.most, "guide": guide}
    return json.dumps({**told, "kind": question.kind, "minutes": question.minutes}, ensure_ascii=False, sort_keys=True)


def _question(written: str) -> Question:
    told = json.loads(written)
    guide = {int(mark): words for mark, words in told["guide"].items()}
    return Question(told["id"], told["words"], told["most"], guide, told.get("kind", ANSWER), told.get("minutes", 0))


def _planned(entry: Entry) -> Campaign:
    body = entry.body
    name, group, chair, opens, closes = (body.get(each, "") for each in ("name", "group", "chair", "opens", "closes"))
    return Campaign(entry.about, entry.id, name, entry.label, group, entry.by, chair, opens, closes, entry.at)


def _set(books: _Books, entry: Entry) -> None:
    if books.campaign.stage is not Stage.PLANNED:
        return  # what was asked stays, whoever wrote it down meanwhile
    made = _question(entry.body["question"])
    kept = books.campaign.questions
    if books.campaign.question(made.id):
        kept = tuple(made if each.id == made.id else each for each in kept)
    else:
        kept = (*kept, made)
    books.campaign = replace(books.campaign, questions=kept)


def _drop(books: _Books, entry: Entry) -> None:
    if books.campaign.stage is not Stage.PLANNED:
        return
    gone = entry.body.get("question", "")
    left = tuple(each for each in books.campaign.questions if each.id != gone)
    books.campaign = replace(books.campaign, questions=left)


def _staff(books: _Books, entry: Entry) -> None:
    if books.campaign.stage not in (Stage.PLANNED, Stage.OPEN):
        return  # whoever reads, reads to the end
    who = entry.body.get("assessor", "")
    others = tuple(each for each in books.campaign.assessors if each != who)
    named = (*others, who) if entry.kind == STAFFED else others
    books.campaign = replace(books.campaign, assessors=named)


def _word(books: _Books, entry: Entry) -> None:
    books.campaign = replace(books.campaign, release=entry.body.get("release", ""))


def _move(books: _Books, entry: Entry) -> None:
    step = entry.body.get("step", "")
    after = rules.TRANSITIONS.get((books.campaign.stage, Step(step))) if step in set(Step) else None
    if after is not None:
        move = Move(step, entry.by, entry.at, entry.body.get("reason", ""))
        books.campaign = replace(books.campaign, stage=after, moves=(*books.campaign.moves, move))


def _receive(books: _Books, entry: Entry) -> None:
    which = entry.body.get("packet", "")
    books.packets.setdefault(which, Packet(which, entry.body.get("kept", "")))


def _withdraw(books: _Books, entry: Entry) -> None:
    known = books.packets.get(entry.body.get("packet", ""))
    if known is not None:
        books.packets[known.id] = replace(known, withdrawn=True)


def _score(books: _Books, entry: Entry) -> None:
    body = entry.body
    made = Score(entry.by, body.get("packet", ""), body.get("question", ""), int(body["mark"]), body.get("note", ""))
    key = (made.assessor, made.question, made.packet)
    if key not in books.scores or key[:2] not in books.locks:
        books.scores[key] = made


def _lock(books: _Books, entry: Entry) -> None:
    books.locks.setdefault((entry.by, entry.body.get("question", "")), entry.at)


def _moderate(books: _Books, entry: Entry) -> None:
    body = entry.body
    made = Moderated(
        body.get("packet", ""), body.get("question", ""), int(body["mark"]), body.get("reason", ""), entry.by, entry.at
    )
    books.moderated[made.question, made.packet] = made


def _bar(books: _Books, entry: Entry) -> None:
    made = Threshold(Fraction(entry.body["mean"]), entry.body.get("reason", ""), entry.by, entry.at)
    books.campaign = replace(books.campaign, threshold=made)


def _decide(books: _Books, entry: Entry) -> None:
    body = entry.body
    made = Decision(body.get("packet", ""), body.get("verdict", ""), body.get("reason", ""), entry.by, entry.at)
    books.decisions[made.packet] = made


def _write(books: _Books, entry: Entry) -> None:
    books.feedback[entry.body.get("packet", "")] = entry.body.get("words", "")


def _answer(books: _Books, entry: Entry) -> None:
    told = frozenset(entry.body.get("packets", "").split())
    books.campaign = replace(books.campaign, answered=books.campaign.answered | told)


_TAKING: Final[Mapping[str, Callable[[_Books, Entry], None]]] = {
    QUESTION_SET: _set,
    QUESTION_DROPPED: _drop,
    STAFFED: _staff,
    TAKEN_OFF: _staff,
    WORDED: _word,
    MOVED: _move,
    PACKET: _receive,
    WITHDRAWN: _withdraw,
    SCORED: _score,
    LOCKED: _lock,
    MODERATED: _moderate,
    BARRED: _bar,
    DECIDED: _decide,
    WORDS_WRITTEN: _write,
    ANSWERED: _answer,
}
