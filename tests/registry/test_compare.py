"""Two names compared: the probability that they are one, and that both ways of comparing say the same."""

from __future__ import annotations

import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.ledger.vocabulary import ORGANISATION, PERSON
from leconfield.registry.compare import compare_names, probability
from leconfield.registry.likeness import distance, shape
from leconfield.registry.names import parse_name
from leconfield.registry.pairs import NamePairs, score_pairs
from leconfield.registry.scripts import listed


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("William Turner", "TURNER, William"),
        ("William Turner", "Bill Turner"),
        ("William Turner", "W. Turner"),
        ("Mohamed Salim Rashidov", "Rashidov Mohammad"),
        ("Mohamed Rashidov", "محمد رشيدوف"),
        ("Mohamed Rashidov", "מוחמד רשידוב"),
        ("Mohamed Rashidov", "Мухаммад Рашидов"),
        ("Kim Min-su", "김민수"),
        ("Giorgos Papadakis", "Γιώργος Παπαδάκης"),
        ("Abd al-Rahman Hassan", "Abdulrahman Hassan"),
        ("Jane Smith née Jones", "Jane Jones"),
        ("Oona Trevethick", "0ona Trevethick"),
        ("Arnold Pritchard", "Amold Pritchard"),
        ("Pаul Pritchard", "Paul Pritchard"),
        ("Paul\u200b Pritchard", "Paul Pritchard"),
        ("PaulPritchard", "Paul Pritchard"),
        ("Juan de la Cruz García", "Juan Cruz García"),
    ],
)
def test_one_person_otherwise_written_is_probably_one(left: str, right: str) -> None:
    assert probability(left, right) > 0.5


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("William Turner", "William Pritchard"),
        ("William Turner", "J. Turner"),
        ("Maria Lopez", "Mario Lopez"),
        ("Ahmed bin Ali", "Ali bin Ahmed"),
        ("Mohamed Rashidov", "محمد"),
        ("Mohamed Rashidov", "Мухаммад"),
        ("Mohamed Rashidov", "Rashidov"),
        ("John", ""),
        ("", ""),
    ],
)
def test_two_persons_and_half_a_name_are_not(left: str, right: str) -> None:
    assert probability(left, right) < 0.5


def test_twins_one_letter_apart_are_not_the_same_for_sure() -> None:
    assert probability("Daniel Trevethick", "Daniela Trevethick") < 0.8
    assert probability("Daniel Trevethick", "Daniel Trevethick") > 0.95


@pytest.mark.parametrize(
    ("left", "right", "one"),
    [
        ("Severn Dock Workers Ltd", "The Severn Dock Workers", True),
        ("Severn Dock Workers", "S.D.W.", True),
        ("Intl Severn Trading S.A.", "Severn Trading International", True),
        ("Tamarside Shipping Co.", "Tamarside Maritime Shipping", True),
        ("AMWHIP-1", "AMWHIP/1", True),
        ("AMWHIP-1", "AMWHIP1", True),
        ("AMWHIP-1", "AMWHIP-2", False),
        ("Bank of Tamarside", "Bank of Severnside", False),
        ("Tamarside Unit 4711", "Severnside Unit 4712", False),
    ],
)
def test_organisations_are_told_apart_by_what_is_their_own(left: str, right: str, one: bool) -> None:
    assert (probability(left, right, ORGANISATION) > 0.5) == one


@pytest.mark.parametrize(
    ("left", "right", "quarters"),
    [
        ("gareth", "garreth", 2),
        ("marta", "marita", 2),
        ("gareth", "careth", 2),
        ("ahmed", "ahmde", 3),
        ("john", "jon", 2),
    ],
)
def test_letters_of_like_sound_and_doubled_ones_count_half(left: str, right: str, quarters: int) -> None:
    assert distance(left, right, 12) == quarters == distance(right, left, 12)


def test_a_distance_stops_where_it_is_too_far() -> None:
    assert distance("abcdefgh", "zyxwvuts", 4) == 5


def test_what_scanners_confuse_has_one_shape() -> None:
    assert shape("rnodern") == shape("modem") == shape("m0dern")
    assert shape("will") == shape("w1ll")


NAMES = st.lists(
    st.sampled_from(
        listed(
            "William Bill Turner Tumer Mohamed محمد رشيدوف Rashidov Рашидов 김민수 Kim Min-su J. bin al-Hassan Abd "
            "Rahman Abdulrahman AMWHIP-1 AMWHIP1 4711 Μαρία Maria Mario 田中 タナカ O'Neill 0'Neill née Ltd ь x"
        )
    )
    | st.text(max_size=6),
    max_size=5,
).map(" ".join)


@settings(deadline=None, max_examples=150)
@given(NAMES, NAMES, st.sampled_from([PERSON, ORGANISATION]))
def test_comparing_in_words_and_compiled_gives_the_same_figures(left: str, right: str, schema: str) -> None:
    plain = compare_names(parse_name(left, schema), parse_name(right, schema))
    names = NamePairs([left, right], schema)
    found = names.scores(names.numbers[:1], names.numbers[1:])[0]
    expected = [plain.score, plain.bits if plain.parts else 0.0, plain.probability]
    assert found.tolist() == pytest.approx(expected, abs=1e-5)


@settings(deadline=None, max_examples=100)
@given(NAMES, NAMES)
def test_the_probability_is_symmetric(left: str, right: str) -> None:
    assert probability(left, right) == pytest.approx(probability(right, left), abs=1e-6)


def test_pairs_need_as_many_names_on_both_sides() -> None:
    with pytest.raises(ValueError, match="2 names on the left, 1 on the right"):
        score_pairs(["a", "b"], ["c"])


def test_no_pairs_have_no_scores() -> None:
    assert score_pairs([], []).shape == (0,)


GIVEN = listed("Iskander Iskandar Eskander Isqander Искандер اسكندر איסקנדר イスカンデル Iskender")
FAMILY = listed("Tarasenkov Tarassenkov Tarasenkow Tarasienkov Тарасенков تاراسينكوف טרסנקוב タラセンコフ Tarasenkoff")
SPELLINGS = [f"{given} {family}" for given in GIVEN for family in FAMILY]


def test_eighty_one_spellings_of_one_name_are_found_to_be_one() -> None:
    pairs = score_pairs([SPELLINGS[0]] * len(SPELLINGS), SPELLINGS)
    assert len(SPELLINGS) == 81
    assert np.mean(pairs > 0.5) > 0.9


def test_a_hundred_thousand_equal_names_are_encoded_once() -> None:
    names = NamePairs(["William Turner"] * 100_000)
    assert len(names.names.start) == 2
    assert np.all(names.scores(names.numbers, names.numbers)[:, 2] > 0.95)


def test_a_name_of_ten_megabytes_takes_bounded_work() -> None:
    huge = "Ахмед محمد x " * 800_000
    began = time.process_time()
    assert 0 <= probability(huge, "Ahmed Mohammed") <= 1
    assert time.process_time() - began < 20


@pytest.mark.parametrize(
    "odd", ["\u202eنهج\u202c Turner", "Turner \u2067محمد\u2069", "Т\u0443rner Paul", "🦊 Turner", "\u0301\u0301"]
)
def test_right_to_left_mixed_and_odd_names_are_compared_without_complaint(odd: str) -> None:
    assert 0 <= probability(odd, "Paul Turner") <= 1
    assert score_pairs([odd], ["Paul Turner"])[0] == pytest.approx(probability(odd, "Paul Turner"))
