"""Search: what it finds, and that it rests on the view's own reports alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield.intake.search import folded, search
from tests.ledger.desks import EMMA, ROB, desk, filed, look


def titles(words: str, *texts: str) -> list[str]:
    at = desk()
    for text in texts:
        filed(at, ROB, text)
    return [each.report.text for each in search(look(at, EMMA), words).found]


LORRY = "A lorry park on the M1. A torch was seen."
PARK = "A walk in the park. No lorry."
CAFE = "Café Señor. A meeting."


def test_every_word_must_occur() -> None:
    assert set(titles("lorry park", LORRY, PARK, CAFE)) == {LORRY, PARK}
    assert titles("lorry torch", LORRY, PARK, CAFE) == [LORRY]


@pytest.mark.parametrize("words", ["cafe", "CAFÉ", "senor", "caf*", '"café señor"'])
def test_accents_capitals_and_beginnings_do_not_matter(words: str) -> None:
    assert titles(words, LORRY, CAFE) == [CAFE]


def test_a_phrase_must_stand_word_for_word() -> None:
    assert titles('"lorry park"', LORRY, PARK) == [LORRY]


def test_the_snippet_lights_the_words() -> None:
    at = desk()
    filed(at, ROB, LORRY)
    (found,) = search(look(at, EMMA), "torch").found
    assert [found.snippet.text[a:b] for a, b in found.snippet.lit] == ["torch"]


def test_hidden_reports_change_no_score() -> None:
    plain, mixed = desk(), desk()
    for at in (plain, mixed):
        filed(at, ROB, LORRY)
        filed(at, ROB, PARK)
    for number in range(30):
        filed(mixed, ROB, f"A lorry {number}. Park.", "S&AGENTS")
    answers = [search(look(at, EMMA), "lorry park") for at in (plain, mixed)]
    assert answers[0] == answers[1]


def test_growing_finds_what_a_new_index_would_find() -> None:
    at = desk()
    filed(at, ROB, LORRY)
    search(look(at, EMMA), "lorry")
    filed(at, ROB, PARK)
    grown = search(look(at, EMMA), "lorry park")
    at._worlds._now.clear()
    assert search(look(at, EMMA), "lorry park") == grown


@given(st.text(max_size=80))
def test_folding_keeps_every_position(text: str) -> None:
    assert len(folded(text)) == len(text)


@given(st.text(max_size=80))
def test_no_words_break_it(words: str) -> None:
    at = desk()
    filed(at, ROB, LORRY)
    search(look(at, EMMA), words)
