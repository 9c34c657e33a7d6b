"""Letter by letter: what compiled code calls near is near by an independent measure."""

from __future__ import annotations

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

words = st.text("abcd", min_size=1, max_size=12)


@settings(max_examples=300, deadline=None)
@given(words, words, st.integers(1, 2))
def test_within_some_edits_is_what_optimal_string_alignment_says(left: str, right: str, edits: int) -> None:
    encoder = Encoder(plan({"word": "text"}))
    rows = encoder.encode(pa.table({"word": [left, right]}))
    terms = encoder.terms
    facts = np.zeros((len(terms.hash), WORDS), np.int64)
    facts_of(terms, facts, 0, encoder.count)
    assert within(facts, rows[0, 0], rows[1, 0], edits) == (OSA.distance(left, right) <= edits)


def test_dates_agree_by_degrees() -> None:
    assert date_level(19500312, 19500313) == CLOSE
    assert date_level(19501203, 19500312) == CLOSE
    assert date_level(19500312, 19500101) == PARTIAL
    assert date_level(19500000, 19500312) == PARTIAL
    assert date_level(19500312, 19510322) == KINDRED
    assert date_level(19500312, 18991224) == APART


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
