"""The battery is worth something: it finds every leak that is planted."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Final

import pytest

from tests.noninterference import battery, pages
from tests.noninterference.desks import quick_desks
from tests.noninterference.leaks import LEAKS, planted
from tests.noninterference.trials import found_after

WITHIN: Final = 2000
"""Worlds within which each leak must be found."""
SEEDS: Final = int(os.environ.get("LECONFIELD_SEEDS", "9"))
"""Beginnings from which each is sought in the long run; 0 leaves that out."""
QUICK: Final = 40
TRIED: Final = 9
"""Beginnings from which each is sought in the quick run, until one finds it within `QUICK` worlds."""
LUCKY: Final = {
    "communities of everything": 6,
    "places measured from the farthest of all": 6,
    "aliases numbered over everything": 1,
    "searches remembered for everybody": 4,
    "statements under the label of their entry": 1,
    "distance through hidden subjects": 1,
    "snippet at a hidden annotation": 1,
    "bins from the earliest of all": 2,
    "borne by everybody": 5,
    "one among everybody": 4,
    "touched by what anybody did": 1,
    "files touched by what is hidden": 3,
    "rooms that anybody opened": 1,
    "cursor is a row number": 1,
    "waiting pairs of everybody": 1,
    "versions of everybody": 1,
    "taught by everybodys judgements": 1,
    "the feed of everything": 1,
    "permitted by what is hidden": 4,
    "staff files counted among all": 4,
    "reasons above the asker shown": 3,
    "refused sentence by sentence": 3,
    "refused with how many would burn": 3,
    "digest with a hidden basis": 3,
    "published of hidden releases counted": 1,
}
"""Seeds that find a rarer leak soon, tried before the others."""


@pytest.fixture(autouse=True)
def _prepared() -> Iterator[None]:
    with quick_desks(), pages.prepared():
        yield


def _needed(name: str, most: int, seed: int) -> int | None:
    with planted(name):
        where = LEAKS[name].where
        return found_after(pages.PagesAt(where) if where else battery.transcript, most, seed)


@pytest.mark.parametrize(
    "name", [each if at % 8 == 0 else pytest.param(each, marks=pytest.mark.long) for at, each in enumerate(LEAKS)]
)
def test_a_planted_leak_is_found(name: str) -> None:
    seeds = dict.fromkeys((LUCKY.get(name, 0), *range(TRIED)))
    assert any(_needed(name, QUICK, seed) is not None for seed in seeds)


@pytest.mark.long
@pytest.mark.skipif(not SEEDS, reason="LECONFIELD_SEEDS is 0")
@pytest.mark.parametrize("name", LEAKS)
def test_a_planted_leak_is_found_from_every_seed(name: str) -> None:
    assert all(_needed(name, WITHIN, seed) is not None for seed in range(SEEDS))


def test_enough_leaks_are_planted() -> None:
    assert len(LEAKS) >= 25
    assert len({each.channel for each in LEAKS.values()}) >= 25
