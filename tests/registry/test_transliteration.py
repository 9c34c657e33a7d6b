"""Learned spellings: what is found across scripts, and that the three ways of reading a model agree."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
from benchmarks.names import queries
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.registry.likeness import SURPRISE
from leconfield.registry.scripts import LATIN
from leconfield.registry.transliteration import (
    IMPLAUSIBLE,
    NO_READING,
    likely_spelling,
    spellings,
    surprise,
)
from leconfield.registry.transliteration.model import LEARNED, model_of
from leconfield.registry.transliteration.tables import put_together, readings_of, surprise_of, tables_of
from leconfield.registry.transliteration.units import MOST_UNITS, latin_of, learned_script, units_of
from leconfield.registry.transliteration.vocabulary import Vocabulary
from tests.shared import shared


def np_units(units: str, numbers: dict[str, int]) -> npt.NDArray[np.int32]:
    return np.array([numbers[unit] for unit in units if unit in numbers], np.int32)


def np_letters(latin: str) -> npt.NDArray[np.uint8]:
    return np.array([ord(letter) - 96 for letter in latin], np.uint8)


FOREIGN = st.text(alphabet="محدرشيوفנבאסטקКалинаμαρ김민수タナカ克里斯托弗ьъ", min_size=1, max_size=8)
WORDS = st.text(alphabet="abcdefghijklmnoprstuvz", min_size=1, max_size=10)


@pytest.mark.parametrize(
    ("part", "latin"),
    [
        ("محمد", "mohammed"),
        ("רשידוב", "rashidov"),
        ("Рашидов", "rashidov"),
        ("タナカ", "tanaka"),
        ("たなか", "tanaka"),
        ("민수", "minsu"),
        ("克里斯托弗", "christopher"),
        ("Γιώργος", "giorgos"),
        ("გიორგი", "giorgi"),
        ("Smith", "smith"),
    ],
)
def test_a_name_in_another_script_has_its_usual_spelling_among_the_likely_ones(part: str, latin: str) -> None:
    assert latin in {each.latin for each in spellings(part, 12)}


def test_spellings_come_the_likeliest_first_and_no_more_than_asked_for() -> None:
    found = spellings("محمد", 5)
    assert len(found) == 5
    assert [each.bits for each in found] == sorted(each.bits for each in found)


@pytest.mark.parametrize("nothing", ["", " ", "?!", "\u200b", "1234", "ქ\u0e01"])
def test_what_no_table_reads_has_no_spelling_or_a_plain_one(nothing: str) -> None:
    assert all(each.latin.isascii() for each in spellings(nothing))


@pytest.mark.parametrize(
    ("part", "near", "far"),
    [("محمد", "mohammed", "ibrahim"), ("רשידוב", "rashidov", "rabinovich"), ("克里斯托弗", "christopher", "christina")],
)
def test_a_fitting_spelling_speaks_for_one_name_and_another_name_against(part: str, near: str, far: str) -> None:
    assert surprise(part, near) < SURPRISE < surprise(part, far)


def test_nothing_is_said_of_scripts_that_were_not_learned() -> None:
    assert surprise("გიორგი", "giorgi") == NO_READING
    assert surprise("Smith", "smith") == NO_READING


def test_a_very_long_part_is_cut_before_it_is_read() -> None:
    assert len(units_of("م" * 10_000_000)) <= MOST_UNITS
    assert len(latin_of("a" * 10_000_000)) <= MOST_UNITS
    assert len(spellings("م" * 10_000_000, 3)) <= 3


@settings(deadline=None, max_examples=60)
@given(FOREIGN, WORDS)
def test_the_compiled_reading_says_the_same_as_the_plain_one(part: str, latin: str) -> None:
    units = units_of(part)
    model = model_of(learned_script(units)) if units else None
    if model is None:
        return
    which = LEARNED.index(model.script)
    tables = put_together(tuple(script if place == which else "" for place, script in enumerate(LEARNED)))
    numbered = np_units(units, model.units)
    readings = readings_of(tables, np.array([which], np.int32), numbered, np.array([len(numbered)], np.int64))
    plain, compiled = surprise(part, latin), surprise_of(readings, 0, len(numbered), np_letters(latin))
    if len(numbered) == 0:
        assert min(plain, compiled) >= IMPLAUSIBLE
    elif plain <= SURPRISE:
        assert compiled == pytest.approx(plain, abs=1e-6)
    else:
        assert compiled > SURPRISE


@settings(deadline=None, max_examples=60)
@given(FOREIGN)
def test_any_part_can_be_read(part: str) -> None:
    assert all(each.bits >= -1e-9 for each in spellings(part))
    assert likely_spelling(part).isascii()


def test_a_vocabulary_gives_the_words_that_a_part_may_stand_for() -> None:
    words = ["mohammed", "muhammad", "mahmoud", "hamid", "smith", "", "mohammed"]
    found = Vocabulary.of(words).like("محمد")
    assert {words[place] for place, _ in found[:2]} == {"mohammed", "muhammad"}
    assert found[0][1] > 0
    assert 4 not in {place for place, _ in found}


def test_an_empty_vocabulary_and_a_latin_part_give_nothing() -> None:
    assert Vocabulary.of([]).like("محمد") == []
    assert Vocabulary.of(["smith"]).like("smith") == []


@settings(deadline=None, max_examples=30)
@given(st.lists(WORDS, min_size=1, max_size=30), FOREIGN)
def test_a_vocabulary_finds_only_its_own_words_and_each_once(words: list[str], part: str) -> None:
    found = [place for place, _ in Vocabulary.of(words).like(part, 100)]
    assert len(set(found)) == len(found)
    assert len({words[place] for place in found}) == len(found)


@pytest.mark.parametrize(
    ("script", "table", "least"), [("Hebrew", "wd_hebrew_80", 0.85), ("Arabic", "wd_arabic_80", 0.85)]
)
def test_rows_that_nothing_was_learned_from_are_found_among_all_words(script: str, table: str, least: float) -> None:
    assert tables_of(script) is not None
    assert tables_of(LATIN) is None
    words, asked = queries(shared("data/names"), table)
    vocabulary = Vocabulary.of(words)
    hits = sum(latin in {words[place] for place, _ in vocabulary.like(other, 10)} for other, latin in asked[:200])
    assert hits >= least * 200
