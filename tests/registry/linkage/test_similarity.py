"""Letter by letter: what compiled code calls near is near by an independent measure."""

from __future__ import annotations

from datetime import date as date_type

import numpy as np
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from leconfield.registry.linkage.encoding import Encoder, fingerprints
from leconfield.registry.linkage.fields import plan
from leconfield.registry.linkage.levels import date_level
from leconfield.registry.linkage.normal import date, parts
from leconfield.registry.linkage.similarity import WORDS, facts_of, within
from leconfield.registry.linkage.terms import APART, CLOSE, KINDRED, PARTIAL

words = st.text("abcd", min_size=1, max_size=12) | st.text("ab", min_size=5, max_size=25)


@settings(max_examples=300, deadline=None)
@given(words, words, st.integers(1, 2))
def test_within_some_edits_is_what_optimal_string_alignment_says(left: str, right: str, edits: int) -> None:
    encoder = Encoder(plan({"word": "text"}))
    rows = encoder.encode(pa.table({"word": [left, right]}))
    terms = encoder.terms
    facts = np.zeros((len(terms.hash), WORDS), np.int64)
    facts_of(terms, facts, 0, encoder.count)
    assert within(facts, rows[0, 0], rows[1, 0], edits) == (OSA.distance(left, right) <= edits)


def agreement(left: str, right: str) -> int:
    encoder = Encoder(plan({"born": "birth"}))
    rows = encoder.encode(pa.table({"born": [left, right]}))
    facts = np.zeros((len(encoder.terms.hash), WORDS), np.int64)
    facts_of(encoder.terms, facts, 0, encoder.count)
    return date_level(facts, rows[0, 0], rows[1, 0])


def test_dates_agree_by_degrees() -> None:
    assert agreement("1950-03-12", "1950-03-13") == CLOSE
    assert agreement("1950-12-03", "1950-03-12") == CLOSE
    assert agreement("1950-03-12", "1950-01-01") == PARTIAL
    assert agreement("1950", "1950-03-12") == PARTIAL
    assert agreement("1950-03-12", "1951-03-22") == KINDRED
    assert agreement("1950-03-12", "1899-12-24") == APART


@settings(max_examples=300, deadline=None)
@given(st.dates(date_type(1900, 1, 1)), st.dates(date_type(1900, 1, 1)))
def test_dates_one_digit_apart_are_close_and_without_anything_in_common_apart(
    left: date_type, right: date_type
) -> None:
    digits = sum(a != b for a, b in zip(left.isoformat(), right.isoformat(), strict=True))
    if left == right:
        return
    level = agreement(left.isoformat(), right.isoformat())
    assert level == CLOSE or digits > 1
    assert level != APART or (left.year != right.year and digits > 2)


def test_dates_are_read_in_the_ways_people_write_them() -> None:
    assert date("1950-03-12")[1] == date("19500312")[1] == date("12/03/1950")[1] == 19500312
    assert date("1950")[1] == 19500000
    assert date("1950-03-12 00:00:00")[1] == 19500312
    assert date("03/25/1950")[1] == 19500325
    assert date("long ago")[1] == 0


def test_names_are_their_parts_without_titles_and_numbers() -> None:
    assert parts("Sir Thomas O'Neill, 2nd Baronet of Dunmere") == ["thomas", "oneill", "dunmere"]
    assert parts("Dr. J. Smith-Jones") == ["j", "smith", "jones"]
    assert parts("Иван Петров") == ["ivan", "petrov"]


def test_fingerprints_do_not_depend_on_where_a_row_lies() -> None:
    ids = pa.array(["a", "b", "c"])
    assert list(fingerprints(ids)[1:]) == list(fingerprints(ids.slice(1)))
    assert len(set(fingerprints(ids).tolist())) == 3
