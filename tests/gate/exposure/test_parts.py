"""A name given in part: a surname alone, initials, a handle made of them. Somebody decides."""

from __future__ import annotations

import pytest

from leconfield.gate.exposure.model import Check
from leconfield.gate.release.model import Colour
from leconfield.ledger.world import Delta, World
from tests.gate.worlds import checked, named, told, world_of

HELD = told("HERON", "Gareth Pryce keeps bees.")
OPEN = told("PRESS", "Ewan Maddock and Owen Pryce keep bees.", channel="open")


def world() -> World:
    return world_of(
        [HELD, OPEN], (), (*named(HELD, "Gareth Pryce"), *named(OPEN, "Ewan Maddock"), *named(OPEN, "Owen Pryce"))
    )


@pytest.mark.parametrize(
    "words",
    [
        "It was Pryce.",
        "The Pryces came.",
        "Pryce's hives stood there.",
        "Mr Pryce came.",
        "It was G. Pryce.",
        "It was G. P. who came.",
        "It was G.P. who came.",
        "Write to @gpryce84 today.",
        "Write to @garethp today.",
        "Write to pryce_g@hives.example today.",
        "On the board he is gpryce.",
        "Inspector Pryce came.",
    ],
)
def test_a_name_in_part_waits_for_somebody_who_knows(words: str) -> None:
    verdict = checked(world(), words)
    assert verdict.colour is Colour.AMBER
    assert {each.check for one in verdict.sentences for each in one.reasons} >= {Check.LEAK}


@pytest.mark.parametrize(
    "words",
    ["It was Maddock.", "Owen Pryce came.", "It was E. M. who came.", "The U.S. team left.", "A prize."],
)
def test_who_is_open_or_somebody_else_may_be_named(words: str) -> None:
    assert checked(world(), words).colour is Colour.GREEN


def test_a_surname_that_many_bear_singles_out_nobody() -> None:
    reports = [told("HERON", f"Person {each} keeps bees.") for each in range(6)]
    bearers = [one for each, first in zip(reports, "ABCDEF", strict=True) for one in named(each, f"{first}nn Quill")]
    assert checked(world_of(reports, (), bearers), "It was Quill.").colour is Colour.GREEN
    assert checked(world_of(reports[:4], (), bearers[:4]), "It was Quill.").colour is Colour.AMBER


def test_a_person_who_came_with_a_new_report_is_looked_for_too() -> None:
    grown = world_of([HELD], (), named(HELD, "Gareth Pryce"))
    assert checked(grown, "It was Strachan.").colour is Colour.GREEN
    more = told("HERON", "Fiona Strachan keeps bees.")
    grown.grow(Delta((more,), named(more, "Fiona Strachan")))
    assert checked(grown, "It was Strachan.").colour is Colour.AMBER
