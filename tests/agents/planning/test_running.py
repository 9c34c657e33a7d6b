"""Tests of `leconfield.agents.planning.running`: nobody waits for a plan, and one week is planned once."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from leconfield.agents.planning import running
from leconfield.agents.planning.model import Clash, Plan, Week
from leconfield.agents.planning.running import KEPT, Plans, Running
from leconfield.errors import RefusedError
from leconfield.ledger.world import Delta, World
from tests.agents.planning.weeks import drawn

LONG = 60.0


def test_a_plan_that_is_not_ready_is_said_to_be_running_and_found_later() -> None:
    plans, week = Plans.of(World()), drawn(2)
    first = plans.ask(week, wait=0)
    assert isinstance(first, Running | Plan | Clash)
    assert isinstance(plans.ask(week, LONG), Plan | Clash)
    assert plans.ask(week, wait=0) is plans.ask(week, LONG)


def test_while_it_runs_whoever_asks_again_waits_for_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    gate, asked = threading.Event(), list[Week]()

    def slow(week: Week) -> Clash:
        asked.append(week)
        gate.wait(LONG)
        return Clash(("it takes long",), ())

    monkeypatch.setattr(running, "plan", slow)
    plans, week = Plans.of(World()), drawn(1)
    assert [type(plans.ask(week, wait=0.01)) for _ in range(3)] == [Running] * 3
    gate.set()
    assert plans.ask(week, LONG) == Clash(("it takes long",), ())
    assert asked == [week]


def test_a_week_that_is_not_decided_is_refused_in_the_solvers_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def undecided(_week: Week) -> Plan:
        raise RefusedError("neither a week nor a reason was found")

    monkeypatch.setattr(running, "plan", undecided)
    with pytest.raises(RefusedError, match="neither a week nor a reason"):
        Plans.of(World()).ask(drawn(1), LONG)


def test_growing_forgets_nothing_and_few_weeks_are_kept() -> None:
    plans, week = Plans.of(World()), drawn(1, 2)
    answer = plans.ask(week, LONG)
    plans.grow(World(), Delta())
    assert plans.ask(week, wait=0) is answer
    for days in range(KEPT):
        plans.ask(replace(week, days=8 + days), LONG)
    assert plans.ask(week, LONG) is not answer
