"""Who asserts what, and how."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield.intake.extraction.assertion import cues, stamp
from leconfield.ledger.model import ATTEMPTED, DENIED, PLANNED, POSSIBLE, Assertion


def stamped(text: str, words: str) -> Assertion:
    start = text.index(words)
    return stamp(text, start, start + len(words), (0, len(text)))


def test_a_plain_statement_is_plain() -> None:
    assert stamped("Khan met Ali in Leeds.", "met").plain


@pytest.mark.parametrize(
    "text", ["Khan did not meet Ali.", "Khan never meets Ali.", "No evidence that Khan meets Ali."]
)
def test_a_denial_reaches_what_follows_it(text: str) -> None:
    assert stamped(text, "meet").polarity == DENIED


def test_a_denial_ends_at_but() -> None:
    assert stamped("Khan did not ring, but Ali lives in Leeds.", "lives").polarity != DENIED


def test_not_only_denies_nothing() -> None:
    assert stamped("Not only Khan met Ali.", "met").plain


@pytest.mark.parametrize(
    ("text", "words", "modality"),
    [
        ("He plans to buy a van.", "buy", PLANNED),
        ("They tried to burn the shop.", "burn", ATTEMPTED),
        ("Khan may travel to Luton.", "travel", POSSIBLE),
        ("He is believed to live in Hull.", "live", POSSIBLE),
        ("THE BOMB WAS PRESUMABLY PLANTED BY THE ELN.", "PLANTED", POSSIBLE),
    ],
)
def test_modality(text: str, words: str, modality: str) -> None:
    assert stamped(text, words).modality == modality


@pytest.mark.parametrize(
    ("text", "asserter"),
    [
        ("Police said that Khan met Ali.", "Police"),
        ("According to the source, Khan met Ali.", "the source"),
        ("Khan met Ali, the landlord said.", "the landlord"),
        ("THE ARCE BATTALION COMMAND HAS REPORTED THAT PEASANTS met.", "THE ARCE BATTALION COMMAND"),
    ],
)
def test_the_quoted_speaker_is_named(text: str, asserter: str) -> None:
    assert stamped(text, "met").asserter == asserter


def test_stance_follows_slot_eleven() -> None:
    assert stamped("The ELN claimed responsibility for the bombing.", "bombing").stance == "claimed"
    assert stamped("Villagers blamed the ELN for the bombing.", "bombing").stance == "accused"
    assert stamped("The army accused the ELN of the bombing.", "bombing").stance == "accused by authorities"
    assert stamped("He was acquitted of the bombing.", "bombing").stance == "acquitted"
    assert stamped("He was possibly behind the bombing.", "bombing").stance == "possible"


@given(st.text())
def test_cues_lie_in_the_text_in_order(text: str) -> None:
    found = cues(text)
    assert all(0 <= cue.start < cue.end <= len(text) for cue in found)
    assert [cue.start for cue in found] == sorted(cue.start for cue in found)
