from concurrent.futures import ThreadPoolExecutor
from itertools import combinations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.registry.linkage.batch_pairs import RARE, pairs
from leconfield.registry.linkage.batch_postings import postings

KEYS = st.lists(st.lists(st.sampled_from([0, 1, 2, 7, 2**62, 2**63 + 5, 2**64 - 1]), max_size=5), max_size=30)


def found(keys, cap, parts):
    def keys_of(begin, end):
        flat = [(row, key) for row in range(begin, end) for key in keys[row]]
        return np.array([row for row, _ in flat], np.uint32), np.array([key for _, key in flat], np.uint64)

    with ThreadPoolExecutor(1) as workers:
        return postings(len(keys), keys_of, cap=cap, parts=parts, workers=workers)


def pairs_of(shared):
    rows = len(shared.key_starts) - 1
    reasons = np.zeros(rows, np.uint8)
    made = [np.column_stack(each) for each in pairs(shared, 0, rows, reasons)]
    assert not reasons.any()
    return [(a, b) for each in made for a, b in each.tolist()]


@settings(max_examples=60, deadline=None)
@given(KEYS, st.integers(2, 5), st.sampled_from([1, 2, 8]))
def test_pairs_are_those_who_share_a_key_that_few_share_each_once(keys, cap, parts):
    groups = {key: [row for row, own in enumerate(keys) if key in own] for key in {k for own in keys for k in own}}
    expected = {pair for rows in groups.values() if len(rows) <= cap for pair in combinations(rows, 2)}
    made = pairs_of(found(keys, cap, parts))
    assert len(made) == len(set(made))
    assert set(made) == expected


def test_a_key_that_many_share_is_not_enough_by_itself_nor_are_two_but_three_are():
    everybody = RARE + 5
    keys = [[row // everybody + 1] for row in range(3 * everybody)]
    keys[:4] = [[1, 2, 3], [1, 2, 3], [1, 2], [1, 2]]
    assert pairs_of(found(keys, 100, 1)) == [(0, 1)]


def test_many_records_that_share_one_key_are_no_pairs_when_the_key_is_too_common():
    shared = found([[5]] * 1000, cap=100, parts=1)
    assert shared.shared == 0
    assert pairs_of(shared) == []


def test_a_key_shared_by_very_many_within_the_cap_gives_all_their_pairs():
    assert len(pairs_of(found([[5, 6, 7]] * 900, cap=1000, parts=1))) == 900 * 899 // 2


def test_no_records_share_nothing():
    assert found([], cap=9, parts=4).shared == 0
