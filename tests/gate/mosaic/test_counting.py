"""Harmless pieces that name somebody together: how many of 400 still fit, and what the next sentence does."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.errors import BadInputError
from leconfield.gate.mosaic import service
from leconfield.gate.mosaic.counting import Mosaic
from leconfield.gate.mosaic.model import read_register
from tests.gate.mosaic.staff import table
from tests.ledger.desks import ROB, desk, look

REGISTER = read_register(table())
MOSAIC = Mosaic(REGISTER)
ROWS = list(csv.DictReader(io.StringIO(table())))
ON = "2026-07-01"
PIECES = (
    "Rob was once a teacher.",
    "He has been in the service for ten years.",
    "He speaks Arabic.",
    "Rob plays the cello.",
    "He grew up in Leeds.",
    "He is in his forties.",
    "Rob is a father of two.",
    "We are open at every hour.",
)


def k(*said: str) -> int:
    return MOSAIC.counted([(each, ON) for each in said]).k


def having(**wanted: set[str]) -> int:
    return sum(all(row[kind] in values for kind, values in wanted.items()) for row in ROWS)


def test_the_count_is_that_of_the_rows() -> None:
    assert k("Rob plays the cello.") == having(hobby={"cello"})
    assert k("He speaks Arabic and grew up in Leeds.") == having(sex={"male"}, language={"Arabic"}, town={"Leeds"})


def test_a_blunter_word_fits_every_finer_one() -> None:
    assert k("Rob worked in teaching.") == having(occupation={"teacher", "lecturer"})


def test_years_of_service_and_age_are_ranges() -> None:
    assert k("Rob joined in 2014.") == having(joined={"2014"})
    years = {str(year) for year in range(2015, 2018)}
    assert k("He has been in the service for ten years.") == having(sex={"male"}, joined=years)
    long_ago = {str(year) for year in range(1900, 2017)}
    assert k("He has been with us for over ten years.") == having(sex={"male"}, joined=long_ago)
    assert k("She is in her forties.") == having(sex={"female"}, born={str(year) for year in range(1976, 1987)})


def test_what_says_nothing_of_anybody_leaves_everybody() -> None:
    assert k("We are open at every hour.") == len(ROWS)


@settings(deadline=None)
@given(st.permutations(PIECES), st.integers(0, 7))
def test_every_further_sentence_leaves_as_many_or_fewer_in_any_order(pieces: list[str], upto: int) -> None:
    assert k(*pieces[: upto + 1]) <= k(*pieces[:upto])
    assert k(*pieces) == k(*PIECES)


def test_the_effect_of_a_sentence_is_told_before_and_after() -> None:
    effects = MOSAIC.effects([(PIECES[0], ON)], PIECES[1:4], ON)
    assert [each.before.k for each in effects[1:]] == [each.after.k for each in effects[:-1]]
    assert effects[-1].after.k < effects[0].before.k
    assert set(effects[-1].after.diversity) == {"team", "post"}


def test_what_the_register_knows_nothing_of_is_told() -> None:
    (effect,) = MOSAIC.effects([], ["He once sailed to Reykjavik as a sailor."], ON)
    assert "Reykjavik" in effect.unchecked


@pytest.mark.parametrize("text", ["", "name", "who,town\nx,y", "name,town\n,Leeds", "name,town\na,b,c,d"])
def test_a_table_that_is_none_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadInputError):
        read_register(text)


def test_a_persona_has_its_history() -> None:
    at = desk()
    service.keep_register(at, look(at, ROB), table(), "S&AGENTS")
    for piece in PIECES[:3]:
        service.note_said(at, look(at, ROB), "Rob", piece, on=ON, where="an interview", label="S")
    history = service.history(look(at, ROB), "rob")
    assert [each.words for each, _ in history] == list(PIECES[:3])
    assert [counted.k for _, counted in history] == [k(*PIECES[: number + 1]) for number in range(3)]
    (effect,) = service.effects(look(at, ROB), "Rob", PIECES[3], ON)
    assert effect.after.k == k(*PIECES[:4])
