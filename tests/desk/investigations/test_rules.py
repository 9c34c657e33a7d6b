from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leconfield.desk.investigations.model import (
    CONSISTENT,
    INCONSISTENT,
    MARKS,
    NEUTRAL,
    NOT_APPLICABLE,
    Action,
    Opinion,
)
from leconfield.desk.investigations.rules import (
    Bearing,
    diagnosticity,
    divided,
    due,
    first,
    sensitivities,
    standings,
)
from leconfield.ledger.model import EntryId

HYPOTHESES = ("attack", "theft", "exercise")
BEARINGS = st.builds(
    Bearing,
    evidence=st.sampled_from("efgh"),
    weight=st.floats(0, 1),
    origin=st.sampled_from("xyz"),
    marks=st.dictionaries(st.sampled_from(HYPOTHESES), st.sampled_from(sorted(MARKS)), max_size=3),
)


def _bearing(*marks: str, weight: float = 1.0, origin: str = "x", evidence: str = "e") -> Bearing:
    return Bearing(evidence, weight, origin, dict(zip(HYPOTHESES, marks, strict=False)))


@pytest.mark.parametrize("mark", [CONSISTENT, INCONSISTENT, NEUTRAL])
def test_evidence_that_fits_all_alike_tells_nothing_apart(mark: str) -> None:
    assert diagnosticity(_bearing(mark, mark, mark)) == 0


def test_evidence_that_fits_one_and_speaks_against_another_tells_them_apart() -> None:
    assert diagnosticity(_bearing(CONSISTENT, INCONSISTENT)) == 1
    assert diagnosticity(_bearing(CONSISTENT, NEUTRAL)) == 0.5
    assert diagnosticity(_bearing(CONSISTENT, INCONSISTENT, INCONSISTENT)) == pytest.approx(2 / 3)


def test_evidence_that_says_something_on_one_alone_tells_nothing_apart() -> None:
    assert diagnosticity(_bearing(INCONSISTENT, NOT_APPLICABLE, NOT_APPLICABLE)) == 0
    assert diagnosticity(_bearing()) == 0


def test_evidence_that_is_little_trusted_tells_little() -> None:
    assert diagnosticity(_bearing(CONSISTENT, INCONSISTENT, weight=0.25)) == 0.25


def test_the_hypothesis_against_which_least_speaks_stands_first() -> None:
    matrix = [_bearing(CONSISTENT, INCONSISTENT, NEUTRAL), _bearing(CONSISTENT, CONSISTENT, INCONSISTENT, origin="y")]
    found = {each.hypothesis: (each.place, each.against) for each in standings(HYPOTHESES, matrix)}
    assert found == {"attack": (1, 0), "theft": (2, 1), "exercise": (2, 1)}


def test_what_fits_a_hypothesis_does_not_raise_it() -> None:
    fits = [_bearing(CONSISTENT, NEUTRAL, evidence=str(each), origin=str(each)) for each in range(9)]
    assert first(HYPOTHESES[:2], fits) == ("attack", "theft")


def test_two_reports_of_one_origin_count_once() -> None:
    twice = [_bearing(INCONSISTENT, weight=0.9), _bearing(INCONSISTENT, weight=0.5)]
    assert standings(HYPOTHESES[:1], twice)[0].against == 0.9
    apart = [twice[0], _bearing(INCONSISTENT, weight=0.5, origin="y")]
    assert standings(HYPOTHESES[:1], apart)[0].against == pytest.approx(1.4)


def test_the_piece_on_which_the_order_hangs_is_named() -> None:
    matrix = [_bearing(NEUTRAL, INCONSISTENT), _bearing(INCONSISTENT, NEUTRAL, weight=0.5, origin="y")]
    hanging = [each.changes for each in sensitivities(HYPOTHESES[:2], matrix)]
    assert hanging == [True, False]
    assert sensitivities(HYPOTHESES[:2], matrix)[0].first_without == ("theft",)


def test_a_piece_that_another_of_its_origin_repeats_can_be_false_without_harm() -> None:
    matrix = [_bearing(NEUTRAL, INCONSISTENT), _bearing(NEUTRAL, INCONSISTENT, evidence="f")]
    assert [each.changes for each in sensitivities(HYPOTHESES[:2], matrix)] == [False, False]


def test_officers_of_several_minds_are_seen() -> None:
    def said(by: str, mark: str) -> Opinion:
        return Opinion(EntryId("1"), "e", "attack", mark, "because", by, "", "S")

    assert divided([said("emma", CONSISTENT), said("ann", NEUTRAL)]) == {("e", "attack")}
    assert divided([said("emma", CONSISTENT), said("ann", NEUTRAL), said("emma", NEUTRAL)]) == set()


@given(BEARINGS)
def test_diagnosticity_is_between_nothing_and_the_weight(bearing: Bearing) -> None:
    assert 0 <= diagnosticity(bearing) <= bearing.weight


@given(st.lists(BEARINGS, max_size=8), st.randoms())
def test_the_order_of_evidence_changes_no_standing(matrix: list[Bearing], chance: object) -> None:
    shuffled = sorted(matrix, key=lambda _: chance.random())  # type: ignore[attr-defined]  # Hypothesis' own Random
    assert standings(HYPOTHESES, shuffled) == standings(HYPOTHESES, matrix)


@given(st.lists(BEARINGS, max_size=8))
def test_evidence_that_tells_nothing_apart_can_be_left_out(matrix: list[Bearing]) -> None:
    silent = _bearing(NEUTRAL, NEUTRAL, NEUTRAL, origin="of its own")
    assert first(HYPOTHESES, [*matrix, silent]) == first(HYPOTHESES, matrix)


@pytest.mark.parametrize(
    ("last", "state", "words"),
    [
        ("2026-03-08", "overdue", "11 hours late"),
        ("2026-03-01", "overdue", "7 days late"),
        ("2026-03-09", "due", "due today"),
        ("2026-03-09T11:59", "due", "due today"),
        ("2026-03-10T10:00", "due", "in 23 hours"),
        ("2026-03-10", "soon", "in 1 day"),
        ("2026-03-20", "calm", "in 11 days"),
    ],
)
def test_what_is_late_is_late_by_the_moment_of_the_view(last: str, state: str, words: str) -> None:
    action = Action(EntryId("1"), "x", "rob", last, "to do", "emma", "", "S")
    found = due(action, "2026-03-09T11:00:00.000000Z")
    assert (found.state, found.words) == (state, words)


def test_what_is_done_is_never_late() -> None:
    action = Action(EntryId("1"), "x", "rob", "2026-03-01", "done", "emma", "", "S")
    assert due(action, "2026-03-09T11:00:00.000000Z").state == "done"
