"""Rounds, questions and their officers for tests of `leconfield.outreach.rounds`."""

from __future__ import annotations

from datetime import datetime, timedelta

from leconfield.gate.bundles import rounds
from leconfield.gate.bundles.boxes import Box
from leconfield.gate.bundles.rounds import Round
from leconfield.gate.release import service as releases
from leconfield.gate.release.state import found
from leconfield.ledger.desk import Desk
from leconfield.ledger.keys import Keys
from leconfield.ledger.model import EntryId, Reader
from leconfield.outreach.receiving import HANDLERS
from leconfield.outreach.rounds import service, state
from leconfield.outreach.rounds.model import Question
from leconfield.outreach.taking import Taking
from tests.gate.release.rooms import KEEPER, OFFICER, Gate, Hands
from tests.ledger.desks import KEYS, START, look
from tests.outreach.house import EDITOR, JUNIOR

DAY = timedelta(days=1)
OPENS = START + 7 * DAY
PLAN = Round(OPENS, OPENS + 7 * DAY, OPENS + 14 * DAY, OPENS + 15 * DAY)
TOKENS = frozenset({"O", "PRESSROOM"})
ROB = Reader("rob", "Rob, officer", TOKENS, frozenset({"officer"}))
_APPROVERS = (OFFICER, KEEPER)


def house(keys: Keys = KEYS) -> tuple[Desk, Hands]:
    """A new desk in memory, and its clock."""
    hands = Hands()
    return Desk.in_memory(keys, hands), hands


def round_of(desk: Desk, plan: Round = PLAN) -> str:
    """A planned round."""
    return service.plan(desk, look(desk, EDITOR), title="Life and work", plan=plan)


def asked(desk: Desk, which: str, words: str, number: int = 0) -> Question:
    """Somebody asks it, by box."""
    place = f"{number + 1:064x}"
    box = Box(rounds.QUESTION, "2026-03-10", {"round": which, "words": words, "place": place}, id=f"{number + 1:032x}")
    HANDLERS[box.kind](Taking(desk, look(desk, EDITOR), "O&PRESSROOM"), box)
    return next(each for each in state.questions_of(look(desk, EDITOR), which) if each.place == place)


def ballots(desk: Desk, which: str, votes: dict[str, int]) -> None:
    """The votes come in."""
    box = Box(rounds.BALLOTS, "2026-03-17", {"round": which, "votes": state.written_votes(votes)}, id="b" * 32)
    HANDLERS[box.kind](Taking(desk, look(desk, EDITOR), "O&PRESSROOM"), box)


def accepted(desk: Desk, which: str, words: str, number: int = 0) -> Question:
    """A question that is to be answered."""
    known = asked(desk, which, words, number)
    service.accept(desk, look(desk, EDITOR), known.id, words=words)
    return known


def answered(desk: Desk, question: Question, words: str, persona: str = "") -> None:
    """Rob answers it and Jo goes over it."""
    service.write(desk, look(desk, ROB), question.id, words=words, persona=persona)
    service.write(desk, look(desk, JUNIOR), question.id, words=words, persona=persona)


def at(hands: Hands, moment: datetime) -> None:
    """It is then."""
    hands.at = moment


def sealed(desk: Desk, which: str) -> EntryId:
    """A drafted release, judged by a gate that nods, approved by two, sealed."""
    release = EntryId(which)
    by = [Reader(each.name, each.persona, each.tokens | TOKENS, each.roles) for each in _APPROVERS]
    releases.check(desk, look(desk, by[0]), release, Gate())
    for each in by:
        seen = found(look(desk, each), release)
        verdict = seen.verdict.digest if seen.verdict else ""
        releases.approve(
            desk, look(desk, each), release, content=seen.content.digest, verdict=verdict, reason="It is sound."
        )
    releases.seal(desk, look(desk, by[0]), release, Gate())
    return release
