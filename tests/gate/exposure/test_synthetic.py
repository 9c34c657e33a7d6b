"""Releases whose answer is known: not one that burns somebody is passed, and few safe ones are stopped."""

from __future__ import annotations

from leconfield.gate.release.model import Colour
from tests.gate.exposure.cases import Case, case
from tests.gate.worlds import checked, world_of

COUNT = 150


def stopped(drawn: Case) -> bool:
    world = world_of(drawn.reports, drawn.entries, drawn.statements)
    return checked(world, drawn.draft, *drawn.actions).colour is not Colour.GREEN


def test_no_release_that_burns_somebody_is_passed_and_few_safe_ones_are_stopped() -> None:
    """Ten thousand are drawn by `benchmarks/gate.py cases`."""
    drawn = [(each, stopped(each)) for each in map(case, range(COUNT))]
    assert [each.draft for each, blocked in drawn if each.unsafe and not blocked] == []
    safe = [blocked for each, blocked in drawn if not each.unsafe]
    assert len(safe) > COUNT // 4
    assert sum(safe) <= 0.05 * len(safe)


def test_the_cases_are_of_every_kind() -> None:
    drawn = [case(seed) for seed in range(400)]
    kinds = {kind for each in drawn for kind in each.kinds}
    assert kinds == {"action", "public", "closed", "press that knows less", "one origin", "named"}
    assert sum(each.single for each in drawn) > 80
