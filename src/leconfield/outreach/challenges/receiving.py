"""Boxes about challenges: a question that somebody asks, and a submission, which stays sealed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from leconfield.errors import NotFoundError
from leconfield.gate.bundles import challenges as formats
from leconfield.gate.bundles.boxes import Box
from leconfield.ledger.drafts import Draft
from leconfield.outreach.challenges import state
from leconfield.outreach.challenges.model import ASKED, SUBMITTED
from leconfield.outreach.taking import Handler, Taking


def take_question(taking: Taking, box: Box) -> None:
    """Note a question about a brief.

    Raises:
        NotFoundError: if whoever takes it in knows of no such challenge.
        DamagedError: if it is no question.
    """
    challenge, words = formats.question_in(box)
    _known(taking, challenge)
    which = taking.desk.ids.of(formats.QUESTION, box.id)
    body = {state.CHALLENGE: challenge, state.WORDS: words, "day": box.day}
    taking.desk.append(taking.view.reader, [Draft(ASKED, taking.label, about=which, body=body, key=(box.id,))])


def take_submission(taking: Taking, box: Box) -> None:
    """Keep a submission as it came, sealed: that it came is all that is written down.

    Raises:
        NotFoundError: if whoever takes it in knows of no such challenge.
        DamagedError: if it is no submission.
    """
    challenge, sealed = formats.sealed_in(box)
    _known(taking, challenge)
    which = taking.desk.ids.of(formats.SUBMISSION, box.id)
    body = {state.CHALLENGE: challenge, state.SEALED: taking.desk.keep(sealed), "day": box.day}
    taking.desk.append(taking.view.reader, [Draft(SUBMITTED, taking.label, about=which, body=body, key=(box.id,))])


def _known(taking: Taking, challenge: str) -> None:
    if challenge not in state.challenges(taking.view).by_id:
        raise NotFoundError("it is for a challenge that is not known here; it stays for somebody who knows of it")


HANDLERS: Final[Mapping[str, Handler]] = {
    formats.QUESTION: take_question,
    formats.SUBMISSION: take_submission,
}
