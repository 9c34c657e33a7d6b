"""The demonstration's case: twelve sentences that somebody might want to tell of it."""

from __future__ import annotations

import pytest

from leconfield.gate.exposure import service
from leconfield.gate.exposure.checking import check
from leconfield.gate.exposure.model import SentenceVerdict, Text
from leconfield.gate.release.model import Colour
from leconfield.ledger.model import Question
from leconfield.ledger.world import World
from tests.demo.filled import filled
from tests.gate.worlds import PROFILE, PUBLIC

SAFE = (
    "Lorries were robbed at Toddington services in March 2026.",
    "Drivers asked for lights and a fence at the lorry park.",
    "A headteacher in Bedford runs last so that no child comes in behind everybody.",
    "Officers work at every hour of the day.",
    "Four hundred cases of malt whisky were taken from a trailer on the M1.",
)
UNSAFE = {
    "A former electrical engineer said in a pub in Hull that a port is a throat.": "THISTLE",
    "The leader of the thieves walks with a limp because a forklift once went over his foot.": "HEATHER",
    "A planner at a haulage office sent the thieves trailer numbers for four hundred pounds a time.": "HEATHER",
    "The east gate was to be left unwatched from ten past two until twenty to three.": "THISTLE",
}
NAMED = (
    "Gareth Pryce is an engineer.",
    "Ring 07700 900476.",
    "He lives at 41 Havelock Row.",
    "A port, said P r y c e, Gareth.",
)


def world() -> World:
    desk, _ = filled()
    return desk.view(service.gate_reader(desk), asking=Question("gate check")).world


def judged(sentence: str) -> SentenceVerdict:
    (found,) = check(world(), Text(sentence, "2026-07-09"), PROFILE, PUBLIC, offering=False).sentences
    return found


@pytest.mark.parametrize("sentence", SAFE)
def test_what_the_papers_wrote_and_what_says_nothing_may_be_said(sentence: str) -> None:
    assert judged(sentence).colour is Colour.GREEN


@pytest.mark.parametrize(("sentence", "source"), UNSAFE.items())
def test_what_one_agent_alone_told_us_in_other_words_is_stopped_and_he_is_named_to_those_who_may_know(
    sentence: str, source: str
) -> None:
    assert judged(sentence).colour is Colour.RED
    assert source in judged(sentence).critical


@pytest.mark.parametrize("sentence", NAMED)
def test_names_numbers_and_addresses_are_stopped(sentence: str) -> None:
    assert judged(sentence).colour is Colour.RED
