"""Clusters that merge, split and change their names say so."""

from __future__ import annotations

import numpy as np

from leconfield.registry.linkage.events import Event, events_between

IDS = ["a", "b", "c", "d"]


def between(before: list[int], after: list[int]) -> tuple[Event, ...]:
    return events_between(IDS, np.array(before, np.int32), np.array(after, np.int32))


def test_two_that_become_one_are_a_merge_and_the_way_back_is_a_split() -> None:
    assert between([0, 0, 2], [0, 0, 0]) == (Event("merge", ("a", "c"), ("a",)),)
    assert between([0, 0, 0], [0, 0, 2]) == (Event("split", ("a",), ("a", "c")),)


def test_newcomers_are_no_event_and_a_lost_eldest_is_a_new_name() -> None:
    assert between([0, 0], [0, 0, 0, 3]) == ()
    assert between([0, 0, 0], [-1, 1, 1]) == (Event("rename", ("a",), ("b",)),)


def test_nothing_before_and_nothing_after_is_no_event() -> None:
    assert between([], []) == ()
