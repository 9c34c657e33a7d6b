"""The compiled steps against plain ones: slips symmetric and bounded, merged lists exact."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from leconfield.registry.nameindex.keys import keys_of
from leconfield.registry.nameindex.likeness import (
    LONGEST,
    LONGEST_WORD,
    edits,
    edits_in_word,
    length_of,
    letters_of,
    one_slip,
    packed,
    slips,
)
from leconfield.registry.nameindex.retrieve import Window, best_names

words = st.text("abcehijkmnopstuvwyz", min_size=1, max_size=12)


def as_bytes(text: str) -> np.ndarray:
    return np.frombuffer(text.encode(), dtype=np.uint8)


def between(one: str, other: str) -> float:
    room = np.empty((4, LONGEST + 1), dtype=np.float32)
    return slips(as_bytes(one), 0, len(one), as_bytes(other), 0, len(other), 99.0, False, room)


@settings(deadline=None)
@given(words, words)
def test_slips_are_none_for_the_same_and_never_more_than_edits(one: str, other: str) -> None:
    assert (between(one, other) == 0.0) == (one == other)
    assert between(one, other) <= OSA.distance(one, other) + 1e-4


@settings(deadline=None)
@given(words, words)
def test_one_slip_is_one_edit_at_most(one: str, other: str) -> None:
    found = one_slip(as_bytes(one), 0, len(one), as_bytes(other), 0, len(other))
    assert found == (OSA.distance(one, other) <= 1)


@settings(deadline=None)
@given(words, words)
def test_edits_are_counted_alike_in_text_and_in_a_word(one: str, other: str) -> None:
    places = np.empty(26, dtype=np.uint64)
    letters_of(as_bytes(one), 0, len(one), places)
    expected = OSA.distance(one, other)
    assert edits(places, len(one), as_bytes(other), 0, len(other)) == expected
    word = np.uint64(packed(as_bytes(other), 0, len(other), False))
    assert length_of(word) == (len(other) if len(other) <= LONGEST_WORD else 0)
    if length_of(word):
        assert edits_in_word(places, len(one), word) == expected


@settings(deadline=None)
@given(words.filter(lambda word: len(word) >= 3), st.data())
def test_spellings_one_edit_apart_share_a_key(word: str, data: st.DataObject) -> None:
    at, letter = data.draw(st.integers(0, len(word) - 1)), data.draw(st.sampled_from("aeknrst"))
    edits = (word[:at] + word[at + 1 :], word[:at] + letter + word[at:], word[:at] + letter + word[at + 1 :])
    for other in edits:
        assert keys(word) & keys(other)


def keys(word: str) -> set[int]:
    out, room = np.empty(LONGEST + 4, dtype=np.uint64), np.empty(LONGEST + 2, dtype=np.uint8)
    return set(out[: keys_of(as_bytes(word), 0, len(word), True, room, out)].tolist())


postings = st.lists(st.lists(st.integers(0, 100_000), max_size=60, unique=True).map(sorted), min_size=1, max_size=6)


@settings(deadline=None)
@given(postings, st.lists(st.integers(1, 40), min_size=6, max_size=6), st.integers(1, 3), st.integers(1, 20))
def test_merged_lists_give_exactly_the_best(lists: list[list[int]], weights: list[int], groups: int, most: int) -> None:
    bounds = sorted({0, len(lists), *(len(lists) * group // groups for group in range(groups))})
    order = [
        each for begin, end in pairwise(bounds) for each in sorted(range(begin, end), key=lambda one: -weights[one])
    ]
    expected: dict[int, float] = {}
    for begin, end in pairwise(bounds):
        for name in {name for one in range(begin, end) for name in lists[one]}:
            best = max(weights[one] for one in range(begin, end) if name in lists[one])
            expected[name] = expected.get(name, 0.0) + best
    ranked = sorted(expected, key=lambda name: (-expected[name], name))[:most]
    names, scores = np.empty(most, dtype=np.int32), np.empty(most, dtype=np.float32)
    count = best_names(
        np.array(bounds, dtype=np.int32),
        np.array(order, dtype=np.int32),
        np.array([weights[one] for one in order], dtype=np.float32),
        np.empty(0, dtype=np.uint32),
        np.cumsum([0, *map(len, lists)]).astype(np.int64),
        np.array([name for each in lists for name in each], dtype=np.int32),
        np.zeros(100_001, dtype=np.uint32),
        Window.empty(),
        names,
        scores,
        np.zeros(1, dtype=np.int64),
    )
    assert names[:count].tolist() == ranked
    assert scores[:count].tolist() == [expected[name] for name in ranked]
