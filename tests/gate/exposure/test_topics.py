"""What stands between a reader and a secret where no words are alike: topics that nobody speaks of by the way."""

from __future__ import annotations

import pytest

from leconfield.gate.exposure.model import Action, Check
from leconfield.gate.release.model import Colour
from tests.gate.worlds import checked, told, world_of

HELD = told("HERON", "The smith took 3,700 pounds from the jar and bought an ocarina for the harbour master's nephew.")


@pytest.mark.parametrize(
    "words",
    [
        "The informer is a woman.",
        "Our source was young.",
        "We had no agent there.",
        "Unlike the other two, the agent in Leeds was never recruited.",
        "Of the four people who helped us, the clerk served for the shortest time.",
        "A neighbour told us.",
        "She came to us in March.",
        "Nobody in the group was an undercover officer.",
    ],
)
def test_of_those_who_tell_us_nothing_is_confirmed_or_denied(words: str) -> None:
    verdict = checked(world_of([]), words)
    assert verdict.colour is Colour.AMBER
    assert [each.check for one in verdict.sentences for each in one.reasons] == [Check.TOPIC]


@pytest.mark.parametrize(
    "words",
    [
        "We thank everybody who told us something.",
        "Thank you to all who rang us.",
        "Members of the public helped us.",
        "If you told us, thank you.",
        "An estate agent showed us the house.",
        "The open source community helps itself.",
        "We publish the source code.",
    ],
)
def test_the_public_at_large_may_be_thanked(words: str) -> None:
    assert checked(world_of([]), words).colour is Colour.GREEN


def test_a_number_that_one_report_alone_speaks_of_waits() -> None:
    assert checked(world_of([HELD]), "He gave him 3,700 pounds.").colour is not Colour.GREEN


def test_a_year_is_no_topic() -> None:
    world = world_of([told("HERON", "In 1988 a boy sat on a wall.")])
    assert checked(world, "The act of 1988 was repealed.").colour is Colour.GREEN


def test_an_action_that_may_rest_on_what_is_protected_waits_as_a_sentence_would() -> None:
    verdict = checked(world_of([HELD]), "We thank everybody.", Action("officers look for 3,700 stamps", "2026-07-15"))
    assert verdict.colour is Colour.AMBER
    assert "the action" in verdict.reasons[0].words
