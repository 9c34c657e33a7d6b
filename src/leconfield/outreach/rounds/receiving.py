"""Boxes of rounds: a question that somebody asked, and the ballots of a round that has closed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from leconfield.errors import BadInputError, NotFoundError, RefusedError
from leconfield.gate.bundles import rounds
from leconfield.gate.bundles.boxes import Box
from leconfield.gate.bundles.rounds import Stage
from leconfield.ledger.drafts import Draft
from leconfield.outreach.rounds import state
from leconfield.outreach.rounds.model import ASKED, COUNTED
from leconfield.outreach.rounds.rules import one_line
from leconfield.outreach.taking import Handler, Taking

_PLACE: Final = re.compile(r"[0-9a-f]{64}")
_ID: Final = re.compile(r"[0-9a-f]{32}")
MOST_VOTES: Final = 10_000_000
"""Of one question: more were never cast."""


def take_question(taking: Taking, box: Box) -> None:
    """Note a question; nobody has decided on it yet.

    Raises:
        BadInputError: if it is no question.
        NotFoundError: if whoever takes it in knows of no such round: it stays for somebody who does.
    """
    which, place, words = (box.fields.get(each, "") for each in ("round", "place", "words"))
    known = taking.view.derived(state.Rounds).by_id.get(which)
    if known is None:
        raise NotFoundError("it is for a round that is not known here")
    if _PLACE.fullmatch(place) is None:
        raise BadInputError("it says no place to look for an answer")
    asked = one_line(words)
    if not rounds.SHORTEST <= len(asked) <= rounds.LONGEST:
        raise BadInputError(f"a question has {rounds.SHORTEST} to {rounds.LONGEST} characters")
    body = {state.ROUND: which, state.WORDS: asked, state.PLACE: place, "day": box.day}
    its_id = taking.desk.ids.of(rounds.QUESTION, box.id)
    taking.desk.append(taking.view.reader, [Draft(ASKED, taking.label, about=its_id, body=body, key=(box.id,))])


def take_ballots(taking: Taking, box: Box) -> None:
    """Note the votes of a round; the first count stands.

    Raises:
        BadInputError: if they are no votes.
        NotFoundError: if whoever takes them in knows of no such round: they stay for somebody who does.
        RefusedError: if the round has not closed by the clock here; they stay until it has.
    """
    which, votes = box.fields.get("round", ""), state.votes_in(box.fields.get("votes", ""))
    known = taking.view.derived(state.Rounds).by_id.get(which)
    if votes is None:
        raise BadInputError("these are no votes")
    if known is None:
        raise NotFoundError("they are of a round that is not known here")
    if rounds.stage(known.plan, taking.desk.clock()) in (Stage.ANNOUNCED, Stage.OPEN):
        raise RefusedError("its round has not closed; votes are counted when it has")
    if any(_ID.fullmatch(each) is None or count > MOST_VOTES for each, count in votes.items()):
        raise BadInputError("votes are counted by question, by its id")
    body = {state.VOTES: box.fields["votes"]}
    taking.desk.append(taking.view.reader, [Draft(COUNTED, taking.label, about=which, body=body, key=(which,))])


HANDLERS: Final[Mapping[str, Handler]] = {rounds.QUESTION: take_question, rounds.BALLOTS: take_ballots}
