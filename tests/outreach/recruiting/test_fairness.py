"""Tests of the fairness figures: published vectors, the distribution by enumeration, and nothing below ten."""

from __future__ import annotations

from fractions import Fraction
from math import comb, isclose

from hypothesis import given, settings
from hypothesis import strategies as st

from leconfield.outreach.recruiting.fairness import LEAST, compared, fisher, suppressed

COUNTS = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 60), min_size=1)


def test_the_published_vectors() -> None:
    first = compared("sex", {"male": 80, "female": 50}, {"male": 48, "female": 21})
    best, other = first.groups
    assert (best.name, best.ratio, best.p) == ("male", None, None)
    assert other.ratio == Fraction(7, 10)
    assert other.flagged
    assert other.unlikely
    assert isclose(other.p or 0, 0.0495, abs_tol=5e-5)

    second = compared("sex", {"male": 72, "female": 63}, {"male": 7, "female": 3})
    (_, other) = second.groups
    assert round(float(other.ratio or 0), 2) == 0.49
    assert isclose(other.p or 0, 0.337, abs_tol=1e-3)
    assert other.flagged
    assert not other.unlikely


@settings(deadline=None)
@given(st.integers(0, 25), st.integers(1, 25), st.integers(0, 25), st.integers(1, 25))
def test_fishers_p_is_the_share_of_tables_no_likelier(one: int, of_one: int, other: int, of_other: int) -> None:
    one, other = min(one, of_one), min(other, of_other)
    together = one + other
    chances = {
        each: Fraction(comb(of_one, each) * comb(of_other, together - each), comb(of_one + of_other, together))
        for each in range(of_one + 1)
        if 0 <= together - each <= of_other
    }
    assert sum(chances.values()) == 1
    expected = sum(each for each in chances.values() if each <= chances[one])
    assert isclose(fisher((one, of_one), (other, of_other)), float(expected), rel_tol=1e-12)
    assert fisher((one, of_one), (other, of_other)) == fisher((other, of_other), (one, of_one))


def test_of_fewer_than_ten_nothing_is_told_and_nothing_follows_from_the_others() -> None:
    assert suppressed({"a": 50, "b": 30, "c": 10}) == frozenset()
    assert suppressed({"a": 50, "b": 30, "c": 4}) == {"c", "b"}
    assert suppressed({"a": 50, "b": 9, "c": 8}) == {"b", "c"}
    assert suppressed({"a": 50, "b": 2, "c": 3}) == {"a", "b", "c"}
    assert suppressed({"a": 12}) == frozenset()


@settings(deadline=None)
@given(COUNTS)
def test_what_is_hidden_cannot_be_computed_from_what_is_told(counts: dict[str, int]) -> None:
    hidden = suppressed(counts)
    assert all(counts[each] >= LEAST for each in counts.keys() - hidden)
    if hidden and hidden != counts.keys():
        assert len(hidden) > 1
        assert sum(counts[each] for each in hidden) >= LEAST


@settings(deadline=None)
@given(COUNTS, COUNTS)
def test_no_group_that_is_hidden_or_odd_has_a_rate(came: dict[str, int], went_on: dict[str, int]) -> None:
    found = compared("x", came, went_on)
    shown = {each.name for each in found.groups}
    assert shown.isdisjoint(found.suppressed)
    assert shown.isdisjoint(found.odd)
    assert shown | set(found.suppressed) | set(found.odd) == came.keys()
    assert all(each.came >= LEAST and 0 <= each.rate <= 1 for each in found.groups)
    assert all(each.p is None or 0 < each.p <= 1 for each in found.groups)
