"""Boxes of the publisher: a step of a delivery, a comment, what came of an order on one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from leconfield.gate.bundles.boxes import Box
from leconfield.gate.bundles.deliveries import DELIVERED, ON_COMMENT, OUTCOME, heard_in, key_of, outcome_in, told_in
from leconfield.ledger.drafts import Draft
from leconfield.outreach.publishing.model import CAME_OF, HEARD, TOLD
from leconfield.outreach.taking import Handler, Taking


def take_step(taking: Taking, box: Box) -> None:
    """Note a step of a delivery; a person decides on what waits for one.

    Raises:
        DamagedError: if it tells of none.
    """
    told = told_in(box)
    body = {"step": str(told.step), "state": told.state.value, "at": told.at, "why": told.why, "address": told.address}
    about = key_of(told.release, told.channel)
    key = (about, str(told.step))
    taking.desk.append(taking.view.reader, [Draft(TOLD, taking.label, about=about, body=body, key=key)])


def take_comment(taking: Taking, box: Box) -> None:
    """Note a comment.

    Raises:
        DamagedError: if it is none.
    """
    heard = heard_in(box)
    body = {
        "channel": heard.channel,
        "release": heard.release,
        "name": heard.name,
        "words": heard.words,
        "day": heard.day,
    }
    draft = Draft(HEARD, taking.label, about=heard.comment, body=body, key=(heard.comment,))
    taking.desk.append(taking.view.reader, [draft])


def take_outcome(taking: Taking, box: Box) -> None:
    """Note what came of hiding or showing a comment.

    Raises:
        DamagedError: if it tells nothing.
    """
    told = outcome_in(box)
    body = {"serial": str(told.serial), "result": told.result.value, "why": told.why}
    key = (told.comment, str(told.serial), told.result.value)
    taking.desk.append(taking.view.reader, [Draft(CAME_OF, taking.label, about=told.comment, body=body, key=key)])


HANDLERS: Final[Mapping[str, Handler]] = {DELIVERED: take_step, ON_COMMENT: take_comment, OUTCOME: take_outcome}
