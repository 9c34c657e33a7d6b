"""Tests of `leconfield.outreach.rounds.simulation`: the table by which rounds have one instant for all answers."""

from __future__ import annotations

import numpy as np
import pytest

from leconfield.outreach.rounds import simulation
from leconfield.outreach.rounds.simulation import ANSWERS, BATCH, LIVE, OFFICERS, ON_DUTY, SHIFTS

TRIALS = 120
FOUND = {
    LIVE: ((0.23, 3.9), (0.81, 1.4), (0.98, 1.0), (1.0, 1.0), (1.0, 1.0)),
    1: ((0.12, 10.6), (0.27, 5.0), (0.68, 1.8), (0.98, 1.0), (1.0, 1.0)),
    3: ((0.09, 18.7), (0.16, 14.3), (0.26, 8.9), (0.42, 4.4), (0.79, 1.8)),
    7: ((0.05, 22.1), (0.10, 20.0), (0.15, 16.7), (0.23, 12.1), (0.32, 7.2)),
}
"""What was found before the design: how often he is named rightly, and how many are left, by rule and by answers."""
CHANCE = 0.13
"""How far a share over so few trials may be off, three standard deviations of an even one."""


@pytest.mark.parametrize("rule", FOUND)
def test_what_the_hour_gives_away_is_as_it_was_found(rule: int) -> None:
    seen = simulation.table(TRIALS, rules=[rule])
    assert [each.answers for each in seen] == list(ANSWERS)
    for each, (right, left) in zip(seen, FOUND[rule], strict=True):
        assert each.right == pytest.approx(right, abs=CHANCE)
        assert each.left == pytest.approx(left, rel=0.2)


def test_one_instant_for_all_answers_leaves_everybody_as_likely_as_before() -> None:
    for each in simulation.table(5, rules=[BATCH]):
        assert each.left == pytest.approx(OFFICERS)
        assert each.right == pytest.approx(1 / OFFICERS)


def test_more_answers_never_leave_more_people() -> None:
    for rule in FOUND:
        left = [each.left for each in simulation.table(40, rules=[rule])]
        assert left == sorted(left, reverse=True)


def test_a_roster_has_four_on_each_shift_and_nobody_without_duty() -> None:
    duty = simulation.roster(np.random.default_rng(4))
    assert duty.shape == (OFFICERS, SHIFTS)
    assert (duty.sum(axis=0) == ON_DUTY).all()
    assert duty.any(axis=1).all()


def test_what_is_seen_of_a_delay_is_an_even_share_of_the_duty_before_it() -> None:
    duty = np.zeros((OFFICERS, SHIFTS), dtype=np.bool_)
    duty[0, 3] = True
    duty[1, [3, 50]] = True
    seen = simulation.observed(duty, np.array([3.5]), 1, np.random.default_rng(1))
    assert seen[0, 0] == pytest.approx(2 * seen[1, 0])
    assert seen[2:].sum() == 0
