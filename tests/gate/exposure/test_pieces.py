"""What was cut into small pieces is no less told."""

from __future__ import annotations

from itertools import permutations

import pytest

from leconfield.gate.exposure.model import Check
from leconfield.gate.release.model import Colour
from tests.gate.worlds import checked, noted, told, world_of

HELD = told("HERON", "The smith keeps a second telephone in the flour bin, and it holds one number only.")
PIECES = ("The smith had a telephone.", "It was kept in flour.", "There was a bin.", "It held a number.")


@pytest.mark.parametrize("pieces", list(permutations(PIECES)))
def test_a_sentence_in_pieces_is_stopped_in_whatever_order(pieces: tuple[str, ...]) -> None:
    assert checked(world_of([HELD]), " ".join(pieces)).colour is Colour.RED


@pytest.mark.parametrize("between", ["\n", "\n\n", " We like tea. ", " Thank you. "])
def test_what_stands_between_the_pieces_does_not_help(between: str) -> None:
    assert checked(world_of([HELD]), between.join(PIECES)).colour is Colour.RED


def test_each_piece_that_says_some_of_it_is_told_so_and_no_other() -> None:
    verdict = checked(world_of([HELD]), f"{PIECES[0]} {PIECES[1]} We like tea.")
    assert [each.colour for each in verdict.sentences] == [Colour.RED, Colour.RED, Colour.GREEN]
    assert {each.check for one in verdict.sentences for each in one.reasons} == {Check.KNOWERS}


def test_pieces_that_enough_people_could_have_told_may_be_told() -> None:
    world = world_of([HELD], [noted(HELD, "the street|60")])
    assert checked(world, " ".join(PIECES)).colour is Colour.GREEN


def test_a_safer_wording_is_not_offered_as_safe_where_its_neighbours_betray_it() -> None:
    verdict = checked(world_of([HELD]), "The smith had a telephone in 2026. It was in the flour bin.", offering=True)
    for one in verdict.sentences:
        for offer in one.offers:
            others = [each.text for each in verdict.sentences if each is not one]
            words = [offer.words, *others] if one.number == 1 else [*others, offer.words]
            if offer.words and offer.how != "merge":
                again = checked(world_of([HELD]), " ".join(words))
                assert again.colour is not Colour.RED or offer.colour is Colour.RED
