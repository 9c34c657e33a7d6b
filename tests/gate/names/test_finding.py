"""Guarded names are found however they are written, and ordinary text gives few alarms."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.gate.names.finding import CODENAME, CODEWORD, Finder
from leconfield.gate.names.model import Guarded
from leconfield.gate.names.shapes import skeleton
from tests.gate.names.disguises import DISGUISES

HELD = (
    Guarded("Gareth Pryce", "name"),
    Guarded("Karim Mansour", "name"),
    Guarded("Димитър Стоянов", "name"),
    Guarded("كريم منصور", "name"),
    Guarded("Pell", "name"),
    Guarded("HEATHER", CODENAME),
    Guarded("SEQUIN", CODEWORD),
    Guarded("07700 900476", "phone number"),
    Guarded("TU18 KNR", "registration"),
    Guarded("12 Farley Rise", "address"),
    Guarded("k.mansour@orwellbay.example", "e-mail"),
)
FINDER = Finder(HELD)
LETTERS = st.text(alphabet="abcdefghijklmnoprstuvwz", min_size=4, max_size=9)


def found(text: str) -> set[str]:
    return {each.guarded.form for each in FINDER.find(text)}


@pytest.mark.parametrize("how", DISGUISES)
@pytest.mark.parametrize("guarded", HELD, ids=lambda each: each.form)
def test_every_disguise_of_everything_guarded_is_found(guarded: Guarded, how: str) -> None:
    if guarded.kind == CODEWORD and how in {"lower", "title"}:
        pytest.skip("a codeword in small letters is a word of the language")
    assert guarded.form in found(f"We know that {DISGUISES[how](guarded.form, Random(1))} was there.")


@settings(deadline=None)
@given(LETTERS, LETTERS, st.lists(st.sampled_from(sorted(DISGUISES)), min_size=1, max_size=2), st.integers(0, 999))
def test_random_names_are_found_in_one_disguise_on_another(one: str, other: str, how: list[str], seed: int) -> None:
    name, random = f"{one.title()} {other.title()}", Random(seed)
    written = name
    for each in how:
        written = DISGUISES[each](written, random)
    assert Finder([Guarded(name, "name")]).find(f"so {written}, they say")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("PRYCE, Gareth", "Gareth Pryce"),
        ("Garreth Price", "Gareth Pryce"),
        ("Karim al-Mansoor", "Karim Mansour"),
        ("Dimitar Stojanov", "Димитър Стоянов"),
        ("Карим Мансур", "Karim Mansour"),
        ("oh seven seven oh oh nine double oh four seven six", "07700 900476"),
        ("+44 7700 900 476", "07700 900476"),
        ("tu-18-knr", "TU18 KNR"),
        ("xxPellxx", "Pell"),
        ("garethpryce99", "Gareth Pryce"),
        ("operation sequin", "SEQUIN"),
        ("draft_gareth-pryce_final.pdf", "Gareth Pryce"),
    ],
)
def test_other_spellings_and_other_places_are_found(text: str, form: str) -> None:
    assert form in found(f"about {text}")


@pytest.mark.parametrize(
    "text",
    [
        "a compelling case",
        "the sequins on her dress",
        "he at her",
        "a gareth of fish",
        "chapel lane",
        "call 07700 900477",
    ],
)
def test_words_that_merely_hold_the_letters_give_no_alarm(text: str) -> None:
    assert {form for form in found(text) if form != "HEATHER"} == set()


def test_a_codename_that_is_a_plant_is_unsure_in_small_letters() -> None:
    assert [each.sure for each in FINDER.find("the heather on the hill")] == [False]
    assert [each.sure for each in FINDER.find("Heather told us")] == [True]


@pytest.mark.parametrize(
    ("text", "sure"),
    [
        ("They call him B7 there.", True),
        ("(B7)", True),
        ("B-7 was there", False),
        ("b7 was there", False),
        ("It is B 7.", False),
        ("\u0412\u200b7", False),
    ],
)
def test_a_code_of_two_is_found_as_a_word_of_its_own(text: str, sure: bool) -> None:
    assert [each.sure for each in Finder([Guarded("B7", "reference")]).find(text)] == [sure]


@pytest.mark.parametrize("text", ["BT sent 87 men", "AB7 and B72", "the 7 B roads", "the A1 at 7 a.m."])
def test_a_code_of_two_is_found_nowhere_else(text: str) -> None:
    assert not Finder([Guarded("B7", "reference")]).find(text)


@settings(deadline=None)
@given(st.text(max_size=40))
def test_a_skeleton_is_the_same_after_it_was_taken(text: str) -> None:
    assert skeleton(skeleton(text)) == skeleton(text)


def test_places_are_those_of_the_text() -> None:
    text = "so \u202bG\u200ba\u0301reth  Рrусе\u202c left"
    (leak,) = FINDER.find(text)
    assert skeleton(text[leak.start : leak.end]) == skeleton("Gareth Pryce")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Гарет Прайс", "Gareth Pryce"),
        ("Dimityr Stojanow", "Димитър Стоянов"),
    ],
)
def test_names_are_found_in_the_letters_of_another_script(text: str, form: str) -> None:
    assert form in found(f"about {text}, they say")


@pytest.mark.parametrize("before", [0, *range(509, 514), 1023, 5000])
def test_a_name_in_another_spelling_is_found_wherever_it_stands_in_a_long_text(before: int) -> None:
    finder = Finder([Guarded("Gareth Pryce", "name"), Guarded("Karim Mansour", "name")])
    (leak,) = finder.find(f"{'so ' * before}Garreth Price{' so' * 600}")
    assert (leak.guarded.form, leak.start) == ("Gareth Pryce", 3 * before)


def test_a_name_whose_parts_stand_far_apart_is_not_found_in_another_spelling() -> None:
    finder = Finder([Guarded("Gareth Pryce", "name")])
    assert not finder.find(f"Garreth{' so' * 511} Price")
