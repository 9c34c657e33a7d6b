"""The pieces of the incident reader, each by itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield.intake.extraction.incidents.candidates import key_of, same, things, words_at
from leconfield.intake.extraction.incidents.forest import Forest
from leconfield.intake.extraction.incidents.reading import Reading, cut
from leconfield.intake.extraction.incidents.segment import LONGEST, plain, sentences
from leconfield.intake.extraction.incidents.stage import stage_of
from leconfield.intake.extraction.incidents.where import place_in


@given(st.text())
def test_the_plain_text_is_as_long_as_the_text_and_words_are_its_slices(text: str) -> None:
    low = plain(text)
    assert len(low) == len(text)
    end = 0
    for sentence in sentences(text):
        assert len(sentence.words) <= LONGEST
        for word, a, b in zip(sentence.words, sentence.starts, sentence.ends, strict=True):
            assert end <= a < b
            assert low[a:b] == word
            end = b


def test_sentences_end_at_stops_but_not_at_abbreviations() -> None:
    found = sentences('Gen. Lopez was shot in St. Ives. "It was awful." He died.\n\nNo. 4 unit fled')
    assert [" ".join(s.words) for s in found] == [
        "gen . lopez was shot in st . ives .",
        '" it was awful . "',
        "he died .",
        "no . 4 unit fled",
    ]


@pytest.mark.parametrize(
    ("words", "stage"),
    [
        ("guerrillas threatened to kill the mayor", "threatened"),
        ("the group planned to bomb the embassy", "threatened"),
        ("gunmen tried to kill the judge", "attempted"),
        ("the bomb was deactivated by the police", "attempted"),
        ("a bomb destroyed the bank", "accomplished"),
    ],
)
def test_the_stage_follows_the_words(words: str, stage: str) -> None:
    assert stage_of(words) == stage


def test_a_thing_is_known_by_its_words_or_its_initials() -> None:
    assert key_of('The "Blue-Door" Café, a pub') == "bluedoor café pub"
    assert same("nlf", "northern liberation front")
    assert same("car bomb", "bomb")
    assert not same("bank", "bomb")


def test_a_place_is_read_with_its_kind_or_its_capital_letter() -> None:
    for text, name in (
        ("A bomb went off in Tolworth district last night", "Tolworth"),
        ("He was shot near Stoke Newington on Monday", "Stoke Newington"),
    ):
        found = place_in(text, text.lower(), 0, len(text))
        assert found is not None
        assert found.text == name
        assert text[found.start : found.end] == name


def test_a_row_walks_down_the_tree_to_its_leaf() -> None:
    forest = Forest(
        roots=np.array([0], np.int32),
        feature=np.array([1, 0, 0], np.int16),
        threshold=np.array([0.5, 0, 0], np.float32),
        left=np.array([1, 1, 2], np.int32),
        right=np.array([2, 1, 2], np.int32),
        value=np.array([0, -9, 9], np.float32),
        base=0.0,
        depth=1,
    )
    assert forest.probabilities(np.array([[7.0, 0.4], [7.0, 0.6]])).round(2).tolist() == [0.0, 1.0]


def test_things_joined_by_a_comma_or_an_and_are_candidates_of_their_own() -> None:
    pages = cut("They burned shops and electric towers, an old bus.")
    labels = ("O", "O", "B-Target", *("I-Target",) * 7, "O")
    opinions = [{label: 0.9} if label != "O" else {} for label in labels]
    read = Reading(pages, np.zeros(7), [], [opinions], [labels])
    assert [[words_at(read, spot.place) for spot in thing.spots] for thing in things(read)] == [
        ["shops"],
        ["electric towers"],
        ["old bus"],
    ]
