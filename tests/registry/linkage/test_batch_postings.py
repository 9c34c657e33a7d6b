from concurrent.futures import ThreadPoolExecutor
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.registry.linkage.batch_pairs import pairs
from leconfield.registry.linkage.batch_postings import postings

KEYS = st.lists(st.lists(st.sampled_from([0, 1, 2, 7, 2**62, 2**63 + 5, 2**64 - 1]), max_size=5), max_size=30)


def found(keys, cap, parts):
    def keys_of(begin, end):
        flat = [(row, key) for row in range(begin, end) for key in keys[row]]
        return np.array([row for row, _ in flat], np.uint32), np.array([key for _, key in flat], np.uint64)

    with ThreadPoolExecutor(1) as workers:
        return postings(len(keys), keys_of, cap=cap, parts=parts, workers=workers, threads=1)


@settings(max_examples=60, deadline=None)
@given(KEYS, st.integers(2, 5), st.sampled_from([1, 2, 8]))
def test_pairs_are_those_who_share_a_key_that_few_share_each_once(keys, cap, parts):
    groups = {key: [row for row, own in enumerate(keys) if key in own] for key in {k for own in keys for k in own}}
    expected = {pair for rows in groups.values() if len(rows) <= cap for pair in combinations(rows, 2)}
    made = [
        (int(a), int(b))
        for left, right in pairs(found(keys, cap, parts), 0, len(keys))
        for a, b in zip(left, right, strict=True)
    ]
    assert len(made) == len(set(made))
    assert set(made) == expected


def test_many_records_that_share_one_key_are_no_pairs_when_the_key_is_too_common():
    shared = found([[5]] * 1000, cap=100, parts=1)
    assert shared.shared == 0
    assert list(pairs(shared, 0, 1000)) == []


def test_a_key_shared_by_very_many_within_the_cap_gives_all_their_pairs():
    shared = found([[5]] * 900, cap=1000, parts=1)
    assert sum(len(left) for left, _ in pairs(shared, 0, 900)) == 900 * 899 // 2


def test_no_records_share_nothing():
    assert found([], cap=9, parts=4).shared == 0
